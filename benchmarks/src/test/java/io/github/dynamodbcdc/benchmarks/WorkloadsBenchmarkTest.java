package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.ChangeEvent;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

class WorkloadsBenchmarkTest {
    @Test
    void workloadsKeepTheirOrder() {
        assertThat(Workload.ofAll("index.tshuf,full.small"))
                .containsExactly(new Workload(Task.INDEX, Payload.TSHUF), new Workload(Task.FULL, Payload.SMALL));
        assertThatThrownBy(() -> Workload.ofAll("full")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyTaskDoesItsOwnWork() throws Exception {
        RecordSet records = Payload.TYPICAL.records(1);
        TaskReader events = Implementation.DECODE.reader();
        TaskReader rows = Implementation.PINOT_ADAPTER.reader();

        assertThat(events.work(Task.FULL).run(records)).isInstanceOf(EventReader.PlainEvent.class);
        assertThat(events.work(Task.PROJECTION).run(records)).isInstanceOf(ProjectedRow.class);
        assertThat(events.work(Task.INDEX).run(records)).isInstanceOf(ChangeEvent.class);
        assertThat(rows.work(Task.ROW).run(records)).isInstanceOf(GenericRow.class);
        assertThatThrownBy(() -> events.work(Task.ROW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rows.work(Task.FULL)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A run without Guard measures the same implementations and tasks. */
    @Test
    void theAnnotationsHaveWhatTheGuardMeasures() throws ReflectiveOperationException {
        assertThat(Workload.ofAll(parameters("workloads")[0]))
                .extracting(Workload::task)
                .isEqualTo(Task.OF_EVENTS);
        assertThat(Arrays.stream(parameters("implementation")).map(Implementation::valueOf))
                .containsAll(Stream.concat(
                                Task.OF_EVENTS.stream().map(Task::base),
                                Stream.of(GuardOptions.parse().implementation()))
                        .toList());
    }

    private static String[] parameters(String field) throws ReflectiveOperationException {
        Field declared = WorkloadsBenchmark.class.getDeclaredField(field);
        return declared.getAnnotation(Param.class).value();
    }
}
