package plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
import org.slf4j.Logger;

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

    private static final Map<String, String> PROPERTIES =
            Map.of("dynamodb.timeColumnName", "changed_at", "dynamodb.deleteColumnName", "deleted");

    private DecodeProbe() {}

    /**
     * Decodes one event and prints its row.
     *
     * @param args the decoder's class; and true if this Pinot passes the schema to decoders, false if not
     */
    public static void main(String[] args) throws Exception {
        StreamMessageDecoder<byte[]> decoder = PluginManager.get().createInstance(args[0]);
        if (Boolean.parseBoolean(args[1])) {
            requireWholeKeys(args[0], "", 512, true);
            requireWholeKeys(args[0], ",\"maxLength\":2048", 2048, true);
            requireWholeKeys(args[0], ",\"maxLengthExceedStrategy\":\"NO_ACTION\"", 2048, false);
            requireAdvice(decoder.getClass());
            init(decoder, SCHEMA);
        } else {
            decoder.init(PROPERTIES, FIELDS, "t");
        }
        byte[] payload = EVENT.getBytes(StandardCharsets.UTF_8);
        GenericRow row = decoder.decode(payload, 0, payload.length, new GenericRow());
        Map<String, Object> values = Objects.requireNonNull(row).getFieldToValueMap();
        System.out.println(new TreeMap<>(values) + " by "
                + decoder.getClass().getClassLoader().getClass().getSimpleName());
    }

    private static void init(StreamMessageDecoder<byte[]> decoder, String schema) throws Exception {
        Map<String, String> stream = new TreeMap<>();
        stream.put("streamType", "kinesis");
        stream.put("stream.kinesis.topic.name", "t");
        stream.put("stream.kinesis.decoder.class.name", decoder.getClass().getName());
        stream.put(
                "stream.kinesis.consumer.factory.class.name",
                "org.apache.pinot.plugin.stream.kinesis.KinesisConsumerFactory");
        PROPERTIES.forEach((name, value) -> stream.put("stream.kinesis.decoder.prop." + name, value));
        decoder.init(
                FIELDS,
                new StreamConfig("t_REALTIME", stream),
                JsonUtils.stringToObject(TABLE, TableConfig.class),
                Schema.fromString(schema));
    }

    /** The limit of a text and its strategy have other getters in Pinot 1.2 and 1.3 than in later releases. */
    private static void requireWholeKeys(String name, String settings, int length, boolean isLimited) throws Exception {
        StreamMessageDecoder<byte[]> decoder = PluginManager.get().createInstance(name);
        init(decoder, SCHEMA.replace("{\"name\":\"id\",", "{\"name\":\"id\"" + settings + ","));
        decoder.decode(keyOf("k".repeat(length)), new GenericRow());
        String failure = "none";
        try {
            decoder.decode(keyOf("k".repeat(length + 1)), new GenericRow());
        } catch (RuntimeException tooLong) {
            failure = String.valueOf(tooLong.getMessage());
        }
        String expected = isLimited ? "maxLength, which is " + length : "none";
        if (!failure.contains(expected)) {
            throw new IllegalStateException("a key with" + settings + ": " + failure);
        }
    }

    /** Fails unless the decoder advises about every setting of the table that loses rows. */
    private static void requireAdvice(Class<?> type) throws Exception {
        StringBuilder lines = new StringBuilder();
        Logger log = (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    lines.append(Arrays.deepToString(arguments)).append('\n');
                    return null;
                });
        Constructor<?> constructor = type.getDeclaredConstructor(Logger.class);
        constructor.setAccessible(true);
        @SuppressWarnings("unchecked")
        StreamMessageDecoder<byte[]> decoder = (StreamMessageDecoder<byte[]>) constructor.newInstance(log);
        init(decoder, SCHEMA);
        for (String setting : List.of("segmentsConfig", "metadataTTL", "deletedKeysTTL", "filterConfig")) {
            if (lines.indexOf(setting) < 0) {
                throw new IllegalStateException("no advice about " + setting + ": " + lines);
            }
        }
    }

    private static byte[] keyOf(String id) {
        return EVENT.replace("{\"S\":\"a\"}", "{\"S\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
