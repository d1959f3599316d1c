package io.github.dynamodbcdc.benchmarks;

import java.util.Locale;

/** What is measured: each is a method of {@link DecodeBenchmark}. */
enum Task {
    /** From the bytes to plain maps of Keys and both images. */
    FULL(Implementation.JACKSON_TREE) {
        @Override
        Object run(EventReader reader, Records records, Projection row) throws Exception {
            return records.full(reader);
        }
    },
    /** From the bytes to five attributes of the new image. */
    PROJECTION(Implementation.JACKSON_TREE) {
        @Override
        Object run(EventReader reader, Records records, Projection row) throws Exception {
            records.project(reader, row);
            return row;
        }
    },
    /** Over all bytes, without taking a value. */
    INDEX(Implementation.JACKSON_STREAM) {
        @Override
        Object run(EventReader reader, Records records, Projection row) throws Exception {
            return records.index(reader);
        }
    };

    private final Implementation base;

    Task(Implementation base) {
        this.base = base;
    }

    /** The implementation that ratios refer to. */
    Implementation base() {
        return base;
    }

    /** The name of the benchmark's method. */
    String method() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Does it once, with the current record. */
    abstract Object run(EventReader reader, Records records, Projection row) throws Exception;
}
