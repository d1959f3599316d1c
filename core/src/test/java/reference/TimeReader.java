package reference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a creation time in exact decimal arithmetic. */
final class TimeReader {
    enum Unit {
        SECOND(1_000_000_000L),
        MILLISECOND(1_000_000L),
        MICROSECOND(1_000L),
        NANOSECOND(1L);

        private final long nanos;

        Unit(long nanos) {
            this.nanos = nanos;
        }

        static @Nullable Unit named(@Nullable String name) {
            for (Unit unit : values()) {
                if (unit.name().equals(name)) {
                    return unit;
                }
            }
            return null;
        }
    }

    /** @param unit the unit that was applied; null for an ISO text */
    record Reading(RefTime time, @Nullable Unit unit) {}

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern SIGN_AND_ZEROS = Pattern.compile("^[+-]?0*(?=[0-9])");
    private static final Pattern EMPTY_FRACTION = Pattern.compile("\\.(?![0-9])");
    private static final Pattern FINER_DIGITS = Pattern.compile("(?<=\\.[0-9]{9})[0-9]+");
    private static final int MAX_DIGITS = 40;
    private static final int MAX_EXPONENT_DIGITS = 3;
    private static final BigInteger NANOS = BigInteger.valueOf(Unit.SECOND.nanos);
    private static final BigInteger FIRST_PLAUSIBLE = startOfYear(1973);
    private static final BigInteger FIRST_IMPLAUSIBLE = startOfYear(5139);

    private TimeReader() {}

    /** @param forced the unit that the caller imposes, or null */
    static Reading read(Json node, @Nullable String stated, @Nullable String forced) {
        if (node instanceof Json.Num number) {
            return number(number.text(), Unit.named(stated), Unit.named(forced));
        }
        if (!(node instanceof Json.Str string)) {
            throw new ReferenceRefusal("WRONG_TYPE", "time");
        }
        if (JSON_NUMBER.matcher(string.text()).matches()) {
            return number(string.text(), Unit.named(stated), Unit.named(forced));
        }
        return iso(string.text());
    }

    /** Parses the text of N: a JSON number that may have a leading plus sign and leading zeros. */
    static Reading attributeNumber(String text, @Nullable Unit stated, @Nullable Unit forced) {
        Matcher sign = SIGN_AND_ZEROS.matcher(text);
        return number(sign.replaceFirst(text.startsWith("-") ? "-" : ""), stated, forced);
    }

    static Reading number(String text, @Nullable Unit stated, @Nullable Unit forced) {
        BigDecimal value = decimal(text);
        Unit byMagnitude = byMagnitude(value);
        Unit unit;
        boolean isStated = false;
        if (forced != null) {
            unit = forced;
            isStated = true;
        } else if (stated == null || (!plausible(value, stated) && plausible(value, byMagnitude))) {
            unit = byMagnitude;
        } else {
            unit = stated;
            isStated = true;
        }
        BigInteger nanos = nanos(value, unit);
        boolean isFraction = value.signum() != 0 && value.stripTrailingZeros().scale() > 0;
        Unit precision = isFraction ? coarsest(nanos) : unit;
        return new Reading(time(nanos, precision, isStated), unit);
    }

    private static Reading iso(String text) {
        try {
            if (EMPTY_FRACTION.matcher(text).find()) { // which java.time reads
                throw new ReferenceRefusal("BAD_TIME", "no digit after the point");
            }
            String nanoseconds = FINER_DIGITS.matcher(text).replaceFirst("");
            OffsetDateTime at = OffsetDateTime.parse(
                    nanoseconds.replaceFirst("^([^ ]*) ([^ ]*)$", "$1T$2"), DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            BigInteger nanos =
                    BigInteger.valueOf(at.toEpochSecond()).multiply(NANOS).add(BigInteger.valueOf(at.getNano()));
            return new Reading(time(nanos, coarsest(nanos), false), null);
        } catch (DateTimeException e) {
            throw new ReferenceRefusal("BAD_TIME", "neither a number nor ISO-8601 with an offset", e);
        }
    }

    private static BigDecimal decimal(String text) {
        String mantissa = text.split("[eE]", -1)[0];
        long digits = mantissa.chars().filter(c -> c >= '0' && c <= '9').count();
        if (!JSON_NUMBER.matcher(text).matches()
                || digits > MAX_DIGITS
                || NumberText.exponentDigits(text) > MAX_EXPONENT_DIGITS) {
            throw new ReferenceRefusal("BAD_TIME", "number");
        }
        return new BigDecimal(text);
    }

    private static Unit byMagnitude(BigDecimal value) {
        BigDecimal integral = value.abs().setScale(0, RoundingMode.DOWN);
        if (integral.compareTo(BigDecimal.TEN.pow(11)) < 0) {
            return Unit.SECOND;
        } else if (integral.compareTo(BigDecimal.TEN.pow(14)) < 0) {
            return Unit.MILLISECOND;
        } else if (integral.compareTo(BigDecimal.TEN.pow(17)) < 0) {
            return Unit.MICROSECOND;
        }
        return Unit.NANOSECOND;
    }

    private static boolean plausible(BigDecimal value, Unit unit) {
        BigInteger nanos = nanos(value, unit);
        return nanos.compareTo(FIRST_PLAUSIBLE) >= 0 && nanos.compareTo(FIRST_IMPLAUSIBLE) < 0;
    }

    private static BigInteger nanos(BigDecimal value, Unit unit) {
        return value.multiply(BigDecimal.valueOf(unit.nanos))
                .setScale(0, RoundingMode.FLOOR)
                .toBigIntegerExact();
    }

    private static Unit coarsest(BigInteger nanos) {
        for (Unit unit : Unit.values()) {
            if (nanos.mod(BigInteger.valueOf(unit.nanos)).signum() == 0) {
                return unit;
            }
        }
        throw new AssertionError("every instant is a number of nanoseconds");
    }

    private static RefTime time(BigInteger nanos, Unit precision, boolean stated) {
        BigInteger nano = nanos.mod(NANOS);
        BigInteger micros = nanos.subtract(nanos.mod(BigInteger.valueOf(1_000))).divide(BigInteger.valueOf(1_000));
        if (micros.bitLength() > 63) {
            throw new ReferenceRefusal("BAD_TIME", "its microseconds don't fit a long");
        }
        long second = nanos.subtract(nano).divide(NANOS).longValueExact();
        return new RefTime(second, nano.intValueExact(), precision.name(), stated);
    }

    private static BigInteger startOfYear(int year) {
        return BigInteger.valueOf(
                        LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toEpochSecond())
                .multiply(NANOS);
    }
}
