package io.github.dynamodbcdc.pinot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValueException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pinot.spi.data.DateTimeFieldSpec;
import org.apache.pinot.spi.data.DateTimeFieldSpec.TimeFormat;
import org.apache.pinot.spi.data.DateTimeFormatSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;

/** Chooses the conversion for a column of the schema, and holds the short ones. */
final class Conversions {
    /**
     * For a column of unknown type: the values that Pinot's own conversions handle best. Never Integer, BigInteger or a
     * primitive array, because those conversions lose rows with them.
     */
    static final Conversion PLAIN = new Plain();

    private Conversions() {}

    /**
     * Returns the conversion for a single value of a column.
     *
     * @param unit the unit of numbers in a TIMESTAMP column; null if their magnitude decides
     * @param length the check of each value; null if there is none
     * @param hasParts whether Pinot takes columns of an attribute's parts from this column's value
     */
    static Conversion single(
            FieldSpec column,
            @Nullable TimeUnit unit,
            ColumnPolicy policy,
            @Nullable LengthCheck length,
            boolean hasParts) {
        Conversion any = ofType(column, unit, policy, hasParts);
        return length == null ? any : length.after(any);
    }

    private static Conversion ofType(FieldSpec column, @Nullable TimeUnit unit, ColumnPolicy policy, boolean hasParts) {
        switch (column.getDataType()) {
            case INT:
                return new IntegerConversion(false, policy);
            case LONG:
                return new IntegerConversion(true, policy);
            case FLOAT:
                return new FloatingConversion(false, policy);
            case DOUBLE:
                return new FloatingConversion(true, policy);
            case BIG_DECIMAL:
                return new ToDecimal(policy);
            case BOOLEAN:
                return new ToBoolean(policy);
            case TIMESTAMP:
                return new TimestampConversion(unit, policy);
            case STRING:
                return new ToText();
            case JSON:
                return new ToJson(false, hasParts);
            case BYTES:
                return new ToBytes(policy);
            case MAP:
                return new ToMap(policy, hasParts);
            default:
                // A type that this adapter does not know: Pinot's own conversion decides.
                return PLAIN;
        }
    }

    /** Returns the conversion for a JSON column whose rows are one if their values are equal. */
    static Conversion jsonKey(@Nullable LengthCheck length) {
        Conversion any = new ToJson(true, false);
        return length == null ? any : length.after(any);
    }

    /** Returns the conversion for an attribute that has no column, and whose parts have columns. */
    static Conversion forParts() {
        return new ForParts();
    }

    /**
     * Returns the conversion for an attribute of whose members Pinot makes rows.
     *
     * @param type of the attribute's column; null if it has none
     * @param row the conversion of a value for one row
     */
    static Conversion unnested(@Nullable DataType type, Conversion row) {
        // A MAP column holds no list.
        return type == DataType.MAP ? row : new Unnested(row, type == DataType.JSON);
    }

    /**
     * Returns the conversion for the table's time column, which refuses values that are not in the column's format.
     * Pinot would store them, and then fail to build the segment.
     */
    static Conversion inFormat(FieldSpec column, Conversion conversion, ColumnPolicy policy) {
        return mayBeOutOfFormat(column)
                ? new InFormat(((DateTimeFieldSpec) column).getFormatSpec(), conversion, policy)
                : conversion;
    }

    /** Returns whether a time column can hold values that are not in its format. */
    static boolean mayBeOutOfFormat(FieldSpec column) {
        DataType type = column.getDataType();
        if (!(column instanceof DateTimeFieldSpec) || type == DataType.TIMESTAMP) {
            return false;
        }
        TimeFormat format = ((DateTimeFieldSpec) column).getFormatSpec().getTimeFormat();
        return format != TimeFormat.EPOCH || (type != DataType.INT && type != DataType.LONG);
    }

    private static String base64(AttributeReader value) {
        return Base64.getEncoder().encodeToString(value.bytesValue());
    }

    private static final class Plain extends Conversion {
        private final NestedValues nested = NestedValues.forAnyColumn();

