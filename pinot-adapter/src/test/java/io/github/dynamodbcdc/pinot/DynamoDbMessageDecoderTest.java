package io.github.dynamodbcdc.pinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import fixture.Change;
import io.github.dynamodbcdc.DecodeException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoDbMessageDecoderTest {
    private static final String INSERT = """
            {"eventName":"INSERT","tableName":"orders","dynamodb":{"ApproximateCreationDateTime":1719039879869591,\
            "Keys":{"id":{"S":"k1"}},"NewImage":{"id":{"S":"k1"},"total":{"N":"12.50"},"note":{"NULL":true}}}}""";
    private static final String REMOVE = """
            {"eventName":"REMOVE","tableName":"orders","dynamodb":{"Keys":{"id":{"S":"k1"}},\
            "OldImage":{"id":{"S":"k1"},"total":{"N":"12.50"}}}}""";

    private final RecordingLogger log = new RecordingLogger();
    private final DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder(log.logger);

    @Test
    void withoutFieldsToReadTheRowHoldsEveryAttributeAndTheEnvelope() {
        decoder.init(Map.of(), null, "topic");

        assertThat(decode(INSERT))
                .containsOnly(
                        entry("id", "k1"),
                        entry("total", new BigDecimal("12.50")),
                        entry("note", null),
                        entry("eventName", "INSERT"),
                        entry("ApproximateCreationDateTime", 1719039879869L));
    }

    @Test
    void emptyFieldsToReadMeansAll() {
        decoder.init(Map.of(), Set.of(), "topic");

        assertThat(decode(INSERT)).hasSize(5);
    }

    @Test
    void withFieldsToReadTheRowHoldsExactlyThoseAndNullForEachThatIsMissing() {
        decoder.init(Map.of(), Set.of("id", "total", "absent", "eventName"), "topic");

        assertThat(decode(INSERT))
                .containsOnly(
                        entry("id", "k1"),
                        entry("total", new BigDecimal("12.50")),
                        entry("absent", null),
                        entry("eventName", "INSERT"));
    }

    @Test
    void aReusedRowKeepsNoFieldOfTheEventBefore() {
        decoder.init(
                Map.of("dynamodb.fillFromOldImage", "false"),
                Set.of("id", "total", "ApproximateCreationDateTime"),
                "topic");
        GenericRow row = new GenericRow();
        decoder.decode(INSERT.getBytes(UTF_8), row);

        decoder.decode(REMOVE.getBytes(UTF_8), row);

        assertThat(row.getFieldToValueMap())
                .containsOnly(entry("id", "k1"), entry("total", null), entry("ApproximateCreationDateTime", null));
    }

    @Test
    void keysWinOverTheImageAndTheEnvelopeOverBoth() {
        String event = """
                {"eventName":"MODIFY","tableName":"t","dynamodb":{"Keys":{"id":{"S":"key"}},\
                "NewImage":{"id":{"S":"image"},"eventName":{"S":"attribute"}}}}""";
        decoder.init(Map.of(), null, "topic");
        assertThat(decode(event)).contains(entry("id", "key"), entry("eventName", "MODIFY"));

        decoder.init(Map.of(), Set.of("id", "eventName"), "topic");
        assertThat(decode(event)).containsOnly(entry("id", "key"), entry("eventName", "MODIFY"));
    }

    @Test
    void onRemoveTheAttributesAreThoseOfKeysAndOldImage() {
        decoder.init(Map.of(), null, "topic");

        assertThat(decode(REMOVE))
                .containsOnly(
                        entry("id", "k1"),
                        entry("total", new BigDecimal("12.50")),
                        entry("eventName", "REMOVE"),
                        entry("ApproximateCreationDateTime", null));
    }

    @Test
    void aKafkaStreamHasTheSameProperties() {
        StreamConfig stream = new StreamConfig(
                "orders_REALTIME",
                Map.of(
                        "streamType", "kafka",
                        "stream.kafka.topic.name", "orders",
                        "stream.kafka.decoder.class.name", DynamoDbMessageDecoder.class.getName(),
                        "stream.kafka.decoder.prop.dynamodb.deleteColumnName", "gone"));
        Schema schema = new Schema();
        schema.addField(new DimensionFieldSpec("gone", DataType.BOOLEAN, true));
        TableConfig table = new TableConfigBuilder(TableType.REALTIME)
                .setTableName("orders")
                .build();

        decoder.init(Set.of("gone"), stream, table, schema);

        assertThat(decode(REMOVE)).containsOnly(entry("gone", true));
    }

    @Test
    void beforeInitThereIsAClearError() {
        assertThatThrownBy(() -> decode(INSERT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("init");
    }

    @Test
    void aRowThatWasSkippedCanBeFilledAgain() {
        decoder.init(Map.of(), Set.of("id"), "topic");
        GenericRow row = new GenericRow();
        decoder.decode(new byte[0], row);

        decoder.decode(INSERT.getBytes(UTF_8), row);

        assertThat(row.getFieldToValueMap()).containsOnly(entry("id", "k1"));
    }

    @Test
    void withoutASchemaTheTimeIsInMillisecondsUnlessTimeUnitSaysOtherwise() {
        decoder.init(Map.of("dynamodb.timeUnit", "MICROSECONDS"), Set.of("ApproximateCreationDateTime"), "topic");
        assertThat(decode(INSERT)).containsOnly(entry("ApproximateCreationDateTime", 1719039879869591L));

        decoder.init(Map.of(), Set.of("ApproximateCreationDateTime"), "topic");
        assertThat(decode(INSERT)).containsOnly(entry("ApproximateCreationDateTime", 1719039879869L));
    }

    @Test
    void withoutASchemaAColumnWithAUnitIsATimestamp() {
        decoder.init(Map.of("dynamodb.column.total.unit", "SECONDS"), null, "topic");

        assertThat(decode(INSERT)).contains(entry("total", 12_500L));
    }

    @Test
    void withoutASchemaTheNamedTimeAndDeleteColumnsAreThere() {
        Map<String, String> keys = Map.of("dynamodb.timeColumnName", "at", "dynamodb.deleteColumnName", "gone");
        decoder.init(keys, null, "topic");

        assertThat(decode(INSERT)).contains(entry("at", 1719039879869L), entry("gone", false));
        assertThat(decode(REMOVE)).contains(entry("at", null), entry("gone", true));
    }

    @Test
    void onlyTheSliceIsRead() {
        byte[] event = INSERT.getBytes(UTF_8);
        byte[] array = new byte[event.length + 20];
        Arrays.fill(array, (byte) '!');
        System.arraycopy(event, 0, array, 7, event.length);
        decoder.init(Map.of(), Set.of("id"), "topic");

        GenericRow row = decoder.decode(array, 7, event.length, new GenericRow());

        assertThat(row.getFieldToValueMap()).containsOnly(entry("id", "k1"));
    }

    @Test
    void anEmptyPayloadIsSkipped() {
        decoder.init(Map.of(), null, "topic");
        GenericRow row = new GenericRow();

        assertThat(decoder.decode(new byte[0], row)).isSameAs(row);
        assertThat(row.getFieldToValueMap()).containsOnly(entry(GenericRow.SKIP_RECORD_KEY, true));
    }

    @Test
    void anEmptySliceInsideTheArrayIsSkipped() {
        decoder.init(Map.of(), null, "topic");

        for (int offset = 0; offset <= 3; offset++) {
            assertThat(decoder.decode(new byte[3], offset, 0, new GenericRow()).getFieldToValueMap())
                    .containsOnly(entry(GenericRow.SKIP_RECORD_KEY, true));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"4, 0", "-1, 0", "0, 4", "2, 2", "0, -1", "3, 1", "2147483647, 1"})
    void aSliceThatIsNotInsideTheArrayIsRefusedEvenIfItIsEmptyAndTheRowIsNotChanged(int offset, int length) {
        decoder.init(Map.of("dynamodb.onDecodeError", "SKIP"), null, "topic");
        GenericRow row = new GenericRow();
        row.putValue(GenericRow.SKIP_RECORD_KEY, true);
        row.putValue("id", "k1");

        assertThatThrownBy(() -> decoder.decode(new byte[3], offset, length, row))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(row.getFieldToValueMap()).containsOnly(entry(GenericRow.SKIP_RECORD_KEY, true), entry("id", "k1"));
    }

    @Test
    void anEventThatIsNotInsertModifyOrRemoveIsSkipped() {
        decoder.init(Map.of(), null, "topic");

        assertThat(decode(INSERT.replace("INSERT", "EXPIRE"))).containsOnly(entry(GenericRow.SKIP_RECORD_KEY, true));
    }

    @Test
    void aPayloadThatDoesNotDecodeThrowsADecodeException() {
        decoder.init(Map.of(), null, "topic");

        assertThatThrownBy(() -> decode(INSERT.substring(1))).isInstanceOf(DecodeException.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "8032, 8032",
        "8032.0, 8032",
        "1E3, 1000",
        "-0, 0",
        "0E+125, 0",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"
    })
    void anIntegralNumberThatFitsIsALong(String text, long expected) {
        assertThat(value("{\"N\":\"" + text + "\"}")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"0.5", "-1E-130", "9223372036854775808", "-9223372036854775809", "9.99E+125"})
    void anyOtherNumberIsAnExactBigDecimal(String text) {
        assertThat(value("{\"N\":\"" + text + "\"}")).isEqualTo(new BigDecimal(text));
    }

    @Test
    void theOtherTypesBecomeValuesThatPinotAcceptsInAnyColumn() {
        assertThat(value("{\"B\":\"AP8=\"}")).isEqualTo(new byte[] {0, -1});
        assertThat(value("{\"BOOL\":true}")).isEqualTo(true);
        assertThat(value("{\"NULL\":true}")).isNull();
        assertThat(value("{\"SS\":[\"b\",\"a\"]}")).isEqualTo(new Object[] {"b", "a"});
        assertThat(value("{\"NS\":[\"1\",\"0.5\"]}")).isEqualTo(new Object[] {1L, new BigDecimal("0.5")});
        assertThat(value("{\"BS\":[\"AP8=\",\"\"]}")).isEqualTo(new Object[] {new byte[] {0, -1}, new byte[0]});
        assertThat(value("{\"L\":[{\"N\":\"1\"},{\"NULL\":true}]}")).isEqualTo(new Object[] {1L, null});

        Map<String, @Nullable Object> map = new HashMap<>();
        map.put("n", 1L);
        map.put("nothing", null);
        assertThat(value("{\"M\":{\"n\":{\"N\":\"1\"},\"nothing\":{\"NULL\":true}}}"))
                .isInstanceOf(HashMap.class)
                .isEqualTo(map);
    }

    private @Nullable Object value(String attributeValue) {
        decoder.init(Map.of(), null, "topic");
        return decode(Change.insert("\"v\":" + attributeValue)).get("v");
    }

    private Map<String, Object> decode(String event) {
        return decoder.decode(event.getBytes(UTF_8), new GenericRow()).getFieldToValueMap();
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeColumnName", "deleteColumnName"})
    void aColumnOfThePrimaryKeyIsNotReplacedByTheEvent(String property) {
        Table table = Table.with("id", DataType.LONG)
                .and("at", DataType.LONG)
                .primaryKey("id", "at")
                .property(property, "at");

        assertThatIllegalArgumentException()
                .isThrownBy(table::init)
                .withMessageStartingWith("dynamodb." + property + " names a column of the primary key: add a ");
    }
}
