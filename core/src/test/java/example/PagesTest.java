package example;

import static example.ReadmeTest.ROOT;
import static example.ReadmeTest.find;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares README.md and the pages of core/docs with the repository: links, commands, versions, numbers, names. */
class PagesTest {
    private static final Path README = ROOT.resolve("README.md");
    private static final Path CONSUMERS = ROOT.resolve("core/docs/consumers.md");
    private static final String VERSION = "\\d+(?:\\.\\d+)+";

    /** The rows of the README's table of tested versions, and the properties of the parent POM that name them. */
    private static final Map<String, List<String>> TESTED = Map.of(
            "Jackson", List.of("jackson"),
            "Apache Pinot", List.of("pinot"),
            "Kinesis Client Library", List.of("amazon-kinesis-client"),
            "AWS SDK for Java", List.of("aws-sdk", "aws-sdk-v1"),
            "aws-lambda-java-…",
                    List.of(
                            "aws-lambda-java-core",
                            "aws-lambda-java-events",
                            "aws-lambda-java-serialization",
                            "aws-lambda-java-runtime-interface-client"),
            "Apache Kafka", List.of("kafka"),
            "Apache Flink", List.of("flink"),
            "Apache Spark", List.of("spark"),
            "Kotlin", List.of("kotlin"));

    @Test
    void theReadmeIsShort() throws IOException {
        assertTrue(text(README).lines().count() <= 140);
    }

    @Test
    void noLineOfProseIsLong() throws IOException {
        for (Path page : pages()) {
            for (String line : prose(page).lines().collect(Collectors.toList())) {
                assertTrue(line.startsWith("|") || line.getBytes(UTF_8).length <= 120, page + ": " + line);
            }
        }
    }

