package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalingTableTest {
    private final ScalingTable table = new ScalingTable();

    @Test
    void figuresAreMediansOfTheRounds() {
        double kilobyte = ScalingInput.KILOBYTE.records().meanBytes();
        double large = ScalingInput.THREE_HUNDRED_KILOBYTES.records().meanBytes();
        double names = ScalingInput.MANY_NAMES.records().meanBytes();
        for (double forty : new double[] {1400, 1250, 9000}) {
            table.add(
                    Task.FULL,
                    Implementation.SESSION,
                    Map.of(
                            ScalingInput.ONE_TABLE, 1000.0,
                            ScalingInput.FORTY_TABLES, forty,
                            ScalingInput.KILOBYTE, 2 * kilobyte,
                            ScalingInput.THREE_HUNDRED_KILOBYTES, 1.5 * large,
                            ScalingInput.MANY_NAMES, 7 * names));
        }
        table.addThreads(Task.FULL, Implementation.SESSION, 1.5);
        table.addThreads(Task.FULL, Implementation.JACKSON_TREE, 1.7);

        assertThat(table.markdown()).isEqualToNormalizingNewlines("""
                | figure | task | SESSION | JACKSON_TREE | target |
                | --- | --- | ---: | ---: | --- |
                | time per record: forty tables / one table | full | 1.40 ✗ | NaN | at most 1.3 |
                | time per byte: 300 KB / 1 KB | full | 0.75 | NaN | at most 1 |
                | ns per byte: 75,000 names | full | 7.00 | NaN |  |
                | records per second: two threads / one | full | 1.50 ✗ | 1.70 | 1.6 where the peer reaches it |
                """);
    }

    @Test
    void threadsHaveNoTargetWhereThePeerMissesIt() {
        assertThat(ScalingTable.Figure.TWO_THREADS.isReached(1.5, 1.55)).isTrue();
        assertThat(ScalingTable.Figure.TWO_THREADS.isReached(1.5, 1.6)).isFalse();
        assertThat(ScalingTable.Figure.TWO_THREADS.isReached(1.6, 1.9)).isTrue();
    }
}
