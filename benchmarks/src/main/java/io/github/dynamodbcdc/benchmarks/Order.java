package io.github.dynamodbcdc.benchmarks;

/** In which order the attributes of Keys and images stand. */
enum Order {
    /** The same in every record. */
    FIXED,
    /** Another one in each record, both images alike. */
    PER_RECORD,
    /** Another one in each image. */
    PER_IMAGE
}
