package io.github.dynamodbcdc;

/**
 * Decides when reused memory is released: after each of {@link #RECORDS} records in a row needed at most a quarter of
 * it. Memory for large records is kept if they occur now and then. Memory for a single large record is released.
 */
final class Retention {
    static final int RECORDS = 256;

    private int records;
    private int largest;

    /**
     * Notes how much a record needed, and returns the capacity to keep.
     *
     * @param capacity the current capacity
     * @param needed the capacity that the record needed
     * @param least the capacity that is never released
     * @return the current capacity, or twice the largest need of the latest records
     */
    int keep(int capacity, int needed, int least) {
        if (capacity <= least || needed > capacity / 4) {
            records = 0;
            largest = 0;
            return capacity;
        }
        largest = Math.max(largest, needed);
        if (++records < RECORDS) {
            return capacity;
        }
        int kept = Math.max(least, largest * 2);
        records = 0;
        largest = 0;
        return kept;
    }
}
