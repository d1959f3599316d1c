package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.StreamViewType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The code and the tables of docs/projection.md. */
class ProjectionPageTest {
    private static final List<byte[]> RECORDS = Samples.resource("events.jsonl")
            .lines()
            .map(line -> line.getBytes(UTF_8))
            .toList();
    private static final byte[] MODIFY = RECORDS.get(1);

    private static Item newImage(ChangeEvent event) {
        return Objects.requireNonNull(event.newImage());
    }

    @Test
    void aRowHasTheKeysAndTheVisibleAttributes() {
        assertThat(Projections.row(MODIFY).toString()).isEqualTo("{station_id=FRA-0117, name=Römerberg, bikes=4}");
        assertThat(Projections.row(RECORDS.get(2)).toString()).isEqualTo("{station_id=FRA-0042}");
    }

    @Test
    void aFullExportHasItsKeysAndTheVisibleAttributes() {
        String line = "{\"Item\":{\"name\":{\"S\":\"x\"},\"bikes\":{\"N\":\"3\"},\"station_id\":{\"S\":\"A-1\"}}}";
        ChangeEvent event = Projections.EXPORT.decode(line.getBytes(UTF_8));
        assertThat(event.keys().toMap()).isEqualTo(Map.of("station_id", "A-1"));
        assertThat(newImage(event).toMap()).isEqualTo(Map.of("bikes", new BigDecimal(3)));
        DecodeException failure = Projections.EXPORT
                .tryDecode("{\"Item\":{\"bikes\":{\"N\":\"3\"}}}".getBytes(UTF_8))
                .failure();
        assertThat(failure).isNotNull();
        assertThat(Objects.requireNonNull(failure).reason()).isEqualTo(DecodeException.Reason.MISSING_FIELD);
    }

    @Test
    void aChangeConcernsAVisibleAttributeOrNot() {
        assertThat(Projections.concerns(Projections.NAMES.decode(MODIFY))).isFalse();
        byte[] renamed =
                new String(MODIFY, UTF_8).replaceFirst("Römerberg", "Römer").getBytes(UTF_8);
        assertThat(Projections.concerns(Projections.NAMES.decode(renamed))).isTrue();
        assertThat(Projections.concerns(Projections.NAMES.decode(RECORDS.get(0))))
                .isTrue(); // an INSERT
    }

    @Test
    void aWholeItemIsNotProjected() {
        Item whole = newImage(ChangeEventDecoder.create().decode(MODIFY));
        assertThat(Projections.wholeItem(whole)).hasSize(whole.size()).containsEntry("name", "Römerberg");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Projections.wholeItem(newImage(Projections.NAMES.decode(MODIFY))));
        assertThat(Projections.NAMES.decode(MODIFY).keys().projected()).isFalse();
    }

    @Test
    void whatIsLeftOutIsValidatedAsThePageSays() throws IOException {
        ChangeEventDecoder kept =
                ChangeEventDecoder.builder().attributes("kept").build();
        for (List<String> row : PageTable.of("projection.md", "Validated anyway")) {
            String input = row.get(0).substring(1, row.get(0).length() - 1);
            byte[] record = ("{\"dynamodb\":{\"Keys\":{},\"NewImage\":{\"kept\":{\"S\":\"x\"}," + input + "}}}")
                    .getBytes(UTF_8);
            DecodeException failure =
                    Objects.requireNonNull(kept.tryDecode(record).failure(), input);
            assertThat("`" + failure.reason() + "`").isEqualTo(row.get(1));
            assertThat(Objects.requireNonNull(ChangeEventDecoder.create()
                                    .tryDecode(record)
                                    .failure())
                            .getMessage())
                    .isEqualTo(failure.getMessage());
        }
    }

    @Test
    void whatThePageSaysThrowsThrows() throws IOException {
        ChangeEvent some = Projections.NAMES.decode(MODIFY);
        Item image = newImage(some);
        ChangeEvent ofNew = Projections.STATIONS.decode(MODIFY);
        ChangeEvent ofOld = ChangeEventDecoder.builder()
                .images(StreamViewType.OLD_IMAGE)
                .build()
                .decode(RECORDS.get(2));
        ChangeEventDecoder.Builder builder = ChangeEventDecoder.builder();
        Map<String, List<ThrowingCallable>> rows = Map.ofEntries(
                entry(
                        "`image.get(name)`",
                        List.of(() -> image.get("bikes"), () -> image.require("x"), () -> image.contains("bikes"))),
                entry("`event.newImage()`", List.of(ofNew::oldImage, ofOld::newImage)),
                entry("`event.diff()`", List.of(some::diff, ofNew::diff, ofOld::diff)),
                entry("`event.toBuilder()`", List.of(some::toBuilder, ofOld::toBytes)),
                entry("`attributes(", List.of(() -> builder.attributes("a", "a"))),
                entry("`images(", List.of(() -> builder.images(StreamViewType.UNKNOWN))));
        Map<List<String>, List<ThrowingCallable>> table = PageTable.match("projection.md", "What throws", rows);
        String exception = "IllegalStateException";
        for (Map.Entry<List<String>, List<ThrowingCallable>> row : table.entrySet()) {
            String cell = row.getKey().get(1);
            exception = cell.startsWith("the same") ? exception : cell.replaceFirst(" .*", "");
            for (ThrowingCallable call : row.getValue()) {
                String expected = exception;
                assertThatThrownBy(call)
                        .as(row.getKey().toString())
                        .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(expected));
            }
        }
        assertThat(image.get("name")).isNotNull();
    }

    @Test
    void theTimesAreThoseOfTheRecordedResults() throws IOException {
        RecordedResults results = RecordedResults.of("ratios-jdk17.tsv");
        for (List<String> row : PageTable.of("projection.md", "What it saves")) {
            String payload = row.get(0);
            assertThat(row)
                    .containsExactly(
                            payload,
                            results.nanos("INDEX", payload, "SESSION"),
                            results.nanos("PROJECTION", payload, "SESSION"),
                            results.nanos("FULL", payload, "SESSION"));
        }
    }
}
