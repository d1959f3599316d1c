package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import fixture.ReadmeExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.utils.IngestionConfigUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the module's README and guides with the code. */
class ReadmeTest {
    static List<String> names() {
        return ReadmeExample.names();
    }

    @Test
    void everyJsonBlockIsAnExample() {
        assertThat(names()).hasSizeGreaterThan(4);
        assertThat(String.join("", ReadmeExample.pages().values()).split("```json", -1))
                .hasSize(1 + 2 * names().size());
    }

    @Test
    void theReadmeIsShortAndNoLineOfProseIsLong() {
        assertThat(ReadmeExample.page("README.md").lines()).hasSizeLessThanOrEqualTo(150);
        ReadmeExample.pages()
                .forEach((path, text) -> assertThat(
                                text.replaceAll("(?s)```.*?```", "").lines())
                        .filteredOn(line -> !line.startsWith("|"))
                        .as(path.toString())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120)));
    }

    @Test
    void everyGuideIsLinkedFromEveryPageAndEveryLinkLeadsToAPageOrHeading() {
        ReadmeExample.pages().forEach((path, text) -> {
            List<String> links = Pattern.compile("\\]\\(([^)]*)\\)")
                    .matcher(text)
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            for (String link : links) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? path
                        : path.resolveSibling(parts[0]).normalize();
                assertThat(ReadmeExample.pages()).as(path + ": " + link).containsKey(target);
                assertThat(parts.length == 1 || headings(target).contains(parts[1]))
                        .as(path + ": " + link)
                        .isTrue();
            }
            for (Path guide : ReadmeExample.pages().keySet()) {
                assertThat(guide.equals(path) || links.stream().anyMatch(link -> link.endsWith(fileName(guide))))
                        .as(path + " links " + guide)
                        .isTrue();
            }
        });
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** Returns the fragments that lead to the headings of a page. */
    private static List<String> headings(Path page) {
        return Pattern.compile("^#+ (.*)$", Pattern.MULTILINE)
                .matcher(ReadmeExample.page(page.toString()))
                .results()
                .map(match -> match.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void everyCommandNamesAnExecutionOfThisModule() throws IOException {
        List<String> commands = Pattern.compile("-pl pinot-adapter -am test-compile exec:java@(\\S+)")
                .matcher(String.join("", ReadmeExample.pages().values()) + Files.readString(Path.of("../README.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(commands).containsOnly("pinot-schema", "quickstart");
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(commands).allSatisfy(id -> assertThat(pom).contains("<id>" + id + "</id>"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyExampleInitializesWithoutAWarning(String name) throws IOException {
        Schema schema = ReadmeExample.named(name).schema();
        TableConfig table = ReadmeExample.named(name).table();
        assertThatCode(schema::validate).doesNotThrowAnyException();
        RecordingLogger log = new RecordingLogger();

        Map<String, String> stream =
                IngestionConfigUtils.getStreamConfigMaps(table).get(0);
        new DynamoDbMessageDecoder(log.logger)
                .init(schema.getColumnNames(), new StreamConfig(name + "_REALTIME", stream), table, schema);

        assertThat(log.warnings()).isEmpty();
        assertThat(log.lines).noneMatch(line -> line.contains("trailing zeros"));
        assertThat(schema.getSchemaName()).isEqualTo(name);
    }

    @Test
    void everyPropertyIsInTheTable() {
        List<String> listed = Pattern.compile("^\\| `(dynamodb\\.[^`]*)` \\|", Pattern.MULTILINE)
                .matcher(ReadmeExample.page("docs/properties.md"))
                .results()
                .map(match -> match.group(1))
                .filter(key -> !key.endsWith("…"))
                .toList();

        assertThat(listed)
                .containsAll(DecoderKeys.ALL)
                .hasSize(DecoderKeys.ALL.size() + 2)
                .allSatisfy(key -> assertThatCode(() -> DecoderKeys.check(key)).doesNotThrowAnyException());
    }

    @Test
    void everyMessageToTroubleshootIsInTheSource() throws IOException {
        StringBuilder source = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/github/dynamodbcdc/pinot"))) {
            for (Path file : files.toList()) {
                source.append(Files.readString(file));
            }
        }
        String texts = source.toString().replaceAll("\"\\s*\\+\\s*\"", "");
        List<String> messages = Pattern.compile("^\\| `([^`]*)` \\| [^|]*\\|$", Pattern.MULTILINE)
                .matcher(ReadmeExample.page("docs/troubleshooting.md"))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(messages).hasSizeGreaterThan(20);
        for (String message : messages) {
            // The words between values and names that the source inserts.
            String[] words = message.split("…|[():;]|primaryKeyColumns|dynamodb\\.[A-Za-z.<>]*");
            assertThat(words).allSatisfy(part -> assertThat(texts).contains(part.trim()));
        }
    }
}
