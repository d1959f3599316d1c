package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableAdviceTest {
    /** Has a column for the time of the change and one for deletes, which no property names. */
    private static Table table() {
        return Table.with("id", DataType.STRING)
                .and("at", DataType.LONG)
                .and("gone", DataType.BOOLEAN)
                .primaryKey("id");
    }

    private static Table timed() {
        return table().property("timeColumnName", "at");
    }

    private static Table timedAndDeleting() {
        return timed().property("deleteColumnName", "gone");
    }

    private static List<String> warnings(Table table) {
        return table.init().log.warnings();
    }

    private static void assertWarns(Table table, String... words) {
        assertThat(warnings(table)).singleElement().asString().contains(words);
    }

    @Test
    void theRecipeOfTheReadmeGivesNoWarning() {
        assertThat(warnings(timedAndDeleting().upsert(Mode.FULL, "gone", "at"))).isEmpty();
    }

    @Test
    void aTableWithoutUpsertGivesNoWarning() {
        assertThat(warnings(table())).isEmpty();
    }

    @Test
    void partialUpsertGivesOneWarningWithTheReason() {
        assertWarns(timedAndDeleting().upsert(Mode.PARTIAL, "gone", "at"), "PARTIAL", "removed", "FULL");
    }

    @Test
    void aDeleteColumnThatNoUpsertConfigUsesGivesAWarningInATableOfCurrentItemsOnly() {
        Table other = timedAndDeleting().and("removed", DataType.BOOLEAN).transform("removed", "gone");
        assertWarns(other.upsert(Mode.FULL, "removed", "at"), "'gone'", "deletes no row", "deleteRecordColumn");
        assertThat(warnings(timedAndDeleting())).isEmpty();
        assertThat(warnings(timedAndDeleting()
                        .and("eventID", DataType.STRING)
                        .primaryKey("id", "eventID")
                        .upsert(Mode.FULL, null, "at")))
                .isEmpty();
    }

    @Test
    void anUpsertTableThatDeletesNothingGivesAWarning() {
        assertWarns(timed().upsert(Mode.FULL, null, "at"), "deleteRecordColumn", "dynamodb.deleteColumnName");
        assertWarns(timed().upsert(Mode.FULL, "gone", "at"), "'gone'", "dynamodb.deleteColumnName");
    }

    @Test
    void aDeleteColumnThatTheSchemaLacksGivesOneWarning() {
        Table table = Table.with("id", DataType.STRING)
                .and("at", DataType.LONG)
                .primaryKey("id")
                .property("timeColumnName", "at");
        assertWarns(
                table.property("deleteColumnName", "gone").upsert(Mode.FULL, "gone", "at"),
                "dynamodb.deleteColumnName names the column 'gone', which the table does not have");
    }

    @Test
    void aMistakeInTheDeleteColumnGivesOneWarning() {
        assertThat(warnings(timedAndDeleting().upsert(Mode.FULL, null, "at")))
                .singleElement()
                .asString()
                .contains("upsertConfig has no deleteRecordColumn");
        assertThat(warnings(timedAndDeleting().and("flag", DataType.BOOLEAN).upsert(Mode.FULL, "flag", "at")))
                .singleElement()
                .asString()
                .contains("an attribute fills upsertConfig.deleteRecordColumn 'flag'");
        assertThat(warnings(
                        timedAndDeleting().property("events", "INSERT,MODIFY").upsert(Mode.FULL, null, "at")))
                .isEmpty();
    }

    @Test
    void aDeleteRecordColumnThatTheSchemaLacksGivesAWarning() {
        Table table = Table.with("id", DataType.STRING)
                .and("at", DataType.LONG)
                .primaryKey("id")
                .property("timeColumnName", "at");
        assertWarns(
                table.upsert(Mode.FULL, "gone", "at"),
                "REMOVE deletes no row, because the schema lacks upsertConfig.deleteRecordColumn 'gone'",
                "dynamodb.deleteColumnName");
    }

    @Test
    void withoutRemoveOrWithATransformForTheDeleteColumnThereIsNoWarning() {
        assertThat(warnings(timed().property("events", "INSERT,MODIFY").upsert(Mode.FULL, null, "at")))
                .isEmpty();
        assertThat(warnings(timed().transform("gone", "strcmp(eventName, 'REMOVE') = 0")
                        .upsert(Mode.FULL, "gone", "at")))
                .isEmpty();
    }

    @Test
    void aComparisonColumnWithoutTheTimeOfTheChangeGivesAWarning() {
        Table table = table().property("deleteColumnName", "gone").upsert(Mode.FULL, "gone", "at");

        assertWarns(table, "'at'", "dynamodb.timeColumnName");
    }

    @Test
    void withoutComparisonColumnsPinotComparesByTheTablesTimeColumn() {
        Table table =
                table().property("deleteColumnName", "gone").timeColumn("at").upsert(Mode.FULL, "gone");

        assertWarns(table, "'at'", "dynamodb.timeColumnName");
    }

    @Test
    void severalComparisonColumnsGiveAWarning() {
        Table table = timedAndDeleting()
                .and("ApproximateCreationDateTime", DataType.LONG)
                .upsert(Mode.FULL, "gone", "at", "ApproximateCreationDateTime");

        assertWarns(table, "several");
    }

    @Test
    void millisecondsAreMentionedAndMicrosecondsAreNot() {
        Table millis = Table.with("id", DataType.STRING)
                .and("at", DataType.TIMESTAMP)
                .and("gone", DataType.BOOLEAN)
                .property("timeColumnName", "at")
                .property("deleteColumnName", "gone");

        assertInforms(millis.upsert(Mode.FULL, "gone", "at"), "'at'", "MILLISECONDS");
        assertInforms(timedAndDeleting().upsert(Mode.FULL, "gone", "at"), "MICROSECONDS");
    }

    @Test
    void theSequenceNumberAsBigDecimalIsAComparisonColumnAndAsTextItIsNot() {
        for (String column : List.of("SequenceNumber", "sequenceNumber")) {
            Table decimal = timedAndDeleting().and(column, DataType.BIG_DECIMAL).upsert(Mode.FULL, "gone", column);
            assertThat(warnings(decimal)).isEmpty();
            assertThat(decimal.log.lines).anyMatch(line -> line.startsWith("INFO") && line.contains("DynamoDB table"));

            assertWarns(
                    timedAndDeleting().and(column, DataType.STRING).upsert(Mode.FULL, "gone", column),
                    "'" + column + "'",
                    "as text",
                    "BIG_DECIMAL");
        }
        assertThat(warnings(timedAndDeleting()
                        .property("envelopePrefix", "cdc_")
                        .and("cdc_SequenceNumber", DataType.BIG_DECIMAL)
                        .upsert(Mode.FULL, "gone", "cdc_SequenceNumber")))
                .isEmpty();
    }

    @Test
    void anAttributeCalledSequenceNumberIsNoComparisonColumn() {
        Table attribute = timedAndDeleting()
                .property("envelopePrefix", "cdc_")
                .and("SequenceNumber", DataType.BIG_DECIMAL)
                .upsert(Mode.FULL, "gone", "SequenceNumber");

        assertWarns(attribute, "'SequenceNumber'", "does not hold the time");
    }

    private static void assertInforms(Table table, String... words) {
        assertThat(table.init().log.lines)
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains(words);
    }

    private static Table recipe() {
        return timedAndDeleting().upsert(Mode.FULL, "gone", "at");
    }

    @Test
    void retentionGivesAWarningInAnUpsertTableOnly() {
        assertWarns(recipe().retention("7", "DAYS"), "segmentsConfig", "'7 DAYS'", "right only if");
        assertThat(warnings(recipe().property("events", "INSERT")
                        .retention("7", "DAYS")
                        .timeToLive(1, 1)))
                .isEmpty();
        assertThat(warnings(timed().retention("7", "DAYS"))).isEmpty();
        assertThat(warnings(recipe().retention("7", ""))).isEmpty();
        assertThat(warnings(recipe().retention("", "DAYS"))).isEmpty();
    }

    @Test
    void aTimeAfterWhichPinotForgetsDeletedKeysGivesAWarningIfItIsShorterThanAnHour() {
        assertWarns(
                recipe().timeToLive(0, 86_400),
                "deletedKeysTTL is 86400 MICROSECONDS (0.0864 seconds)",
                "'at'",
                "hour");
        assertWarns(recipe().timeToLive(0, 3_599_999_999d), "deletedKeysTTL is 3599999999 MICROSECONDS (3599 seconds)");
        assertThat(warnings(recipe().timeToLive(0, 3_600_000_000d))).isEmpty();
        assertThat(warnings(recipe().timeToLive(0, 0))).isEmpty();
    }

    @Test
    void anyTimeAfterWhichPinotForgetsItemsGivesAWarningThatNamesIt() {
        assertWarns(
                recipe().timeToLive(86_400, 0),
                "metadataTTL is 86400 MICROSECONDS (0.0864 seconds)",
                "adds a row",
                "right only if");
        assertWarns(
                recipe().timeToLive(2_592_000_000_000d, 0), "metadataTTL is 2592000000000 MICROSECONDS (720 hours)");
    }

    @Test
    void bothTimesCountInTheUnitOfTheComparisonColumn() {
        Table tens = Table.with("id", DataType.STRING)
                .dateTime("at", DataType.LONG, "10:SECONDS:EPOCH")
                .and("gone", DataType.BOOLEAN)
                .property("timeColumnName", "at")
                .property("deleteColumnName", "gone")
                .upsert(Mode.FULL, "gone", "at");

        assertWarns(tens.timeToLive(0, 359), "deletedKeysTTL is 359 times 10 SECONDS (3590 seconds)");
        assertThat(warnings(recipe().property("timeUnit", "SECONDS").timeToLive(0, 3600)))
                .isEmpty();
        assertWarns(recipe().property("timeUnit", "SECONDS").timeToLive(0, 60), "60 SECONDS (60 seconds)");
        assertWarns(recipe().property("timeUnit", "DAYS").timeToLive(7, 1), "metadataTTL is 7 DAYS (168 hours)");
    }

    @Test
    void aTimeToLiveThatCountsSequenceNumbersOrDigitsOfAPatternGivesAWarning() {
        Table sequence = timedAndDeleting()
                .and("SequenceNumber", DataType.BIG_DECIMAL)
                .upsert(Mode.FULL, "gone", "SequenceNumber");
        assertWarns(sequence.timeToLive(0, 1e30), "deletedKeysTTL", "'SequenceNumber'", "do not count time");
        Table digits = Table.with("id", DataType.STRING)
                .dateTime("at", DataType.LONG, "SIMPLE_DATE_FORMAT|yyyyMMddHHmmssSSS")
                .and("gone", DataType.BOOLEAN)
                .property("timeColumnName", "at")
                .property("deleteColumnName", "gone")
                .upsert(Mode.FULL, "gone", "at");
        assertWarns(digits.timeToLive(1e9, 0), "metadataTTL", "'at'", "do not count time");
    }

    @Test
    void aTimeToLiveByAColumnOfUnknownUnitIsNamedOnlyIfItsLengthDoesNotMatter() {
        Table table = timedAndDeleting().and("rank", DataType.LONG).transform("rank", "now()");

        assertWarns(table.upsert(Mode.FULL, "gone", "rank").timeToLive(5, 5), "metadataTTL: Pinot then forgets");
    }

    @Test
    void dedupByTheKeyOfTheItemGivesOneWarning() {
        assertWarns(timedAndDeleting().dedup(), "dedupConfig", "if that is the key of the item", "eventID");
        assertThat(warnings(timed().property("events", "INSERT").dedup())).isEmpty();
        assertWarns(timed().property("events", "INSERT,MODIFY").dedup(), "dedupConfig");
        Table withTable = timedAndDeleting().and("tableName", DataType.STRING).primaryKey("tableName", "id");
        assertWarns(withTable.dedup(), "dedupConfig");
        Table attribute = timed().property("envelopePrefix", "cdc_").and("eventID", DataType.STRING);
        assertWarns(attribute.primaryKey("id", "eventID").dedup(), "dedupConfig");
    }

    @Test
    void dedupByTheChangeGivesNoWarning() {
        for (String column : List.of("eventID", "eventId", "SequenceNumber", "cdc_eventID")) {
            Table table = timed().and(column, DataType.STRING).primaryKey("id", column);
            if (column.startsWith("cdc_")) {
                table.property("envelopePrefix", "cdc_");
            }
            assertThat(warnings(table.dedup())).isEmpty();
        }
        assertThat(warnings(timed().and("ApproximateCreationDateTime", DataType.LONG)
                        .primaryKey("id", "ApproximateCreationDateTime")
                        .dedup()))
                .isEmpty();
        assertThat(warnings(timed().transform("id", "concat(a, eventID)").dedup()))
                .isEmpty();
    }

    @Test
    void theAdviceIsShortForLongNames() {
        String name = "c".repeat(300);
        Table table = Table.with("id", DataType.STRING)
                .and(name, DataType.LONG)
                .and("gone", DataType.BOOLEAN)
                .property("timeColumnName", name)
                .property("deleteColumnName", "gone")
                .retention("7".repeat(99), "DAYS")
                .upsert(Mode.FULL, "gone", name)
                .timeToLive(1e308 / 3, 123_456_789.123);

        // The recorder refuses a line of more than 256 characters.
        assertThat(warnings(table)).hasSize(3);
    }

    @Test
    void aComparisonColumnThatDoesNotSortByTimeIsRefused() {
        Table table = Table.with("id", DataType.STRING)
                .dateTime("at", DataType.STRING, "SIMPLE_DATE_FORMAT|dd.MM.yyyy HH:mm:ss")
                .property("timeColumnName", "at")
                .upsert(Mode.FULL, null, "at");

        assertThatThrownBy(table::init)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'at'")
                .hasMessageContaining("LONG");
    }

    /** As texts, 9999 is after 10000. */
    @ParameterizedTest
    @ValueSource(strings = {"EPOCH|DAYS|2", "EPOCH|MINUTES|3", "2:DAYS:EPOCH", "EPOCH|SECONDS|18"})
    void aTextOfANumberThatGetsAnotherDigitSoonIsNoComparisonColumn(String format) {
        assertThatThrownBy(() -> comparing(DataType.STRING, format, "2024-01-01T00:00:00Z")
                        .init())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not sort by time");
        assertThatCode(() ->
                        comparing(DataType.LONG, format, "2024-01-01T00:00:00Z").init())
                .doesNotThrowAnyException();
    }

    private static Table comparing(DataType type, String format, String snapshotTime) {
        return Table.with("id", DataType.STRING)
                .dateTime("at", type, format)
                .property("timeColumnName", "at")
                .property("snapshotTime", snapshotTime)
                .upsert(Mode.FULL, null, "at");
    }

    @ParameterizedTest
    @CsvSource({
        "STRING, EPOCH|SECONDS, 2001-09-09T01:46:39Z",
        "STRING, EPOCH|MILLISECONDS, 2000-01-01T00:00:00Z",
        "STRING, EPOCH|DAYS, 1997-05-18T00:00:00Z",
        "STRING, SIMPLE_DATE_FORMAT|yyMMddHHmmss, 1999-12-31T23:59:59Z",
        "LONG, SIMPLE_DATE_FORMAT|yyMMddHHmmss, 1999-12-31T23:59:59Z",
        "INT, SIMPLE_DATE_FORMAT|yyMMdd, 1999-12-31T23:59:59Z",
        "BIG_DECIMAL, SIMPLE_DATE_FORMAT|yyMMdd, 1970-01-01T00:00:00Z"
    })
    void aComparisonColumnThatSortsTheSnapshotTimeAfterChangesIsRefused(DataType type, String format, String time) {
        assertThatThrownBy(() -> comparing(type, format, time).init())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("comparison column 'at' sorts the time of dynamodb.snapshotTime after changes: use a LONG"
                        + " column");
    }

    @ParameterizedTest
    @CsvSource({
        "STRING, EPOCH|SECONDS, 2001-09-09T01:46:40Z",
        "STRING, EPOCH|SECONDS, 2024-06-22T07:04:39Z",
        "STRING, SIMPLE_DATE_FORMAT|yyMMddHHmmss, 2000-01-01T00:00:00Z",
        "STRING, SIMPLE_DATE_FORMAT, 1970-01-01T00:00:00Z",
        "LONG, EPOCH|SECONDS, 1970-01-01T00:00:00Z",
        "INT, EPOCH|DAYS, 1970-01-01T00:00:00Z",
        "DOUBLE, EPOCH|MICROSECONDS, 1970-01-01T00:00:00Z",
        "TIMESTAMP, TIMESTAMP, 1999-12-31T23:59:59Z"
    })
    void anyOtherColumnTakesASnapshotTimeOfAnyYear(DataType type, String format, String time) {
        assertThatCode(() -> comparing(type, format, time).init()).doesNotThrowAnyException();
    }

    @Test
    void anImageOtherThanNewGivesAWarning() {
        Table table = timedAndDeleting().property("image", "OLD").upsert(Mode.FULL, "gone", "at");

        assertWarns(table, "dynamodb.image=OLD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"eventID", "eventName", "SequenceNumber", "SizeBytes", "isTimeToLiveDelete", "userIdentityType"})
    void aKeyThatDiffersByChangeGivesAWarningIfRowsAreToBeDeleted(String field) {
        DataType type = field.equals("SizeBytes") ? DataType.LONG : DataType.STRING;
        assertWarns(recipe().and(field, type).primaryKey("id", field), Quoted.of(field), "does not delete");
        Table withoutRemove = recipe().property("events", "INSERT,MODIFY");
        assertThat(warnings(withoutRemove.and(field, type).primaryKey("id", field)))
                .isEmpty();
        Table attribute =
                recipe().property("envelopePrefix", "cdc_").and(field, type).primaryKey("id", field);
        assertThat(warnings(attribute)).isEmpty();
    }

    @Test
    void aTableOfAllChangesGetsNoAdviceForOneOfCurrentItems() {
        Table table = timed().and("eventID", DataType.STRING)
                .primaryKey("id", "eventID")
                .property("image", "OLD")
                .upsert(Mode.FULL, null, "at")
                .retention("7", "DAYS")
                .timeToLive(60_000, 0)
                .filter("strcmp(status, 'archived') = 0");
        assertThat(warnings(table)).isEmpty();
    }

    @Test
    void aKeyThatNamesTheTableGivesNoWarning() {
        assertThat(warnings(recipe().and("tableName", DataType.STRING).primaryKey("tableName", "id")))
                .isEmpty();
    }

    @Test
    void aKeyWithTheDelimiterOfNestedAttributesInItsNameGivesAWarning() {
        Table table = recipe().and("order_id", DataType.STRING).primaryKey("order_id");
        assertThat(warnings(table)).isEmpty();
        assertWarns(table.delimiter("_"), "'order_id'", "delimiter");
        assertThat(warnings(recipe().delimiter("."))).isEmpty();
        assertThat(warnings(recipe().delimiter(""))).isEmpty();
    }

    @Test
    void aComparisonColumnThatATransformFillsIsMentioned() {
        Table table = timedAndDeleting()
                .and("ms", DataType.LONG)
                .transform("ms", "updatedAt * 1000")
                .upsert(Mode.FULL, "gone", "ms");
        Table kept = timedAndDeleting()
                .property("transformedColumns", "KEEP")
                .and("ms", DataType.LONG)
                .transform("ms", "updatedAt * 1000")
                .upsert(Mode.FULL, "gone", "ms");
        assertWarns(kept, "'ms'", "does not hold the time");
        assertThat(table.init().log.lines)
                .filteredOn(line -> line.startsWith("INFO comparison column 'ms'"))
                .singleElement()
                .asString()
                .contains("transform");
    }

    @Test
    void aDeleteColumnThatOnlyShowsDeletesByTimeToLiveGivesAWarning() {
        Table table = timed().and("isTimeToLiveDelete", DataType.BOOLEAN).upsert(Mode.FULL, "isTimeToLiveDelete", "at");
        assertWarns(table, "'isTimeToLiveDelete'", "Time to Live");
        assertWarns(
                timed().and("eventName", DataType.STRING).upsert(Mode.FULL, "eventName", "at"),
                "'eventName'",
                "another field of the event");
    }
}
