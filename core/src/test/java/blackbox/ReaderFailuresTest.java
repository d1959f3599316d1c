package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Deliveries;
import fixtures.Deliveries.Shape;
import fixtures.Records;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cost of bad records among a thousand, in every shape. */
class ReaderFailuresTest {
    private static final int RECORDS = 1_000;
    private static final String[] WRONG = {
        "{'eventName':'INSERT','dynamodb':{'Keys':{'pk':{'N':'one'}},'SequenceNumber':'#'}}",
        "{'eventName':'INSERT','dynamodb':{'NewImage':{},'SequenceNumber':'#'}}",
        "{'eventName':7,'dynamodb':{'Keys':{},'SequenceNumber':'#'}}",
        "{'dynamodb':{'Keys':{'a':{'S':'a'},'a':{'S':'a'}},'SequenceNumber':'#'}}",
        "{'x':[[[{}]]]}",
        "{}",
        "12.5e3",
        "'text'",
        "null",
    };
    private static final String[] BROKEN = {
        "{'eventName':'INSERT','dynamodb':{'Keys':{'pk':{'S':'a'}}",
        "{'eventName':'INSERT,'dynamodb':{'Keys':{'pk':{'S':'a'}}}}",
        "{'eventName':'INSERT'}}",
        "}",
        "{'a':tru}",
        "{'a':'\\x'}",
        "plain text",
        "{'eventName' 'INSERT'}",
    };

    private static byte[] good(int i) {
        String kinesis = "'NewImage':{'pk':{'S':'a'},'n':{'N':'" + i + "'},'m':{'M':{'l':{'L':[{'S':'"
                + "x".repeat(i % 300) + "'}]}}}},'SequenceNumber':'" + (i + 1) + "'";
        return Records.json(Records.change("INSERT", kinesis));
    }

    private static byte[] bad(String[] kinds, int i) {
        return Records.json(kinds[i % kinds.length].replace("#", String.valueOf(i + 1)));
    }

    private static SortedSet<Integer> places(Random random) {
        SortedSet<Integer> places = new TreeSet<>();
        while (places.size() < 40) {
            places.add(1 + random.nextInt(RECORDS - 1));
        }
        return places;
    }