        @Override
        @Nullable
        Object convert(AttributeReader value, AttributeType type) {
            return nested.of(value);
        }
    }

    /**
     * Any type: what a column of the whole gives Pinot for the parts. Lists are Lists, because Pinot fails for an array
     * that begins with null.
     */
    private static final class ForParts extends Conversion {
        private final NestedValues nested = NestedValues.forJson(true);

        @Override
        @Nullable
        Object convert(AttributeReader value, AttributeType type) {
            return nested.of(value);
        }
    }

    /**
     * Any type but MAP: the members of L and sets as the column holds values, for one row each. Leaves out null,
     * because Pinot would write the whole list to that row, as it does where a member is a Map.
     */
    private static final class Unnested extends Conversion {
        private final Conversion member;
        private final boolean isJson;
        private final NestedValues nested = NestedValues.forJson(true);

        Unnested(Conversion member, boolean isJson) {
            this.member = member;
            this.isJson = isJson;
        }

        @Override
        @Nullable
        Object convert(AttributeReader value, AttributeType type) {
            if (type != AttributeType.L
                    && type != AttributeType.SS
                    && type != AttributeType.NS
                    && type != AttributeType.BS) {
                return member.convert(value, type);
            }
            List<Object> members = new ArrayList<>();
            value.enter();
            try {
                while (value.next()) {
                    Object converted = isJson ? json(value) : member.of(value);
                    if (converted != null) {
                        members.add(converted);
                    }
                }
            } finally {
                value.leave(); // also after a failed member, because the reader may continue without this column
            }
            return members.isEmpty() ? null : members;
        }

        /** Returns a member that becomes the same JSON alone as in the list. Pinot would parse a String alone. */
        @SuppressWarnings("UnnecessaryStringBuilder") // any class but String that Jackson writes as text
        private @Nullable Object json(AttributeReader value) {
            switch (value.type()) {
                case S:
                    String text = value.stringValue();
                    return JsonGrammar.isObjectOrArray(text) ? text : new StringBuilder(text);
                case B:
                    return new StringBuilder(base64(value));
                default:
                    return nested.json(value, JsonGrammar.MAX_NAME);
            }
        }
    }

    private static final class InFormat extends Conversion {
        private final DateTimeFormatSpec format;
        private final Conversion conversion;
        private final ColumnPolicy policy;

        InFormat(DateTimeFormatSpec format, Conversion conversion, ColumnPolicy policy) {
            this.format = format;
            this.conversion = conversion;
            this.policy = policy;
        }

        @Override
        @Nullable
        Object convert(AttributeReader value, AttributeType type) {
            Object time = conversion.convert(value, type);
            try {
                if (time != null && format.getTimeFormat() == TimeFormat.EPOCH) {
                    Long.parseLong(time.toString());
                } else if (time != null) {
                    format.fromFormatToMillis(time.toString());
                }
                return time;
            } catch (IllegalArgumentException | ArithmeticException notInFormat) { // whose messages quote the value
                return policy.mismatch("has no value for this attribute, which is not in its format");
            }
        }
    }

    /** BIG_DECIMAL: the digits and the scale of a number. */
    private static final class ToDecimal extends NumericConversion {
        ToDecimal(ColumnPolicy policy) {
            super(policy);
        }

        @Override
        Object ofNumber(AttributeReader value) {
            return value.decimalValue();
        }

        @Override
        Object ofNumber(String text) {
            return new BigDecimal(text);
        }
    }

    /**
     * BOOLEAN: BOOL unchanged; whether an N is not 0; and the texts that Pinot's own converter knows: {@code true} and
     * {@code false} in any case, {@code 1} and {@code 0}. Any other text is a mismatch, where Pinot would convert it to
     * false.
     */
    private static final class ToBoolean extends Conversion {
        private final ColumnPolicy policy;

        ToBoolean(ColumnPolicy policy) {
            this.policy = policy;
        }

