package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.TimePrecision;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** The guide's replica, run against a table in memory through the interface of AWS SDK 2. */
class TableReplicaTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final SdkValues VALUES = new SdkValues();

    private final Table table = new Table("id");

    /** Applies the events in this order to a replica with tombstones. */
    private void apply(ChangeEvent... events) {
        TableReplica replica = new TableReplica(table, "replica", true);
        for (ChangeEvent event : events) {
            replica.apply(event);
        }
    }

    /** Returns a change of item 1, as from Kinesis, that sets n or deletes the item. */
    private static ChangeEvent change(long micros, @Nullable Integer n) {
        ChangeEvent.Builder event = ChangeEvent.builder(n == null ? EventName.REMOVE : EventName.MODIFY)
                .tableName("source")
                .keys(Map.of("id", 1))
                .approximateCreationDateTime(
                        Instant.ofEpochSecond(1741939512, micros * 1000), TimePrecision.MICROSECOND);
        return n == null
                ? event.build()
                : event.newImage(Map.of("id", 1, "n", n)).build();
    }

    /** Returns a change of item 1, as from DynamoDB Streams, all in the same second. */
    private static ChangeEvent streamed(String sequenceNumber, @Nullable Integer n) {
        ChangeEvent.Builder event = ChangeEvent.builder(n == null ? EventName.REMOVE : EventName.MODIFY)
                .keys(Map.of("id", 1))
                .approximateCreationDateTime(Instant.ofEpochSecond(1741939512), TimePrecision.SECOND)
                .sequenceNumber(sequenceNumber);
        return n == null
                ? event.build()
                : event.newImage(Map.of("id", 1, "n", n)).build();
    }

    /** Returns n of item 1; null if the item is absent or deleted. */
    private @Nullable String n() {
        Map<String, AttributeValue> item = table.get(AttributeValue.fromN("1"));
        return item == null || item.containsKey("_deleted")
                ? null
                : Objects.requireNonNull(item.get("n")).n();
    }

    @Test
    void aChangeIsPutWithAllOfItsTypes() {
        ChangeEvent event = ChangeEvent.builder(EventName.INSERT)
                .keys(Samples.everyType().keys())
                .newImage(Samples.everyType().oldImage())
                .build();
        apply(event);
        Map<String, AttributeValue> item = new HashMap<>(Objects.requireNonNull(table.get(AttributeValue.fromN("17"))));
        assertThat(item.remove("_version")).isEqualTo(AttributeValue.fromS("0".repeat(40)));
        assertThat(item)
                .isEqualTo(
                        Objects.requireNonNull(Samples.everyType().oldImage()).toMap(VALUES));
    }

    @Test
    void aLateEventChangesNothing() {
        apply(change(1, 1), change(3, 3), change(2, 2));
        assertThat(n()).isEqualTo("3");
    }

    @Test
    void aRepeatedEventChangesNothing() {
        apply(change(1, 1), change(1, 1));
        assertThat(n()).isEqualTo("1");
        apply(change(2, 2), change(1, 1));
        assertThat(n()).isEqualTo("2");
    }

    @Test
    void onlyALaterChangeRefusesAnEvent() {
        TableReplica replica = new TableReplica(table, "replica", true);
        assertThat(replica.apply(change(2, 1))).isTrue();
        assertThat(replica.apply(change(2, 2))).isTrue();
        assertThat(replica.apply(change(1, 3))).isFalse();
    }

    @Test
    void ofTwoChangesAtOneTimeTheOneThatArrivesLaterCountsAlsoWhenBothAreRepeated() {
        apply(change(1, 1), change(1, 2));
        assertThat(n()).isEqualTo("2");
        apply(change(1, 1), change(1, 2));
        assertThat(n()).isEqualTo("2");
        apply(change(3, null), change(3, 3));
        assertThat(n()).isEqualTo("3");
        apply(change(4, 4), change(4, null));
        assertThat(n()).isNull();
    }

    @Test
    void aNewerFullExportReplacesAnOlderOne() {
        for (String n : List.of("8", "9")) {
            apply(DECODER.decode(("{\"Item\":{\"id\":{\"N\":\"1\"},\"n\":{\"N\":\"" + n + "\"}}}").getBytes(UTF_8)));
            assertThat(n()).isEqualTo(n);
        }
    }

    @Test
    void anEventThatIsLateDoesNotBringADeletedItemBack() {
        apply(change(1, 1), change(3, null), change(2, 2));
        assertThat(n()).isNull();
    }

    @Test
    void anItemThatIsInsertedAgainReplacesItsTombstone() {
        apply(change(1, 1), change(2, null), change(3, 3));
        assertThat(table.get(AttributeValue.fromN("1"))).containsOnlyKeys("id", "n", "_version");
        assertThat(n()).isEqualTo("3");
    }

    @Test
    void aTombstoneExpiresAfterTheRetentionOfTheStream() {
        apply(change(1, null));
        Map<String, AttributeValue> tombstone = Objects.requireNonNull(table.get(AttributeValue.fromN("1")));
        Instant expires = Instant.ofEpochSecond(
                Long.parseLong(Objects.requireNonNull(tombstone.get("_expires")).n()));
        assertThat(expires)
                .isBetween(Instant.now().plusSeconds(7 * 86_400), Instant.now().plusSeconds(9 * 86_400));
    }

    @Test
    void everyOrderAndEveryRepetitionEndsTheSame() {
        List<ChangeEvent> changes = List.of(
                change(1, 1), change(2, 2), change(3, null), change(4, 4), change(5, 5), change(6, null), change(7, 7));
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            table.items.clear();
            List<ChangeEvent> order = new ArrayList<>(changes);
            order.addAll(changes);
            Collections.shuffle(order, random);
            apply(order.toArray(new ChangeEvent[0]));
            assertThat(n()).isEqualTo("7");
        }
    }

    @Test
    void changesOfOneSecondAreOrderedByTheirSequenceNumber() {
        apply(streamed("999", 1), streamed("1000", 2), streamed("998", 3));
        assertThat(n()).isEqualTo("2");
    }

    @Test
    void aStreamNeedsNoTombstonesBecauseABatchIsRepeatedInItsOrder() {
        TableReplica replica = new TableReplica(table, "replica", false);
        List<ChangeEvent> batch = List.of(streamed("1", 1), streamed("2", null), streamed("3", 3), streamed("4", null));
        for (int read = 1; read <= batch.size(); read++) { // the reader fails after so many, and starts again
            batch.subList(0, read).forEach(replica::apply);
        }
        assertThat(table.items).isEmpty();
        batch.subList(0, 3).forEach(replica::apply);
        assertThat(n()).isEqualTo("3");
    }

    @Test
    void aFullExportDoesNotReplaceAChange() throws IOException {
        ChangeEvent exported = DECODER.decode("{\"Item\":{\"id\":{\"N\":\"1\"},\"n\":{\"N\":\"9\"}}}".getBytes(UTF_8));
        apply(exported);
        assertThat(n()).isEqualTo("9");
        apply(change(1, 1), exported);
        assertThat(n()).isEqualTo("1");
    }

    @Test
    void aChangeWithoutANewImageIsRefused() {
        ChangeEvent event =
                ChangeEvent.builder(EventName.MODIFY).keys(Map.of("id", 1)).build();
        assertThatIllegalArgumentException().isThrownBy(() -> apply(event));
    }

    @Test
    void realEventsAreReplicated() throws IOException {
        Table stations = new Table("station_id");
        for (ChangeEvent event : Samples.bundled()) {
            if (event.keys().contains("station_id") && event.sequenceNumber() == null) {
                new TableReplica(stations, "replica", true).apply(event);
            }
        }
        assertThat(stations.items).hasSize(2);
        assertThat(stations.get(AttributeValue.fromS("FRA-0117"))).containsEntry("bikes", AttributeValue.fromN("4"));
        assertThat(new TreeSet<>(Objects.requireNonNull(stations.get(AttributeValue.fromS("FRA-0042")))
                        .keySet()))
                .containsExactly("_deleted", "_expires", "_version", "station_id");
    }

    /** A table with a partition key, which evaluates the condition of the recipe and no other. */
    private static final class Table implements DynamoDbClient {
        private final Map<AttributeValue, Map<String, AttributeValue>> items = new HashMap<>();
        private final String key;

        Table(String key) {
            this.key = key;
        }

        @Nullable
        Map<String, AttributeValue> get(AttributeValue id) {
            return items.get(id);
        }

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            assertThat(request.tableName()).isEqualTo("replica");
            AttributeValue id = Objects.requireNonNull(request.item().get(key));
            check(
                    items.get(id),
                    request.conditionExpression(),
                    request.expressionAttributeNames(),
                    request.expressionAttributeValues());
            items.put(id, request.item());
            return PutItemResponse.builder().build();
        }

        @Override
        public DeleteItemResponse deleteItem(DeleteItemRequest request) {
            assertThat(request.tableName()).isEqualTo("replica");
            assertThat(request.key()).containsOnlyKeys(key);
            AttributeValue id = Objects.requireNonNull(request.key().get(key));
            check(
                    items.get(id),
                    request.conditionExpression(),
                    request.expressionAttributeNames(),
                    request.expressionAttributeValues());
            items.remove(id);
            return DeleteItemResponse.builder().build();
        }

        private static void check(
                @Nullable Map<String, AttributeValue> item,
                String condition,
                Map<String, String> names,
                Map<String, AttributeValue> values) {
            assertThat(condition).isEqualTo("attribute_not_exists(#version) OR #version <= :version");
            AttributeValue now = item == null ? null : item.get(names.get("#version"));
            AttributeValue then = Objects.requireNonNull(values.get(":version"));
            boolean met =
                    now == null || now.s().compareTo(then.s()) <= 0; // DynamoDB compares bytes: the same for digits
            if (!met) {
                throw ConditionalCheckFailedException.builder().build();
            }
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
