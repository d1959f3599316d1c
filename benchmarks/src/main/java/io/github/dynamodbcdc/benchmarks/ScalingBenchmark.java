package io.github.dynamodbcdc.benchmarks;

import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Measures one task of an implementation on several inputs in one JVM, in turn, for {@link Scaling}. */
public class ScalingBenchmark extends InTurnBenchmark {
    /** Enough to compile what only these inputs run. */
    private static final int WARMUPS = 3;

    @Param({"JACKSON_TREE", "SESSION"})
    private Implementation implementation = Implementation.SESSION;

    @Param({"FULL", "INDEX"})
    private Task task = Task.FULL;

    /** The names of the inputs, with commas in between. */
    @Param("ONE_TABLE,FORTY_TABLES")
    private String inputs = "";

    /** Every input has its own reader, which learns from no other input. */
    @Setup
    public void prepare() throws Exception {
        for (ScalingInput input : RatioOptions.constants(ScalingInput.class, inputs)) {
            add(input.records(), implementation.reader().work(task));
        }
        pollute(implementation.reader());
    }

    /** Returns a fork that measures these inputs. */
    static InTurnFork fork(Implementation implementation, Task task, List<ScalingInput> inputs) {
        return new InTurnFork(ScalingBenchmark.class, implementation, Scaling.POLLUTION_MILLIS)
                .param("task", task.name())
                .param("inputs", inputs.stream().map(Enum::name).collect(Collectors.joining(",")))
                .warmups(WARMUPS);
    }
}
