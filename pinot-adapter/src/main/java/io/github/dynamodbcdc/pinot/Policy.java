package io.github.dynamodbcdc.pinot;

/** The answers that options give to "and what if not?"; each option takes some of them. */
enum Policy {
    /** The row fails: Pinot logs the exception and drops the row. */
    FAIL,
    /** The value becomes null, which is logged now and then. */
    NULL,
    /** The number becomes the nearer end of the column's range, or loses its fraction. */
    SATURATE,
    /** The row is given to Pinot as it is. */
    EMIT,
    /** The event makes no row. */
    SKIP,
    /** The column is left to its transform. */
    LEAVE,
    /** The column keeps the attribute's value, transform or not. */
    KEEP
}
