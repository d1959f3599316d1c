package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.StreamViewType;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What an OldImage costs that nobody wants: rows of NewImage's columns from records with and without it. The difference
 * is to be compared with that of sessions that leave it out ({@link #index}) and that keep it ({@link #indexOfBoth}):
 * passing over an image checks all that reading it does. Settings are those of {@link DecodeBenchmark}.
 *
 * <pre>{@code ./mvnw -q -pl benchmarks -am package -DskipTests -Djmh="OldImageBenchmark -bm avgt -tu ns"}</pre>
 */
public class OldImageBenchmark extends RecordBenchmark {
    /** The decoder's properties for a table whose rows take nothing from OldImage, on REMOVE neither. */
    static final Map<String, String> UNFILLED = Map.of("dynamodb.fillFromOldImage", "false");

    @Param({"TYPICAL", "TSHUF", "TSHUF2", "WIDE", "LARGE"})
    private Payload payload = Payload.TYPICAL;

    /** Whether the records have one. */
    @Param({"true", "false"})
    private boolean oldImage = true;

    private final RowReader unfilled = new PinotAdapterReader(UNFILLED);
    private final RowReader filled = new PinotAdapterReader(Map.of());
    private final EventReader newImages = sessionWith(StreamViewType.NEW_IMAGE);
    private final EventReader bothImages = sessionWith(StreamViewType.NEW_AND_OLD_IMAGES);

    private static EventReader sessionWith(StreamViewType images) {
        return new SessionReader(ChangeEventDecoder.builder().images(images).build());
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

    /** A row of a table that takes nothing from OldImage. */
    @Benchmark
    public Object row(Volume volume) throws Exception {
        return next(volume).row(unfilled);
    }

    /** A row of a table that takes from OldImage what a REMOVE lacks, the default. */
    @Benchmark
    public Object rowFilledOnRemove(Volume volume) throws Exception {
        return next(volume).row(filled);
    }

    /** A session that leaves OldImage out. */
    @Benchmark
    public Object index(Volume volume) throws Exception {
        return next(volume).index(newImages);
    }

    /** A session that keeps both images. */
    @Benchmark
    public Object indexOfBoth(Volume volume) throws Exception {
        return next(volume).index(bothImages);
    }
}
