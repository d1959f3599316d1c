package realpinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixture.Tutorial;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The published tutorial's table, schema and events, unchanged except for the decoder's class. */
class TutorialTest {
    private static final String MODIFIED = "4a60c849-d475-4ad5-adbc-776cbf7ca5df";
    private static final String REMOVED = "735fd994-2071-4145-8f35-7e69e537aaba";
    private static final String COLUMNS = "SELECT meetup_id, eventName, venue_name, meetup_name, group_id, rsvp_count,"
            + " is_delete, CAST(mtime AS LONG) AS mtime,"
            + " CAST(ApproximateCreationDateTime AS LONG) AS ApproximateCreationDateTime,"
            + " stAsText(location) AS location"
            + " FROM pinot_dynamo_ingestion ";

    private PinotTable table;
    private List<String> events;

    @BeforeEach
    void open() throws Exception {
        Tutorial tutorial = Tutorial.read();
        events = tutorial.events();
        table = PinotTable.open(tutorial.tableConfig(), tutorial.schema());
    }

    @AfterEach
    void close() throws IOException {
        if (table != null) {
            table.close();
        }
    }

    private void consume(int line) {
        assertThat(table.consume(events.get(line - 1).getBytes(UTF_8))).isEqualTo(Outcome.INDEXED);
    }

    private static Map<String, @Nullable Object> only(List<Map<String, @Nullable Object>> rows) {
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Test
    void twoRowsAreLiveAndTheRemovedOneIsInTheHistory() {
        consume(1);
        consume(2);
        consume(3);

        assertThat(Rows.of(table.query("SELECT meetup_id FROM pinot_dynamo_ingestion ORDER BY meetup_id")))
                .containsExactly(Map.of("meetup_id", MODIFIED), Map.of("meetup_id", "null"));
        Map<String, @Nullable Object> removed =
                only(Rows.history(table, COLUMNS + "WHERE meetup_id = '" + REMOVED + "'"));
        assertThat(removed)
                .containsEntry("eventName", "REMOVE")
                .containsEntry("is_delete", true)
                .containsEntry("ApproximateCreationDateTime", 1_719_081_613_486L)
                .containsEntry("mtime", 1_719_080_908_912L)
                .containsEntry("venue_name", "Venue 2")
                .containsEntry("rsvp_count", 26)
                .containsEntry("location", "POINT (-19.773637 23.60754)");
    }

    @Test
    void theInsertLacksThePrimaryKeySoItsRowHasPinotsDefaultKey() {
        consume(1);

        assertThat(only(Rows.of(table, COLUMNS)))
                .containsEntry("meetup_id", null)
                .containsEntry("eventName", "INSERT")
                .containsEntry("venue_name", "Venue 1")
                .containsEntry("meetup_name", null)
                .containsEntry("group_id", 8032L)
                .containsEntry("rsvp_count", 45)
                .containsEntry("is_delete", false)
                .containsEntry("mtime", 1_719_039_879_651L)
                .containsEntry("ApproximateCreationDateTime", 1_719_039_879_869L)
                .containsEntry("location", "POINT (-97.169068 -41.13523)");
    }

    @Test
    void theModifyIsTheNewImage() {
        consume(2);

        assertThat(only(Rows.of(table, COLUMNS)))
                .containsEntry("meetup_id", MODIFIED)
                .containsEntry("eventName", "MODIFY")
                .containsEntry("venue_name", "Updated Venue 3")
                .containsEntry("meetup_name", "Meetup 6")
                .containsEntry("group_id", 4673L)
                .containsEntry("rsvp_count", 23)
                .containsEntry("is_delete", false)
                .containsEntry("mtime", 1_719_080_907_442L)
                .containsEntry("ApproximateCreationDateTime", 1_719_082_124_026L)
                .containsEntry("location", "POINT (74.891677 -59.493753)");
    }

    @Test
    void theRecordOfAnotherTableSharesTheDefaultKeyAndIsOlderSoItIsHidden() {
        consume(1);
        consume(4);

        // Its mtime becomes the time of the test, because the record has none.
        assertThat(only(Rows.of(table, COLUMNS))).containsEntry("eventName", "INSERT");
        assertThat(Rows.history(table, "SELECT eventName FROM pinot_dynamo_ingestion"))
                .containsExactlyInAnyOrder(Map.of("eventName", "INSERT"), Map.of("eventName", "MODIFY"));
    }
}