    private static List<byte[]> records(SortedSet<Integer> badPlaces, String[] kinds) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(badPlaces.contains(i) ? bad(kinds, i) : good(i));
        }
        return records;
    }

    private static void assertGood(int i, ChangeEvent event) {
        Item image = Records.newImage(event);
        assertThat(image.require("n").asInt()).isEqualTo(i);
        Item map = image.require("m").asItem();
        assertThat(map.require("l").asList().get(0).asString()).hasSize(i % 300);
    }

    private static ChangeEvent event(SourceRecord record) {
        return record.result().orElseThrow();
    }

    private static DecodeException failure(SourceRecord record) {
        return Objects.requireNonNull(record.result().failure(), "it did not fail");
    }

    @ParameterizedTest
    @EnumSource
    void anInvalidRecordOfValidJsonCostsOnlyItselfInEveryShape(Shape shape) {
        Random random = new Random(shape.name().length());
        SortedSet<Integer> bad = places(random);
        byte[] input = shape.of(records(bad, WRONG));
        assertFailuresAt(bad, Deliveries.records(Records.DECODER.read(input)), RECORDS);
        assertFailuresAt(
                bad, Deliveries.records(Records.DECODER.read(Deliveries.inPieces(input, 5000, random))), RECORDS);
    }

    private static void assertFailuresAt(SortedSet<Integer> bad, List<SourceRecord> records, int count) {
        assertThat(records.size()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            SourceRecord record = records.get(i);
            assertThat(record.event()).isSameAs(record.result().event());
            assertThat(record.failure()).isSameAs(record.result().failure());
            assertThat(record.event() == null).isEqualTo(bad.contains(i));
            assertThat(record.index()).isEqualTo(i);
            assertThat(record.isTerminal()).isFalse();
            if (bad.contains(i)) {
                assertThat(failure(record).reason()).isNotNull();
            } else {
                assertGood(i, event(record));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void invalidJsonCostsOnlyItsRecordWhereRecordsAreDelimited(Shape shape) {
        Random random = new Random(shape.name().length());
        SortedSet<Integer> bad = places(random);
        byte[] input = shape.of(records(bad, BROKEN));
        List<SourceRecord> records = Deliveries.records(Records.DECODER.read(input));
        List<SourceRecord> inPieces =
                Deliveries.records(Records.DECODER.read(Deliveries.inPieces(input, 3000, random)));
        assertThat(inPieces.toString().equals(records.toString())).isTrue();
        if (shape.isDelimited()) {
            assertFailuresAt(bad, records, RECORDS);
            return;
        }
        int broken = bad.first();
        SourceRecord last = records.get(records.size() - 1);
        assertThat(last.isTerminal()).isTrue();
        // "{…}}" is a record and a brace, so the failure comes one later
        assertThat(records.size() - 1).isBetween(broken, broken + 1);
        for (int i = 0; i < broken; i++) {
            assertGood(i, event(records.get(i)));
        }
    }

    @Test
    void aBrokenFirstLineIsTerminal() {
        List<SourceRecord> records = Deliveries.read("{'eventName':\n" + Records.change("INSERT", "") + "\n");
        assertThat(records).hasSize(1);
        assertThat(records.get(0).isTerminal()).isTrue();
    }

    @Test
    void aLineDelimitsNothingOnceAValueHasSpannedOne() {
        String line = Records.change("INSERT", "");
        String spanning = line.replaceFirst(",", ",\n");
        List<SourceRecord> records = Deliveries.read(line + "\n" + spanning + "\n{'a':\n" + line + "\n");
        assertThat(records).hasSize(3);
        assertThat(records.get(2).isTerminal()).isTrue();
        assertThat(Deliveries.read(line + "\n" + line + "\n{'a':\n" + line + "\n"))
                .hasSize(4);
    }

    @Test
    void predictionDoesNotHideLineBreaks() {
        String line = Records.change("INSERT", "");
        String spanning = line.replace(":", " :\n");
        String input = line + "\n" + spanning + "\n{'a':\n" + line + "\n";
        for (int i = 0; i < 100; i++) {
            assertThat(Deliveries.read(spanning)).hasSize(1);
        }
        assertThat(Deliveries.read(input)).hasSize(3);
    }

    @Test
    void aShapeFaultInARecordOfInvalidJsonIsReportedAsInvalidJson() {
        String bad = "{'dynamodb':{'Keys':{'pk':{'N':'x'}}},'a':}";
        List<SourceRecord> records = Deliveries.read("[" + Records.change("INSERT", "") + "," + bad + "]");
        assertThat(records).hasSize(2);
        assertThat(records.get(1).isTerminal()).isTrue();
        assertThat(failure(records.get(1)).reason()).isEqualTo(Reason.UNEXPECTED_BYTE);
        long offset = 1L + Records.change("INSERT", "").length() + 1 + bad.length() - 1;
        assertThat(failure(records.get(1)).offset()).isEqualTo(offset);
    }

    @Test
    void iterationOfEventsThrowsAtTheFirstBadRecordAndEnds() {
        String good = Records.change("INSERT", "");
        Iterator<ChangeEvent> events =
                Records.DECODER.read(Records.json(good + "{}" + good)).iterator();
        assertThat(events.next().eventName().name()).isEqualTo("INSERT");
        assertThat(events.hasNext()).isTrue();
        assertThatThrownBy(events::next).isInstanceOfSatisfying(DecodeException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.NOT_AN_EVENT);
            assertThat(failure.offset()).isEqualTo(good.length());
        });
        assertThat(events.hasNext()).isFalse();
    }

    @Test
    void offsetsCountFromTheFirstByteOfTheInput() {
        String good = Records.change("INSERT", "");
        String bad = Records.change("INSERT", "'NewImage':{'n':{'N':'x'}}");
        SourceRecord record = Deliveries.read(good + "\n" + bad).get(1);
        assertThat(record.offset()).isEqualTo(good.length() + 1);
        assertThat(failure(record).offset()).isEqualTo(good.length() + 1 + bad.indexOf("x"));
        assertThat(failure(record).path()).isEqualTo("dynamodb.NewImage.*.N");
        assertThat(failure(record))
                .hasMessageContaining("offset " + failure(record).offset());
    }

    @Test
    void theSequenceNumberOfABadRecordIsSearchedInItsRemainder() {
        String bad =
                "{'dynamodb':{'Keys':{'pk':{'N':'x'}},'y':{'SequenceNumber':'no'},'Sequence\\u004eumber':'41'},'b':1}";
        String broken = "{'dynamodb':{'Keys':{'pk':{'N':'x'}},'SequenceNumber':'42'},'b':x}";
        String hidden = "{'b':x,'dynamodb':{'SequenceNumber':'43'}}";
        List<SourceRecord> records = Deliveries.read("{'Records':[" + bad + "," + broken + "]}");
        assertThat(records.get(0).itemIdentifier()).isEqualTo("41");
        assertThat(records.get(1).itemIdentifier()).isEqualTo("42");
        assertThat(Deliveries.read("{'Records':[" + hidden + "]}").get(0).itemIdentifier())
                .isNull();
    }

    @Test
    void valuesOfAnEarlierRecordOfASessionThrow() {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            records.add(i % 7 == 3 ? bad(WRONG, i) : good(i));
        }
        for (Shape shape : Shape.values()) {
            DecodeSession session = Records.DECODER.newSession();
            byte[] input = shape.of(records);
            ChangeEventReader reader = session.read(new ByteArrayInputStream(input));
            AttributeValue value = null;
            Item nested = null;
            ChangeEvent window = null;
            int i = 0;
            for (SourceRecord record : reader.records()) {
                if (value != null && nested != null) {
                    assertThatThrownBy(value::asInt).isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(nested::size).isInstanceOf(IllegalStateException.class);
                }
                if (i % 7 == 3) {
                    assertThatThrownBy(Objects.requireNonNull(window)::keys).isInstanceOf(IllegalStateException.class);
                } else {
                    window = event(record);
                    assertGood(i, window);
                    value = Records.newImage(window).require("n");
                    nested = Records.newImage(window).require("m").asItem();
                }
                i++;
            }
            assertThat(i).isEqualTo(500);
        }
    }

    @Test
    void theRecordLimitCostsOnlyThatRecord() {
        ChangeEventDecoder decoder = ChangeEventDecoder.builder()
                .limits(DecodeLimits.defaults().withMaxRecordBytes(400_000))
                .build();
        List<byte[]> records = new ArrayList<>(List.of(good(0), good(1), good(2)));
        records.set(
                1,
                new String(good(1), UTF_8)
                        .replace("\"a\"", "\"" + "é".repeat(300_000) + "\"")
                        .getBytes(UTF_8));
        for (Shape shape : Shape.values()) {
            byte[] input = shape.of(records);
            for (ChangeEventReader reader :
                    List.of(decoder.read(input), decoder.read(new ByteArrayInputStream(input)))) {
                List<SourceRecord> read = Deliveries.records(reader);
                assertThat(read).hasSize(3);
                assertThat(failure(read.get(1)).reason()).isEqualTo(Reason.RECORD_LIMIT);
                assertGood(0, event(read.get(0)));
                assertGood(2, event(read.get(2)));
            }
        }
    }

    @Test
    void aRecordNestedTooDeepCostsOnlyItself() {
        String deep = "{'x':" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        String good = Records.change("INSERT", "");
        for (String input : List.of(good + deep + good, "[" + good + "," + deep + "," + good + "]")) {
            List<SourceRecord> records = Deliveries.read(input);
            assertThat(records).hasSize(3);
            assertThat(failure(records.get(1)).reason()).isEqualTo(Reason.DEPTH_LIMIT);
            assertThat(records.get(2).result().failure()).isNull();
        }
    }
}
