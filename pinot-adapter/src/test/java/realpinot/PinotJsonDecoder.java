package realpinot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.apache.pinot.spi.data.readers.BaseRecordExtractor;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.data.readers.RecordExtractorConfig;
import org.apache.pinot.spi.stream.StreamMessageDecoder;
import org.apache.pinot.spi.utils.JsonUtils;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of Pinot's JSON decoder and its extractor: reads a message as a map and converts the fields that the
 * table reads. A copy, because the plug-in's release for this version of Pinot is not available as a dependency; map
 * and conversion, which take most of the time, are Pinot's own.
 */
public final class PinotJsonDecoder implements StreamMessageDecoder<byte[]> {
    private final Extractor extractor = new Extractor();

    @Override
    public void init(Map<String, String> props, Set<String> fieldsToRead, String topicName) {
        extractor.init(fieldsToRead, null);
    }

    @Override
    public @Nullable GenericRow decode(byte[] payload, GenericRow destination) {
        return decode(payload, 0, payload.length, destination);
    }

    @Override
    public GenericRow decode(byte[] payload, int offset, int length, GenericRow destination) {
        try {
            return extractor.extract(JsonUtils.bytesToMap(payload, offset, length), destination);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Extractor extends BaseRecordExtractor<Map<String, Object>> {
        private static final long serialVersionUID = 1;

        private String[] fields = {};

        @Override
        public void init(@Nullable Set<String> fields, @Nullable RecordExtractorConfig config) {
            this.fields = fields == null ? new String[0] : fields.toArray(new String[0]);
        }

        @Override
        public GenericRow extract(Map<String, Object> from, GenericRow to) {
            for (String field : fields) {
                Object value = from.get(field);
                to.putValue(field, value == null ? null : convert(value));
            }
            return to;
        }
    }
}
