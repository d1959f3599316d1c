package io.github.dynamodbcdc.pinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import fixture.Change;
import fixture.Streams;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows allocate what they keep. Rounds repeat until the methods are compiled, and the least of them counts. */
class AllocationTest {
    private static final int EVENTS = 2000;
    private static final int MAX_ROUNDS = 100;

    /** Objects have sizes that are multiples of this. */
    private static final long LESS_THAN_AN_OBJECT = 8;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void anEventAllocatesOnlyItsValuesAndItsRow() {
        String attributes = IntStream.range(0, 200)
                .mapToObj(i -> "\"a" + i + "\":{\"S\":\"" + "text ".repeat(10) + i + "\"}")
                .collect(Collectors.joining(","));
        byte[] event = Change.of("MODIFY")
                .newImage(attributes + ",\"flag\":{\"BOOL\":true}")
                .oldImage(attributes)
                .json()
                .getBytes(UTF_8);
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder(new RecordingLogger().logger);
        decoder.init(Map.of(), Set.of("flag", "absent"), "topic");
        GenericRow row = new GenericRow();

        assertAllocates(row, () -> decoder.decode(event, 0, event.length, row), () -> {
            row.putValue("flag", true);
            row.putValue("absent", null);
        });
    }

    static Stream<Arguments> values() {
        return Stream.of(
                value(DataType.LONG, "{\"N\":\"1751412004403\"}", () -> Long.sum(1751412004402L, 1)),
                value(DataType.LONG, "{\"N\":\"-80.00\"}", () -> -80L),
                value(DataType.INT, "{\"N\":\"70000\"}", () -> Integer.sum(70000, 0)),
                value(DataType.DOUBLE, "{\"N\":\"637.63\"}", () -> Double.sum(637.63, 0)),
                value(DataType.FLOAT, "{\"N\":\"2.5\"}", () -> Float.sum(2.5f, 0)),
                value(DataType.BIG_DECIMAL, "{\"N\":\"637.63\"}", () -> BigDecimal.valueOf(63763, 2)),
                value(DataType.BOOLEAN, "{\"BOOL\":true}", () -> true),
                value(DataType.BOOLEAN, "{\"N\":\"0.0\"}", () -> false),
                value(DataType.TIMESTAMP, "{\"N\":\"1751412004403\"}", () -> Long.sum(1751412004403L, 0)),
                value(DataType.STRING, "{\"S\":\"o-2025-07-6477609\"}", () -> text("o-2025-07-6477609")),
                value(DataType.STRING, "{\"N\":\"637.63\"}", () -> text("637.63")),
                value(DataType.STRING, "{\"BOOL\":true}", () -> "true"),
                value(DataType.BYTES, "{\"B\":\"c3VyZS4=\"}", () -> new byte[5]),
                value(DataType.LONG, "{\"NULL\":true}", () -> null));
    }

    private static Arguments value(DataType type, String attributeValue, Supplier<Object> kept) {
        return arguments(type, attributeValue, kept);
    }

    private static String text(String latin) {
        return new String(latin.getBytes(UTF_8), UTF_8);
    }

    @ParameterizedTest
    @MethodSource("values")
    void aColumnAllocatesTheValueThatItsRowKeeps(DataType type, String attributeValue, Supplier<Object> kept) {
        String image = "\"v\":" + attributeValue;
        byte[] event =
                Change.of("MODIFY").newImage(image).oldImage(image).json().getBytes(UTF_8);
        Schema schema = new Schema();
        schema.addField(new DimensionFieldSpec("v", type, true));
        DynamoDbMessageDecoder decoder = decoder(schema, Map.of());
        GenericRow row = new GenericRow();

        assertAllocates(row, () -> decoder.decode(event, 0, event.length, row), () -> row.putValue("v", kept.get()));
    }

    @Test
    void theTableAndItsFilterAllocateNothingAndTheTimeIsOneLong() {
        Schema schema = new Schema();
        schema.addField(new DimensionFieldSpec("tableName", DataType.STRING, true));
        schema.addField(new DimensionFieldSpec("eventName", DataType.STRING, true));
        schema.addField(new DimensionFieldSpec("ApproximateCreationDateTime", DataType.LONG, true));
        DynamoDbMessageDecoder decoder = decoder(schema, Map.of("dynamodb.tables", "orders,riders"));
        byte[] event = ("{\"eventName\":\"MODIFY\",\"tableName\":\"riders\",\"dynamodb\":{"
                        + "\"ApproximateCreationDateTime\":1751412006476880,\"Keys\":{\"id\":{\"S\":\"r-1\"}},"
                        + "\"NewImage\":{\"id\":{\"S\":\"r-1\"}}}}")
                .getBytes(UTF_8);
        GenericRow row = new GenericRow();

        assertAllocates(row, () -> decoder.decode(event, 0, event.length, row), () -> {
            row.putValue("tableName", "riders");
            row.putValue("eventName", "MODIFY");
            row.putValue("ApproximateCreationDateTime", Long.sum(1751412006476880L, 0));
        });
        assertThat(row.getValue("tableName")).isEqualTo("riders");
    }

    private static DynamoDbMessageDecoder decoder(Schema schema, Map<String, String> properties) {
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder(new RecordingLogger().logger);
        decoder.init(
                schema.getColumnNames(),
                new StreamConfig("orders_REALTIME", Streams.kinesis(properties)),
                new TableConfigBuilder(TableType.REALTIME)
                        .setTableName("orders")
                        .build(),
                schema);
        return decoder;
    }

    private static void assertAllocates(GenericRow row, Runnable decode, Runnable putByHand) {
        long byHand = Long.MAX_VALUE;
        long decoded = Long.MAX_VALUE;
        for (int i = 0; i < MAX_ROUNDS && (i < 3 || decoded >= byHand + LESS_THAN_AN_OBJECT); i++) {
            byHand = Math.min(byHand, allocated(row, putByHand));
            decoded = Math.min(decoded, allocated(row, decode));
        }
        assertThat(decoded).isLessThan(byHand + LESS_THAN_AN_OBJECT);
    }

    private static long allocated(GenericRow row, Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < EVENTS; i++) {
            row.clear();
            work.run();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / EVENTS;
    }
}
