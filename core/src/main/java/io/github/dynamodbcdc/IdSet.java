package io.github.dynamodbcdc;

import java.util.Arrays;

/** The ids of the names in each of the items and maps that are open, a bit each, to find one that stands there twice. */
final class IdSet {
    private long[][] levels = new long[4][];

    /** Empties the set of a level, for ids below {@code bound}. */
    void open(int level, int bound) {
        if (level >= levels.length) {
            levels = Arrays.copyOf(levels, Math.max(levels.length * 2, level + 1));
        }
        int words = (bound >>> 6) + 1;
        long[] ids = levels[level];
        if (ids == null || ids.length < words) {
            levels[level] = new long[words];
        } else {
            Arrays.fill(ids, 0);
        }
    }

    /** Adds an id to the set of a level; false if it was there. */
    boolean add(int level, int id) {
        long[] ids = levels[level];
        long before = ids[id >>> 6];
        long bit = 1L << id;
        ids[id >>> 6] = before | bit;
        return (before & bit) == 0;
    }
}
