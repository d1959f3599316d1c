package io.github.dynamodbcdc.pinot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.pinot.spi.data.DateTimeFieldSpec;
import org.apache.pinot.spi.data.DateTimeFieldSpec.TimeFormat;
import org.apache.pinot.spi.data.DateTimeFormatSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;

/**
 * Converts the time of a change to a column: in one unit for all events, whatever unit each event used, and as fine as
 * the column allows. TIMESTAMP counts milliseconds. A format in the schema has its own unit and size, or its own
 * pattern. STRING without a format is ISO-8601 with six fraction digits. A plain number counts
 * {@code dynamodb.timeUnit}.
 */
final class ChangeTime {
    /** 2038-01-01T00:00:00Z, shortly before INT can no longer hold seconds. */
    private static final long SECONDS_OF_2038 = 2_145_916_800L;

    /** 2012-01-18T00:00:00Z, when DynamoDB began: no change is earlier. */
    private static final long SECONDS_OF_DYNAMODB = 1_326_844_800L;

    private static final long START_OF_YEAR_0 = -62_167_219_200L;
    private static final long START_OF_YEAR_1 = -62_135_596_800L;
    private static final long START_OF_YEAR_1000 = -30_610_224_000L;
    private static final long START_OF_YEAR_10000 = 253_402_300_800L;

    /** What a zone can move a time by. */
    private static final long DAY = 86_400;

    /** A double holds microseconds exactly until the year 2255. */
    private static final TimeUnit FINEST_OF_DOUBLE = TimeUnit.MICROSECONDS;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

    private final DataType type;
    /** The unit that the column counts; null for a pattern and for ISO-8601. */
    private final @Nullable TimeUnit unit;

    private final int size;
    /** The number of units in a second; 0 if the unit is longer than a second. */
    private final long perSecond;
    /** The number of nanoseconds in the unit, if it is a second or shorter. */
    private final int nanos;

    private final @Nullable DatePattern pattern;
    private final ColumnPolicy policy;
    /** Whether the unit comes from the decoder's properties rather than from the schema. */
    final boolean isPlain;

    private ChangeTime(
            DataType type,
            @Nullable TimeUnit unit,
            int size,
            @Nullable DatePattern pattern,
            boolean isPlain,
            ColumnPolicy policy) {
        this.type = type;
        this.unit = unit;
        this.size = size;
        TimeUnit counted = unit == null ? TimeUnit.MICROSECONDS : unit;
        perSecond = counted.convert(1, TimeUnit.SECONDS);
        nanos = perSecond == 0 ? 0 : (int) counted.toNanos(1);
        this.pattern = pattern;
        this.isPlain = isPlain;
        this.policy = policy;
    }

    /**
     * Returns the conversion for a column.
     *
     * @param column the column of the schema; null if its type is unknown
     * @param plainUnit the unit of a plain number
     * @param policy handles times that do not fit the column
     * @throws IllegalArgumentException if the column cannot hold the time; the message names a type that can
     */
    static ChangeTime in(String name, @Nullable FieldSpec column, TimeUnit plainUnit, ColumnPolicy policy) {
        if (column == null) {
            return new ChangeTime(DataType.LONG, plainUnit, 1, null, true, policy);
        }
        DataType type = column.getDataType();
        if (!column.isSingleValueField() || !holdsTime(type)) {
            throw unfit(name, type, "use a single-value LONG or TIMESTAMP column");
        }
        ChangeTime time = of(type, column, plainUnit, policy);
        if (type == DataType.INT && !time.fitsInt(SECONDS_OF_2038)) {
            throw unfit(name, type, "it is too small for this unit; use LONG, or seconds");
        }
        if (type == DataType.DOUBLE && time.unit != null && time.unit.compareTo(FINEST_OF_DOUBLE) < 0) {
            throw unfit(name, type, "it cannot distinguish nanoseconds; use LONG");
        }
        return time;
    }

