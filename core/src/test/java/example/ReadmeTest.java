package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fixtures.EventAccessors;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    static final Path ROOT = root();

    /** The classes that contain the code of each page in core/docs, in its order. */
    private static final Map<String, List<String>> GUIDE = Map.of(
            "ambiguous.md",
            List.of("AmbiguousInput"),
            "answers.md",
            List.of("QueueFunction", "WindowFunction", "TransformFunction"),
            "carriers.md",
            List.of("AnyInput"),
            "consumers.md",
            List.of(
                    "start/YourCode",
                    "StreamFunction",
                    "RunStreamFunction",
                    "FirehoseEndpoint",
                    "ShardProcessor",
                    "TopicConsumer",
                    "ObjectLoader"),
            "events.md",
            List.of("PrintChanges", "Snippets"),
            "migrating.md",
            List.of(
                    "LambdaBefore",
                    "StationChanges",
                    "KinesisBefore",
                    "KinesisAfter",
                    "SdkBefore",
                    "SdkAfter",
                    "JacksonBefore",
                    "JacksonAfter"),
            "objects.md",
            List.of(
                    "Snippets",
                    "SdkRecords",
                    "AdapterProcessor",
                    "LambdaRecords",
                    "SdkValues",
                    "SdkBeans",
                    "TableReplica",
                    "ChangeEventSerde",
                    "ItemTransform",
                    "JsonTexts",
                    "WarehouseRow",
                    "CsvExport"),
            "performance.md",
            List.of("ThroughputConsumer"),
            "projection.md",
            List.of("Projections"),
            "sessions.md",
            List.of("SessionReads"));

    private static final String JAVA = "(?s)```java\n(.*?)\n```";

    private static final List<String> LINES =
            Samples.resource("events.jsonl").lines().collect(Collectors.toList());

    @Test
    void theJavaCodeOfTheReadmeIsCompiledAndTestedHere() throws IOException {
        List<String> pieces = pieces("README", List.of("Snippets"));
        assertEquals(1, pieces.size());
        assertEquals(pieces, find(JAVA, readme()));
    }

    @Test
    void theJavaCodeOfEachPageOfTheGuideIsCompiledAndTestedHere() throws IOException {
        for (Map.Entry<String, List<String>> page : GUIDE.entrySet()) {
            List<String> pieces = pieces(page.getKey(), page.getValue());
            assertFalse(pieces.isEmpty(), page.getKey());
            assertEquals(pieces, find(JAVA, page(page.getKey())));
        }
    }

    @Test
    void everyPageWithJavaCodeHasATest() throws IOException {
        Set<String> pages = new TreeSet<>();
        try (Stream<Path> files = Files.list(ROOT.resolve("core/docs"))) {
            for (Path file : files.collect(Collectors.toList())) {
                if (!find(JAVA, Files.readString(file, UTF_8)).isEmpty()) {
                    pages.add(file.getFileName().toString());
                }
            }
        }
        Set<String> tested = new TreeSet<>(GUIDE.keySet());
        tested.add("engines.md"); // of EnginesPageTest
        assertEquals(tested, pages);
    }

    @Test
    void theReadmeShowsTheOutputOfTheExample() throws IOException {
        List<String> blocks = find("(?s)```text\n(.*?)\n```", readme());
        assertEquals(1, blocks.size());
        assertTrue(Samples.resource("events.txt").contains("\n" + blocks.get(0) + "\n"), blocks.get(0));
    }

    @Test
    void theFiveLinesShowAnImageAsAMap() {
        Snippets snippets = new Snippets();
        snippets.look(bytes(1));
        Object image = Objects.requireNonNull(snippets.done.get("MODIFY FRA-0117"));
        assertTrue(image.toString().contains("bikes=4"), image.toString());
        snippets.look(bytes(2));
        assertTrue(snippets.done.containsKey("REMOVE FRA-0042"));
        assertNull(snippets.done.get("REMOVE FRA-0042"));
    }

    @Test
    void anInsertIsAnUpsertOfPlainValues() {
        Snippets snippets = new Snippets();
        snippets.apply(event(0));
        assertEquals(List.of("upsert {station_id=FRA-0117}"), List.copyOf(snippets.done.keySet()));
        Object item = snippets.done.get("upsert {station_id=FRA-0117}");
        assertEquals("Römerberg", item instanceof Map ? ((Map<?, ?>) item).get("name") : item);
    }

    @Test
    void aRemoveIsADelete() {
        Snippets snippets = new Snippets();
        snippets.apply(event(2));
        assertEquals(List.of("delete {station_id=FRA-0042}"), List.copyOf(snippets.done.keySet()));
    }

    @Test
    void anUnknownEventNameIsSkippedByItsText() {
        Snippets snippets = new Snippets();
        byte[] archive = LINES.get(2).replace("REMOVE", "ARCHIVE").getBytes(UTF_8);
        snippets.apply(ChangeEventDecoder.create().decode(archive));
        assertEquals(Map.of("skip", "ARCHIVE"), snippets.done);
    }

    @Test
    void valuesAreExactAndTheTimeIsInMicroseconds() {
        Snippets snippets = new Snippets();
        snippets.values(event(1));
        assertEquals(Map.of("FRA-0117", 4, "orderBy", 1741938077082000L), snippets.done);
    }

    @Test
    void everyChangeHasItsPathAndTheValuesBeforeAndAfter() {
        Snippets snippets = new Snippets();
        snippets.changes(event(1));
        assertEquals(Set.of("notice"), snippets.done.get("unset"));
        assertEquals("0.15 -> 0.18", snippets.done.get("audit tariff.per_minute"));
        Object removed = snippets.done.get("audit notice");
        assertTrue(String.valueOf(removed).endsWith(" -> absent"), String.valueOf(removed));
    }

    @Test
    void attributesAreIteratedInTheOrderOfTheRecord() {
        Snippets snippets = new Snippets();
        Item image = Objects.requireNonNull(event(1).newImage());
        snippets.iterate(image);
        assertEquals(List.copyOf(image.toMap().keySet()), List.copyOf(snippets.done.keySet()));
        assertEquals(AttributeType.N, snippets.done.get("bikes"));
    }

    @Test
    void anEventOfObjectsIsPublishedAsARecord() {
        Snippets snippets = new Snippets();
        snippets.objects();
        Object record = snippets.done.get("publish bike-stations/station_id=S:FRA-0117");
        ChangeEvent event = ChangeEventDecoder.create().decode((byte[]) Objects.requireNonNull(record));
        assertEquals(EventName.INSERT, event.eventName());
        assertEquals(
                9, Objects.requireNonNull(event.newImage()).require("bikes").asInt());
    }

    @Test
    void aBuilderRefusesTheValuesThatThePageConverts() {
        for (Object value : List.of(
                Instant.EPOCH,
                LocalDate.EPOCH,
                UUID.randomUUID(),
                EventName.INSERT,
                Optional.of("x"),
                new String[] {"x"},
                new Snippets())) {
            ChangeEvent.Builder builder = ChangeEvent.builder(EventName.INSERT);
            Exception refused =
                    assertThrows(IllegalArgumentException.class, () -> builder.newImage(Map.of("secret", value)));
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains(value.getClass().getName()), message);
            assertFalse(message.contains("secret"), message);
        }
    }

    @Test
    void theItemsOfABuiltEventEqualThoseOfADecodedOne() {
        ChangeEvent built = build("{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"1.50\"}}");
        ChangeEvent decoded = ChangeEventDecoder.create().decode(built.toBytes());
        assertNotEquals(built, decoded);
        assertEquals(EventAccessors.of(built), EventAccessors.of(decoded));
        assertEquals(built.keys(), decoded.keys());
        assertEquals(built.newImage(), decoded.newImage());
        assertArrayEquals(built.toBytes(), decoded.toBytes());

        ChangeEvent otherDigits = build("{\"id\":{\"S\":\"1\"},\"n\":{\"N\":\"1.5\"}}");
        ChangeEvent otherOrder = build("{\"n\":{\"N\":\"1.50\"},\"id\":{\"S\":\"1\"}}");
        for (ChangeEvent other : List.of(otherDigits, otherOrder)) {
            assertEquals(built.newImage(), other.newImage());
            assertFalse(Arrays.equals(built.toBytes(), other.toBytes()));
        }
    }

    private static ChangeEvent build(String image) {
        String record = "{\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"1\"}},"
                + "\"ApproximateCreationDateTime\":1741938077,\"NewImage\":" + image + "}}";
        ChangeEvent event = ChangeEventDecoder.create().decode(record.getBytes(UTF_8));
        return ChangeEvent.builder(event.eventName())
                .keys(event.keys().toMap())
                .newImage(Objects.requireNonNull(event.newImage()).toMap())
                .approximateCreationDateTime(event.approximateCreationDateTime())
                .build();
    }

    @Test
    void aGoodRecordIsAcceptedAndABadOneIsParkedAndLogged() {
        Snippets snippets = new Snippets();
        snippets.failure(ChangeEventDecoder.create(), bytes(4));
        assertEquals("[accept]", snippets.done.keySet().toString());

        snippets.done.clear();
        byte[] bad = LINES.get(4).replace("{\"N\":\"5\"}", "{\"N\":\"five\"}").getBytes(UTF_8);
        snippets.failure(ChangeEventDecoder.create(), bad);
        assertEquals(bad.length + " BAD_NUMBER", snippets.done.get("park"));
        String log = String.valueOf(snippets.done.get("log"));
        assertTrue(log.endsWith(" dynamodb.NewImage.*.N"), log);
        assertFalse(log.contains("five") || log.contains("bikes"), log);
    }

    @Test
    void anAttributeThatDoesNotFitIsLoggedWithItsName() {
        Snippets snippets = new Snippets();
        byte[] half = LINES.get(4).replace("{\"N\":\"5\"}", "{\"N\":\"5.5\"}").getBytes(UTF_8);
        snippets.attribute(
                Objects.requireNonNull(ChangeEventDecoder.create().decode(half).newImage()));
        assertEquals(Map.of("log", "asked for int, found a number with a fraction bikes"), snippets.done);
    }

    private static ChangeEvent event(int line) {
        return ChangeEventDecoder.create().decode(bytes(line));
    }

    private static byte[] bytes(int line) {
        return LINES.get(line).getBytes(UTF_8);
    }

    private static String source(String type) throws IOException {
        String source = Files.readString(ROOT.resolve("core/src/test/java/example/" + type + ".java"), UTF_8);
        return source.replace("package example.start;", "package example;"); // the reader's own YourCode
    }

    /** Returns the code between comments that begin with the name of a document. */
    private static List<String> pieces(String document, List<String> types) throws IOException {
        StringBuilder source = new StringBuilder();
        for (String type : types) {
            source.append(source(type));
        }
        String comment = "// " + Pattern.quote(document) + ": ";
        return find("(?s)" + comment + "(?!end)[^\n]*\n(.*?)\n *" + comment + "end", source.toString());
    }

    private static String page(String name) throws IOException {
        return Files.readString(ROOT.resolve("core/docs").resolve(name), UTF_8);
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"), UTF_8);
    }

    /** Returns every match of the pattern's group, without its indentation. */
    static List<String> find(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text.replace("\r\n", "\n"))
                .results()
                .map((MatchResult result) -> result.group(1).stripIndent())
                .collect(Collectors.toList());
    }

    /** Returns the folder above the module, in which tests may run too. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            Path above = here.getParent();
            assertNotNull(above, "no mvnw in or above the working folder");
            here = above;
        }
        return here;
    }
}
