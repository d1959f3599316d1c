package io.github.dynamodbcdc.benchmarks;

/** What one fork measured, per record: medians of its iterations. */
record Sample(double wallNanos, double threadNanos, double allocatedBytes) {}
