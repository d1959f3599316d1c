package io.github.dynamodbcdc.benchmarks;

/** What is done with the current record of a set. */
interface Work {
    Object run(Records records) throws Exception;
}
