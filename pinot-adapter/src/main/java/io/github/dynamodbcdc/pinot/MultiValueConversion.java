package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Converts to a multi-value column: each member of L and sets as a single value; any other value as one member. Null
 * members are left out, because Pinot has none, and so are members that the column's policy makes null. A value without
 * members is null. Not thread-safe.
 */
final class MultiValueConversion extends Conversion {
    /**
     * The number of values that each row of a consuming segment has room for (Pinot's "ForwardIndexType"). Pinot 1.5
     * accepts more where other rows have fewer, and otherwise drops the row.
     */
    static final int MANY = 1000;

    private final Conversion member;
    private final ColumnPolicy policy;
    private final List<Object> members = new ArrayList<>();

    MultiValueConversion(Conversion member, ColumnPolicy policy) {
        this.member = member;
        this.policy = policy;
    }

    @Override
    @Nullable
    Object convert(AttributeReader value, AttributeType type) {
        members.clear();
        if (type == AttributeType.L
                || type == AttributeType.SS
                || type == AttributeType.NS
                || type == AttributeType.BS) {
            value.enter();
            try {
                while (value.next()) {
                    add(value);
                }
            } finally {
                value.leave(); // also after a failed member, because the reader may continue without this column
            }
        } else {
            add(value);
        }
        if (members.size() > MANY) {
            policy.many();
        }
        Object @Nullable [] values = members.isEmpty() ? null : members.toArray();
        members.clear(); // they may be large, and the next row may arrive much later
        return values;
    }

    private void add(AttributeReader value) {
        Object converted = member.of(value);
        if (converted != null) {
            members.add(converted);
        }
    }
}
