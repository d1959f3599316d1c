package io.github.dynamodbcdc.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Converts the new image of a record to plain JSON text, in each way of {@link ImageConverter}.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="ConvertBenchmark -prof gc"}</pre>
 */
public class ConvertBenchmark extends NewImageBenchmark {
    @Param
    private ImageConverter converter = ImageConverter.MODULE;

    @Param({"TYPICAL", "TSHUF", "SPARSE", "WIDE", "DEEP", "UNICODE"})
    private Payload payload = Payload.TYPICAL;

    @Setup
    public void prepare() throws IOException {
        ImageConverter.Conversion conversion = converter.create();
        prepare(conversion::convert, payload);
    }
}
