package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.EventName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderOptionsTest {
    private static DecoderOptions options(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new DecoderOptions(properties);
    }

    @Test
    void theTutorialsKeysAreAccepted() {
        DecoderOptions options = options(
                "dynamodb.timeColumnName", "created_at_timestamp",
                "dynamodb.deleteColumnName", "is_deleted",
                "dynamodb.envelope.decoder.class.name", "org.apache.pinot.plugin.inputformat.json.JSONMessageDecoder",
                "dynamodb.envelope.decoder.prop.anything", "at all");

        assertThat(options.timeColumn).isEqualTo("created_at_timestamp");
        assertThat(options.deleteColumn).isEqualTo("is_deleted");
    }

    @Test
    void otherKeysAreIgnored() {
        assertThatCode(() -> options("recordExtractorClass", "x", "format", "json", "dynamo", "y"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "dynamodb.timeColumn, dynamodb.timeColumnName",
        "dynamodb.deleteColumName, dynamodb.deleteColumnName",
        "dynamodb.onNumberOverFlow, dynamodb.onNumberOverflow",
        "Dynamodb.events, dynamodb.events",
        "dynamodb.event, dynamodb.events",
        "dynamodb.column.mtime.units, dynamodb.column.<name>.unit",
        "dynamodb.column..unit, dynamodb.column.<name>.unit",
        "dynamodb.envelope.decoder.class, dynamodb.envelope.decoder.class.name"
    })
    void anUnknownKeyIsRefusedAndTheNearestIsNamed(String key, String nearest) {
        assertThatThrownBy(() -> options(key, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + key + "'")
                .hasMessageContaining("did you mean " + nearest + "?");
    }

    @Test
    void messagesStayShortWhateverTheConfiguration() {
        String big = "x".repeat(5000);

        assertThatThrownBy(() -> options("dynamodb." + big, "x")).satisfies(DecoderOptionsTest::isShort);
        assertThatThrownBy(() -> options("dynamodb.column." + big + ".unit", "x"))
                .satisfies(DecoderOptionsTest::isShort);
        assertThatThrownBy(() -> options("dynamodb.image", big)).satisfies(DecoderOptionsTest::isShort);
        assertThatThrownBy(() -> options("dynamodb.leniencies", big)).satisfies(DecoderOptionsTest::isShort);
        assertThatThrownBy(() -> options("dynamodb.snapshotTime", big)).satisfies(DecoderOptionsTest::isShort);
        assertThatThrownBy(() -> options("dynamodb.envelope.decoder.class.name", big))
                .satisfies(DecoderOptionsTest::isShort);
    }

    private static void isShort(Throwable thrown) {
        assertThat(thrown.getMessage()).hasSizeLessThanOrEqualTo(256);
    }

    @Test
    void anEnvelopeDecoderThatIsNotJsonIsRefusedWithAdvice() {
        assertThatThrownBy(() -> options("dynamodb.envelope.decoder.class.name", "org.example.AvroDecoder"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("remove the property");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "timeUnit, WEEKS",
        "column.mtime.unit, millis",
        "image, BOTH",
        "fillFromOldImage, yes",
        "transformedColumns, DROP",
        "onNumberOverflow, EMIT",
        "onTypeMismatch, SATURATE",
        "onMissingPrimaryKey, NULL",
        "onDecodeError, NULL",
        "events, 'INSERT,DELETE'",
        "binaryEncoding, TWICE",
        "timePrecision, MICROSECONDS",
        "leniencies, numbersAsText",
        "snapshotTime, 2024-06-22",
        "snapshotTime, 2024-06-22T07:04:39",
        "snapshotTime, +999999999-01-01T00:00:00Z"
    })
    void anInvalidValueIsRefusedWithItsKey(String key, String value) {
        assertThatThrownBy(() -> options("dynamodb." + key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("dynamodb." + key + " is ")
                .hasMessageContaining("it takes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1969-12-31T23:59:59Z",
                "9999-12-31T23:59:59Z",
                "2024-06-22T07:04:39+0200",
                "2024-06-22T07:04:39",
                "2024-06-22"
            })
    void theMessageOfASnapshotTimeNamesTheYearsAndTheOffset(String value) {
        assertThatThrownBy(() -> options("dynamodb.snapshotTime", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of the years 1970 to 9998")
                .hasMessageContaining("with an offset (Z or +02:00)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "9998-12-31T23:59:59Z", "2024-06-22T07:04:39+02:00"})
    void aSnapshotTimeOfTheseYearsWithSuchAnOffsetIsAccepted(String value) {
        assertThat(options("dynamodb.snapshotTime", value).snapshotTime)
                .isEqualTo(OffsetDateTime.parse(value).toInstant());
    }

    @Test
    void valuesAreReadInAnyCaseAndWithoutSurroundingWhiteSpace() {
        DecoderOptions options = options(
                "dynamodb.events", " insert , REMOVE,",
                "dynamodb.tables", "orders, customers",
                "dynamodb.onTypeMismatch", " fail ",
                "dynamodb.timeUnit", "milliseconds",
                "dynamodb.column.a.b.unit", "Seconds",
                "dynamodb.snapshotTime", "2024-06-22T09:04:39+02:00");

        assertThat(options.events).containsExactly(EventName.INSERT, EventName.REMOVE);
        assertThat(options.tables).containsExactly("orders", "customers");
        assertThat(options.onTypeMismatch).isEqualTo(DecoderOptions.OnTypeMismatch.FAIL);
        assertThat(options.timeUnit).isEqualTo(TimeUnit.MILLISECONDS);
        assertThat(options.columnUnits).isEqualTo(Map.of("a.b", TimeUnit.SECONDS));
        assertThat(options.snapshotTime).isEqualTo(Instant.parse("2024-06-22T07:04:39Z"));
    }

    @Test
    void defaultsAreThoseOfTheReadme() {
        DecoderOptions options = options();

        assertThat(options.onNumberOverflow).isEqualTo(DecoderOptions.OnNumberOverflow.FAIL);
        assertThat(options.onTypeMismatch).isEqualTo(DecoderOptions.OnTypeMismatch.NULL);
        assertThat(options.onMissingPrimaryKey).isEqualTo(DecoderOptions.OnMissingPrimaryKey.EMIT);
        assertThat(options.onDecodeError).isEqualTo(DecoderOptions.OnDecodeError.FAIL);
        assertThat(options.image).isEqualTo(DecoderOptions.Image.NEW);
        assertThat(options.fillFromOldImage).isTrue();
        assertThat(options.keepTransformed).isFalse();
        assertThat(options.events).containsExactly(EventName.INSERT, EventName.MODIFY, EventName.REMOVE);
        assertThat(options.tables).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void aBlankValueCountsAsAbsent(String blank) {
        assertThat(options("dynamodb.oldImagePrefix", blank, "dynamodb.image", blank).oldImagePrefix)
                .isNull();
    }

    @Test
    void conflictingOptionsAreRefused() {
        assertThatThrownBy(() -> options("dynamodb.timeColumnName", "c", "dynamodb.deleteColumnName", "c"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options("dynamodb.image", "KEYS", "dynamodb.fillFromOldImage", "true"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
