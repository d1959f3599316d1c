package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardVerdictTest {
    private static final Workload FULL = new Workload(Task.FULL, Payload.TYPICAL);
    private static final Workload INDEX = new Workload(Task.INDEX, Payload.TYPICAL);

    private final GuardVerdict verdict = new GuardVerdict(Map.of(FULL, 2.0, INDEX, 4.0));

    @Test
    void aRatioAtItsFloorPasses() {
        add(FULL, 2000, 1000, 5000);
        add(INDEX, 2000, 400, 0);

        assertThat(verdict.failed()).isEmpty();
        assertThat(verdict.markdown(Task::library)).isEqualToNormalizingNewlines("""
                | row | base | ns | library | ns | ratio | floor | B/record | verdict |
                | --- | --- | ---: | --- | ---: | ---: | ---: | ---: | --- |
                | full.typical | JACKSON_TREE | 2,000 | SESSION | 1,000 | 2.00 | 2.00 | 5,000.00 | passed |
                | index.typical | JACKSON_STREAM | 2,000 | SESSION | 400 | 5.00 | 4.00 | 0.00 | passed |
                """);
    }

    @Test
    void aRatioBelowItsFloorFails() {
        add(FULL, 2000, 1001, 0);
        add(INDEX, 2000, 400, 0);

        assertThat(verdict.failed()).containsExactly(FULL);
        assertThat(verdict.markdown(Task::library)).contains("| 2.00 | 2.00 | 0.00 | BELOW THE FLOOR |");
    }

    @Test
    void theBetterRatioOfTwoAttemptsCounts() {
        add(FULL, 2000, 1500, 0);
        add(INDEX, 2000, 300, 0);
        add(FULL, 1000, 400, 0);
        add(INDEX, 2000, 900, 0);

        assertThat(verdict.failed()).isEmpty();
    }

    @Test
    void aRowThatFailsTwiceFails() {
        add(FULL, 2000, 1000, 0);
        add(INDEX, 2000, 800, 0);
        add(INDEX, 2000, 700, 0);

        assertThat(verdict.failed()).containsExactly(INDEX);
    }

    @Test
    void onlyTasksThatMakeObjectsMayAllocate() {
        add(FULL, 3000, 1000, 4000);
        add(INDEX, 5000, 1000, 1);

        assertThat(verdict.failed()).containsExactly(INDEX);
        assertThat(verdict.markdown(Task::library)).contains("| 1.00 | ALLOCATES |");
        assertThat(new Workload(Task.PROJECTION, Payload.SMALL).mustNotAllocate())
                .isTrue();
        assertThat(new Workload(Task.ROW, Payload.SMALL).mustNotAllocate()).isFalse();
    }

    @Test
    void aFractionOfAByteIsNoAllocation() {
        add(FULL, 3000, 1000, 4000);
        add(INDEX, 5000, 1000, 0.99);

        assertThat(verdict.failed()).isEmpty();
    }

    @Test
    void theSmallerAllocationOfTwoAttemptsCounts() {
        add(FULL, 3000, 1000, 4000);
        add(INDEX, 5000, 1000, 40);
        add(INDEX, 4500, 1000, 0);

        assertThat(verdict.failed()).isEmpty();
        assertThat(verdict.markdown(Task::library))
                .contains("| 5,000 | SESSION | 1,000 | 5.00 | 4.00 | 0.00 | passed |");
    }

    @Test
    void bothFaultsOfARowAreNamed() {
        add(INDEX, 3000, 1000, 24);

        assertThat(verdict.markdown(Task::library)).contains("| BELOW THE FLOOR, ALLOCATES |");
    }

    @Test
    void aRowThatWasNotMeasuredFails() {
        add(FULL, 3000, 1000, 0);

        assertThat(verdict.failed()).containsExactly(INDEX);
    }

    @Test
    void anUnmeasurableRatioFails() {
        add(FULL, Double.NaN, 1000, 0);
        add(INDEX, 5000, 1000, Double.NaN);

        assertThat(verdict.failed()).containsExactly(FULL, INDEX);
    }

    @Test
    void suggestedFloorsAreAThirdBelowTheRatios() {
        add(FULL, 2000, 1000, 0);
        add(INDEX, 10_000, 1000, 0);

        assertThat(verdict.suggestedFloors()).isEqualToNormalizingNewlines("full.typical=1.30\nindex.typical=6.50\n");
    }

    @Test
    void anAttemptHasTheLeastTimesOfItsIterations() {
        assertThat(GuardVerdict.Measured.of(
                        List.of(new Samples.Sample(9, 800, 1), new Samples.Sample(9, 700, 1)),
                        List.of(
                                new Samples.Sample(9, 300, 2),
                                new Samples.Sample(9, 200, 5),
                                new Samples.Sample(9, 400, 3))))
                .isEqualTo(new GuardVerdict.Measured(700, 200, 3));
    }

    @Test
    void theMedianOfAttemptsIsThatOfTheirRatios() {
        assertThat(GuardVerdict.Measured.median(List.of(
                        new GuardVerdict.Measured(900, 100, 0),
                        new GuardVerdict.Measured(100, 100, 7),
                        new GuardVerdict.Measured(500, 100, 1))))
                .isEqualTo(new GuardVerdict.Measured(500, 100, 7));
    }

    private void add(Workload row, double baseNanos, double nanos, double allocatedBytes) {
        verdict.add(row, new GuardVerdict.Measured(baseNanos, nanos, allocatedBytes));
    }
}
