package realpinot;

import fixture.Streams;
import java.util.List;
import java.util.Map;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.config.table.UpsertConfig;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;

/** Configurations of a table {@code t} that reads Kinesis with this project's decoder. */
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

    private static TableConfigBuilder builder(Map<String, String> decoderProperties) {
        return new TableConfigBuilder(TableType.REALTIME)
                .setTableName("t")
                .setNullHandlingEnabled(true)
                .setStreamConfigs(Streams.kinesis(decoderProperties));
    }
}
