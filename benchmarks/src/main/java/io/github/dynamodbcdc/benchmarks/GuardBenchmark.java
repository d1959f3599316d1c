package io.github.dynamodbcdc.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Measures one implementation on several rows in one JVM, for {@link Guard}: each iteration runs the next row, and the
 * first row follows the last. JMH's own score is therefore a mean over unlike work. Use the results of the iterations.
 */
public class GuardBenchmark extends RecordBenchmark {
    @Param({"JACKSON_TREE", "JACKSON_STREAM", "SESSION"})
    private Implementation implementation = Implementation.SESSION;

    /** The keys of the rows, with commas in between. */
    @Param("full.typical,projection.typical,index.typical")
    private String rows = "";

    /** The minimum time for which all payloads and tasks run before the first row is measured. */
    @Param("2500")
    private int pollutionMillis;

    private final List<RecordSet> sets = new ArrayList<>();
    private final List<RecordSet.Work> works = new ArrayList<>();
    private int iterations;

    @SuppressWarnings("NullAway.Init") // JMH calls the set-up methods before anything else.
    private RecordSet records;

    @SuppressWarnings("NullAway.Init")
    private RecordSet.Work work;

    @Setup
    public void prepare() throws Exception {
        EventReader reader = implementation.create();
        for (GuardRow row : rows(rows)) {
            sets.add(row.payload().records());
            works.add(work(row.task(), reader));
        }
        new Pollution(reader.tasks()).run(Duration.ofMillis(pollutionMillis));
    }

    @Setup(Level.Iteration)
    public void nextRow() {
        int row = iterations++ % works.size();
        records = sets.get(row);
        work = works.get(row);
    }

    /** Does the task of the current row on its next record. */
    @Benchmark
    public Object record() throws Exception {
        countRecord();
        records.next();
        return work.run(records);
    }

    /** Returns the rows with these keys, in this order. */
    static List<GuardRow> rows(String keys) {
        return Arrays.stream(keys.split(","))
                .map(key -> GuardRow.of(key).orElseThrow(() -> new IllegalArgumentException("unknown row: " + key)))
                .toList();
    }

    static RecordSet.Work work(Task task, EventReader reader) {
        ProjectedRow row = new ProjectedRow();
        return switch (task) {
            case FULL -> records -> records.full(reader);
            case PROJECTION ->
                records -> {
                    records.project(reader, row);
                    return row;
                };
            case INDEX -> records -> records.index(reader);
            case ROW -> throw new IllegalArgumentException("readers of events make no rows");
        };
    }
}
