package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static Table withExpiry() {
        return recipe().and("isTimeToLiveDelete", DataType.BOOLEAN);
    }

    private static void assertInforms(Table table) {
        assertThat(warnings(table)).isEmpty();
        assertThat(table.log.lines)
                .contains("INFO ingestionConfig.filterConfig: where it drops an event, the item's row stays as it was");
    }

    private static void assertSilent(Table table) {
        assertThat(table.init().log.lines).noneMatch(line -> line.contains("filterConfig"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "strcmp(eventName, 'REMOVE') = 0",
                "strcmp(status, 'archived') = 0",
                "strcmp(status, 'gone') = 0",
                "goner = false AND a = 1",
                "gone(a) = 1",
                "isTimeToLiveDelete AND at > 1",
                "isTimeToLiveDelete OR a = 1",
                "NOT isTimeToLiveDelete",
                "NOT (isTimeToLiveDelete = true)",
                "isTimeToLiveDelete = false",
                "isTimeToLiveDelete = 10",
                "isTimeToLiveDelete != true",
                "strcmp(isTimeToLiveDelete, 'false') = 0",
                "isTimeToLiveDelete OR strcmp(id, 'a') = 0",
                "strcmp(id, 'a') = 0 AND a = 1",
                "strcmp(id, 'a') = 0 OR \"m.a\" = 1",
                "id > now()",
                "id > Ago ('P1D')",
                "Groovy({id > 1}, id)",
                "true",
                "1 = 1",
                "'",
                "eventName"
            })
    void aFilterThatMayDropDeletesGivesAWarning(String filter) {
        assertWarns(withExpiry().filter(filter), "filterConfig", "write \"gone\" = false AND (…)", "dynamodb.events");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gone = false AND strcmp(status, 'archived') = 0",
                " \"gone\" = FALSE and (a = 1 or strcmp(b, ') or (') = 0)",
                "NOT(gone) AND a = 1",
                "strcmp(gone, 'false') = 0 AND a = 1",
                "isTimeToLiveDelete OR gone = false AND a = 1",
                "gone"
            })
    void aFilterThatNamesTheDeleteColumnIsMentioned(String filter) {
        assertInforms(withExpiry().filter(filter));
    }

    @Test
    void aFilterOfATableWithoutDeletesIsMentionedIfItCanDropUpdates() {
        assertInforms(recipe().property("events", "INSERT,MODIFY").filter("a = 1"));
        assertSilent(recipe().property("events", "INSERT").filter("a = 1"));
        Table withoutDeletes = timed().upsert(Mode.FULL, null, "at").filter("a = 1");
        assertWarns(withoutDeletes, "REMOVE deletes no row");
        assertThat(withoutDeletes.log.lines).anyMatch(line -> line.startsWith("INFO ingestionConfig.filterConfig"));
        assertSilent(timed().filter("strcmp(status, 'archived') = 0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "isTimeToLiveDelete",
                " \"isTimeToLiveDelete\" ",
                "((isTimeToLiveDelete) = TRUE)",
                "strcmp(isTimeToLiveDelete, 'true') = 0",
                "isTimeToLiveDelete = 1",
                "strcmp(id, 'a') = 0",
                "NOT (startsWith(\"id\", 'now(a)') OR length(id) > 9)",
                "id IS NOT NULL AND id > 1e5",
                "strcmp(tableName, 'status') != 0 AND strcmp(awsRegion, 'us-east-1') = 0",
                "strcmp(eventSourceARN, 'a') = 0 OR strcmp(eventSource, 'b') = 0"
            })
    void aFilterThatIsTheSameForAllChangesOfAnItemOrShowsDeletesByTimeToLiveGivesNoAdvice(String filter) {
        assertSilent(ofEvents().filter(filter));
    }

    private static Table ofEvents() {
        return withExpiry()
                .and("tableName", DataType.STRING)
                .and("awsRegion", DataType.STRING)
                .and("eventSource", DataType.STRING)
                .and("eventSourceARN", DataType.STRING)
                .and("eventVersion", DataType.STRING);
    }

    @Test
    void anAttributeWithTheNameOfSuchAFieldIsNone() {
        assertWarns(ofEvents().filter("strcmp(eventVersion, '1.1') = 0"), "filterConfig");
        assertWarns(ofEvents().property("envelopePrefix", "cdc_").filter("strcmp(tableName, 'a') = 0"), "filterConfig");
        assertWarns(ofEvents().property("envelopePrefix", "cdc_").filter("isTimeToLiveDelete"), "filterConfig");
        Table prefixed =
                recipe().and("cdc_isTimeToLiveDelete", DataType.BOOLEAN).property("envelopePrefix", "cdc_");
        assertSilent(prefixed.filter("cdc_isTimeToLiveDelete"));
    }

    @Test
    void aFilterByADeleteColumnThatShowsDeletesByTimeToLiveIsMentioned() {
        Table table = timed().and("isTimeToLiveDelete", DataType.BOOLEAN)
                .upsert(Mode.FULL, "isTimeToLiveDelete", "at")
                .filter("isTimeToLiveDelete");

        assertWarns(table, "only if it is one by Time to Live");
        assertThat(table.log.lines).anyMatch(line -> line.startsWith("INFO ingestionConfig.filterConfig"));
    }

    @Test
    void theAdviceNamesAConditionForTheTypeOfTheDeleteColumn() {
        for (DataType number : List.of(DataType.INT, DataType.LONG, DataType.DOUBLE, DataType.BIG_DECIMAL)) {
            assertWarns(deleting(number).filter("a = 1"), "write \"gone\" = false AND (…)");
        }
        assertWarns(deleting(DataType.STRING).filter("a = 1"), "write strcmp(\"gone\", 'false') = 0 AND (…)");
    }

    private static Table deleting(DataType type) {
        return Table.with("id", DataType.STRING)
                .and("at", DataType.LONG)
                .and("gone", type)
                .primaryKey("id")
                .property("timeColumnName", "at")
                .property("deleteColumnName", "gone")
                .upsert(Mode.FULL, "gone", "at");
    }

    /** A transform may fill a STRING column with a truth value, which the filter then sees. */
    @Test
    void aDeleteColumnOfATransformMayHaveAValueOfAnotherType() {
        Table table = timed().and("removed", DataType.STRING)
                .transform("removed", "strcmp(eventName, 'REMOVE') = 0")
                .upsert(Mode.FULL, "removed", "at")
                .filter("a = 1");

        assertWarns(table, "write \"removed\" = false AND (…)");
    }

    @Test
    void aFilterOfAttributesThatTheRowOfARemoveLacksIsMentioned() {
        for (String filter : List.of("strcmp(status, 'archived') = 0", "NOT a > 1 OR \"m.a\" > 2")) {
            assertInforms(recipe().property("fillFromOldImage", "false").filter(filter));
            assertWarns(recipe().filter(filter), "to keep deletes");
            Table keys = recipe().property("image", "KEYS").filter(filter);
            assertThat(warnings(keys)).noneMatch(line -> line.contains("filterConfig"));
            assertThat(keys.log.lines).anyMatch(line -> line.startsWith("INFO ingestionConfig.filterConfig"));
        }
    }

    @Test
    void aColumnThatTheRowOfARemoveHasWithoutOldImageGivesAWarning() {
        for (String filter : List.of(
                "at > 1",
                "a = 1 OR at > 1",
                "strcmp(eventName, 'a') = 0",
                "id > 1 OR a > 1",
                "c > 1",
                "old_a > 1",
                "true")) {
            Table table = recipe().and("eventName", DataType.STRING)
                    .and("c", DataType.LONG)
                    .transform("c", "a + 1")
                    .property("fillFromOldImage", "false")
                    .property("oldImagePrefix", "old_");
            assertWarns(table.filter(filter), "to keep deletes");
        }
    }

    /** The recorder refuses a line of more than 256 characters. */
    @Test
    void theAdviceIsShortForLongNames() {
        String name = "c".repeat(300);
        Table filtered = Table.with("id", DataType.STRING)
                .and("at", DataType.LONG)
                .and(name, DataType.STRING)
                .property("timeColumnName", "at")
                .property("deleteColumnName", name)
                .upsert(Mode.FULL, name, "at")
                .filter("a = 1");
        assertWarns(filtered, "filterConfig", "strcmp");
    }
}
