package io.github.dynamodbcdc.benchmarks;

import java.util.List;
import java.util.Set;

/**
 * A fictitious table, which generates its items. Every item has the attributes of {@link ProjectedRow}, unless the
 * table omits optional attributes.
 */
interface Table {
    String name();

    /** Returns the names of the key attributes, which every image contains. */
    List<String> key();

    /** Returns the names of the attributes that an update may change; all others are the same in both images. */
    Set<String> updated();

    /** Returns the attributes of a new item. */
    List<JsonAttribute> image(Values values);
}
