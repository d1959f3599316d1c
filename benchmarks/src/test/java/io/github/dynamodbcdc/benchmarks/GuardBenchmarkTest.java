package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.ChangeEvent;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

class GuardBenchmarkTest {
    @Test
    void rowsKeepTheirOrder() {
        assertThat(GuardBenchmark.rows("index.tshuf,full.small"))
                .containsExactly(new GuardRow(Task.INDEX, Payload.TSHUF), new GuardRow(Task.FULL, Payload.SMALL));
        assertThatThrownBy(() -> GuardBenchmark.rows("full")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyTaskDoesItsOwnWork() throws Exception {
        RecordSet records = Payload.TYPICAL.records(1);
        EventReader reader = Implementation.DECODE.create();

        assertThat(GuardBenchmark.work(Task.FULL, reader).run(records)).isInstanceOf(EventReader.PlainEvent.class);
        assertThat(GuardBenchmark.work(Task.PROJECTION, reader).run(records)).isInstanceOf(ProjectedRow.class);
        assertThat(GuardBenchmark.work(Task.INDEX, reader).run(records)).isInstanceOf(ChangeEvent.class);
    }

    /** A run without Guard measures the same implementations and tasks. */
    @Test
    void theAnnotationsHaveWhatTheGuardMeasures() throws ReflectiveOperationException {
        assertThat(GuardBenchmark.rows(parameters("rows")[0]))
                .extracting(GuardRow::task)
                .isEqualTo(GuardRow.TASKS);
        assertThat(Arrays.stream(parameters("implementation")).map(Implementation::valueOf))
                .containsAll(Stream.concat(
                                GuardRow.TASKS.stream().map(Task::base),
                                Stream.of(GuardOptions.parse().implementation()))
                        .toList());
    }

    private static String[] parameters(String field) throws ReflectiveOperationException {
        Field declared = GuardBenchmark.class.getDeclaredField(field);
        return declared.getAnnotation(Param.class).value();
    }
}
