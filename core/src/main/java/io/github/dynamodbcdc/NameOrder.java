package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/** The attribute names of one item in its order: names that many items share, and where each of this one's is among them. */
final class NameOrder {
    final MapNames names;

    /** Null if the order is that of the shared names, as it is in most tables. */
    private final char @Nullable [] positions;

    NameOrder(MapNames names, char @Nullable [] positions) {
        this.names = names;
        this.positions = positions;
    }

    int size() {
        return names.size();
    }

    /** The position among the shared names of the item's attribute {@code i}. */
    int position(int i) {
        return positions == null ? i : positions[i];
    }

    String name(int i) {
        return names.name(position(i));
    }
}
