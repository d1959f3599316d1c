package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatioResultsTest {
    private static final Samples.Case INDEX = new Samples.Case(Task.INDEX, Payload.SMALL, Implementation.SESSION);
    private static final Samples.Case FULL = new Samples.Case(Task.FULL, Payload.WIDE, Implementation.FASTJSON2);

    @TempDir
    private Path folder;

    @Test
    void aFileHasTheMediansOfTheForks() throws IOException {
        Samples samples = new Samples();
        samples.add(INDEX, new Samples.Sample(500, 400, 0));
        samples.add(FULL, new Samples.Sample(3000, 2000, 640.5));
        samples.add(FULL, new Samples.Sample(4000, 3000, 640.5));
        Path file = folder.resolve("new/results.tsv");
        new RatioResults(Map.of("JDK", "17: a build"), samples).write(file);

        assertThat(file).content().isEqualToNormalizingNewlines("""
                # JDK: 17: a build
                task\tpayload\timplementation\tthread_ns\twall_ns\tbytes\tforks
                FULL\tWIDE\tFASTJSON2\t2500.0\t3500.0\t640.5\t2
                INDEX\tSMALL\tSESSION\t400.0\t500.0\t0.0\t1
                """);
        RatioResults read = RatioResults.read(file);
        assertThat(read.notes()).containsExactly(Map.entry("JDK", "17: a build"));
        assertThat(read.samples().cases()).containsExactly(FULL, INDEX);
        assertThat(read.samples().median(FULL, Samples.Sample::threadNanos)).isEqualTo(2500);
        assertThat(read.samples().median(FULL, Samples.Sample::wallNanos)).isEqualTo(3500);
        assertThat(read.samples().median(FULL, Samples.Sample::allocatedBytes)).isEqualTo(640.5);
    }

    @Test
    void aMalformedLineIsRefused() throws IOException {
        Path file = folder.resolve("results.tsv");
        Files.writeString(file, "FULL\tWIDE\tFASTJSON3\t1\t1\t1\t1\n");

        assertThatThrownBy(() -> RatioResults.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("malformed line: FULL\tWIDE\tFASTJSON3");
    }
}
