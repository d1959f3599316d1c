package plugin;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.plugin.PluginManager;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.stream.StreamMessageDecoder;
import org.apache.pinot.spi.utils.JsonUtils;

/**
 * Takes a server's first steps with a decoder, in a process whose class path has no class of this project: loads a
 * class through Pinot's PluginManager, decodes one event and prints the row.
 */
final class DecodeProbe {
    private static final Set<String> FIELDS = Set.of("id", "qty", "changed_at", "deleted");
    /** With a setting that Pinot has only since 1.4, and a column without it. */
    private static final String SCHEMA = """
            {"schemaName":"t","primaryKeyColumns":["id"],"dimensionFieldSpecs":[
              {"name":"id","dataType":"STRING"},{"name":"qty","dataType":"INT"},
              {"name":"price","dataType":"BIG_DECIMAL","allowTrailingZeros":true},
              {"name":"rebate","dataType":"BIG_DECIMAL"},
              {"name":"deleted","dataType":"BOOLEAN"}],
             "dateTimeFieldSpecs":[{"name":"changed_at","dataType":"LONG","format":"1:MICROSECONDS:EPOCH",
               "granularity":"1:MICROSECONDS"}]}""";

    /** With the settings that the decoder advises about. */
    private static final String TABLE = """
            {"tableName":"t","tableType":"REALTIME","segmentsConfig":{"replication":"1","timeColumnName":"changed_at",
               "retentionTimeUnit":"DAYS","retentionTimeValue":"7"},
             "tenants":{},"metadata":{},"tableIndexConfig":{"nullHandlingEnabled":true},
             "upsertConfig":{"mode":"FULL","comparisonColumns":["changed_at"],"deleteRecordColumn":"deleted",
               "metadataTTL":1,"deletedKeysTTL":1},
             "ingestionConfig":{"filterConfig":{"filterFunction":"deleted"}}}""";

    private static final String EVENT = """
            {"eventName":"REMOVE","tableName":"t","dynamodb":{"ApproximateCreationDateTime":1719039879869591,
             "Keys":{"id":{"S":"a"}},"OldImage":{"id":{"S":"a"},"qty":{"N":"8.0"}}}}""";

    private DecodeProbe() {}

    /**
     * Decodes one event and prints its row.
     *
     * @param args the decoder's class; and true if this Pinot passes the schema to decoders, false if not
     */
    public static void main(String[] args) throws Exception {
        boolean withSchema = Boolean.parseBoolean(args[1]);
        Map<String, String> properties =
                Map.of("dynamodb.timeColumnName", "changed_at", "dynamodb.deleteColumnName", "deleted");
        StreamMessageDecoder<byte[]> decoder = PluginManager.get().createInstance(args[0]);
        if (withSchema) {
            Map<String, String> stream = new TreeMap<>();
            stream.put("streamType", "kinesis");
            stream.put("stream.kinesis.topic.name", "t");
            stream.put("stream.kinesis.decoder.class.name", args[0]);
            stream.put(
                    "stream.kinesis.consumer.factory.class.name",
                    "org.apache.pinot.plugin.stream.kinesis.KinesisConsumerFactory");
            properties.forEach((name, value) -> stream.put("stream.kinesis.decoder.prop." + name, value));
            decoder.init(
                    FIELDS,
                    new StreamConfig("t_REALTIME", stream),
                    JsonUtils.stringToObject(TABLE, TableConfig.class),
                    Schema.fromString(SCHEMA));
        } else {
            decoder.init(properties, FIELDS, "t");
        }
        if (withSchema) {
            requireWholeKeys(decoder);
        }
        byte[] payload = EVENT.getBytes(StandardCharsets.UTF_8);
        GenericRow row = decoder.decode(payload, 0, payload.length, new GenericRow());
        Map<String, Object> values = Objects.requireNonNull(row).getFieldToValueMap();
        System.out.println(new TreeMap<>(values) + " by "
                + decoder.getClass().getClassLoader().getClass().getSimpleName());
    }

    /** The limit of a text has another type in Pinot 1.2 and 1.3 than in later releases. */
    private static void requireWholeKeys(StreamMessageDecoder<byte[]> decoder) {
        decoder.decode(keyOf("k".repeat(512)), new GenericRow());
        try {
            decoder.decode(keyOf("k".repeat(513)), new GenericRow());
        } catch (RuntimeException tooLong) {
            if (String.valueOf(tooLong.getMessage()).contains("maxLength, which is 512")) {
                return;
            }
            throw tooLong;
        }
        throw new IllegalStateException("Pinot would cut a key");
    }

    private static byte[] keyOf(String id) {
        return EVENT.replace("{\"S\":\"a\"}", "{\"S\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
