package io.github.dynamodbcdc.benchmarks;

import java.util.List;
import java.util.Set;

/**
 * A made-up table: what its items look like. Every item has the attributes that are projected ({@link Projection}), if
 * it has any that are optional.
 */
interface Table {
    String name();

    /** The names of the attributes that make up the key; an image has them. */
    List<String> key();

    /** The names of the attributes that an update touches; all others are alike in both images. */
    Set<String> updated();

    /** The attributes of another item. */
    List<Attribute> image(Values values);
}
