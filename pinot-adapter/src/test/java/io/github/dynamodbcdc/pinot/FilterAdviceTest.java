package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;

/** {@code FilterTest} shows that Pinot does what this advice says. */
class FilterAdviceTest {
    private static Table timed() {
        return Table.with("id", DataType.STRING)
                .and("at", DataType.LONG)
                .and("gone", DataType.BOOLEAN)
                .primaryKey("id")
                .property("timeColumnName", "at");
    }

    private static Table recipe() {
        return timed().property("deleteColumnName", "gone").upsert(Mode.FULL, "gone", "at");
    }

    private static List<String> warnings(Table table) {
        return table.init().log.warnings();
    }

    private static void assertWarns(Table table, String... words) {
        assertThat(warnings(table)).singleElement().asString().contains(words);
    }

    @Test
    void aFilterThatMayDropDeletesGivesAWarning() {
        for (String filter : List.of(
                "gone",
                "gone = true",
                "Groovy({gone == true}, gone)",
                "strcmp(eventName, 'REMOVE') = 0",
                "strcmp(status, 'archived') = 0",
                "gone = false OR strcmp(status, 'archived') = 0",
                "gone = false AND a = 1 OR (b = 1)",
                "goner = false AND a = 1",
                "isTimeToLiveDelete OR gone",
                "NOT (gone = false) AND a = 1",
                "NOT (gone = true OR a = 1)",
                "a BETWEEN 1 AND 2 OR gone = false",
                "gone = false AND CASE WHEN a = 1 THEN true END",
                "strcmp(id, 'a') = 0 AND a = 1",
                "strcmp(id, 'a') = 0 OR a = 1",
                "id > now()",
                "Groovy({id > 1}, id)",
                "true",
                "'",
                "(gone",
                "eventName")) {
            assertWarns(recipe().filter(filter), "filterConfig", "\"gone\" = false AND", "dynamodb.events");
        }
        Table prefixed = recipe().property("envelopePrefix", "cdc_");
        assertWarns(prefixed.filter("isTimeToLiveDelete"), "filterConfig");
    }

    @Test
    void aFilterThatKeepsDeletesOrATableWithoutThemIsMentioned() {
        for (String filter : List.of(
                "gone = false AND strcmp(status, 'archived') = 0",
                " \"gone\" = FALSE and (a = 1 or strcmp(b, ') or (') = 0)",
                "NOT gone AND strcmp(a, 'this or that') = 0",
                "(gone = false) AND a = 1",
                "((gone) = false AND a = 1)",
                "gone != true AND a = 1",
                "true <> gone AND a = 1",
                "gone = 0 AND a = 1",
                "NOT (gone = true) AND a = 1",
                "NOT(gone) AND a = 1",
                "a BETWEEN 1 AND 2 AND gone = false",
                "strcmp(gone, 'false') = 0 AND a = 1",
                "isTimeToLiveDelete OR gone = false AND a = 1",
                "gone = false AND a = 1 OR gone = false AND b = 1",
                "strcmp(status, 'archived') = 0 AND gone = false")) {
            Table table = recipe().filter(filter).init();
            assertThat(table.log.warnings()).as(filter).isEmpty();
            assertThat(table.log.lines).anyMatch(line -> line.startsWith("INFO") && line.contains("stays as it was"));
        }
        Table withoutDeletes = recipe().property("events", "INSERT,MODIFY").filter("a = 1");
        assertThat(warnings(withoutDeletes)).isEmpty();
        assertThat(withoutDeletes.log.lines).anyMatch(line -> line.contains("filterConfig"));
        Table insertsOnly =
                recipe().property("events", "INSERT").filter("a = 1").init();
        assertThat(insertsOnly.log.lines).noneMatch(line -> line.contains("filterConfig"));
    }

    @Test
    void aFilterOfDeletesByTimeToLiveAloneGivesNoAdvice() {
        for (String filter : List.of(
                "isTimeToLiveDelete",
                " \"isTimeToLiveDelete\" ",
                "isTimeToLiveDelete = true",
                "isTimeToLiveDelete = 1",
                "(isTimeToLiveDelete)",
                "((isTimeToLiveDelete) = TRUE)",
                "strcmp(isTimeToLiveDelete, 'true') = 0",
                "isTimeToLiveDelete AND a = 1",
                "isTimeToLiveDelete OR strcmp(id, 'a') = 0")) {
            assertThat(recipe().filter(filter).init().log.lines)
                    .as(filter)
                    .noneMatch(line -> line.contains("filterConfig"));
        }
        Table prefixed = recipe().property("envelopePrefix", "cdc_").filter("cdc_isTimeToLiveDelete");
        assertThat(prefixed.init().log.lines).noneMatch(line -> line.contains("filterConfig"));
        assertThat(warnings(timed().filter("strcmp(status, 'archived') = 0"))).isEmpty();
    }

