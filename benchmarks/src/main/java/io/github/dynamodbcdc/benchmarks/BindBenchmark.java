package io.github.dynamodbcdc.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Binds the new image of a record to an object of a user's class, in each way of {@link OrderBinder}.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="BindBenchmark -prof gc"}</pre>
 */
public class BindBenchmark extends NewImageBenchmark {
    @Param
    private OrderBinder binder = OrderBinder.ITEM_MAPPER;

    @Param({"TYPICAL", "TSHUF", "SPARSE"})
    private Payload payload = Payload.TYPICAL;

    @Setup
    public void prepare() throws IOException {
        OrderBinder.Binding binding = binder.create();
        prepare(binding::bind, payload);
    }
}
