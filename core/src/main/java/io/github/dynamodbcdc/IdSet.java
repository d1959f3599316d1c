package io.github.dynamodbcdc;

import java.util.Arrays;

/** The ids of the names in each of the items and maps that are open, a bit each, to find one that stands there twice. */
final class IdSet {
    private long[][] levels = new long[4][];

    /** Empties the set of a level. */
    void open(int level) {
        if (level >= levels.length) {
            levels = Arrays.copyOf(levels, Math.max(levels.length * 2, level + 1));
        }
        long[] ids = levels[level];
        if (ids == null) {
            levels[level] = new long[4];
        } else {
            Arrays.fill(ids, 0);
        }
    }

    /** Adds an id to the set of a level; false if it was there. */
    boolean add(int level, int id) {
        long[] ids = levels[level];
        int word = id >>> 6;
        if (word >= ids.length) {
            ids = Arrays.copyOf(ids, Math.max(ids.length * 2, word + 1));
            levels[level] = ids;
        }
        long before = ids[word];
        long bit = 1L << id;
        ids[word] = before | bit;
        return (before & bit) == 0;
    }
}
