package io.github.dynamodbcdc.benchmarks;

/** What a fork measures. */
record Case(Task task, Payload payload, Implementation implementation) {}
