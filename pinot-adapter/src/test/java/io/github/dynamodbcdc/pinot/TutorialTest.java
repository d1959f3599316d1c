package io.github.dynamodbcdc.pinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import fixture.Tutorial;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.utils.JsonUtils;
import org.junit.jupiter.api.Test;

/** Decodes the tutorial's events with its schema and table. */
class TutorialTest {
    @Test
    @SuppressWarnings("deprecation") // the tutorial keeps its stream's configuration in the old place
    void theRowsAreRight() throws IOException {
        Tutorial tutorial = Tutorial.read();
        Schema schema = Schema.fromString(tutorial.schema());
        TableConfig table = JsonUtils.stringToObject(tutorial.tableConfig(), TableConfig.class);
        Map<String, String> stream =
                Objects.requireNonNull(table.getIndexingConfig().getStreamConfigs());
        RecordingLogger log = new RecordingLogger();
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder(log.logger);
        decoder.init(
                new TreeSet<>(schema.getColumnNames()),
                new StreamConfig("pinot_dynamo_ingestion_REALTIME", stream),
                table,
                schema);

        List<Map<String, Object>> rows = tutorial.events().stream()
                .map(line ->
                        decoder.decode(line.getBytes(UTF_8), new GenericRow()).getFieldToValueMap())
                .toList();

        assertThat(rows.get(0))
                .contains(
                        entry("eventName", "INSERT"),
                        entry("meetup_id", null),
                        entry("group_id", 8032L),
                        entry("rsvp_count", 45),
                        entry("group_lon", -97.169068),
                        entry("meetup_name", null),
                        entry("location", null),
                        entry("is_delete", null),
                        entry("mtime", 1719039879651L),
                        entry("ApproximateCreationDateTime", 1719039879869L));
        assertThat(rows.get(1))
                .contains(
                        entry("meetup_id", "4a60c849-d475-4ad5-adbc-776cbf7ca5df"),
                        entry("rsvp_count", 23),
                        entry("venue_name", "Updated Venue 3"),
                        entry("ApproximateCreationDateTime", 1719082124026L));
        assertThat(rows.get(2))
                .contains(
                        entry("eventName", "REMOVE"),
                        entry("meetup_id", "735fd994-2071-4145-8f35-7e69e537aaba"),
                        entry("mtime", 1719080908912L),
                        entry("group_city", "London"));
        assertThat(rows).allSatisfy(row -> assertThat(row).containsOnlyKeys(schema.getColumnNames()));
        assertThat(log.warnings())
                .anySatisfy(line -> assertThat(line).contains("'created_at_timestamp'"))
                .anySatisfy(line -> assertThat(line).contains("'is_deleted'"))
                .anySatisfy(line -> assertThat(line).contains("PARTIAL"))
                .anySatisfy(line -> assertThat(line).contains("'location'"))
                .anySatisfy(line -> assertThat(line).contains("Keys are not"))
                .anySatisfy(line -> assertThat(line).contains("lacks"))
                .anySatisfy(line -> assertThat(line).contains("segmentsConfig", "'7 DAYS'"))
                .anySatisfy(line -> assertThat(line).contains("events of several DynamoDB tables"))
                .hasSize(8);
    }
}