    @Test
    void everyRelativeLinkIsAFileAndEveryFragmentAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : find("\\]\\(([^)]+)\\)", prose(page))) {
                if (!link.contains("://") && !leadsSomewhere(page, link)) {
                    broken.add(page.getFileName() + ": " + link);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target) && (parts.length == 1 || headings(target).contains(parts[1]));
    }

    /** Returns the fragments that lead to the headings of a page. */
    private static List<String> headings(Path page) throws IOException {
        return find("(?m)^#+ (.*)$", prose(page)).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toList());
    }

    @Test
    void everyPageOfTheGuideIsLinkedFromAnother() throws IOException {
        StringBuilder texts = new StringBuilder();
        for (Path page : pages()) {
            texts.append(text(page));
        }
        for (Path page : pages()) {
            String name = page.getFileName().toString();
            assertTrue(page.equals(README) || texts.indexOf(name + ")") >= 0 || texts.indexOf(name + "#") >= 0, name);
        }
    }

    @Test
    void everyCommandNamesAModuleAndExecutionsOrProfilesThatExist() throws IOException {
        assertTrue(commands(README)
                .containsAll(List.of(
                        "./mvnw -q -pl core test-compile exec:java@decode",
                        "./mvnw -B verify",
                        "./mvnw -q -pl pinot-adapter -am test-compile exec:java@quickstart")));
        for (Path page : pages()) {
            for (String command : commands(page)) {
                List<String> modules = find("-pl (\\S+)", command);
                Path folder = modules.isEmpty() ? ROOT : ROOT.resolve(modules.get(0));
                String pom = text(folder.resolve("pom.xml"));
                for (String id : find("(?: -P|@)([\\w-]+)", command)) {
                    assertTrue(pom.contains("<id>" + id + "</id>"), page + ": " + command);
                }
            }
        }
    }

    private static List<String> commands(Path page) throws IOException {
        return find("(?m)^(\\./mvnw .*)$", text(page));
    }

    @Test
    void theTestedVersionsAreThoseOfThePoms() throws IOException {
        String pom = text(ROOT.resolve("pom.xml"));
        String poms = pom + text(ROOT.resolve("pinot-adapter/pom.xml"));
        for (Map.Entry<String, List<String>> row : TESTED.entrySet()) {
            String cell = cell(README, row.getKey());
            List<String> versions = find("(" + VERSION + ")", cell);
            List<String> properties = row.getValue();
            for (int i = 0; i < properties.size(); i++) {
                assertEquals(property(pom, properties.get(i)), versions.get(i), row.getKey());
            }
            for (String version : versions) { // others are in comments of the profiles that run them, or unpacked
                assertTrue(poms.contains(version), version);
            }
        }
        assertEquals(
                new TreeSet<>(find("<artifactId>pinot-spi</artifactId>\\s*<version>(" + VERSION + ")<", poms)),
                otherPinots());
    }

    private static Set<String> otherPinots() throws IOException {
        List<String> versions = find("(" + VERSION + ")", cell(README, "Apache Pinot"));
        return new TreeSet<>(versions.subList(1, versions.size()));
    }

    @Test
    void theTestedVersionsOfTheConsumersAreThoseOfThePoms() throws IOException {
        String pom = text(ROOT.resolve("pom.xml"));
        Map<String, String> properties = Map.of(
                "aws-lambda-java-core", "aws-lambda-java-core",
                "amazon-kinesis-client", "amazon-kinesis-client",
                "kafka-clients", "kafka");
        for (Map.Entry<String, String> library : properties.entrySet()) {
            List<String> versions = find(":" + library.getKey() + "` \\| (" + VERSION + ") \\|", text(CONSUMERS));
            assertEquals(List.of(property(pom, library.getValue())), versions);
        }
    }

    @Test
    void thePagesNameTheVersionOfTheProject() throws IOException {
        String pom = text(ROOT.resolve("pom.xml"));
        String version = find("<artifactId>dynamodb-cdc-parent</artifactId>\\s*<version>(.*)</version>", pom)
                .get(0);
        for (Path page : List.of(README, CONSUMERS, ROOT.resolve("core/docs/kotlin.md"))) {
            List<String> named = find("dynamodb-cdc-core(?::|</artifactId>\\s*<version>)([\\w.-]+)", text(page));
            assertFalse(named.isEmpty());
            assertEquals(Set.of(version), Set.copyOf(named), page.toString());
        }
    }

    @Test
    void theRatiosOfTheReadmeAreThoseThatWereRecorded() throws IOException {
        double full = nanoseconds("FULL", "JACKSON_TREE") / nanoseconds("FULL", "SESSION");
        double projection = nanoseconds("PROJECTION", "JACKSON_TREE") / nanoseconds("PROJECTION", "SESSION");
        String sentence = String.format(
                Locale.ROOT,
                "%.1f times as fast as a Jackson tree, and five of its attributes %.1f times, allocating nothing.",
                full,
                projection);
        assertTrue(text(README).replace('\n', ' ').contains(sentence), sentence);
        assertEquals("0.0", recorded("PROJECTION", "SESSION").split("\t", -1)[2]);
    }

    private static double nanoseconds(String task, String implementation) throws IOException {
        return Double.parseDouble(recorded(task, implementation).split("\t", -1)[0]);
    }

    private static String recorded(String task, String implementation) throws IOException {
        String results = text(ROOT.resolve("benchmarks/results/ratios-jdk17.tsv"));
        return find("(?m)^" + task + "\tTYPICAL\t" + implementation + "\t(.*)$", results)
                .get(0);
    }

    @Test
    void theReadmeNamesEveryEnumThatMayGrow() throws IOException {
        Set<String> growing = new TreeSet<>();
        for (String folder : List.of(
                "core/src/main/java/io/github/dynamodbcdc", "jackson/src/main/java/io/github/dynamodbcdc/jackson")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                for (Path file : files.collect(Collectors.toList())) {
                    String text = text(file).replaceAll("\\s*\\n\\s*\\*? *", " ");
                    growing.addAll(find("(?s)A minor release may add constants\\..*?public enum (\\w+)", text));
                }
            }
        }
        assertTrue(growing.containsAll(Set.of("Reason", "EventName", "EpochUnit")), growing.toString());
        String sentence = find("(?s)(constants to `.*?\\.) ", text(README)).get(0);
        assertEquals(growing, new TreeSet<>(find("`(\\w+)`", sentence)));
    }

    /** Returns the second cell of the table's row that begins with a label. */
    private static String cell(Path page, String label) throws IOException {
        return find("(?m)^\\| " + label + " \\| (.*) \\|$", text(page)).get(0);
    }

    private static String property(String pom, String name) {
        return find("<" + name + "\\.version>(.*)</" + name + "\\.version>", pom)
                .get(0);
    }

    /** Returns the README and the pages of the guide. */
    private static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("core/docs"))) {
            return Stream.concat(Stream.of(README), pages.sorted()).collect(Collectors.toList());
        }
    }

    /** Returns a page without its blocks of code. */
    private static String prose(Path page) throws IOException {
        return text(page).replaceAll("(?s)```.*?```", "");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, UTF_8).replace("\r\n", "\n");
    }
}
