package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/** The ordinals that the names of one table have in a prepared set, looked up once each. */
final class NameOrdinals {
    final AttributeNames names;
    final @Nullable KnownName[] table;
    /** 0 where it was not looked up, else the ordinal plus two. */
    private final int[] byId;

    NameOrdinals(AttributeNames names, @Nullable KnownName[] table) {
        this.names = names;
        this.table = table;
        byId = new int[table.length];
    }

    int of(int id) {
        int ordinal = byId[id] - 2;
        if (ordinal == -2) {
            KnownName name = table[id];
            ordinal = name == null ? -1 : names.ordinal(name.text);
            byId[id] = ordinal + 2;
        }
        return ordinal;
    }
}
