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

/**
 * Compares README.md and the pages of core/docs with the repository: links, commands, versions, numbers, names. Of the
 * other pages, it checks links, commands and the length of lines.
 */
class PagesTest {
    private static final Path README = ROOT.resolve("README.md");
    private static final Path CONSUMERS = ROOT.resolve("core/docs/consumers.md");
    private static final List<String> MODULES = List.of("core", "jackson", "pinot-adapter", "benchmarks");
    private static final String VERSION = "\\d+(?:\\.\\d+)+";

    /** The rows of the README's table of tested versions, and the properties of the parent POM that name them. */
    private static final Map<String, List<String>> TESTED = Map.of(
            "Jackson",
            List.of("jackson"),
            "Apache Pinot",
            List.of("pinot"),
            "Kinesis Client Library, DynamoDB Streams Kinesis Adapter",
            List.of("amazon-kinesis-client", "dynamodb-streams-kinesis-adapter"),
            "AWS SDK for Java",
            List.of("aws-sdk", "aws-sdk-v1"),
            "aws-lambda-java-…",
            List.of(
                    "aws-lambda-java-core",
                    "aws-lambda-java-events",
                    "aws-lambda-java-serialization",
                    "aws-lambda-java-runtime-interface-client"),
            "Apache Kafka",
            List.of("kafka"),
            "Apache Flink",
            List.of("flink"),
            "Apache Spark",
            List.of("spark"),
            "Kotlin",
            List.of("kotlin"));

    @Test
    void theReadmeIsShort() throws IOException {
        assertTrue(text(README).lines().count() <= 140);
    }

    @Test
    void noLineOfProseIsLong() throws IOException {
        for (Path page : allPages()) {
            for (String line : prose(page).lines().collect(Collectors.toList())) {
                assertTrue(line.startsWith("|") || line.getBytes(UTF_8).length <= 120, page + ": " + line);
            }
        }
    }

