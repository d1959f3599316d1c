package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Refuses values that Pinot would not store whole. Pinot ends a STRING at U+0000, and replaces a value beyond the
 * column's maxLength by its beginning or by a default value, without a message. Two items whose keys begin alike would
 * then share a row, and a REMOVE would delete the other item.
 */
final class LengthCheck {
    private final String failure;
    private final int maxLength;
    private final boolean endsAtNul;

    private LengthCheck(String name, DataType type, int maxLength) {
        failure = "column " + Quoted.of(name) + " of type " + type + " does not hold this value whole: ";
        this.maxLength = maxLength;
        endsAtNul = type == DataType.STRING;
    }

    /** Returns the check for a column; null if Pinot stores each of its values whole. */
    static @Nullable LengthCheck of(FieldSpec column) {
        DataType type = column.getDataType();
        int maxLength = TableFacts.maxLength(column);
        return type == DataType.STRING || maxLength < Integer.MAX_VALUE
                ? new LengthCheck(column.getName(), type, maxLength)
                : null;
    }

    /**
     * Returns the value.
     *
     * @throws RowException if Pinot would not store it whole
     */
    @Nullable
    Object checked(@Nullable Object value) {
        if (value instanceof String) {
            String text = (String) value;
            checkLength(text.length());
            if (endsAtNul && text.indexOf('\0') >= 0) {
                throw new RowException(failure + "Pinot cuts it at U+0000; an attribute fits a BYTES or JSON column");
            }
        } else if (value instanceof byte[]) {
            checkLength(((byte[]) value).length);
        }
        return value;
    }

    private void checkLength(int length) {
        if (length > maxLength) {
            throw new RowException(failure + "it is longer than maxLength, which is " + maxLength
                    + "; set a larger one in the schema, such as 2048 for a key");
        }
    }

    /** Returns a conversion that checks what another one returns. */
    Conversion after(Conversion conversion) {
        return new Checked(conversion);
    }

    private final class Checked extends Conversion {
        private final Conversion conversion;

        Checked(Conversion conversion) {
            this.conversion = conversion;
        }

        @Override
        @Nullable
        Object convert(AttributeReader value, AttributeType type) {
            return checked(conversion.convert(value, type));
        }
    }
}