        @Override
        @Nullable
        Object convert(AttributeReader value, AttributeType type) {
            switch (type) {
                case BOOL:
                    return value.booleanValue();
                case N:
                    return isNotZero(value);
                case S:
                    return ofText(value.stringValue());
                default:
                    return policy.mismatch(type);
            }
        }

        /** A number with a fraction is not zero, and an integral one that is not zero has a double that is not. */
        private static boolean isNotZero(AttributeReader value) {
            try {
                return !value.integral() || value.doubleValue() != 0;
            } catch (AttributeValueException infinite) {
                return true;
            }
        }

        private @Nullable Object ofText(String text) {
            if (text.equalsIgnoreCase("true") || text.equals("1")) {
                return true;
            }
            boolean isFalse = text.equalsIgnoreCase("false") || text.equals("0");
            return isFalse ? (Object) false : policy.mismatch(AttributeType.S);
        }
    }

    /** STRING: S unchanged, the text of N, B in base64, and M, L and sets as JSON. Every value has a text. */
    private static final class ToText extends Conversion {
        private final JsonWriter json = new JsonWriter();

        @Override
        @Nullable
        Object convert(AttributeReader value, AttributeType type) {
            switch (type) {
                case S:
                    return value.stringValue();
                case N:
                    return value.numberText();
                case BOOL:
                    return value.booleanValue() ? "true" : "false";
                case B:
                    return base64(value);
                default:
                    return json.write(value);
            }
        }
    }

    /**
     * JSON: M and L, sets as lists, and numbers as objects that Pinot writes without loss. An S that is a JSON object
     * or array stays as it is. Any other S, and the base64 of B, becomes a JSON string, because Pinot parses a String
     * and would turn {@code 123} into a number. So does the JSON of an M or L that Pinot's parser would refuse. In
     * a key, every S becomes a JSON string, because Pinot writes JSON anew: texts of equal JSON would become one key.
     */
    private static final class ToJson extends Conversion {
        private final NestedValues nested;
        private final boolean isKey;

        ToJson(boolean isKey, boolean hasParts) {
            this.isKey = isKey;
            nested = NestedValues.forJson(hasParts);
        }

        @Override
        @Nullable
        Object convert(AttributeReader value, AttributeType type) {
            switch (type) {
                case S:
                    String text = value.stringValue();
                    return !isKey && JsonGrammar.isObjectOrArray(text) ? text : JsonWriter.quoted(text);
                case B:
                    return JsonWriter.quoted(base64(value));
                default:
                    return nested.json(value, JsonGrammar.MAX_NAME);
            }
        }
    }

    /** BYTES: the bytes of B, and the UTF-8 of S. Pinot would read a String here as hexadecimal. */
    private static final class ToBytes extends Conversion {
        private final ColumnPolicy policy;

        ToBytes(ColumnPolicy policy) {
            this.policy = policy;
        }

        @Override
        @Nullable
        Object convert(AttributeReader value, AttributeType type) {
            switch (type) {
                case B:
                    return value.bytesValue();
                case S:
                    return value.stringValue().getBytes(UTF_8);
                default:
                    return policy.mismatch(type);
            }
        }
    }

    /**
     * MAP: M without the members of which Pinot 1.5 could build no segment. It keeps statistics of each name as those
     * of a table with that name, and refuses two underscores in it.
     */
    private static final class ToMap extends Conversion {
        private static final String IN_NO_TABLE = "__";

        private final ColumnPolicy policy;
        private final NestedValues nested;

        ToMap(ColumnPolicy policy, boolean hasParts) {
            this.policy = policy;
            nested = NestedValues.forJson(hasParts);
        }

        @Override
        @Nullable
        Object convert(AttributeReader value, AttributeType type) {
            if (type != AttributeType.M) {
                return policy.mismatch(type);
            }
            Map<String, @Nullable Object> map = nested.map(value);
            if (map.keySet().removeIf(name -> name.contains(IN_NO_TABLE))) {
                policy.unfitNames();
            }
            return map;
        }
    }
}
