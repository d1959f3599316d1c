package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import fixture.ReadmeExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** Compares the module's README with the code. */
class ReadmeTest {
    static List<String> names() {
        return ReadmeExample.names();
    }

    @Test
    void everyJsonBlockIsAnExample() {
        assertThat(names()).hasSizeGreaterThan(3);
        assertThat(ReadmeExample.readme().split("```json", -1)).hasSize(1 + 2 * names().size());
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
        assertThat(schema.getSchemaName()).isEqualTo(name);
    }

    @Test
    void everyPropertyIsInTheTable() {
        List<String> listed = Pattern.compile("^\\| `(dynamodb\\.[^`]*)` \\|", Pattern.MULTILINE)
                .matcher(ReadmeExample.readme())
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
                .matcher(ReadmeExample.readme().replaceAll("(?s).*## Troubleshooting", ""))
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
