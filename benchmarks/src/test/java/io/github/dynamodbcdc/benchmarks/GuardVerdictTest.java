package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardVerdictTest {
    private static final GuardRow FULL = new GuardRow(Task.FULL, Payload.TYPICAL);
    private static final GuardRow INDEX = new GuardRow(Task.INDEX, Payload.TYPICAL);

    private final GuardVerdict verdict = new GuardVerdict(Map.of(FULL, 2.0, INDEX, 4.0));

    @Test
    void aRatioAtItsFloorPasses() {
        add(FULL, 2000, 1000, 5000);
        add(INDEX, 2000, 400, 0);

        assertThat(verdict.failed()).isEmpty();
        assertThat(verdict.markdown(Implementation.SESSION)).isEqualToNormalizingNewlines("""
                | row | base | ns | SESSION, ns | ratio | floor | B/record | verdict |
                | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |
                | full.typical | JACKSON_TREE | 2,000 | 1,000 | 2.00 | 2.00 | 5,000.00 | passed |
                | index.typical | JACKSON_STREAM | 2,000 | 400 | 5.00 | 4.00 | 0.00 | passed |
                """);
    }

    @Test
    void aRatioBelowItsFloorFails() {
        add(FULL, 2000, 1001, 0);
        add(INDEX, 2000, 400, 0);

        assertThat(verdict.failed()).containsExactly(FULL);
        assertThat(verdict.markdown(Implementation.SESSION)).contains("| 2.00 | 2.00 | 0.00 | BELOW THE FLOOR |");
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
    void onlyTheTaskThatMakesMapsMayAllocate() {
        add(FULL, 3000, 1000, 4000);
        add(INDEX, 5000, 1000, 1);

        assertThat(verdict.failed()).containsExactly(INDEX);
        assertThat(verdict.markdown(Implementation.SESSION)).contains("| 1.00 | ALLOCATES |");
        assertThat(new GuardRow(Task.PROJECTION, Payload.SMALL).mustNotAllocate())
                .isTrue();
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
        assertThat(verdict.markdown(Implementation.SESSION))
                .contains("| 5,000 | 1,000 | 5.00 | 4.00 | 0.00 | passed |");
    }

    @Test
    void bothFaultsOfARowAreNamed() {
        add(INDEX, 3000, 1000, 24);

        assertThat(verdict.markdown(Implementation.SESSION)).contains("| BELOW THE FLOOR, ALLOCATES |");
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
    void theMedianOfAttemptsIsThatOfTheirRatios() {
        assertThat(GuardVerdict.Measured.median(List.of(
                        new GuardVerdict.Measured(900, 100, 0),
                        new GuardVerdict.Measured(100, 100, 7),
                        new GuardVerdict.Measured(500, 100, 1))))
                .isEqualTo(new GuardVerdict.Measured(500, 100, 7));
    }

    private void add(GuardRow row, double baseNanos, double nanos, double allocatedBytes) {
        verdict.add(row, new GuardVerdict.Measured(baseNanos, nanos, allocatedBytes));
    }
}
