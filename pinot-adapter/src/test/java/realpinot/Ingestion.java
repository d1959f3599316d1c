package realpinot;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.pinot.segment.local.indexsegment.mutable.MutableSegmentImpl;
import org.apache.pinot.segment.local.segment.creator.TransformPipeline;
import org.apache.pinot.segment.local.utils.IngestionUtils;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.plugin.PluginManager;
import org.apache.pinot.spi.stream.BytesStreamMessage;
import org.apache.pinot.spi.stream.LongMsgOffset;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.stream.StreamDataDecoder;
import org.apache.pinot.spi.stream.StreamDataDecoderImpl;
import org.apache.pinot.spi.stream.StreamDataDecoderResult;
import org.apache.pinot.spi.stream.StreamMessageDecoder;
import org.apache.pinot.spi.stream.StreamMessageMetadata;
import org.apache.pinot.spi.utils.IngestionConfigUtils;
import org.jspecify.annotations.Nullable;

/** Takes a message into a segment, by the steps of Pinot's RealtimeSegmentDataManager. */
final class Ingestion {
    private final Set<String> fieldsToRead;
    private final StreamDataDecoder decoder;
    private final TransformPipeline pipeline;
    private long offset;

    private Ingestion(Set<String> fieldsToRead, StreamDataDecoder decoder, TransformPipeline pipeline) {
        this.fieldsToRead = fieldsToRead;
        this.decoder = decoder;
        this.pipeline = pipeline;
    }

    static Ingestion of(TableConfig config, Schema schema) throws Exception {
        Set<String> fields = IngestionUtils.getFieldsForRecordExtractor(config, schema);
        Map<String, String> properties =
                IngestionConfigUtils.getStreamConfigMaps(config).get(0);
        StreamConfig streamConfig = new StreamConfig(config.getTableName(), properties);
        StreamMessageDecoder<byte[]> decoder = PluginManager.get().createInstance(streamConfig.getDecoderClass());
        decoder.init(fields, streamConfig, config, schema);
        return new Ingestion(fields, new StreamDataDecoderImpl(decoder), new TransformPipeline(config, schema));
    }

    Set<String> fieldsToRead() {
        return fieldsToRead;
    }

    Outcome consume(byte[] payload, MutableSegmentImpl segment) {
        StreamDataDecoderResult decoded = decode(payload);
        Exception failure = decoded.getException();
        GenericRow row = decoded.getResult();
        return failure != null || row == null
                ? Outcome.failed(failure == null ? new IllegalStateException("no row") : failure)
                : index(row, segment);
    }

    Outcome consumeRow(Map<String, ? extends @Nullable Object> values, MutableSegmentImpl segment) {
        GenericRow row = new GenericRow();
        values.forEach(row::putValue);
        return index(row, segment);
    }

    /** Returns the number of rows that a message becomes, without a segment: 0 or 1. */
    int transform(byte[] payload) {
        GenericRow row = decode(payload).getResult();
        return row == null ? 0 : pipeline.processRow(row).getTransformedRows().size();
    }

    private StreamDataDecoderResult decode(byte[] payload) {
        StreamMessageMetadata metadata = new StreamMessageMetadata.Builder()
                .setOffset(new LongMsgOffset(offset), new LongMsgOffset(++offset))
                .setRecordIngestionTimeMs(System.currentTimeMillis())
                .build();
        return decoder.decode(new BytesStreamMessage(payload, metadata));
    }

    private Outcome index(GenericRow decoded, MutableSegmentImpl segment) {
        try {
            Outcome outcome = Outcome.SKIPPED;
            for (GenericRow row : pipeline.processRow(decoded).getTransformedRows()) {
                segment.index(row, null);
                outcome = Outcome.INDEXED;
            }
            return outcome;
        } catch (IOException | RuntimeException e) {
            return Outcome.failed(e);
        }
    }
}
