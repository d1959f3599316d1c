package blackbox;

import static fixtures.Records.json;
import static fixtures.Records.kinesis;
import static fixtures.Records.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import fixtures.AllocatedBytes;
import generator.Events;
import generator.Events.Kind;
import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.StreamViewType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A session that decodes records and reads their attributes as primitives allocates nothing after warming up on similar
 * records. A test counts the bytes that the thread allocated in the quietest of several rounds: by then, the JVM's own
 * work on the thread, such as linking a call on its first run, is over, while an allocation per event occurs in every
 * round.
 */
class AllocationTest {
    private static final AttributeNames NAMES = AttributeNames.of("long", "pk", "n", "s", "h\u00e9\u65e5");
    private static final int LONG = 0;

    private static volatile @Nullable Object sink;

    @Test
    void oneSmallObjectInAThousandEventsIsDetected() {
        assertThat(AllocatedBytes.ofQuietestRound(() -> {})).isZero();
        assertThat(AllocatedBytes.ofQuietestRound(() -> sink = new Object())).isPositive();
        DecodeSession session = ChangeEventDecoder.create().newSession();
        byte[] record = json(stream("MODIFY", "'NewImage':{'n':{'N':'1'}}"));
        Reading reading = new Reading();
        int[] events = {0};
        long bytes = AllocatedBytes.ofQuietestRound(() -> {
            for (int i = 0; i < 1000; i++) {
                reading.read(session.decode(record));
                if (++events[0] % 1000 == 0) {
                    sink = session.decode(record).keys().get("pk");
                }
            }
        });
        assertThat(bytes).isBetween(8L, 100L);
    }

    /** Reads everything that can be read without an object. */
    private static final class Reading {
        private final byte[] buffer = new byte[1 << 16];
        private long sum;

        void read(ChangeEvent event) {
            sum += event.eventName() == EventName.MODIFY && event.channel() == Channel.KINESIS ? 1 : 0;
            sum += event.deletedByTimeToLive() ? 1 : 0;
            read(event.keys());
            Item image = event.newImage();
            if (image != null) {
                read(image);
            }
            Item old = event.oldImage();
            if (old != null) {
                read(old);
            }
        }

        private void read(Item item) {
            sum += item.size();
            AttributeReader reader = item.reader();
            int depth = 0;
            while (true) {
                if (!reader.next()) {
                    if (depth-- == 0) {
                        return;
                    }
                    reader.leave();
                    continue;
                }
                if (reader.select(NAMES) == LONG) {
                    sum += reader.longValue();
                }
                switch (reader.type()) {
                    case N -> number(reader);
                    case S -> text(reader);
                    case BOOL -> sum += reader.booleanValue() ? 1 : 0;
                    case SS, NS, BS, L, M -> {
                        reader.enter();
                        depth++;
                    }
                    default -> sum += reader.type() == AttributeType.NULL ? 1 : 0;
                }
            }
        }

        private void text(AttributeReader reader) {
            int length = reader.utf8Length();
            if (length <= buffer.length) {
                sum += reader.copyUtf8To(buffer, 0) + buffer[0];
            }
        }

        /** Reads doubles only where they are in range: a refusal allocates an exception. */
        private void number(AttributeReader reader) {
            text(reader);
            int whole = 0;
            int exponent = 0;
            int sign = 0;
            boolean point = false;
            for (int i = 0; i < reader.utf8Length(); i++) {
                byte c = buffer[i];
                if (c == 'e' || c == 'E') {
                    sign = 1;
                } else if (c == '-') {
                    sign = -sign;
                } else if (c == '.') {
                    point = true;
                } else if (c != '+' && sign != 0) {
                    exponent = Math.min(exponent * 10 + (c - '0'), 10_000);
                } else if (c != '+' && !point) {
                    whole++;
                }
            }
            if (whole + sign * exponent <= 308) {
                sum += (long) reader.doubleValue();
            }
        }
    }

    private static void assertNothingIsAllocated(DecodeSession session, List<byte[]> records) {
        Reading reading = new Reading();
        assertThat(AllocatedBytes.ofQuietestRound(() -> {
                    for (int i = 0; i < records.size(); i++) {
                        reading.read(session.decode(records.get(i)));
                    }
                }))
                .isZero();
        assertThat(reading.sum).as("what was read").isNotZero();
    }

    private static void assertNothingIsAllocated(List<byte[]> records) {
        assertNothingIsAllocated(ChangeEventDecoder.create().newSession(), records);
    }

    private static List<byte[]> repeated(String record) {
        return Collections.nCopies(50, json(record));
    }

    // ------------------------------------------------------------------------------------------------ records

