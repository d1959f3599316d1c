package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guide's transform, with Connect's own records. */
class ItemTransformTest {
    private static final List<String> LINES =
            Samples.resource("events.jsonl").lines().toList();

    private final ItemTransform<SinkRecord> transform = new ItemTransform<>();

    @AfterEach
    void close() {
        transform.close();
    }

    /** Configures the transform as a worker does, from the texts of a connector's configuration. */
    private SinkRecord apply(@Nullable String value) {
        transform.configure(Map.of(
                "key",
                "station_id:STRING",
                "value",
                "station_id:STRING, bikes:INT64, lat:FLOAT64, docks:INT32, open:BOOLEAN, seal:BYTES, tariff:STRING,"
                        + "operator:STRING, note:STRING"));
        return transform.apply(record(value == null ? null : value.getBytes(UTF_8)));
    }

    @SuppressWarnings("NullAway") // Connect has no annotations: the value of a tombstone is null
    private static SinkRecord record(@Nullable Object value) {
        return new SinkRecord(
                "changes",
                3,
                Schema.OPTIONAL_BYTES_SCHEMA,
                "k".getBytes(UTF_8),
                Schema.OPTIONAL_BYTES_SCHEMA,
                value,
                42,
                7L,
                TimestampType.CREATE_TIME);
    }

    @Test
    void anInsertIsAStructOfTheKeyAndOneOfTheItem() {
        SinkRecord record = apply(LINES.get(0));
        assertThat(((Struct) record.key()).getString("station_id")).isEqualTo("FRA-0117");
        Struct value = (Struct) record.value();
        value.validate();
        assertThat(value.schema()).isEqualTo(record.valueSchema());
        assertThat(value.getString("station_id")).isEqualTo("FRA-0117");
        assertThat(value.getInt64("bikes")).isEqualTo(9);
        assertThat(value.getFloat64("lat")).isEqualTo(50.110447);
        assertThat(value.getInt32("docks")).isEqualTo(24);
        assertThat(value.getBoolean("open")).isTrue();
        assertThat(value.getBytes("seal")).isEqualTo(HexFormat.of().parseHex("8f03c1a4de5577b0"));
        assertThat(value.getString("tariff")).isEqualTo("{\"unlock\":1,\"per_minute\":0.15,\"currency\":\"EUR\"}");
        assertThat(value.get("operator")).isNull();
        assertThat(value.get("note")).isNull();
    }

    @Test
    void theRecordKeepsItsPlace() {
        SinkRecord record = apply(LINES.get(0));
        assertThat(record.topic()).isEqualTo("changes");
        assertThat(record.kafkaPartition()).isEqualTo(3);
        assertThat(record.kafkaOffset()).isEqualTo(42);
        assertThat(record.timestamp()).isEqualTo(7);
    }

    @Test
    void aRemoveIsATombstoneOfItsKey() {
        SinkRecord record = apply(LINES.get(2));
        assertThat(((Struct) record.key()).getString("station_id")).isEqualTo("FRA-0042");
        assertThat(record.value()).isNull();
        assertThat(record.valueSchema()).isEqualTo(apply(LINES.get(0)).valueSchema());
    }

    @Test
    void aKeyThatTheEventLacksIsADataException() {
        transform.configure(Map.of("key", "id:STRING", "value", ""));
        SinkRecord record = record(LINES.get(0).getBytes(UTF_8));
        assertThatThrownBy(() -> transform.apply(record)).isInstanceOf(DataException.class);
    }

    @Test
    void aTombstoneOfTheTopicPassesThrough() {
        assertThat(apply(null).value()).isNull();
    }

    @Test
    void aBadRecordIsADataExceptionWithoutAValue() {
        assertThatThrownBy(() -> apply(Payloads.BAD_NUMBER))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("BAD_NUMBER at offset ")
                .message()
                .doesNotContain("1x8");
    }

    @Test
    void aValueThatDoesNotFitItsFieldIsADataException() {
        String text = LINES.get(0).replace("\"bikes\":{\"N\":\"9\"}", "\"bikes\":{\"N\":\"9.5\"}");
        assertThatThrownBy(() -> apply(text)).isInstanceOf(DataException.class).hasMessageContaining("fraction");
    }

    @Test
    void aChangeWithoutANewImageIsADataException() {
        assertThatThrownBy(() -> apply(Payloads.FIRST))
                .isInstanceOf(DataException.class)
                .hasMessage("the stream's view type must include new images");
    }

    @Test
    void anotherConverterIsNamedInTheFailure() {
        SinkRecord text = record("text");
        assertThatThrownBy(() -> transform.apply(text)).hasMessageContaining("ByteArrayConverter");
    }

    @Test
    void aTypeThatNoFieldHasFailsTheConfiguration() {
        for (String field : List.of("bikes", "bikes:DECIMAL", "bikes:int64", ":STRING")) {
            assertThatThrownBy(() -> transform.configure(Map.of("key", field, "value", "")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("name:TYPE");
        }
        assertThatThrownBy(() -> transform.configure(Map.of())).isInstanceOf(ConfigException.class);
    }

    @Test
    void aWorkerShowsAnInvalidFieldBeforeItCreatesAConnector() {
        List<ConfigValue> values = transform.config().validate(Map.of("key", "id:STRING", "value", "id:STRING,n:LONG"));
        assertThat(values.stream().flatMap(value -> value.errorMessages().stream()))
                .singleElement()
                .asString()
                .contains("configuration value: each field is name:TYPE");
    }

    @Test
    void aWorkerMakesItByItsName() throws ClassNotFoundException {
        assertThat(Utils.newInstance("example.ItemTransform", Transformation.class))
                .isInstanceOf(ItemTransform.class);
    }

    @Test
    void theConfigurationIsDescribed() {
        assertThat(transform.config().names()).containsExactlyInAnyOrder("key", "value");
    }
}
