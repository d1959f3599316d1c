package io.github.dynamodbcdc.benchmarks;

import java.util.Locale;

/** What is measured. */
enum Task {
    /** From the bytes to plain maps of Keys and both images. */
    FULL(Implementation.JACKSON_TREE, DecodeBenchmark.class),
    /** From the bytes to five attributes of the new image. */
    PROJECTION(Implementation.JACKSON_TREE, DecodeBenchmark.class),
    /** Over all bytes, without taking a value. */
    INDEX(Implementation.JACKSON_STREAM, DecodeBenchmark.class),
    /** From the bytes to a row of Pinot. */
    ROW(Implementation.PINOT_JSON, RowBenchmark.class);

    private final Implementation base;
    private final Class<? extends RecordBenchmark> benchmark;

    Task(Implementation base, Class<? extends RecordBenchmark> benchmark) {
        this.base = base;
        this.benchmark = benchmark;
    }

    /** The implementation that ratios refer to. */
    Implementation base() {
        return base;
    }

    /** Whether the implementation can do it. */
    boolean isFor(Implementation implementation) {
        return implementation.makesRows() == (this == ROW);
    }

    /** The name of the benchmark's method. */
    String method() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A regular expression that only the benchmark of this task matches. */
    String pattern() {
        return "\\b" + benchmark.getSimpleName() + "\\." + method() + "$";
    }
}
