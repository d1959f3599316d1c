package generator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import reference.Json;
import reference.RefTime;

/**
 * Creation times: an instant and its unit, and a spelling that must be read as these.
 *
 * @param time the meaning of the spelling, null for none
 * @param unit the unit that applies, null for none and for ISO-8601
 * @param written the member's value, null when there is no member
 * @param stated the value of the precision member, null when there is none
 */
record Times(
        @Nullable RefTime time,
        @Nullable String unit,
        @Nullable Json written,
        @Nullable String stated) {
    /** Within these years, a time's magnitude is plausible in one unit only. */
    private static final long FIRST_SECOND =
            Instant.parse("1975-01-01T00:00:00Z").getEpochSecond();

    private static final long LAST_SECOND =
            Instant.parse("4900-01-01T00:00:00Z").getEpochSecond();

    static Times absent(Chance chance) {
        return new Times(null, null, null, chance.oneIn(3) ? "MILLISECOND" : null);
    }

    static Times iso(Chance chance) {
        long second = chance.between(FIRST_SECOND, LAST_SECOND);
        String precision = chance.of("SECOND", "MILLISECOND", "MICROSECOND", "NANOSECOND");
        int nano = nanoFor(precision, chance);
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * chance.between(-840, 840));
        String text = OffsetDateTime.ofInstant(Instant.ofEpochSecond(second, nano), offset)
                .toString();
        text = chance.oneIn(4) ? text.replace('T', ' ') : text;
        return new Times(new RefTime(second, nano, precision, false), null, new Json.Str(text), anyPrecision(chance));
    }

    /** Returns a nano-of-second that needs exactly this precision. */
    private static int nanoFor(String precision, Chance chance) {
        return switch (precision) {
            case "SECOND" -> 0;
            case "MILLISECOND" -> chance.between(1, 999) * 1_000_000;
            case "MICROSECOND" -> (chance.between(0, 999) * 1_000 + chance.between(1, 999)) * 1_000;
            default -> chance.between(0, 999_999) * 1_000 + chance.between(1, 999);
        };
    }

    /** Returns an integral number of the unit, in any spelling. */
    static Times number(Chance chance, String unit) {
        long perSecond = perSecond(unit);
        long units = chance.between(FIRST_SECOND, lastSecond(unit)) * perSecond + chance.between(0L, perSecond - 1);
        boolean isNegative = chance.oneIn(12);
        BigDecimal value = BigDecimal.valueOf(isNegative ? -units : units);
        Stated stated = isNegative ? new Stated(null, false) : stated(chance, unit);
        return new Times(time(value, unit, unit, stated.isUsed()), unit, spelled(value, chance), stated.text());
    }

    /** Returns a number of a unit coarser than nanoseconds, with a fraction down to nanoseconds or beyond. */
    static Times fraction(Chance chance, String unit) {
        long perSecond = perSecond(unit);
        BigDecimal units = BigDecimal.valueOf(chance.between(FIRST_SECOND, lastSecond(unit)) * perSecond);
        // The last digit that nanoseconds can hold is not zero, so that the fraction needs nanoseconds.
        int places = String.valueOf(1_000_000_000L / perSecond).length() - 1;
        String digits = Texts.digits(chance, places - 1) + chance.between(1, 9);
        String dropped = chance.oneIn(4) ? Texts.digits(chance, 3) : "";
        BigDecimal value = units.add(new BigDecimal("0." + digits + dropped));
        Stated stated = stated(chance, unit);
        return new Times(time(value, unit, "NANOSECOND", stated.isUsed()), unit, spelled(value, chance), stated.text());
    }

    static Times zero(Chance chance) {
        Json written = spelled(BigDecimal.ZERO, chance);
        return new Times(new RefTime(0, 0, "SECOND", false), "SECOND", written, chance.of("unknown", "second", ""));
    }

    private static long lastSecond(String unit) {
        // Nanoseconds are written only if they fit a long.
        return unit.equals("NANOSECOND") ? Instant.parse("2250-01-01T00:00:00Z").getEpochSecond() : LAST_SECOND;
    }

    private static long perSecond(String unit) {
        return switch (unit) {
            case "SECOND" -> 1;
            case "MILLISECOND" -> 1_000;
            case "MICROSECOND" -> 1_000_000;
            default -> 1_000_000_000;
        };
    }

    private static RefTime time(BigDecimal value, String unit, String precision, boolean stated) {
        BigInteger second = BigInteger.valueOf(1_000_000_000L);
        BigInteger nanos = value.multiply(new BigDecimal(second))
                .divide(BigDecimal.valueOf(perSecond(unit)))
                .setScale(0, RoundingMode.FLOOR)
                .toBigIntegerExact();
        BigInteger nano = nanos.mod(second);
        return new RefTime(
                nanos.subtract(nano).divide(second).longValueExact(), nano.intValueExact(), precision, stated);
    }

    private record Stated(@Nullable String text, boolean isUsed) {}

    private static Stated stated(Chance chance, String unit) {
        String text = anyPrecision(chance);
        return new Stated(text, unit.equals(text));
    }

    private static @Nullable String anyPrecision(Chance chance) {
        return switch (chance.between(0, 3)) {
            case 0 -> null;
            case 1 -> chance.of("", "millisecond", "MICROSECONDS", "µs", "NANO");
            default -> chance.of("SECOND", "MILLISECOND", "MICROSECOND", "NANOSECOND");
        };
    }

    private static Json spelled(BigDecimal value, Chance chance) {
        String text = switch (chance.between(0, 5)) {
            case 0 -> value.scale() > 0 ? value.toPlainString() + "0" : value.toPlainString() + ".0";
            case 1 -> value.scale() > 0 ? value.toPlainString() + "00" : value.toPlainString() + ".000";
            case 2 -> scientific(value, chance);
            default -> value.toPlainString();
        };
        return chance.oneIn(5) ? new Json.Str(text) : new Json.Num(text);
    }

    private static String scientific(BigDecimal value, Chance chance) {
        int exponent = value.precision() - value.scale() - 1;
        String mantissa = value.movePointLeft(exponent).toPlainString();
        return mantissa + chance.of("e", "E") + chance.of("", "+") + exponent;
    }
}
