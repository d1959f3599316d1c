package io.github.dynamodbcdc.benchmarks;

/** Which time the ratios compare. */
enum Clock {
    /** The time that passes, garbage collection and whatever else the machine does included. */
    WALL {
        @Override
        double nanos(Sample sample) {
            return sample.wallNanos();
        }
    },
    /** Processor time of the measuring thread. */
    THREAD {
        @Override
        double nanos(Sample sample) {
            return sample.threadNanos();
        }
    };

    abstract double nanos(Sample sample);
}