    @Test
    void everyRelativeLinkIsAFileAndEveryFragmentAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : allPages()) {
            for (String link : find("\\]\\(([^)]+)\\)", prose(page))) {
                if (!link.contains("://") && !leadsSomewhere(page, link)) {
                    broken.add(ROOT.relativize(page) + ": " + link);
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
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Path page : allPages()) {
            for (String command : commands(page)) {
                if (!canRun(command)) {
                    wrong.add(ROOT.relativize(page) + ": " + command);
                }
                checked++;
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(checked >= 40, checked + " commands");
    }

    @Test
    void aCommandWithAnUnknownNameIsFound() throws IOException {
        assertTrue(canRun("./mvnw -q -pl core,jackson -Pmutation test pitest:mutationCoverage@parser"));
        assertFalse(canRun("./mvnw -q -pl core,jacksn verify"));
        assertFalse(canRun("./mvnw -q -pl jackson -am -Pkotlim verify"));
        assertFalse(canRun("./mvnw -q -pl core -Pdecode test-compile")); // the id of an execution, not of a profile
        assertFalse(canRun("./mvnw -q -pl jackson test-compile exec:java@decode")); // an execution of core
    }

    @Test
    void everySourceFileThatContributingNamesExists() throws IOException {
        Set<String> missing =
                new TreeSet<>(find("`(?:\\w+/)*(\\w+\\.java)`", text(ROOT.resolve(".github/CONTRIBUTING.md"))));
        assertTrue(missing.size() >= 20, missing.toString());
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                files.forEach(file -> missing.remove(file.getFileName().toString()));
            }
        }
        assertEquals(Set.of(), missing);
    }

    /** Returns whether the command's modules, profiles and executions exist, and are those of its modules' poms. */
    private static boolean canRun(String command) throws IOException {
        List<String> named = find(" -pl (\\S+)", command);
        List<String> modules = named.isEmpty() ? MODULES : List.of(named.get(0).split(",", -1));
        if (!MODULES.containsAll(modules)) {
            return false;
        }
        StringBuilder poms = new StringBuilder(text(ROOT.resolve("pom.xml")));
        for (String module : modules) {
            poms.append(text(ROOT.resolve(module).resolve("pom.xml")));
        }
        String id = ">\\s*(?:<!--(?:(?!-->)[\\s\\S])*-->\\s*)?<id>([\\w-]+)</id>";
        return find("<profile" + id, poms.toString()).containsAll(find(" -P([\\w-]+)", command))
                && find("<execution" + id, poms.toString()).containsAll(find(":\\w+@([\\w-]+)", command));
    }

    /** Returns the commands in blocks, in tables and between backticks, each on one line. */
    private static List<String> commands(Path page) throws IOException {
        List<String> commands = new ArrayList<>(find("(?m)^ *((?:\\w+=\\S+ )?\\./mvnw .*)$", text(page)));
        for (String command : find("`((?:\\w+=\\S+ )?\\./mvnw [^`]*)`", prose(page))) {
            commands.add(command.replaceAll("\\s+", " "));
        }
        return commands;
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
            for (String version : versions) {
                assertTrue(isNamed(row.getKey(), version, poms), row.getKey() + " " + version);
            }
        }
        assertEquals(
                new TreeSet<>(find("<artifactId>pinot-spi</artifactId>\\s*<version>(" + VERSION + ")<", poms)),
                otherPinots());
    }

    /** Returns whether a version is that of an element, or that of Flink, Spark or Jackson that a comment names. */
    private static boolean isNamed(String label, String version, String poms) {
        List<String> elements = find("<(?:[\\w-]+\\.)?version>(" + VERSION + ")</", poms);
        List<String> others = find(
                "((?:Flink|Spark|Jackson) " + VERSION + ")\\b",
                find("(?s)<!--(.*?)-->", poms).toString());
        return elements.contains(version) || others.contains(label.replace("Apache ", "") + " " + version);
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
        List<Path> pages =
                List.of(README, CONSUMERS, ROOT.resolve("core/docs/kotlin.md"), ROOT.resolve("jackson/README.md"));
        for (Path page : pages) {
            List<String> named =
                    find("dynamodb-cdc-(?:core|jackson)(?::|</artifactId>\\s*<version>)([\\w.-]+)", text(page));
            assertFalse(named.isEmpty());
            assertEquals(Set.of(version), Set.copyOf(named), page.toString());
        }
    }

    @Test
    void aReleaseSetsTheVersionInThePomsAndInThePages() throws IOException {
        List<String> files =
                find("(?m)sed -i '.*0\\\\\\.1\\\\\\.0.*' (.*)$", text(ROOT.resolve(".github/RELEASING.md")));
        String poms = "pom.xml */pom.xml";
        String pages = "README.md */README.md core/docs/*.md";
        assertEquals(List.of(poms + " " + pages, poms, pages), files);
    }

    @Test
    void theRatiosOfTheReadmeAreThoseThatWereRecorded() throws IOException {
        double full = nanoseconds("FULL", "JACKSON_TREE") / nanoseconds("FULL", "SESSION");
        double projection = nanoseconds("PROJECTION", "JACKSON_TREE") / nanoseconds("PROJECTION", "SESSION");
        String sentence = String.format(
                Locale.ROOT,
                "A session reads a record of 2.3 KB %.1f times as fast as a Jackson tree, and five of its attributes"
                        + " %.1f times, the latter without allocating.",
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

    /** Returns the pages of the guide, those of the modules, and those about the project. */
    private static List<Path> allPages() throws IOException {
        List<Path> pages = new ArrayList<>(pages());
        for (String page : List.of("CHANGELOG.md", "SECURITY.md")) {
            pages.add(ROOT.resolve(page));
        }
        for (String module : MODULES) {
            pages.add(ROOT.resolve(module).resolve("README.md"));
        }
        try (Stream<Path> files = Files.list(ROOT.resolve(".github"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    /** Returns a page without its blocks of code. */
    private static String prose(Path page) throws IOException {
        return text(page).replaceAll("(?s)```.*?```", "");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, UTF_8).replace("\r\n", "\n");
    }
}