    @Test
    void aFilterThatIsTheSameForAllChangesOfAnItemGivesNoAdvice() {
        for (String filter : List.of(
                "strcmp(id, 'a') = 0",
                "NOT (startsWith(\"id\", 'a') OR length(id) > 9)",
                "strcmp(tableName, 'status') != 0 AND strcmp(awsRegion, 'us-east-1') = 0",
                "strcmp(eventSourceARN, 'a') = 0 OR strcmp(eventSource, 'b') = 0")) {
            assertThat(ofEvents().filter(filter).init().log.lines)
                    .as(filter)
                    .noneMatch(line -> line.contains("filterConfig"));
        }
        assertWarns(ofEvents().filter("strcmp(eventVersion, '1.1') = 0"), "filterConfig");
        assertWarns(ofEvents().property("envelopePrefix", "cdc_").filter("strcmp(tableName, 'a') = 0"), "filterConfig");
    }

    private static Table ofEvents() {
        return recipe().and("tableName", DataType.STRING)
                .and("awsRegion", DataType.STRING)
                .and("eventSource", DataType.STRING)
                .and("eventSourceARN", DataType.STRING);
    }

    private static Table deleting(DataType type) {
        return Table.with("id", DataType.STRING)
                .and("at", DataType.LONG)
                .and("gone", type)
                .and("isTimeToLiveDelete", type)
                .primaryKey("id")
                .property("timeColumnName", "at")
                .property("deleteColumnName", "gone")
                .upsert(Mode.FULL, "gone", "at");
    }

    @Test
    void theAdviceNamesAConditionForTheTypeOfTheDeleteColumn() {
        String filter = "strcmp(status, 'archived') = 0";
        assertWarns(deleting(DataType.STRING).filter(filter), "write strcmp(\"gone\", 'false') = 0 AND (…)");
        assertWarns(deleting(DataType.INT).filter(filter), "write \"gone\" = false AND (…)");
        String text = "strcmp(\"gone\", 'false') = 0 AND a = 1";
        assertThat(warnings(deleting(DataType.STRING).filter(text))).isEmpty();
        assertWarns(deleting(DataType.INT).filter(text), "to keep deletes");
        for (DataType number : List.of(DataType.INT, DataType.LONG, DataType.DOUBLE, DataType.BIG_DECIMAL)) {
            for (String condition : List.of("gone = 0", "gone = false", "gone <> 1", "NOT gone = true")) {
                assertThat(warnings(deleting(number).filter(condition + " AND a = 1")))
                        .isEmpty();
            }
        }
    }

    @Test
    void aFilterThatPinotCannotEvaluateForTheTypeOfAColumnGivesAWarning() {
        for (String condition : List.of("gone = false", "0 = gone", "gone <> true", "NOT gone", "gone", "(gone = 0)")) {
            assertWarns(
                    deleting(DataType.STRING).filter(condition + " AND a = 1"),
                    "Pinot fails every row",
                    "'gone' of type STRING",
                    "write strcmp(\"gone\", 'false') = 0");
        }
        for (String filter : List.of("NOT gone AND a = 1", "a = 1 OR gone", "gone = 'false' AND a = 1")) {
            assertWarns(deleting(DataType.LONG).filter(filter), "'gone' of type LONG", "write \"gone\" = false");
        }
        assertWarns(
                deleting(DataType.BOOLEAN).filter("'FALSE' = gone AND a = 1"),
                "'gone' of type BOOLEAN",
                "write \"gone\" = false");
        assertWarns(
                deleting(DataType.STRING).filter("isTimeToLiveDelete = 1"),
                "'isTimeToLiveDelete' of type STRING",
                "write strcmp(\"isTimeToLiveDelete\", 'true') = 0");
        assertThat(warnings(deleting(DataType.STRING).filter("(isTimeToLiveDelete)")))
                .isEmpty();
        assertWarns(deleting(DataType.STRING).filter("gone"), "to keep deletes");
        assertWarns(deleting(DataType.INT).filter("a BETWEEN 0 AND gone"), "to keep deletes");
    }

    /** A transform may fill a STRING column with a truth value, which the filter then sees. */
    @Test
    void aDeleteColumnOfATransformMayHaveAValueOfAnotherType() {
        Table table = timed().and("removed", DataType.STRING)
                .transform("removed", "strcmp(eventName, 'REMOVE') = 0")
                .upsert(Mode.FULL, "removed", "at")
                .filter("NOT removed AND a = 1");

        assertThat(warnings(table)).isEmpty();
    }

    @Test
    void aFilterOfAttributesKeepsDeletesWithoutOldImage() {
        for (String filter : List.of("strcmp(status, 'archived') = 0", "NOT a > 1 OR length(b) > 2")) {
            assertThat(warnings(recipe().property("fillFromOldImage", "false").filter(filter)))
                    .as(filter)
                    .isEmpty();
        }
        for (String filter :
                List.of("gone", "at > 1", "a IS NULL", "coalesce(a, 1) = 1", "eventName", "Groovy({a == 1}, a)")) {
            assertWarns(recipe().property("fillFromOldImage", "false").filter(filter), "to keep deletes");
        }
    }

    /** The recorder refuses a line of more than 256 characters. */
    @Test
    void theAdviceIsShortForLongNames() {
        String name = "c".repeat(300);
        for (String filter : List.of("a = 1", "NOT " + name + " AND a = 1")) {
            Table filtered = Table.with("id", DataType.STRING)
                    .and("at", DataType.LONG)
                    .and(name, DataType.STRING)
                    .property("timeColumnName", "at")
                    .property("deleteColumnName", name)
                    .upsert(Mode.FULL, name, "at")
                    .filter(filter);
            assertWarns(filtered, "filterConfig", "strcmp");
        }
    }
}
