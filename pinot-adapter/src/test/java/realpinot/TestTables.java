package realpinot;

import io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.config.table.UpsertConfig;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;

/** Table configurations of the tests: a table {@code t} that reads Kinesis with this project's decoder. */
final class TestTables {
    private TestTables() {}

    /** Without upsert: every row stays. */
    static TableConfig append(Map<String, String> decoderProperties) {
        return builder(decoderProperties).build();
    }

    /** With FULL upsert, as the adapter's documentation recommends it. */
    static TableConfig upsert(String comparisonColumn, String deleteColumn, Map<String, String> decoderProperties) {
        UpsertConfig upsert = new UpsertConfig(UpsertConfig.Mode.FULL);
        upsert.setComparisonColumns(List.of(comparisonColumn));
        upsert.setDeleteRecordColumn(deleteColumn);
        return builder(decoderProperties).setUpsertConfig(upsert).build();
    }

    private static TableConfigBuilder builder(Map<String, String> decoderProperties) {
        Map<String, String> stream = new HashMap<>();
        stream.put("streamType", "kinesis");
        stream.put("stream.kinesis.topic.name", "t");
        stream.put("stream.kinesis.decoder.class.name", DynamoDbMessageDecoder.class.getName());
        decoderProperties.forEach((name, value) -> stream.put("stream.kinesis.decoder.prop." + name, value));
        return new TableConfigBuilder(TableType.REALTIME)
                .setTableName("t")
                .setNullHandlingEnabled(true)
                .setStreamConfigs(stream);
    }
}