    private static ChangeTime of(DataType type, FieldSpec column, TimeUnit plainUnit, ColumnPolicy policy) {
        if (type == DataType.TIMESTAMP) {
            return new ChangeTime(type, TimeUnit.MILLISECONDS, 1, null, false, policy);
        }
        if (!(column instanceof DateTimeFieldSpec)) {
            boolean text = type == DataType.STRING;
            return new ChangeTime(type, text ? null : plainUnit, 1, null, !text, policy);
        }
        DateTimeFormatSpec format = ((DateTimeFieldSpec) column).getFormatSpec();
        if (format.getTimeFormat() != TimeFormat.SIMPLE_DATE_FORMAT) {
            TimeUnit unit = format.getColumnUnit();
            if (unit == null) {
                throw unfit(
                        column.getName(), type, "Pinot supports no EPOCH unit of weeks or longer; use DAYS or shorter");
            }
            return new ChangeTime(type, unit, format.getColumnSize(), null, false, policy);
        }
        if (format.getSDFPattern() == null && type == DataType.STRING) {
            return new ChangeTime(type, null, 1, null, false, policy);
        }
        DatePattern pattern = new DatePattern(((DateTimeFieldSpec) column).getFormat());
        if (type != DataType.STRING && !pattern.isNumeric()) {
            throw unfit(column.getName(), type, "its format does not produce numbers of at most 18 digits; use STRING");
        }
        return new ChangeTime(type, null, 1, pattern, false, policy);
    }

    private static boolean holdsTime(DataType type) {
        switch (type) {
            case INT:
            case LONG:
            case DOUBLE:
            case BIG_DECIMAL:
            case TIMESTAMP:
            case STRING:
                return true;
            default:
                return false;
        }
    }

    private static IllegalArgumentException unfit(String name, DataType type, String advice) {
        return new IllegalArgumentException(
                "column " + Quoted.of(name) + " of type " + type + " cannot hold the time of a change: " + advice);
    }

    private boolean fitsInt(long epochSecond) {
        long number = pattern != null ? Long.parseLong(pattern.format(epochSecond, 0)) : count(epochSecond, 0);
        return number == (int) number;
    }

    /** Returns whether the column shows more of a time than its microseconds. */
    boolean countsNanos() {
        return unit == TimeUnit.NANOSECONDS || pattern != null;
    }

