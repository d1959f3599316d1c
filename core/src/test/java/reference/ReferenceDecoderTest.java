package reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fixtures.LongRunning;
import generator.EventWriter;
import generator.Events;
import generator.GeneratedEvent;
import generator.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the reference itself, with events of known meaning, data from other sources, and the specification's tables.
 */
class ReferenceDecoderTest {
    private static final ReferenceDecoder REFERENCE = new ReferenceDecoder();

    /** Channels of the shared cases whose payload is more than one record. */
    private static final Set<String> ENVELOPES = Set.of("lambda-ddb envelope", "firehose-s3");

    @Provide
    Arbitrary<GeneratedEvent> events() {
        return Events.any();
    }

    @Property(tries = 2_000)
    void generatedEventsHaveTheirIntendedMeaning(@ForAll("events") GeneratedEvent event) {
        assertMeans(event);
    }

    @Test
    void eventsThatCoverEveryTypeHaveTheirIntendedMeaning() {
        for (GeneratedEvent event : Events.coveringEveryType()) {
            assertMeans(event);
            String types = REFERENCE.decode(event.bytes()).toString();
            for (String type : List.of(
                    "Text[",
                    "Numeral[",
                    "Binary[",
                    "Bool[",
                    "Null[",
                    "TextSet[",
                    "NumberSet[",
                    "BinarySet[",
                    "Elements[",
                    "Attributes[")) {
                assertTrue(types.contains(type), () -> type + " is missing in " + event);
            }
        }
    }

    private static void assertMeans(GeneratedEvent event) {
        ReferenceEvent read = REFERENCE.decode(event.bytes());
        assertEquals(event.expected(), read);
        // Maps are equal in any order, their texts are not.
        assertEquals(event.expected().toString(), read.toString());
    }

    @LongRunning
    @Property(tries = 60)
    void everyTruncationIsRefused(@ForAll("events") GeneratedEvent event) {
        String whole = new String(event.bytes(), StandardCharsets.UTF_8);
        int end = whole.stripTrailing().getBytes(StandardCharsets.UTF_8).length;
        for (byte[] truncated : Mutations.truncations(event.bytes())) {
            if (truncated.length < end) {
                assertThrows(ReferenceRefusal.class, () -> REFERENCE.decode(truncated));
            }
        }
    }

    @Test
    void aSpoiledRecordIsReadOrRefused() {
        int accepted = 0;
        int refused = 0;
        for (GeneratedEvent event : Events.coveringEveryType()) {
            List<byte[]> spoiled = Stream.concat(
                            Mutations.sampleOfSingleByteChanges(event.bytes(), 1_000, 1),
                            Mutations.sampleOfEdits(event.bytes(), 1_000, 2))
                    .toList();
            for (byte[] bytes : spoiled) {
                try {
                    assertNotNull(REFERENCE.decode(bytes));
                    accepted++;
                } catch (ReferenceRefusal e) {
                    refused++;
                }
            }
        }
        assertTrue(accepted > 1_000 && refused > 1_000, "accepted " + accepted + ", refused " + refused);
    }

    @Test
    void singleByteChangesAreCompleteAndDistinct() {
        byte[] bytes = {7, -1, 0};
        Set<String> changes = new TreeSet<>();
        for (byte[] changed : Mutations.singleByteChanges(bytes)) {
            assertEquals(1, differences(bytes, changed));
            changes.add(HexFormat.of().formatHex(changed));
        }
        assertEquals(3 * 255, changes.size());
    }

    private static int differences(byte[] one, byte[] other) {
        assertEquals(one.length, other.length);
        int differences = 0;
        for (int i = 0; i < one.length; i++) {
            differences += one[i] == other[i] ? 0 : 1;
        }
        return differences;
    }

    @TestFactory
    Stream<DynamicTest> sharedCasesHaveTheirVerdict() throws IOException {
        return Files.readAllLines(SharedData.requireOrSkip("events", "cases.jsonl")).stream()
                .map(line -> (Json.Obj) JsonReader.read(line.getBytes(StandardCharsets.UTF_8)))
                .map(sharedCase -> DynamicTest.dynamicTest(text(sharedCase, "name"), () -> assertVerdict(sharedCase)));
    }

    private static void assertVerdict(Json.Obj sharedCase) {
        String channel = text(sharedCase, "channel");
        String payload = text(sharedCase, "payload");
        byte[] bytes =
                channel.equals("kpl") ? Base64.getDecoder().decode(payload) : payload.getBytes(StandardCharsets.UTF_8);
        if (text(sharedCase, "verdict").equals("accept") && !ENVELOPES.contains(channel)) {
            assertNotNull(REFERENCE.decode(bytes));
        } else {
            assertThrows(ReferenceRefusal.class, () -> REFERENCE.decode(bytes));
        }
    }

