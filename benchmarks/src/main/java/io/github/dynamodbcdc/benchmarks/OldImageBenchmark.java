package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.StreamViewType;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Measures the cost of an unused OldImage: rows of NewImage's columns from records with and without it. Compare the
 * difference with that of sessions that omit it ({@link #index}) and keep it ({@link #indexOfBoth}): skipping an image
 * makes the same checks as reading it. {@link DecodeBenchmark} describes the settings.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="OldImageBenchmark -bm avgt -tu ns"}</pre>
 */
public class OldImageBenchmark extends PollutedBenchmark {
    /** The decoder properties of a table whose rows take nothing from OldImage, not even on REMOVE. */
    static final Map<String, String> UNFILLED = Map.of("dynamodb.fillFromOldImage", "false");

    @Param({"TYPICAL", "TSHUF", "TSHUF2", "WIDE", "LARGE"})
    private Payload payload = Payload.TYPICAL;

    /** Whether the records contain an OldImage. */
    @Param({"true", "false"})
    private boolean oldImage = true;

    private final RowReader unfilled = new PinotAdapterReader(UNFILLED);
    private final RowReader filled = new PinotAdapterReader(Map.of());
    private final EventReader newImages = sessionWith(StreamViewType.NEW_IMAGE);
    private final EventReader bothImages = sessionWith(StreamViewType.NEW_AND_OLD_IMAGES);

    private static EventReader sessionWith(StreamViewType images) {
        return new CdcReader.OfSession(
                ChangeEventDecoder.builder().images(images).build());
    }

    @Setup
    public void prepare() throws Exception {
        prepare(
                oldImage ? payload.records() : payload.recordsWithoutOldImage(),
                List.of(
                        records -> records.row(unfilled),
                        records -> records.row(filled),
                        records -> records.index(newImages),
                        records -> records.index(bothImages)));
    }

    /** Makes a row of a table that takes nothing from OldImage. */
    @Benchmark
    public Object row(Volume volume) throws Exception {
        return next(volume).row(unfilled);
    }

    /** Makes a row of a table that takes the missing values of a REMOVE from OldImage, the default. */
    @Benchmark
    public Object rowFilledOnRemove(Volume volume) throws Exception {
        return next(volume).row(filled);
    }

    /** Decodes in a session that omits OldImage. */
    @Benchmark
    public Object index(Volume volume) throws Exception {
        return next(volume).index(newImages);
    }

    /** Decodes in a session that keeps both images. */
    @Benchmark
    public Object indexOfBoth(Volume volume) throws Exception {
        return next(volume).index(bothImages);
    }
}
