package io.github.dynamodbcdc.benchmarks;

import java.util.List;
import java.util.Locale;

/** The operations that are measured. */
public enum Task {
    /** Reads Keys and both images as plain maps. */
    FULL(Implementation.JACKSON_TREE, DecodeBenchmark.class),
    /** Reads five attributes of the new image. */
    PROJECTION(Implementation.JACKSON_TREE, DecodeBenchmark.class),
    /** Passes over all bytes without reading a value. */
    INDEX(Implementation.JACKSON_STREAM, DecodeBenchmark.class),
    /** Makes a Pinot row. */
    ROW(Implementation.PINOT_JSON, RowBenchmark.class);

    /** The tasks of the implementations that read events. */
    static final List<Task> OF_EVENTS = List.of(FULL, PROJECTION, INDEX);

    private final Implementation base;
    private final Class<? extends PollutedBenchmark> benchmark;

    Task(Implementation base, Class<? extends PollutedBenchmark> benchmark) {
        this.base = base;
        this.benchmark = benchmark;
    }

    /** Returns the implementation that is the base of the ratios. */
    Implementation base() {
        return base;
    }

    /** Returns the fastest way of this library to do the task, which has the targets. */
    Implementation library() {
        return this == ROW ? Implementation.PINOT_ADAPTER : Implementation.SESSION;
    }

    /** Returns whether the implementation can do this task. */
    boolean isFor(Implementation implementation) {
        return implementation.makesRows() == (this == ROW);
    }

    /** Returns the name of the benchmark's method. */
    String method() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a regular expression that matches the benchmark of this task only. */
    String pattern() {
        return "\\b" + benchmark.getSimpleName() + "\\." + method() + "$";
    }
}