    private static String text(Json.Obj object, String name) {
        return ((Json.Str) object.all(name).get(0)).text();
    }

    @Test
    void validJsonIsReadAndInvalidJsonIsRefused() throws IOException {
        int checked = 0;
        try (Stream<Path> files = Files.list(SharedData.requireOrSkip("suites", "jsontestsuite"))) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String name = file.getFileName().toString();
                if (name.startsWith("y_")) {
                    assertNotNull(JsonReader.read(bytes), name);
                    checked++;
                } else if (name.startsWith("n_")) {
                    assertThrows(ReferenceRefusal.class, () -> JsonReader.read(bytes), name);
                    checked++;
                }
            }
        }
        assertEquals(283, checked);
    }

    @Test
    void utf8IsReadAsTheStrictDecoderReadsIt() throws IOException {
        for (String line : Files.readAllLines(SharedData.requireOrSkip("suites", "utf8_vectors.tsv"))) {
            String[] fields = line.split("\t", -1);
            byte[] vector = HexFormat.of().parseHex(fields[2]);
            byte[] json = new byte[vector.length + 2];
            json[0] = '"';
            json[json.length - 1] = '"';
            System.arraycopy(vector, 0, json, 1, vector.length);
            if (fields[0].equals("valid") && isFreeOfControls(vector)) {
                assertEquals(new Json.Str(new String(vector, StandardCharsets.UTF_8)), JsonReader.read(json), line);
            } else {
                assertThrows(ReferenceRefusal.class, () -> JsonReader.read(json), line);
            }
        }
    }

    private static boolean isFreeOfControls(byte[] bytes) {
        for (byte b : bytes) {
            if (b >= 0 && b < 0x20) {
                return false;
            }
        }
        return true;
    }

    @Test
    void numberTextsAreAcceptedOrRefusedAsTheSuiteCountsThem() throws IOException {
        Map<String, Integer> refusals = new LinkedHashMap<>();
        int taken = 0;
        for (String line : Files.readAllLines(SharedData.requireOrSkip("suites", "numbers.tsv"))) {
            String text = line.substring(line.lastIndexOf('\t') + 1);
            try {
                assertEquals(text, NumberText.require(text, ReferenceOptions.defaults()));
                taken++;
            } catch (ReferenceRefusal e) {
                refusals.merge(e.kind(), 1, Integer::sum);
            }
        }
        assertEquals(Map.of("BAD_NUMBER", 81, "NUMBER_LIMIT", 138), refusals);
        assertEquals(16_868 - 81 - 138, taken);
    }

    @Test
    void base64ThatIsNotStandardWithPaddingIsRefused() throws IOException {
        int checked = 0;
        for (String line : Files.readAllLines(SharedData.requireOrSkip("suites", "base64.tsv"))) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals("ok")) {
                assertArrayEquals(
                        HexFormat.of().parseHex(fields[2]),
                        StrictBase64.require(fields[1]).toArray(),
                        line);
            } else {
                Json.Str string = (Json.Str) JsonReader.read(fields[1].getBytes(StandardCharsets.UTF_8));
                assertThrows(ReferenceRefusal.class, () -> StrictBase64.require(string.text()), line);
            }
            checked++;
        }
        assertEquals(28, checked);
    }

    @Test
    void itemSizesMatchDynamoDbLocal() throws IOException {
        ReferenceDecoder lenient =
                new ReferenceDecoder(ReferenceOptions.defaults().withLeniencies(true, false, false, false));
        int checked = 0;
        try (Stream<Path> files = Files.walk(SharedData.requireOrSkip("events", "dynamodb-local"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                for (Json record : recordsIn(JsonReader.read(Files.readAllBytes(file)))) {
                    ReferenceEvent event = lenient.decode(EventWriter.compact(record));
                    List<Map<String, RefValue>> items = new ArrayList<>(List.of(event.keys()));
                    if (event.newImage() != null) {
                        items.add(event.newImage());
                    }
                    if (event.oldImage() != null) {
                        items.add(event.oldImage());
                    }
                    ItemSize size = new ItemSize(Bytes::length);
                    assertEquals(
                            event.sizeBytes(),
                            items.stream().mapToLong(size::of).sum(),
                            file.toString());
                    checked++;
                }
            }
        }
        assertTrue(checked > 0);
    }

    private static List<Json> recordsIn(Json body) {
        return body instanceof Json.Obj object && object.has("Records")
                ? ((Json.Arr) object.all("Records").get(0)).elements()
                : List.of();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "-0.00, 1",
        "1, 2",
        "10, 2",
        "12, 2",
        "100, 2",
        "123, 3",
        "1234, 3",
        "1.5, 3",
        "0.1, 2",
        "0.01, 2",
        "0.001, 2",
        "-1, 3",
        "-12.34, 4",
        "99999999999999999999999999999999999999, 20",
        "1E+125, 2",
        "00042.00, 2"
    })
    void aNumberTakesAByteForTwoDigitsAndOneMore(String text, long size) {
        assertEquals(size, ItemSize.ofNumber(text));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1719039879869591, MICROSECOND, 2024-06-22T07:04:39.869591Z, MICROSECOND, true",
                "1719082124026, -, 2024-06-22T18:48:44.026Z, MILLISECOND, false",
                "1719039879869, MICROSECOND, 2024-06-22T07:04:39.869Z, MILLISECOND, false",
                "1428537600, -, 2015-04-09T00:00:00Z, SECOND, false",
                "1428537600.0, -, 2015-04-09T00:00:00Z, SECOND, false",
                "1.4285376E9, -, 2015-04-09T00:00:00Z, SECOND, false",
                "\"1.4285376E9\", -, 2015-04-09T00:00:00Z, SECOND, false",
                "1646887668.348366, -, 2022-03-10T04:47:48.348366Z, MICROSECOND, false",
                "1.635734407123456789E9, -, 2021-11-01T02:40:07.123456789Z, NANOSECOND, false",
                "1719039879869.591, -, 2024-06-22T07:04:39.869591Z, MICROSECOND, false",
                "\"2024-06-22T07:04:39.869Z\", -, 2024-06-22T07:04:39.869Z, MILLISECOND, false",
                "\"2024-06-22T09:04:39.869+02:00\", -, 2024-06-22T07:04:39.869Z, MILLISECOND, false",
                "-1719039879869, -, 1915-07-12T16:55:20.131Z, MILLISECOND, false",
                "0, -, 1970-01-01T00:00:00Z, SECOND, false",
                "-0.0000000001, -, 1969-12-31T23:59:59.999999999Z, NANOSECOND, false",
            })
    void timesMatchTheSpecification(String written, String stated, String instant, String precision, boolean isStated) {
        Json node = JsonReader.read(written.getBytes(StandardCharsets.UTF_8));
        RefTime time = TimeReader.read(node, stated, null).time();
        assertEquals(
                java.time.Instant.parse(instant), java.time.Instant.ofEpochSecond(time.epochSecond(), time.nano()));
        assertEquals(precision, time.precision());
        assertEquals(isStated, time.stated());
    }

    @ParameterizedTest
    @CsvSource({"\"datetime\"", "true", "{}", "1e999", "\"\"", "1e9999", "\"+1\"", "99999999999999999999999999999"})
    void otherTimesAreRefused(String written) {
        Json node = JsonReader.read(written.getBytes(StandardCharsets.UTF_8));
        assertThrows(ReferenceRefusal.class, () -> TimeReader.read(node, null, null));
    }

    @Test
    void onlyUtf8IsRead() {
        String record = "{\"dynamodb\":{\"Keys\":{}}}";
        assertNotNull(REFERENCE.decode(record.getBytes(StandardCharsets.UTF_8)));
        assertNotNull(REFERENCE.decode(("\uFEFF" + record).getBytes(StandardCharsets.UTF_8)));
        for (byte[] other : List.of(
                record.getBytes(StandardCharsets.UTF_16),
                record.getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF\uFEFF" + record).getBytes(StandardCharsets.UTF_8))) {
            assertThrows(ReferenceRefusal.class, () -> REFERENCE.decode(other));
        }
    }

    @Test
    void nestingIsAllowedToTheLimitAndNotOver() {
        assertNotNull(decode("{\"x\":" + "[".repeat(255) + "]".repeat(255) + ",\"dynamodb\":{\"Keys\":{}}}"));
        assertRefused("DEPTH_LIMIT", "{\"x\":" + "[".repeat(256) + "]".repeat(256) + ",\"dynamodb\":{\"Keys\":{}}}");
        assertNotNull(decode(nested(64)));
        assertRefused("DEPTH_LIMIT", nested(65));
    }

    private static String nested(int levels) {
        return "{\"dynamodb\":{\"Keys\":{\"a\":" + "{\"L\":[".repeat(levels - 1) + "{\"S\":\"\"}"
                + "]}".repeat(levels - 1) + "}}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "DUPLICATE_NAME | {\"dynamodb\":{\"Keys\":{\"a\":{\"S\":\"\"},\"\\u0061\":{\"S\":\"\"}}}}",
                "DUPLICATE_FIELD | {\"dynamodb\":{\"Keys\":{},\"SizeBytes\":null,\"SizeBytes\":null}}",
                "DUPLICATE_FIELD | {\"userIdentity\":{\"type\":\"\",\"Type\":\"\"},\"dynamodb\":{\"Keys\":{}}}",
                "TWO_TYPES | {\"dynamodb\":{\"Keys\":{\"a\":{\"S\":\"\",\"S\":\"\"}}}}",
                "NO_TYPE | {\"dynamodb\":{\"Keys\":{\"a\":{}}}}",
                "UNKNOWN_TYPE | {\"dynamodb\":{\"Keys\":{\"a\":{\"s\":\"\"}}}}",
                "MISSING_FIELD | {\"dynamodb\":null}",
                "MISSING_FIELD | {\"dynamodb\":{\"Keys\":null}}",
                "MISSING_FIELD | {\"Keys\":{}}",
                "MISSING_FIELD | {\"Item\":null}",
                "WRONG_TYPE | {\"eventName\":1,\"dynamodb\":{\"Keys\":{}}}",
                "NOT_AN_EVENT | {\"Records\":[],\"Keys\":{}}",
                "NOT_AN_EVENT | [{\"dynamodb\":{\"Keys\":{}}}]",
                "LONE_SURROGATE | {\"x\":[{\"a\":\"\\ude00\\ud83d\"}],\"dynamodb\":{\"Keys\":{}}}",
            })
    void faultsHaveTheirKind(String kind, String record) {
        assertRefused(kind, record);
    }

    @Test
    void repeatsInUnknownMembersAreAllowed() {
        assertNotNull(decode("{\"x\":{\"a\":1,\"a\":2},\"x\":3,\"dynamodb\":{\"Keys\":{},\"y\":1,\"y\":1}}"));
    }

    @Test
    void lenienciesAcceptInputsRefusedWithoutThem() {
        ReferenceDecoder lenient =
                new ReferenceDecoder(ReferenceOptions.defaults().withLeniencies(true, true, true, true));
        String record = "{\"dynamodb\":{\"Keys\":{\"a\":{},\"b\":{\"N\":1.50},"
                + "\"c\":{\"s\":\"x\",\"n\":null},\"d\":{\"Z\":[]}}}}";
        assertRefused("NO_TYPE", record);
        Map<String, RefValue> expected = new TreeSet<>(Set.of("a", "b", "c", "d"))
                .stream()
                        .collect(LinkedHashMap::new, (map, name) -> map.put(name, new RefValue.Unknown()), Map::putAll);
        expected.put("a", new RefValue.Attributes(Map.of()));
        expected.put("b", new RefValue.Numeral("1.50"));
        expected.put("c", new RefValue.Text("x"));
        assertEquals(
                expected,
                lenient.decode(record.getBytes(StandardCharsets.UTF_8)).keys());
    }

    @Test
    void keyAttributesAreTakenFromTheItemOfAFullExport() {
        byte[] line = "{\"Item\":{\"a\":{\"S\":\"x\"},\"b\":{\"S\":\"y\"}}}".getBytes(StandardCharsets.UTF_8);
        ReferenceOptions options = ReferenceOptions.defaults();
        assertTrue(REFERENCE.decode(line).keys().isEmpty());
        assertEquals(
                Map.of("b", new RefValue.Text("y")),
                new ReferenceDecoder(options.withKeyAttributes("b"))
                        .decode(line)
                        .keys());
        ReferenceDecoder other = new ReferenceDecoder(options.withKeyAttributes("c"));
        assertThrows(ReferenceRefusal.class, () -> other.decode(line));
    }

    @Test
    void aStreamEventIsATimeToLiveDeleteOnlyIfTheServiceRemovedTheItem() {
        String identity = "{\"Type\":\"Service\",\"PrincipalId\":\"dynamodb.amazonaws.com\"}";
        String rest = ",\"userIdentity\":" + identity + ",\"dynamodb\":{\"Keys\":{}}}";
        assertTrue(decode("{\"eventName\":\"REMOVE\"" + rest).isTimeToLiveDelete());
        assertFalse(decode("{\"eventName\":\"MODIFY\"" + rest).isTimeToLiveDelete());
    }

    private static ReferenceEvent decode(String record) {
        return REFERENCE.decode(record.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String kind, String record) {
        assertEquals(
                kind, assertThrows(ReferenceRefusal.class, () -> decode(record)).kind());
    }
}
