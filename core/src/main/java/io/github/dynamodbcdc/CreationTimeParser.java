package io.github.dynamodbcdc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Parses the text of ApproximateCreationDateTime, or of an export's WriteTimestampMicros, into an instant, by the rules
 * in {@link CreationTime}. It computes with the decimal digits in longs, and never with double: the place of a digit
 * determines whether it counts as seconds or nanoseconds.
 */
final class CreationTimeParser {
    private static final int MAX_DIGITS = 40;
    private static final int MAX_EXPONENT_DIGITS = 3;

    /** The limit of a text in bytes: much longer than 40 digits, or any ISO-8601 text. */
    private static final int MAX_LENGTH = 1024;

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private static final int[] NANO_DIGITS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private static final long FIRST_PLAUSIBLE =
            Instant.parse("1973-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_PLAUSIBLE =
            Instant.parse("5138-12-31T23:59:59Z").getEpochSecond();

    /** The largest number of seconds, positive or negative, whose microseconds certainly fit a long. */
    private static final long SAFE_SECOND = Long.MAX_VALUE / 1_000_000 - 1;

    /** More seconds than the microseconds in a long; another digit can still be added without overflow. */
    private static final long TOO_MANY_SECONDS = Long.MAX_VALUE / 100;

    private static final int NO_NUMBER = Integer.MIN_VALUE;

    /** The form in which a time is written, which determines its grammar. */
    enum Form {
        /** A JSON number. */
        NUMBER,
        /** A JSON string: ISO-8601, or the text of a JSON number. */
        TEXT,
        /** The text of N: a JSON number that may also have a leading {@code +} and leading zeros. */
        N
    }

    private CreationTimeParser() {}

    /**
     * Parses a time into {@code time}.
     *
     * @param stated the unit that the record states; null for none
     * @param override the unit that the caller states, regardless of the record; null for none
     * @param utc whether ISO-8601 without an offset is accepted, as UTC
     * @return false if the text is not a time, or its {@code epochMicros()} does not fit a long
     */
    static boolean parse(
            byte[] data,
            int base,
            long span,
            Form form,
            @Nullable TimePrecision stated,
            @Nullable TimePrecision override,
            boolean utc,
            CreationTime.Fields time) {
        byte[] text = data;
        int from = base + Span.start(span);
        int to = from + Span.length(span);
        if (shortInteger(text, from, to, stated, override, time)) {
            return true;
        }
        int length = JsonText.utf8Length(text, base, span);
        if (length > MAX_LENGTH) {
            return false;
        }
        if (Span.isEscaped(span)) {
            text = time.scratch(length);
            JsonText.unescape(data, from, to - from, text, 0);
            from = 0;
            to = length;
        }
        if (form == Form.N && to - from > 1 && text[from] == '+' && JsonScanner.isDigit(text[from + 1])) {
            from++;
        }
        int place = firstPlace(text, from, to, form == Form.N);
        return place != NO_NUMBER
                ? number(text, from, to, place, stated, override, time)
                : form == Form.TEXT && iso(text, from, to, time, utc);
    }

    /** Parses an integer of up to 18 digits, the usual form. Returns false if it is another form, or might not fit. */
    private static boolean shortInteger(
            byte[] data,
            int p,
            int end,
            @Nullable TimePrecision stated,
            @Nullable TimePrecision override,
            CreationTime.Fields time) {
        boolean negative = p < end && data[p] == '-';
        if (negative) {
            p++;
        }
        // The text of N may have leading zeros, and a JSON number may not: the general path decides.
        long value = end - p > 1 && data[p] == '0' ? -1 : NumberConversion.shortInteger(data, p, end);
        if (value < 0) {
            return false;
        }
        TimePrecision inferred = TimePrecision.ofMagnitude(value);
        value = negative ? -value : value;
        TimePrecision unit = override != null ? override : stated != null ? stated : inferred;
        if (override == null && !isPlausible(value, unit) && isPlausible(value, inferred)) {
            unit = inferred;
        }
        long second = unit.seconds(value);
        if (second > SAFE_SECOND || second < -SAFE_SECOND) {
            return false;
        }
        time.epochSecond = second;
        time.nano = (int) (value - second * unit.perSecond()) * unit.nanos();
        time.unit = unit;
        time.precision = unit;
        time.stated = override != null || unit == stated;
        return true;
    }

    private static boolean isPlausible(long value, TimePrecision unit) {
        return isPlausible(unit.seconds(value));
    }

    private static boolean isPlausible(long second) {
        return second >= FIRST_PLAUSIBLE && second <= LAST_PLAUSIBLE;
    }

    // ------------------------------------------------------------------------------------------- any number

    /**
     * Returns the power of ten of a number's first digit; {@link #NO_NUMBER} if the text is not a number within the
     * limits.
     */
    private static int firstPlace(byte[] text, int from, int to, boolean mayHaveLeadingZeros) {
        int p = from < to && text[from] == '-' ? from + 1 : from;
        int whole = digitsEnd(text, p, to);
        if (whole == p || (text[p] == '0' && whole - p > 1 && !mayHaveLeadingZeros)) {
            return NO_NUMBER;
        }
        int place = whole - p - 1;
        while (p < whole - 1 && text[p] == '0') {
            p++;
        }
        int digits = whole - p;
        p = whole;
        if (p < to && text[p] == '.') {
            p = digitsEnd(text, whole + 1, to);
            digits += p - whole - 1;
            if (p == whole + 1) {
                return NO_NUMBER;
            }
        }
        if (p < to && (text[p] | 0x20) == 'e') {
            int exponent = exponent(text, p + 1, to);
            return exponent == NO_NUMBER || digits > MAX_DIGITS ? NO_NUMBER : place + exponent;
        }
        return p < to || digits > MAX_DIGITS ? NO_NUMBER : place;
    }

    private static int exponent(byte[] text, int p, int to) {
        boolean negative = p < to && text[p] == '-';
        if (p < to && (negative || text[p] == '+')) {
            p++;
        }
        int from = p;
        while (p < to && text[p] == '0') {
            p++;
        }
        if (to == from || to - p > MAX_EXPONENT_DIGITS || digitsEnd(text, p, to) != to) {
            return NO_NUMBER;
        }
        int exponent = 0;
        for (; p < to; p++) {
            exponent = exponent * 10 + (text[p] - '0');
        }
        return negative ? -exponent : exponent;
    }

    private static int digitsEnd(byte[] text, int p, int to) {
        while (p < to && JsonScanner.isDigit(text[p])) {
            p++;
        }
        return p;
    }

    private static boolean number(
            byte[] text,
            int from,
            int to,
            int place,
            @Nullable TimePrecision stated,
            @Nullable TimePrecision override,
            CreationTime.Fields time) {
        TimePrecision inferred = byMagnitude(text, from, to, place);
        TimePrecision unit = override != null ? override : stated != null ? stated : inferred;
        boolean integral = count(text, from, to, place, unit, time);
        if (override == null && unit != inferred && !isPlausible(time.epochSecond)) {
            count(text, from, to, place, inferred, time);
            if (isPlausible(time.epochSecond)) {
                unit = inferred;
            } else {
                count(text, from, to, place, unit, time);
            }
        }
        time.unit = unit;
        time.precision = integral ? unit : TimePrecision.ofFraction(time.nano);
        time.stated = override != null || unit == stated;
        return time.fits();
    }

    private static TimePrecision byMagnitude(byte[] text, int from, int to, int place) {
        for (int p = from; p < to && (text[p] | 0x20) != 'e'; p++) {
            if (JsonScanner.isDigit(text[p])) {
                if (text[p] != '0') {
                    return TimePrecision.ofPlace(place);
                }
                place--;
            }
        }
        return TimePrecision.SECOND;
    }

    /**
     * Converts a number to seconds and nanoseconds, rounded down. A number that is too large becomes at least {@link
     * #TOO_MANY_SECONDS} seconds, positive or negative.
     *
     * @return whether it is a whole number of the unit
     */
    private static boolean count(
            byte[] text, int from, int to, int place, TimePrecision unit, CreationTime.Fields time) {
        long second = 0;
        int nano = 0;
        boolean finer = false;
        boolean integral = true;
        int ofSecond = place - unit.fractionDigits(); // the place of the next digit, as a power of ten of seconds
        for (int p = from; p < to && (text[p] | 0x20) != 'e'; p++) {
            if (!JsonScanner.isDigit(text[p])) {
                continue;
            }
            int digit = text[p] - '0';
            if (ofSecond >= 0) {
                second = second < TOO_MANY_SECONDS ? second * 10 + digit : second;
            } else if (ofSecond >= -NANO_DIGITS.length) {
                nano += digit * NANO_DIGITS[NANO_DIGITS.length + ofSecond];
            } else {
                finer |= digit != 0;
            }
            integral &= digit == 0 || ofSecond >= -unit.fractionDigits();
            ofSecond--;
        }
        for (; ofSecond >= 0 && second != 0 && second < TOO_MANY_SECONDS; ofSecond--) {
            second *= 10;
        }
        int below = nano + (finer ? 1 : 0);
        boolean negative = text[from] == '-';
        boolean borrow = negative && below > 0;
        time.epochSecond = negative ? -second - (borrow ? 1 : 0) : second;
        time.nano = borrow ? NANOS_PER_SECOND - below : nano;
        return integral;
    }

    // --------------------------------------------------------------------------------------------- ISO-8601

    private static boolean iso(byte[] text, int from, int to, CreationTime.Fields time, boolean utc) {
        if (!IsoTime.parse(text, from, to, time, utc)) {
            return false;
        }
        time.unit = null;
        time.precision = TimePrecision.ofFraction(time.nano);
        time.stated = false;
        return time.fits();
    }

    /**
     * Parses the forms of ISO-8601 that {@link CreationTime} names, without creating an object. Not a formatter of
     * java.time: it reads at most nine fraction digits, and also none after the point, and one whose offset is optional
     * does not read {@code +02}.
     */
    static final class IsoTime {
        private static final int SECONDS_OF_DAY = 86_400;

        /** The largest offset of ISO-8601 in java.time, in seconds. */
        private static final int MAX_OFFSET = 18 * 3600;

        private static final int DAYS_OF_400_YEARS = 146_097;
        private static final int DAYS_FROM_MARCH_OF_YEAR_0_TO_1970 = 719_468;

        private static final int YEAR_DIGITS = 4;

        /** As many digits as java.time reads, though the microseconds of years with more than six do not fit a long. */
        private static final int MAX_YEAR_DIGITS = 10;

        private static final int LAST_YEAR = 999_999;

        /** The length of {@code -MM-ddTHH:mm}. */
        private static final int FROM_MONTH_TO_MINUTE = 12;

        private IsoTime() {}

        /**
         * Parses a text into {@code time}, and returns false if it is not an instant.
         *
         * @param utc whether a text without an offset is accepted, as UTC
         */
        static boolean parse(byte[] text, int from, int to, CreationTime.Fields time, boolean utc) {
            int firstDigit = from < to && (text[from] == '+' || text[from] == '-') ? from + 1 : from;
            int p = digitsEnd(text, firstDigit, to);
            int year = year(text, from, firstDigit, p);
            if (year == Integer.MIN_VALUE
                    || to - p < FROM_MONTH_TO_MINUTE
                    || text[p] != '-'
                    || text[p + 3] != '-'
                    || text[p + 9] != ':') {
                return false;
            }
            int month = twoDigits(text, p + 1);
            int day = twoDigits(text, p + 4);
            byte separator = text[p + 6];
            int hour = twoDigits(text, p + 7);
            int minute = twoDigits(text, p + 10);
            if ((separator | 0x20) != 't' && separator != ' ') {
                return false;
            }
            p += FROM_MONTH_TO_MINUTE;
            int second = 0;
            int nano = 0;
            if (p < to && text[p] == ':') {
                if (to - p < 3) {
                    return false;
                }
                second = twoDigits(text, p + 1);
                p += 3;
                if (p < to && text[p] == '.') {
                    int digits = p + 1;
                    p = digitsEnd(text, digits, to);
                    if (p == digits) {
                        return false;
                    }
                    nano = nano(text, digits, p);
                }
            }
            int offset = p == to && utc ? 0 : offset(text, p, to);
            if (offset == Integer.MIN_VALUE || !isDay(year, month, day) || !isTime(hour, minute, second)) {
                return false;
            }
            time.epochSecond =
                    epochDay(year, month, day) * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second - offset;
            time.nano = nano;
            return true;
        }

        /** Returns the year; MIN_VALUE unless it has four digits, or more after a sign, and is within the bounds. */
        private static int year(byte[] text, int from, int firstDigit, int to) {
            int digits = to - firstDigit;
            boolean negative = firstDigit > from && text[from] == '-';
            boolean isForm = digits == YEAR_DIGITS
                    ? firstDigit == from || negative
                    : digits > YEAR_DIGITS && digits <= MAX_YEAR_DIGITS && firstDigit > from;
            long year = 0;
            for (int p = firstDigit; isForm && p < to; p++) {
                year = year * 10 + (text[p] - '0');
            }
            return !isForm || year > LAST_YEAR || (negative && year == 0)
                    ? Integer.MIN_VALUE
                    : (int) (negative ? -year : year);
        }

        /** Returns a fraction of a second in nanoseconds, rounded down: before 1970 too, it follows a whole second. */
        private static int nano(byte[] text, int from, int to) {
            int nano = 0;
            for (int i = 0; i < NANO_DIGITS.length && from + i < to; i++) {
                nano += (text[from + i] - '0') * NANO_DIGITS[NANO_DIGITS.length - 1 - i];
            }
            return nano;
        }

        /** Returns the value of the two digits at {@code p}; negative if one of them is not a digit. */
        private static int twoDigits(byte[] text, int p) {
            return JsonScanner.isDigit(text[p]) && JsonScanner.isDigit(text[p + 1])
                    ? (text[p] - '0') * 10 + (text[p + 1] - '0')
                    : -1;
        }

        /**
         * Returns the offset {@code Z}, {@code ±HH}, {@code ±HH:mm} or {@code ±HH:mm:ss} in seconds; MIN_VALUE for
         * other text.
         */
        private static int offset(byte[] text, int p, int to) {
            int length = to - p;
            if (length == 1 && (text[p] | 0x20) == 'z') {
                return 0;
            }
            if ((length != 3 && length != 6 && length != 9) || (text[p] != '+' && text[p] != '-')) {
                return Integer.MIN_VALUE;
            }
            int hour = twoDigits(text, p + 1);
            int minute = length < 6 ? 0 : text[p + 3] == ':' ? twoDigits(text, p + 4) : -1;
            int second = length < 9 ? 0 : text[p + 6] == ':' ? twoDigits(text, p + 7) : -1;
            int offset = hour * 3600 + minute * 60 + second;
            return !isTime(hour, minute, second) || offset > MAX_OFFSET
                    ? Integer.MIN_VALUE
                    : text[p] == '-' ? -offset : offset;
        }

        private static boolean isTime(int hour, int minute, int second) {
            return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
        }

        private static boolean isDay(int year, int month, int day) {
            if (month < 1 || month > 12 || day < 1) {
                return false;
            }
            boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            int days = month == 2 ? leap ? 29 : 28 : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
            return day <= days;
        }

        /** Returns the days since 1970-01-01. Years begin in March here, so a leap day is last. */
        private static long epochDay(int year, int month, int day) {
            int fromMarch = month > 2 ? month - 3 : month + 9;
            long y = month > 2 ? year : year - 1L;
            long era = Math.floorDiv(y, 400);
            long ofEra = y - era * 400;
            long dayOfYear = (153L * fromMarch + 2) / 5 + day - 1;
            long dayOfEra = ofEra * 365 + ofEra / 4 - ofEra / 100 + dayOfYear;
            return era * DAYS_OF_400_YEARS + dayOfEra - DAYS_FROM_MARCH_OF_YEAR_0_TO_1970;
        }
    }
}
