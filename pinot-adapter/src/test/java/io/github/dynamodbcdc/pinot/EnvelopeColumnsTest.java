package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixture.Change;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.TimeFieldSpec;
import org.apache.pinot.spi.data.TimeGranularitySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeColumnsTest {
    private static final String STREAM = """
            {"eventID":"e1","eventName":"REMOVE","eventSource":"aws:dynamodb","eventVersion":"1.1",\
            "eventSourceARN":"arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2024",\
            "awsRegion":"us-east-1",\
            "userIdentity":{"type":"Service","principalId":"dynamodb.amazonaws.com"},"dynamodb":{\
            "ApproximateCreationDateTime":1719039879,"Keys":{"id":{"S":"k1"}},\
            "SequenceNumber":"111100000000000000000042",\
            "SizeBytes":313,"StreamViewType":"KEYS_ONLY"}}""";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "eventID, e1",
        "eventId, e1",
        "eventName, REMOVE",
        "eventSource, aws:dynamodb",
        "eventVersion, 1.1",
        "eventSourceARN, arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2024",
        "eventSourceArn, arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2024",
        "awsRegion, us-east-1",
        "tableName, orders",
        "SequenceNumber, 111100000000000000000042",
        "sequenceNumber, 111100000000000000000042",
        "SizeBytes, 313",
        "sizeBytes, 313",
        "StreamViewType, KEYS_ONLY",
        "streamViewType, KEYS_ONLY",
        "userIdentityType, Service",
        "userIdentityPrincipalId, dynamodb.amazonaws.com",
        "isTimeToLiveDelete, true",
        "ApproximateCreationDateTime, 2024-06-22T07:04:39.000000Z",
        "approximateCreationDateTime, 2024-06-22T07:04:39.000000Z"
    })
    void aColumnWithTheNameOfAnEnvelopeFieldHoldsIt(String column, String expected) {
        assertThat(Table.with(column, DataType.STRING).row(STREAM))
                .containsEntry(column, expected)
                .hasSize(1);
    }

    @Test
    void recordFormatIsFilledOnKinesis() {
        String kinesis = Change.of("INSERT")
                .newImage("")
                .envelope("\"recordFormat\":\"application/json\"")
                .json();

        assertThat(Table.with("recordFormat", DataType.STRING).row(kinesis))
                .containsEntry("recordFormat", "application/json");
    }

    @Test
    void aFieldThatTheEventLacksIsNull() {
        String bare = Change.of("INSERT").newImage("").envelope("").json();

        for (String column : new String[] {"eventID", "tableName", "SequenceNumber", "SizeBytes", "userIdentityType"}) {
            assertThat(Table.with(column, DataType.STRING).row(bare)).containsEntry(column, null);
        }
        assertThat(Table.with("SizeBytes", DataType.INT).row(bare)).containsEntry("SizeBytes", null);
        assertThat(Table.with("SequenceNumber", DataType.BIG_DECIMAL).row(bare)).containsEntry("SequenceNumber", null);
    }

    @Test
    void countsAndFlagsHaveTheColumnsType() {
        assertThat(Table.with("SizeBytes", DataType.LONG).row(STREAM)).containsEntry("SizeBytes", 313L);
        assertThat(Table.with("SizeBytes", DataType.INT).row(STREAM)).containsEntry("SizeBytes", 313);
        assertThat(Table.with("SizeBytes", DataType.BIG_DECIMAL).row(STREAM))
                .containsEntry("SizeBytes", new BigDecimal("313"));
        assertThat(Table.with("SequenceNumber", DataType.BIG_DECIMAL).row(STREAM))
                .containsEntry("SequenceNumber", new BigDecimal("111100000000000000000042"));
        assertThat(Table.with("isTimeToLiveDelete", DataType.BOOLEAN).row(STREAM))
                .containsEntry("isTimeToLiveDelete", true);
        assertThat(Table.with("isTimeToLiveDelete", DataType.INT).row(Change.insert("")))
                .containsEntry("isTimeToLiveDelete", 0);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "eventName, LONG",
        "SequenceNumber, LONG",
        "SizeBytes, BYTES",
        "isTimeToLiveDelete, JSON",
        "tableName, JSON"
    })
    void aColumnThatCannotHoldItsFieldIsRefusedWithAdvice(String column, DataType type) {
        assertThatThrownBy(() -> Table.with(column, type).init())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + column + "'")
                .hasMessageContaining("dynamodb.envelopePrefix");
        assertThatThrownBy(() ->
                        new Table().multiValue("eventName", DataType.STRING).init())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theEnvelopeWinsOverAnAttributeOfItsNameAndOneWarningSaysSo() {
        Table table = Table.with("eventName", DataType.STRING);
        String event = Change.insert("\"eventName\":{\"S\":\"concert\"}");

        assertThat(table.row(event)).containsEntry("eventName", "INSERT");
        table.row(event);
        assertThat(table.log.warnings())
                .singleElement()
                .asString()
                .contains("'eventName'", "dynamodb.envelopePrefix")
                .doesNotContain("concert");
    }

    @Test
    void withAPrefixForTheEnvelopeTheAttributeWins() {
        Table table = Table.with("eventName", DataType.STRING)
                .and("cdc_eventName", DataType.STRING)
                .and("cdc_ApproximateCreationDateTime", DataType.TIMESTAMP)
                .property("envelopePrefix", "cdc_");

        assertThat(table.row(Change.insert("\"eventName\":{\"S\":\"concert\"}")))
                .containsEntry("eventName", "concert")
                .containsEntry("cdc_eventName", "INSERT")
                .containsEntry("cdc_ApproximateCreationDateTime", 1719039879869L);
        assertThat(table.log.warnings()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "BOOLEAN, true, false",
        "STRING, true, false",
        "INT, 1, 0",
        "LONG, 1, 0",
        "FLOAT, 1.0, 0.0",
        "DOUBLE, 1.0, 0.0",
        "BIG_DECIMAL, 1, 0"
    })
    void theDeleteColumnIsTrueOnRemoveAndFalseOtherwiseByItsType(DataType type, String yes, String no) {
        Table table = Table.with("gone", type).property("deleteColumnName", "gone");

        Object removed = table.row(Change.of("REMOVE").json()).get("gone");
        Object inserted = table.row(Change.insert("")).get("gone");
        Object modified = table.row(Change.of("MODIFY").newImage("").json()).get("gone");
        assertThat(removed).hasToString(yes);
        assertThat(inserted).hasToString(no);
        assertThat(modified).isEqualTo(inserted);
        if (type == DataType.BOOLEAN) {
            assertThat(removed).isInstanceOf(Boolean.class);
        }
    }

    @Test
    void aDeleteColumnThatCannotHoldItOrIsAKeyIsRefused() {
        for (Table table : new Table[] {
            Table.with("gone", DataType.BYTES),
            Table.with("gone", DataType.JSON),
            new Table().multiValue("gone", DataType.BOOLEAN)
        }) {
            assertThatThrownBy(() -> table.property("deleteColumnName", "gone").init())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'gone'")
                    .hasMessageContaining("cannot hold true and false: use a single-value BOOLEAN column")
                    .hasMessageNotContaining("dynamodb.envelopePrefix");
        }
        assertThatThrownBy(() -> Table.with("id", DataType.STRING)
                        .primaryKey("id")
                        .property("deleteColumnName", "id")
                        .init())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namedColumnsThatTheSchemaLacksAreIgnoredWithOneWarningEach() {
        Table table = Table.with("id", DataType.STRING)
                .property("timeColumnName", "created_at_timestamp")
                .property("deleteColumnName", "is_deleted")
                .init();

        assertThat(table.log.warnings())
                .satisfiesExactly(
                        line -> assertThat(line).contains("dynamodb.timeColumnName", "'created_at_timestamp'"),
                        line -> assertThat(line).contains("dynamodb.deleteColumnName", "'is_deleted'"));
        assertThat(table.row(Change.insert(""))).containsOnlyKeys("id");
    }

    @Test
    void namedColumnsWinOverAttributesOfTheirNameWithOneWarning() {
        Table table = Table.with("at", DataType.LONG).property("timeColumnName", "at");

        assertThat(table.row(Change.insert("\"at\":{\"N\":\"5\"}"))).containsEntry("at", 1719039879869591L);
        assertThat(table.log.warnings()).singleElement().asString().contains("'at'");
    }

    @Test
    void aStreamThatMixesUnitsBecomesOneUnit() {
        Table table = Table.with("at", DataType.LONG).property("timeColumnName", "at");

        for (String time :
                new String[] {"1719039879", "1719039879000", "1719039879000000", "\"2024-06-22T07:04:39Z\""}) {
            assertThat(table.row(Change.of("INSERT").newImage("").at(time).json()))
                    .containsEntry("at", 1719039879000000L);
        }
    }

    @Test
    void theUnitOfAPlainNumberIsLoggedAtInitAndAnUnusedOneGivesAWarning() {
        Table plain =
                Table.with("at", DataType.LONG).property("timeColumnName", "at").property("timeUnit", "NANOSECONDS");
        assertThat(plain.row(Change.insert(""))).containsEntry("at", 1719039879869591000L);
        assertThat(plain.log.lines)
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains("'at'", "NANOSECONDS");

        Table timestamp = Table.with("at", DataType.TIMESTAMP)
                .property("timeColumnName", "at")
                .property("timeUnit", "NANOSECONDS")
                .init();
        assertThat(timestamp.log.warnings()).singleElement().asString().contains("dynamodb.timeUnit");
    }

    @Test
    void timePrecisionOverridesTheRecordsUnit() {
        Table table = Table.with("at", DataType.LONG)
                .property("timeColumnName", "at")
                .property("timePrecision", "MILLISECOND");

        assertThat(table.row(Change.of("INSERT").newImage("").at("1719039879").json()))
                .containsEntry("at", 1719039879000L);
    }

    /** Pinot asks for the part of a name before the delimiter of nested attributes. */
    @Test
    void columnsThatTheEventOrOldImageFillsByTheirPrefixAreFilledWithoutBeingAskedFor() {
        Table table = Table.with("id", DataType.STRING)
                .and("cdc_eventName", DataType.STRING)
                .and("cdc_eventID", DataType.STRING)
                .and("cdc_other", DataType.STRING)
                .and("old_v", DataType.LONG)
                .and("old_m.v", DataType.LONG)
                .transform("cdc_eventID", "'x'")
                .property("envelopePrefix", "cdc_")
                .property("oldImagePrefix", "old_")
                .fieldsToRead("id", "cdc", "old");
        String event = Change.of("MODIFY")
                .newImage("")
                .oldImage("\"v\":{\"N\":\"1\"},\"m.v\":{\"N\":\"2\"}")
                .json();

        assertThat(table.row(event)).containsOnlyKeys("id", "cdc", "old");
        assertThat(table.delimiter("_").init().row(event))
                .containsOnlyKeys("id", "cdc", "old", "cdc_eventName", "old_v", "old_m.v")
                .containsEntry("cdc_eventName", "MODIFY")
                .containsEntry("old_v", 1L)
                .containsEntry("old_m.v", 2L);
        assertThat(table.delimiter(".").init().row(event)).containsOnlyKeys("id", "cdc", "old");
    }

    @Test
    void anAttributeWhoseNameIsThePrefixAloneIsOneOfNewImage() {
        String event = Change.of("MODIFY")
                .newImage("\"old\":{\"S\":\"new\"}")
                .oldImage("\"old\":{\"S\":\"before\"}")
                .json();
        for (String prefix : List.of("oldImagePrefix", "envelopePrefix")) {
            Table table = Table.with("id", DataType.STRING)
                    .and("old", DataType.STRING)
                    .property(prefix, "old");
            assertThat(table.row(event)).containsEntry("old", "new");
        }
    }

    @Test
    void aMemberThatDoesNotFitItsRowsLeavesTheOtherColumnsOfADeleteComplete() {
        Table table = Table.with("id", DataType.STRING)
                .and("l", DataType.INT)
                .and("z", DataType.STRING)
                .and("at", DataType.LONG)
                .and("gone", DataType.BOOLEAN)
                .primaryKey("id")
                .property("timeColumnName", "at")
                .property("deleteColumnName", "gone")
                .property("onTypeMismatch", "FAIL")
                .upsert(Mode.FULL, "gone", "at")
                .fieldsToUnnest("l");
        assertThat(table.row(Change.of("REMOVE")
                        .oldImage("\"l\":{\"L\":[{\"N\":\"1\"},{\"S\":\"x\"},{\"N\":\"2\"}]},\"z\":{\"S\":\"last\"}")
                        .json()))
                .containsEntry("l", null)
                .containsEntry("z", "last")
                .containsEntry("gone", true);
    }

    /** Pinot asks for the column of each transform, and a transform may have none. */
    @Test
    void aFieldWithoutANameIsIgnored() {
        Table table = Table.with("id", DataType.STRING).and("v", DataType.INT).fieldsToRead("id", null, "v");
        assertThat(table.row(Change.of("INSERT").newImage("\"v\":{\"N\":\"1\"}").json()))
                .containsOnlyKeys("id", "v");
    }

    @Test
    void aTableComparesByAColumnOfTheEventWhoseNameContainsTheDelimiter() {
        Table table = Table.with("id", DataType.STRING)
                .and("cdc_SequenceNumber", DataType.BIG_DECIMAL)
                .and("gone", DataType.BOOLEAN)
                .primaryKey("id")
                .property("envelopePrefix", "cdc_")
                .property("deleteColumnName", "gone")
                .upsert(Mode.FULL, "gone", "cdc_SequenceNumber")
                .delimiter("_")
                .fieldsToRead("id", "cdc", "gone")
                .init();

        assertThat(table.log.warnings()).isEmpty();
        assertThat(table.row(
                        Change.of("INSERT").newImage("").sequenceNumber("7").json()))
                .containsEntry("cdc_SequenceNumber", new BigDecimal("7"));
    }

    /** The time of the change is 1719039879.869591. */
    @ParameterizedTest
    @CsvSource({
        "LONG, 1, SECONDS, 1719039879",
        "INT, 1, SECONDS, 1719039879",
        "LONG, 10, SECONDS, 171903987",
        "LONG, 1, MILLISECONDS, 1719039879869",
        "STRING, 1, MILLISECONDS, 1719039879869",
        "LONG, 1, DAYS, 19896",
        "INT, 1, DAYS, 19896",
        "INT, 7, DAYS, 2842"
    })
    @SuppressWarnings("deprecation") // old schemas have it
    void aTimeFieldSpecCountsItsOwnUnit(DataType type, int size, TimeUnit unit, String expected) {
        Table table = Table.with("id", DataType.STRING)
                .and(new TimeFieldSpec(new TimeGranularitySpec(type, size, unit, "ts")))
                .property("timeColumnName", "ts");

        assertThat(table.row(Change.insert("")).get("ts")).hasToString(expected);
        assertThat(table.log.lines).isEmpty();
    }

    @Test
    @SuppressWarnings("deprecation") // old schemas have it
    void aTimeFieldSpecCountsTheUnitThatTheTableStores() {
        Table table = Table.with("id", DataType.STRING)
                .and(new TimeFieldSpec(
                        new TimeGranularitySpec(DataType.LONG, TimeUnit.MILLISECONDS, "ms"),
                        new TimeGranularitySpec(DataType.INT, TimeUnit.DAYS, "day")))
                .property("timeColumnName", "day");

        assertThat(table.row(Change.insert(""))).containsEntry("day", 19_896);
    }

    @Test
    @SuppressWarnings("deprecation") // old schemas have it
    void aTimeFieldSpecOfDigitsHasItsOwnPattern() {
        Table table = Table.with("id", DataType.STRING)
                .and(new TimeFieldSpec(
                        new TimeGranularitySpec(DataType.INT, TimeUnit.DAYS, "SIMPLE_DATE_FORMAT:yyyyMMdd", "ts")))
                .property("timeColumnName", "ts");

        assertThat(table.row(Change.insert(""))).containsEntry("ts", 20_240_622);
    }

    /** Pinot converts a time to such a pattern itself, and has no dateTimeFieldSpec for that. */
    @Test
    @SuppressWarnings("deprecation") // old schemas have it
    void anAttributeFillsATimeFieldSpecThatPinotConvertsToAPattern() {
        Table table = Table.with("id", DataType.STRING)
                .and(new TimeFieldSpec(
                        new TimeGranularitySpec(DataType.LONG, TimeUnit.MILLISECONDS, "ms"),
                        new TimeGranularitySpec(DataType.INT, TimeUnit.DAYS, "SIMPLE_DATE_FORMAT:yyyyMMdd", "day")));

        assertThat(table.row(Change.insert("\"day\":{\"N\":\"20240622\"}"))).containsEntry("day", 20_240_622);
    }
}