    @TestFactory
    Stream<DynamicTest> arraysOfEachKind() {
        return AllocationSamples.samples().stream()
                .map(sample -> DynamicTest.dynamicTest(
                        sample.name(), () -> assertNothingIsAllocated(repeated(sample.record()))));
    }

    @Test
    void everyKindAfterEveryOther() {
        List<byte[]> records = new ArrayList<>(AllocationSamples.samples().stream()
                .map(sample -> json(sample.record()))
                .toList());
        Collections.shuffle(records, new Random(1));
        assertNothingIsAllocated(records);
    }

    // ----------------------------------------------------------------------------------------- ways to decode

    private static final byte[] RECORD =
            json(kinesis("MODIFY", "'NewImage':{'s':{'S':'" + "text ".repeat(100) + "'},'n':{'N':'1'}}"));

    @TestFactory
    Stream<DynamicTest> buffersOfEachKind() {
        record Kinds(String name, Function<byte[], ByteBuffer> of) {}
        return Stream.of(
                        new Kinds("heap", ByteBuffer::wrap),
                        new Kinds("read-only", bytes -> ByteBuffer.wrap(bytes).asReadOnlyBuffer()),
                        new Kinds(
                                "direct",
                                bytes -> ByteBuffer.allocateDirect(bytes.length)
                                        .put(bytes)
                                        .flip()),
                        new Kinds(
                                "read-only direct",
                                bytes -> ByteBuffer.allocateDirect(bytes.length)
                                        .put(bytes)
                                        .flip()
                                        .asReadOnlyBuffer()))
                .map(kind -> DynamicTest.dynamicTest(kind.name(), () -> {
                    DecodeSession session = ChangeEventDecoder.create().newSession();
                    List<ByteBuffer> buffers = new ArrayList<>();
                    for (AllocationSamples.Sample sample : AllocationSamples.samples()) {
                        buffers.add(kind.of().apply(json(sample.record())));
                    }
                    Reading reading = new Reading();
                    assertThat(AllocatedBytes.ofQuietestRound(() -> {
                                for (int i = 0; i < buffers.size(); i++) {
                                    reading.read(session.decode(buffers.get(i)));
                                }
                            }))
                            .isZero();
                }));
    }

    @Test
    void partsOfAnArray() {
        byte[] array = new byte[3 * RECORD.length];
        for (int i = 0; i < 3; i++) {
            System.arraycopy(RECORD, 0, array, i * RECORD.length, RECORD.length);
        }
        DecodeSession session = ChangeEventDecoder.create().newSession();
        Reading reading = new Reading();
        assertThat(AllocatedBytes.ofQuietestRound(() -> {
                    for (int i = 0; i < 3; i++) {
                        reading.read(session.decode(array, i * RECORD.length, RECORD.length));
                    }
                }))
                .isZero();
    }

    @Test
    void leniencies() {
        ChangeEventDecoder decoder = ChangeEventDecoder.builder()
                .descriptorAliases(true)
                .emptyValueAsMap(true)
                .numbersAsJson(true)
                .unknownDescriptors(true)
                .build();
        assertNothingIsAllocated(
                decoder.newSession(),
                repeated(stream(
                        "MODIFY",
                        "'NewImage':{'s':{'s':'x','n':null},'long':{'n':7},'f':{'bool':true},'ss':{'ss':['a']},"
                                + "'x':{'nul':true},'m':{},'u':{'geo':[1,{}]}}")));
    }

    @Test
    void projections() {
        for (ChangeEventDecoder decoder : List.of(
                ChangeEventDecoder.builder()
                        .attributes("n", "s", "h\u00e9\u65e5")
                        .build(),
                ChangeEventDecoder.builder().images(StreamViewType.NEW_IMAGE).build())) {
            DecodeSession session = decoder.newSession();
            List<byte[]> records = AllocationSamples.samples().stream()
                    .map(sample -> json(sample.record()))
                    .toList();
            assertThat(AllocatedBytes.ofQuietestRound(() -> {
                        for (int i = 0; i < records.size(); i++) {
                            AttributeReader reader =
                                    session.decode(records.get(i)).keys().reader();
                            while (reader.next()) {
                                sinkOrdinal = reader.select(NAMES);
                            }
                        }
                    }))
                    .isZero();
        }
    }

    private static int sinkOrdinal;

