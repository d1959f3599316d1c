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
    private final String column;
    private final int maxLength;
    /** Advice with the maxLength that keys need; empty for other columns, and if this column has it. */
    private final String hint;

    private final boolean endsAtNul;

    private LengthCheck(String name, DataType type, int maxLength, boolean isKey) {
        column = "column " + Quoted.of(name) + " of type " + type;
        this.maxLength = maxLength;
        endsAtNul = type == DataType.STRING;
        hint = isKey && type != DataType.JSON ? hint(maxLength, endsAtNul) : "";
    }

    /** Returns advice for a key, of at most 2048 bytes, for which base64 needs 2732 characters. */
    private static String hint(int maxLength, boolean isText) {
        String forB = isText && maxLength < 2732 ? "2732 for a key of type B" : "";
        if (maxLength < 2048) {
            return ", such as 2048 for a key" + (forB.isEmpty() ? "" : ", or " + forB);
        }
        return forB.isEmpty() ? "" : ", such as " + forB;
    }

    /**
     * Returns the check for a column; null if Pinot stores each of its values whole.
     *
     * @param isKey whether the column is one of the primary key
     */
    static @Nullable LengthCheck of(FieldSpec column, boolean isKey) {
        DataType type = column.getDataType();
        int maxLength = TableFacts.maxLength(column);
        return type == DataType.STRING || maxLength < Integer.MAX_VALUE
                ? new LengthCheck(column.getName(), type, maxLength, isKey)
                : null;
    }

    /**
     * Refuses a column in which the time of each change would be too long.
     *
     * @throws IllegalArgumentException if the column does not hold texts of this length
     */
    void requireTime(int length) {
        if (length > maxLength) {
            throw new IllegalArgumentException(column + " cannot hold the time of a change: its maxLength is "
                    + maxLength + ", and the text of a time has up to " + length + " characters; set maxLength to "
                    + length + " or more");
        }
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
                throw failed("Pinot cuts it at U+0000; a BYTES column in a new table holds it");
            }
        } else if (value instanceof byte[]) {
            checkLength(((byte[]) value).length);
        }
        return value;
    }

    private void checkLength(int length) {
        if (length > maxLength) {
            throw failed(
                    "it is longer than maxLength, which is " + maxLength + "; set a larger one in the schema" + hint);
        }
    }

    private RowException failed(String why) {
        return new RowException(column + " does not hold this value whole: " + why);
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
