package realpinot;

import fixture.Streams;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.config.table.UpsertConfig;
import org.apache.pinot.spi.config.table.ingestion.StreamIngestionConfig;
import org.apache.pinot.spi.utils.IngestionConfigUtils;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;

/** Configurations of tables: of one {@code t} that reads Kinesis, and of the guides' tables on a stream in this JVM. */
final class TestTables {
    private TestTables() {}

    /** Returns a table without upsert, which keeps every row. */
    static TableConfig append(Map<String, String> decoderProperties) {
        return builder(decoderProperties).build();
    }

    /** Returns a table with FULL upsert, as the adapter's README recommends. */
    static TableConfig upsert(String comparisonColumn, String deleteColumn, Map<String, String> decoderProperties) {
        UpsertConfig upsert = new UpsertConfig(UpsertConfig.Mode.FULL);
        upsert.setComparisonColumns(List.of(comparisonColumn));
        upsert.setDeleteRecordColumn(deleteColumn);
        return builder(decoderProperties).setUpsertConfig(upsert).build();
    }

    /** Makes a table that reads Kinesis read a {@link MemoryStream}, with more properties of the decoder. */
    static TableConfig onMemoryStream(TableConfig table, Map<String, String> decoderProperties) {
        Map<String, String> stream = new HashMap<>();
        IngestionConfigUtils.getStreamConfigMaps(table)
                .get(0)
                .forEach((name, value) ->
                        stream.put(name.replace("kinesis", "memory"), value.equals("kinesis") ? "memory" : value));
        stream.put("stream.memory.consumer.factory.class.name", MemoryStream.Factory.class.getName());
        decoderProperties.forEach((name, value) -> stream.put("stream.memory.decoder.prop." + name, value));
        Objects.requireNonNull(table.getIngestionConfig())
                .setStreamIngestionConfig(new StreamIngestionConfig(List.of(stream)));
        return table;
    }

    private static TableConfigBuilder builder(Map<String, String> decoderProperties) {
        return new TableConfigBuilder(TableType.REALTIME)
                .setTableName("t")
                .setNullHandlingEnabled(true)
                .setStreamConfigs(Streams.kinesis(decoderProperties));
    }
}
