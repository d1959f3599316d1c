package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.utils.IngestionConfigUtils;
import org.apache.pinot.spi.utils.JsonUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The module's README says what the code does. */
class ReadmeTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- example: (\\S+) (schema|table) -->\\s+```json\\n(.*?)```", Pattern.DOTALL);

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    private static Map<String, String> examples(String kind) throws IOException {
        Map<String, String> examples = new LinkedHashMap<>();
        EXAMPLE.matcher(readme())
                .results()
                .filter(match -> match.group(2).equals(kind))
                .forEach(match -> examples.put(match.group(1), match.group(3)));
        return examples;
    }

    static Stream<String> names() throws IOException {
        return examples("table").keySet().stream();
    }

    @Test
    void everyJsonBlockIsAnExample() throws IOException {
        assertThat(examples("schema").keySet())
                .containsExactlyElementsOf(examples("table").keySet())
                .hasSizeGreaterThan(3);
        assertThat(readme().split("```json", -1))
                .hasSize(1 + 2 * examples("schema").size());
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyExampleInitialisesWithoutAWarning(String name) throws IOException {
        Schema schema = Schema.fromString(examples("schema").getOrDefault(name, ""));
        TableConfig table = JsonUtils.stringToObject(examples("table").getOrDefault(name, ""), TableConfig.class);
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
    void everyPropertyIsInTheTable() throws IOException {
        List<String> listed = Pattern.compile("^\\| `(dynamodb\\.[^`]*)` \\|", Pattern.MULTILINE)
                .matcher(readme())
                .results()
                .map(match -> match.group(1))
                .filter(key -> !key.endsWith("…"))
                .toList();

        assertThat(listed)
                .containsAll(DecoderKeys.ALL)
                .hasSize(DecoderKeys.ALL.size() + 2)
                .allSatisfy(key -> assertThatCode(() -> DecoderKeys.check(key)).doesNotThrowAnyException());
    }
}