    @Test
    void unpackingAnArrayOrStreamTakesNoMemoryForEachRecord() throws IOException {
        int records = 4000;
        byte[] line = (new String(RECORD, UTF_8) + "\n").getBytes(UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < records; i++) {
                gzip.write(line);
            }
        }
        byte[] input = packed.toByteArray();
        DecodeSession session = ChangeEventDecoder.create().newSession();
        for (boolean stream : new boolean[] {false, true}) {
            long bytes = AllocatedBytes.ofQuietestRound(() -> {
                for (ChangeEvent event : stream ? session.read(new ByteArrayInputStream(input)) : session.read(input)) {
                    sink = event;
                }
            });
            assertThat(bytes).isLessThan(1 << 20).isLessThan((long) records * line.length / 2);
        }
    }

    // --------------------------------------------------------------------------------------------- many kinds

    @Test
    void attributesInAnotherOrderInEachRecord() {
        List<byte[]> records = new ArrayList<>();
        List<String> attributes = new ArrayList<>();
        for (int i = 0; i < 22; i++) {
            attributes.add("'attribute" + i + "':{'" + (i % 2 == 0 ? "N':'" + i * 31 : "S':'text" + i) + "'}");
        }
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Collections.shuffle(attributes, random);
            String image = "{" + String.join(",", attributes) + "}";
            Collections.shuffle(attributes, random);
            String old = "{" + String.join(",", attributes) + "}";
            records.add(json(kinesis("MODIFY", "'NewImage':" + image + ",'OldImage':" + old)));
        }
        assertNothingIsAllocated(records);
    }

    @Test
    void membersInAnotherOrderInEachRecord() {
        List<byte[]> records = new ArrayList<>();
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            List<String> inner = new ArrayList<>(List.of(
                    "'Keys':{'pk':{'S':'a'}}",
                    "'NewImage':{'n':{'N':'1'}}",
                    "'OldImage':{'n':{'N':'2'}}",
                    "'SequenceNumber':'1'",
                    "'SizeBytes':7",
                    "'ApproximateCreationDateTime':1719039879"));
            Collections.shuffle(inner, random);
            List<String> outer = new ArrayList<>(List.of(
                    "'eventName':'MODIFY'",
                    "'eventID':'e'",
                    "'awsRegion' : 'eu-west-1'",
                    "'userIdentity':null",
                    "'dynamodb':{" + String.join(i % 2 == 0 ? "," : " , ", inner) + "}"));
            Collections.shuffle(outer, random);
            records.add(json("{" + String.join(",", outer) + "}"));
        }
        assertNothingIsAllocated(records);
    }

    @Test
    void fortyTablesInTurn() {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int table = i * 7 % 40;
            StringBuilder attributes = new StringBuilder("'pk':{'S':'a'}");
            for (int a = 0; a < 22; a++) {
                String value = (table + a) % 3 == 0 ? "{'S':'s" + i + "'}" : "{'N':'" + i + ".5'}";
                attributes
                        .append(",'t")
                        .append(a % 4 == 0 ? "" : table)
                        .append("_")
                        .append(a)
                        .append("':")
                        .append(value);
            }
            String record = kinesis("MODIFY", "'NewImage':{" + attributes + "},'OldImage':{" + attributes + "}");
            records.add(json(table % 2 == 0 ? record : stream("INSERT", "'NewImage':{" + attributes + "}")));
        }
        assertNothingIsAllocated(records);
    }

    @Test
    void tablesOfTheGenerator() {
        assertNothingIsAllocated(generated(Kind.TABLE));
    }

    /** Returns all except those with members of several kinds of records, which may have to be read twice. */
    @Test
    void anythingOfTheGenerator() throws IOException {
        List<byte[]> records = new ArrayList<>();
        for (byte[] record : generated(Kind.WILD)) {
            if (isOfOneKind(record)) {
                records.add(record);
            }
        }
        assertThat(records).hasSizeGreaterThan(100);
        assertNothingIsAllocated(records);
    }

    private static boolean isOfOneKind(byte[] record) throws IOException {
        boolean change = false;
        boolean other = false;
        try (JsonParser json = JSON.createParser(record)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                change |= CHANGE_KIND.contains(name) || name.startsWith("event");
                other |= OTHER_KINDS.contains(name);
                json.nextToken();
                json.skipChildren();
            }
        }
        return change != other;
    }

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final Set<String> CHANGE_KIND =
            Set.of("dynamodb", "awsRegion", "tableName", "recordFormat", "userIdentity");

    private static final Set<String> OTHER_KINDS =
            Set.of("Keys", "NewImage", "OldImage", "Metadata", "Item", "Records", "records");

    private static List<byte[]> generated(Kind kind) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            records.add(Events.of(kind, i, i % 13).bytes());
        }
        return records;
    }

    @Test
    void eventsThatCoverEveryType() {
        assertNothingIsAllocated(
                Events.coveringEveryType().stream().map(event -> event.bytes()).toList());
    }
}
