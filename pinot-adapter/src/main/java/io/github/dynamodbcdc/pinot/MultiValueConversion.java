package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A multi-value column: the members of L and sets, each converted as a single value; any other value is one member.
 * Members that are null are left out, as Pinot has none, and no member at all is null. Not thread-safe.
 */
final class MultiValueConversion extends Conversion {
    /**
     * What each row of a consuming segment has room for (Pinot's "ForwardIndexType"). Pinot 1.5 takes more where other rows
     * have fewer, and drops the row where it cannot.
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
                value.leave(); // also where a member fails: the reader may go on without this column
            }
        } else {
            add(value);
        }
        if (members.size() > MANY) {
            policy.many();
        }
        Object @Nullable [] values = members.isEmpty() ? null : members.toArray();
        members.clear(); // they may be large, and the next row far away
        return values;
    }

    private void add(AttributeReader value) {
        Object converted = member.of(value);
        if (converted != null) {
            members.add(converted);
        }
    }
}
