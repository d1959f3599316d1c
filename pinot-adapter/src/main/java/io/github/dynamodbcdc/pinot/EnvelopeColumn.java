package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.Channel;
import java.math.BigDecimal;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;

/** A column that is filled from the event itself rather than from its attributes. */
final class EnvelopeColumn {
    /** A SequenceNumber has up to 40 digits. */
    private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,40}");

    final String name;
    /** Whether the table compares rows by this column, and it holds the SequenceNumber. */
    final boolean isSequence;

    /** The warning for a REMOVE that proceeds without a value that does not fit; null if such a REMOVE must fail. */
    final @Nullable SampledWarning expendable;

    private final @Nullable LengthCheck length;
    private final @Nullable ChangeTime time;
    private final Function<ChangeEvent, @Nullable Object> value;

    private EnvelopeColumn(
            String name,
            boolean isSequence,
            @Nullable ChangeTime time,
            @Nullable ColumnPolicy policy,
            @Nullable LengthCheck length,
            Function<ChangeEvent, @Nullable Object> value) {
        this.name = name;
        this.isSequence = isSequence;
        this.time = time;
        expendable = policy == null ? null : policy.expendable;
        this.length = length;
        this.value = value;
    }

    /** Returns the column of the time of the change. */
    static EnvelopeColumn time(String name, ChangeTime time, ColumnPolicy policy, @Nullable LengthCheck length) {
        return new EnvelopeColumn(name, false, time, policy, length, event -> null);
    }

    /**
     * Returns the column of whether the event deletes its row.
     *
     * @param column the column of the schema; null if its type is unknown
     * @throws IllegalArgumentException if the column cannot hold the value
     */
    static EnvelopeColumn delete(String name, @Nullable FieldSpec column) {
        Flags flags = Flags.in(column);
        if (flags == null) {
            throw new IllegalArgumentException("column " + Quoted.of(name) + typeOf(column)
                    + " cannot hold true and false: use a single-value BOOLEAN column");
        }
        return new EnvelopeColumn(name, false, null, null, null, event -> flags.of(RowDecoder.isRemove(event)));
    }

    /**
     * Returns the column of any other field.
     *
     * @param column the column of the schema; null if its type is unknown
     * @throws IllegalArgumentException if the column cannot hold the value
     */
    static EnvelopeColumn of(
            EnvelopeField field,
            String name,
            @Nullable FieldSpec column,
            ColumnPolicy policy,
            @Nullable LengthCheck length) {
        return new EnvelopeColumn(name, false, null, policy, length, value(field, name, column, policy));
    }

    private static Function<ChangeEvent, @Nullable Object> value(
            EnvelopeField field, String name, @Nullable FieldSpec column, ColumnPolicy policy) {
        if (field.kind == EnvelopeField.Kind.FLAG) {
            Flags flags = Flags.in(column);
            if (flags == null) {
                throw unfit(name, column);
            }
            return event -> flags.of(Boolean.TRUE.equals(field.of(event)));
        }
        DataType type = column == null ? null : column.getDataType();
        boolean single = column == null || column.isSingleValueField();
        boolean counts = field.kind == EnvelopeField.Kind.COUNT;
        if (single && (type == null || (counts ? type == DataType.LONG : type == DataType.STRING))) {
            return field::of;
        }
        if (single && counts && type == DataType.INT) {
            return event -> intOf(field.of(event), policy);
        }
        if (single && counts && type == DataType.STRING) {
            return event -> textOf(field.of(event));
        }
        if (single && field.kind != EnvelopeField.Kind.TEXT && type == DataType.BIG_DECIMAL) {
            return event -> decimalOf(field.of(event), policy);
        }
        throw unfit(name, column);
    }

    /**
     * Returns the column of the SequenceNumber by which a table compares rows. On DynamoDB Streams, this number orders
     * the changes of an item. A line of a full export has none, and any change wins over it. A line of an incremental
     * export has none either, and is refused, because it may be newer than the row of its item.
     *
     * @throws IllegalArgumentException if the column cannot hold the value
     */
    static EnvelopeColumn comparedSequence(
            EnvelopeField field,
            String name,
            @Nullable FieldSpec column,
            ColumnPolicy policy,
            @Nullable LengthCheck length) {
        Function<ChangeEvent, @Nullable Object> sequence = value(field, name, column, policy);
        return new EnvelopeColumn(name, true, null, policy, length, event -> {
            Object number = sequence.apply(event);
            if (number == null && !isSnapshot(event)) {
                throw new RowException(
                        event.channel() == Channel.EXPORT
                                ? "a line of an incremental export has no SequenceNumber: load it into a table that"
                                        + " compares by the time of the change"
                                : "the event has no SequenceNumber, by which the table compares rows: only DynamoDB"
                                        + " Streams sends one; for other streams, compare by the time of the change");
            }
            return number;
        });
    }

    /** Returns whether the event is a line of a full export. One of an incremental export has its own time. */
    private static boolean isSnapshot(ChangeEvent event) {
        return event.channel() == Channel.EXPORT && event.approximateCreationDateTime() == null;
    }

    private static IllegalArgumentException unfit(String name, @Nullable FieldSpec column) {
        return new IllegalArgumentException("column " + Quoted.of(name) + typeOf(column)
                + " cannot hold the event's own field of this name: change its type, or if it is an attribute, set "
                + DecoderKeys.ENVELOPE_PREFIX);
    }

    private static String typeOf(@Nullable FieldSpec column) {
        if (column == null) {
            return "";
        }
        return " of type " + (column.isSingleValueField() ? "" : "multi-value ") + column.getDataType();
    }

    private static @Nullable Object intOf(@Nullable Object count, ColumnPolicy policy) {
        if (count == null) {
            return null;
        }
        long number = (long) count;
        int nearest = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
        return number == nearest ? (Object) nearest : policy.overflow(nearest);
    }

    private static @Nullable Object textOf(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable Object decimalOf(@Nullable Object value, ColumnPolicy policy) {
        if (value == null) {
            return null;
        }
        String text = value.toString();
        return value instanceof Long || SEQUENCE.matcher(text).matches()
                ? new BigDecimal(text)
                : policy.mismatch("has no value for a SequenceNumber that is not a number of up to 40 digits");
    }

    /** Returns the conversion of the time; null for any other column. */
    @Nullable
    ChangeTime time() {
        return time;
    }

    /**
     * Returns the value of a column other than the time; null if the event has none, and where the column's policy says
     * so.
     *
     * @throws RowException if the column's policy refuses the value, or the table compares by it and it is absent
     */
    @Nullable
    Object of(ChangeEvent event) {
        return value.apply(event);
    }

    /**
     * Returns a value of this column.
     *
     * @throws RowException if the column needs the whole value, and Pinot would store only a part of it
     */
    @Nullable
    Object checked(@Nullable Object value) {
        return length == null ? value : length.checked(value);
    }

    /** True and false as a column holds them: Boolean, {@code "true"} and {@code "false"}, or 1 and 0. */
    private static final class Flags {
        private final Object yes;
        private final Object no;

        private Flags(Object yes, Object no) {
            this.yes = yes;
            this.no = no;
        }

        Object of(boolean value) {
            return value ? yes : no;
        }

        /** Returns the flags of a column, which is null if its type is unknown; null if the column holds no flags. */
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
}
