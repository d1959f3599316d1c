package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import fixtures.HouseRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the code to the rooms, arrows and circles in core's README, and the README to the code. */
class RoomsTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "github", "dynamodbcdc");
    private static final String README = read(Path.of("README.md"));

    /** The room of each type, by the tables under the headings of the README. */
    private static final Map<String, String> ROOMS = rooms();

    /** The types that each type uses, without nested types: those belong to the type around them. */
    private static final Map<String, Set<String>> USES = uses();

    @Test
    void everyTypeHasOneRoomAndEveryRowIsAType() {
        assertThat(ROOMS.keySet()).containsExactlyInAnyOrderElementsOf(types());
    }

    @Test
    void thePackageHasTheSamePictureAsTheReadme() {
        String picture = find("(?s)```\n(.*?)```", README).get(0);
        String javadoc = read(SOURCES.resolve("package-info.java"));
        assertThat(find("(?s)<pre>\n(.*?) \\* </pre>", javadoc).get(0).replaceAll("(?m)^ \\* ?", ""))
                .isEqualToNormalizingWhitespace(picture);
    }

    @Test
    void noArrowGoesWhereTheReadmeDoesNotAllowIt() {
        Map<String, List<String>> allowed = new HashMap<>();
        Map<String, List<String>> never = new HashMap<>();
        for (List<String> row : table("## Arrows")) {
            allowed.put(row.get(0), words(row.get(1)));
            never.put(row.get(0), words(row.get(2)));
        }
        assertThat(allowed.keySet()).containsExactlyInAnyOrderElementsOf(Set.copyOf(ROOMS.values()));
        List<String> wrong = new ArrayList<>();
        USES.forEach((from, targets) -> {
            String room = roomOf(from);
            for (String to : targets) {
                List<String> may = Objects.requireNonNull(allowed.get(room));
                boolean inside = roomOf(to).equals(room) || may.contains(roomOf(to)) || may.contains(to);
                if (!inside || Objects.requireNonNull(never.get(room)).contains(to)) {
                    wrong.add(room + " " + from + " -> " + to + " " + roomOf(to));
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void thereAreNoCirclesButThoseOfTheReadme() {
        Set<Set<String>> listed = find("(?m)^- ((?:`\\w+`, )+`\\w+`):", section("## Arrows")).stream()
                .map(names -> (Set<String>) new TreeSet<>(words(names)))
                .collect(Collectors.toSet());
        assertThat(circles()).isEqualTo(listed);
    }

    @Test
    void filesAreFewAndOfASizeThatCanBeRead() throws IOException {
        List<Integer> sizes = HouseRules.readableSizes(SOURCES);
        assertThat(sizes).hasSizeLessThanOrEqualTo(90); // package-info is one of them
        assertThat(sizes.get(sizes.size() * 9 / 10)).isLessThanOrEqualTo(350);
    }

    @Test
    void aRuleIsWhereTheReadmeSaysBecauseTheClassOrMethodIsDeclaredThere() {
        for (List<String> row : table("## Where is the rule for …?")) {
            for (String place : words(row.get(1))) {
                String type = before(place, '.');
                assertThat(ROOMS).containsKey(type);
                String name = place.substring(place.lastIndexOf('.') + 1);
                assertThat(read(SOURCES.resolve(type + ".java")))
                        .as(place)
                        .containsPattern("(?m)^ *(?!.*\\b(?:return|throw|new)\\b)[\\w.@<>?,\\[\\] ]+ " + name
                                + "\\b *(?:\\(|\\{|implements|extends)");
            }
        }
    }

    @Test
    void aFileWrittenForSpeedSaysWhatItsTricksAreWorth() {
        Set<String> hot = new TreeSet<>();
        find("(?m)^\\| `(\\w+)` \\| \\*\\*hot\\*\\*", README).forEach(hot::add);
        assertThat(hot).contains("AttributeIndexer");
        for (String type : hot) {
            assertThat(read(SOURCES.resolve(type + ".java"))).as(type).containsPattern("(?s)Measured: .*\\d");
        }
    }

    // ---------------------------------------------------------------------------------------------- the README

    private static Map<String, String> rooms() {
        Map<String, String> rooms = new TreeMap<>();
        for (String heading : find("(?m)^### ([A-Z]+):", README)) {
            for (List<String> row : table("### " + heading + ":")) {
                for (String type : words(row.get(0))) {
                    assertThat(rooms.put(type, heading))
                            .as(type + " has two rooms")
                            .isNull();
                }
            }
        }
        return rooms;
    }

    /** The text from a heading to the next one. */
    private static String section(String heading) {
        int from = README.indexOf(heading);
        assertThat(from).as(heading).isPositive();
        int to = README.indexOf("\n#", from + 1);
        return README.substring(from, to < 0 ? README.length() : to);
    }

    /** The rows of the table in a section, without its head. */
    private static List<List<String>> table(String heading) {
        return section(heading)
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(String::trim)
                        .collect(Collectors.toList()))
                .collect(Collectors.toList());
    }

    /** The rooms and the types in code font that a cell names. */
    private static List<String> words(String cell) {
        return find("(\\b[A-Z]+\\b(?!`)|(?<=`)[\\w.]+(?=`))", cell);
    }

    private static List<String> find(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    // ------------------------------------------------------------------------------------------------ the code

    private static Set<String> types() {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !name.equals("package-info"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String roomOf(String type) {
        return ROOMS.getOrDefault(type, "no room");
    }

    private static Map<String, Set<String>> uses() {
        Map<String, Set<String>> uses = new TreeMap<>();
        HouseRules.of(ChangeEvent.class, 100).types().forEach(type -> {
            Set<String> targets = uses.computeIfAbsent(outermost(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getName().startsWith("io.github.dynamodbcdc."))
                    .map(RoomsTest::outermost)
                    .filter(target -> !target.equals(outermost(type)))
                    .forEach(targets::add);
        });
        return uses;
    }

    private static String before(String text, char end) {
        int length = text.indexOf(end);
        return length < 0 ? text : text.substring(0, length);
    }

    private static String outermost(JavaClass type) {
        String name = type.getName().substring(type.getName().lastIndexOf('.') + 1);
        return before(name, '$');
    }

    /** Returns the largest sets of types in which each type uses every other, directly or through others. */
    private static Set<Set<String>> circles() {
        Map<String, Set<String>> reach = new HashMap<>();
        for (String type : USES.keySet()) {
            reach.put(type, reachableFrom(type));
        }
        Set<Set<String>> circles = new LinkedHashSet<>();
        for (String type : USES.keySet()) {
            Set<String> circle = reach.getOrDefault(type, Set.of()).stream()
                    .filter(other -> reach.getOrDefault(other, Set.of()).contains(type))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (circle.size() > 1) {
                circles.add(circle);
            }
        }
        return circles;
    }

    private static Set<String> reachableFrom(String type) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(USES.getOrDefault(type, Set.of()));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (reached.add(next)) {
                open.addAll(USES.getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }
}
