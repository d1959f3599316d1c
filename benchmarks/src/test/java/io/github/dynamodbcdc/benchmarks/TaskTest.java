package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Param;

class TaskTest {
    /** JMH takes the names from an annotation, in which a new implementation could be missing. */
    @ParameterizedTest
    @EnumSource
    void theBenchmarkOfATaskHasTheDefaultImplementationsThatCanDoIt(Task task) throws ReflectiveOperationException {
        Class<?> benchmark = task == Task.ROW ? RowBenchmark.class : DecodeBenchmark.class;
        Field implementation = benchmark.getDeclaredField("implementation");

        assertThat(implementation.getAnnotation(Param.class).value()).containsExactlyElementsOf(names(task));
        assertThat(names(task)).contains(task.base().name());
    }

    @ParameterizedTest
    @EnumSource
    void thePatternOfATaskMatchesItsBenchmarkOnly(Task task) throws ReflectiveOperationException {
        Class<?> benchmark = task == Task.ROW ? RowBenchmark.class : DecodeBenchmark.class;
        String name = benchmark
                .getMethod(task.method(), PollutedBenchmark.Volume.class)
                .getName();

        assertThat(benchmark.getName() + "." + name).containsPattern(task.pattern());
        assertThat(OldImageBenchmark.class.getName() + "." + name).doesNotContainPattern(task.pattern());
    }

    private static List<String> names(Task task) {
        return Arrays.stream(Implementation.values())
                .filter(Implementation::isDefault)
                .filter(task::isFor)
                .map(Implementation::name)
                .toList();
    }
}
