package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fixtures.HouseRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the lines that Spotless leaves as they are: comments, text blocks and string literals. */
class SourceLinesTest {
    private static final int MAX_LENGTH = 120;

    @ParameterizedTest
    @ValueSource(strings = {"core", "jackson", "pinot-adapter", "benchmarks"})
    void noLineOfJavaIsOver120Characters(String module) throws IOException {
        Path sources = Path.of("..", module, "src");
        assumeTrue(Files.isDirectory(sources), () -> "no module " + module + " beside core");
        List<Path> files = HouseRules.javaFiles(sources);
        assertThat(files).hasSizeGreaterThan(40);
        List<String> tooLong = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file, UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > MAX_LENGTH) {
                    tooLong.add(file + ":" + (i + 1));
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }
}
