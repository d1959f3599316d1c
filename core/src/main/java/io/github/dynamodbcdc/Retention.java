package io.github.dynamodbcdc;

/**
 * When memory that is used again and again is given back: when each of so many records in a row needed less than a quarter
 * of it. Large records now and then keep their memory, one large record does not.
 */
final class Retention {
    static final int RECORDS = 256;

    private int records;
    private int largest;

    /**
     * Notes what a record needed.
     *
     * @param capacity what there is
     * @param least what is never given back
     * @return what to keep: all, or twice what the largest of the latest records needed
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