    /** Returns the column value of a time that is given in microseconds, as {@link #value} does. */
    @Nullable
    Object ofMicros(long micros) {
        long second = Math.floorDiv(micros, MICROS_PER_SECOND);
        return value(second, (int) (micros - second * MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    /**
     * Returns the column value of a time. The column's policy decides about a time that does not fit.
     *
     * @throws RowException if the column's policy refuses the time
     */
    @Nullable
    Object value(long epochSecond, int nano) {
        if (policy.exact && unit == null && !hasYearOfFourDigits(epochSecond)) {
            return policy.mismatch("has no value for the time of this change, whose year has not four digits");
        }
        if (type == DataType.STRING && pattern == null && unit == null) {
            return IsoText.ofMicros(epochSecond, nano);
        }
        if (type == DataType.STRING && pattern != null) {
            return pattern.format(epochSecond, nano);
        }
        long number;
        try {
            number = pattern != null ? Long.parseLong(pattern.format(epochSecond, nano)) : count(epochSecond, nano);
        } catch (ArithmeticException | NumberFormatException beyondLong) {
            return large(epochSecond, nano);
        }
        switch (type) {
            case INT:
                return number == (int) number ? (Object) (int) number : policy.overflow(endOfRange(number < 0));
            case DOUBLE:
                return (double) number;
            case BIG_DECIMAL:
                return BigDecimal.valueOf(number);
            case STRING:
                return Long.toString(number);
            default:
                return number;
        }
    }

    /** Other years would not be in the format, or would sort before earlier ones. A number has no zeros before them. */
    private boolean hasYearOfFourDigits(long epochSecond) {
        if (pattern == null) {
            return epochSecond >= START_OF_YEAR_0 && epochSecond < START_OF_YEAR_10000;
        }
        long start = type == DataType.STRING ? START_OF_YEAR_1 : START_OF_YEAR_1000;
        return epochSecond >= start + DAY && epochSecond < START_OF_YEAR_10000 - DAY;
    }

    /** Returns the column value of a time whose number a long may not hold. */
    private @Nullable Object large(long epochSecond, int nano) {
        BigDecimal number;
        try {
            number = pattern != null
                    ? new BigDecimal(pattern.format(epochSecond, nano))
                    : BigDecimal.valueOf(epochSecond)
                            .multiply(BigDecimal.valueOf(perSecond))
                            .add(BigDecimal.valueOf(nano / nanos))
                            .divide(BigDecimal.valueOf(size), 0, RoundingMode.FLOOR);
        } catch (NumberFormatException noNumber) { // without its message, which has the text
            return policy.mismatch("has no number for this time, by its SIMPLE_DATE_FORMAT");
        }
        switch (type) {
            case DOUBLE:
                return number.doubleValue();
            case BIG_DECIMAL:
                return number;
            case STRING: // Pinot parses a long, and texts of another length sort before or after all others
                return policy.exact && !NumberGrammar.fitsLong(number) ? policy.overflow(number) : number.toString();
            default:
                boolean fits = type != DataType.INT && NumberGrammar.fitsLong(number);
                return fits ? (Object) number.longValue() : policy.overflow(endOfRange(number.signum() < 0));
        }
    }

    private Object endOfRange(boolean least) {
        if (type == DataType.INT) {
            return least ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        }
        return least ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** @throws ArithmeticException if the number may not fit a long */
    private long count(long epochSecond, int nano) {
        if (unit != null && perSecond == 0) {
            return Math.floorDiv(Math.floorDiv(epochSecond, unit.toSeconds(1)), size);
        }
        long number = Math.addExact(Math.multiplyExact(epochSecond, perSecond), nano / nanos);
        return size == 1 ? number : Math.floorDiv(number, size);
    }

    /** Returns the greatest length of a time of the years around now in a STRING column; 0 for any other type. */
    int textLength() {
        if (type != DataType.STRING) {
            return 0;
        }
        return pattern != null ? pattern.greatestLength(SECONDS_OF_2038) : length(SECONDS_OF_2038);
    }

    /** Returns whether two changes that are a microsecond or more apart can have the same value. */
    boolean isCoarserThanMicros() {
        if (pattern != null) {
            return pattern.isCoarserThanMicros();
        }
        return unit != null
                && (unit.compareTo(TimeUnit.MICROSECONDS) > 0 || (unit == TimeUnit.MICROSECONDS && size > 1));
    }

    /** Returns whether later changes have larger values, or values that sort later. */
    boolean isOrdered() {
        if (pattern != null) {
            return pattern.isOrdered(type != DataType.STRING);
        }
        return type != DataType.STRING || unit == null || length(SECONDS_OF_DYNAMODB) == length(SECONDS_OF_2038);
    }

    private int length(long epochSecond) {
        return String.valueOf(value(epochSecond, 0)).length();
    }

    /**
     * Returns whether the column sorts a time before all changes, if it is before them. Texts of numbers sort by their
     * first digits, and years of two digits begin again in 2000.
     */
    boolean isBeforeChanges(Instant time) {
        if (time.getEpochSecond() >= SECONDS_OF_DYNAMODB) {
            return true; // an ordered column has texts of one length since then
        }
        try {
            return compare(value(time.getEpochSecond(), time.getNano()), value(SECONDS_OF_DYNAMODB, 0)) <= 0;
        } catch (RowException doesNotFit) {
            return false;
        }
    }

    /** Compares two values of the column, which are of one class. */
    @SuppressWarnings("unchecked")
    private static int compare(@Nullable Object left, @Nullable Object right) {
        return left == null || right == null ? 0 : ((Comparable<Object>) left).compareTo(right);
    }

    /** Returns whether the column counts a unit of time, rather than showing a date and time by a pattern. */
    boolean countsUnits() {
        return unit != null;
    }

    /** Returns a difference between two values of the column in seconds; NaN if the column counts no unit. */
    double seconds(double difference) {
        return unit == null ? Double.NaN : difference * size * unit.toNanos(1) / TimeUnit.SECONDS.toNanos(1);
    }

    /** Returns what the column counts, such as {@code MICROSECONDS} or {@code times 10 SECONDS}. */
    String unitText() {
        return (size == 1 ? "" : "times " + size + " ") + unit;
    }

    @Override
    public String toString() {
        if (unit != null) {
            return (size == 1 ? "" : size + " ") + unit + " since 1970";
        }
        return pattern == null ? "ISO-8601" : "its SIMPLE_DATE_FORMAT";
    }
}
