package io.github.dynamodbcdc.pinot;

import java.math.BigDecimal;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;

/** True and false as a column holds them: Boolean, {@code "true"} and {@code "false"}, or 1 and 0. */
final class Flags {
    private final Object yes;
    private final Object no;

    private Flags(Object yes, Object no) {
        this.yes = yes;
        this.no = no;
    }

    Object of(boolean value) {
        return value ? yes : no;
    }

    /** For a column, or for one whose type is not known, which is null; null if the column cannot hold them. */
    static @Nullable Flags in(@Nullable FieldSpec column) {
        DataType type = column == null ? DataType.BOOLEAN : column.getDataType();
        if (column != null && !column.isSingleValueField()) {
            return null;
        }
        switch (type) {
            case BOOLEAN:
                return new Flags(true, false);
            case STRING:
                return new Flags("true", "false");
            case INT:
                return new Flags(1, 0);
            case LONG:
                return new Flags(1L, 0L);
            case FLOAT:
                return new Flags(1f, 0f);
            case DOUBLE:
                return new Flags(1d, 0d);
            case BIG_DECIMAL:
                return new Flags(BigDecimal.ONE, BigDecimal.ZERO);
            default:
                return null;
        }
    }
}
