package example;

import io.github.dynamodbcdc.AttributeType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The column of an attribute: the narrowest type that holds every value seen exactly.
 *
 * @param isMultiValue whether the column holds lists and sets
 * @param maxLength how long a text of the column may be; 0 for Pinot's default
 * @param unit the unit of the numbers in a TIMESTAMP column; null if there are none
 * @param why the reason, for people
 */
record ColumnChoice(
        DataType type,
        boolean isMultiValue,
        int maxLength,
        @Nullable TimeUnit unit,
        String why) {
    /** Pinot cuts longer texts of a STRING column. */
    private static final int PINOT_MAX_LENGTH = 512;

    /** DynamoDB's own limit of a key, which must not be cut, because cut keys are equal. */
    private static final int MAX_KEY_LENGTH = 2048;

    /** A row of a multi-value column is sure to have room for that many members. The decoder warns of more. */
    static final int SAFE_MEMBERS = 1000;

    /** The names of times: the last word of created_at, eventTime, mtime, ttl and the like. */
    private static final Pattern TIME_NAME =
            Pattern.compile(".*(time|timestamp|date)|(.*[^a-z])?(at|on|ts|ttl|expiry|expires|expiration|created|updated"
                    + "|modified|deleted|since|until|when)");

    private static final BigDecimal YEAR_2000 = BigDecimal.valueOf(946_684_800L);
    private static final BigDecimal YEAR_2100 = BigDecimal.valueOf(4_102_444_800L);

    static ColumnChoice of(String name, ColumnEvidence seen, boolean isKey) {
        Set<AttributeType> scalars = seen.scalars();
        if (seen.types.containsKey(AttributeType.M)) {
            return json(seen.types.size() > 1 ? "a map among other values" : "a map");
        }
        if (seen.hasLists()) {
            return list(seen, scalars);
        }
        if (scalars.isEmpty()) {
            return text(seen, false, "no value but NULL was seen");
        }
        if (scalars.size() > 1) {
            return text(
                    seen,
                    false,
                    "types are mixed, and each has a text"
                            + (scalars.contains(AttributeType.B) ? ", B in base64" : ""));
        }
        return switch (scalars.iterator().next()) {
            case N -> number(name, seen, isKey);
            case B -> of(DataType.BYTES, "");
            case BOOL -> of(DataType.BOOLEAN, "");
            default -> text(name, seen, isKey);
        };
    }

    private static ColumnChoice of(DataType type, String why) {
        return new ColumnChoice(type, false, 0, null, why);
    }

    private static ColumnChoice json(String why) {
        return of(DataType.JSON, why);
    }

    private static ColumnChoice list(ColumnEvidence seen, Set<AttributeType> scalars) {
        Set<AttributeType> members = EnumSet.noneOf(AttributeType.class);
        members.addAll(seen.members);
        members.addAll(scalars);
        if (members.size() != 1) {
            return json(members.isEmpty() ? "no list has a member" : "the members are of several types");
        }
        if (seen.mostMembers > SAFE_MEMBERS) {
            return json("a list or set has more than " + SAFE_MEMBERS + " members, and other columns may have no room"
                    + " for them");
        }
        String empty = seen.emptyLists == 0 ? "" : "; an empty list is null";
        return switch (members.iterator().next()) {
            case S -> multi(text(seen, false, "members are S"), empty);
            case N -> multi(numbers(seen), empty);
            case B -> multi(text(seen, false, "members are B, in base64: Pinot has no multi-value BYTES"), empty);
            case BOOL -> multi(of(DataType.BOOLEAN, "members are BOOL"), empty);
            default -> json("the members are nested or NULL");
        };
    }

    private static ColumnChoice multi(ColumnChoice member, String more) {
        // A text that a STRING cannot hold has made it JSON.
        return member.type == DataType.JSON
                ? member
                : new ColumnChoice(member.type, true, member.maxLength, null, member.why + more);
    }

    private static ColumnChoice numbers(ColumnEvidence seen) {
        ColumnChoice member = number(seen);
        return member.type == DataType.BIG_DECIMAL
                ? text(
                        seen,
                        false,
                        "members are N that DOUBLE does not hold exactly; Pinot has no multi-value BIG_DECIMAL")
                : of(member.type, "members are N: " + member.why);
    }

    private static ColumnChoice number(String name, ColumnEvidence seen, boolean isKey) {
        TimeUnit unit = isKey || !isTimeName(name) ? null : unit(seen);
        return unit == null
                ? number(seen)
                : new ColumnChoice(
                        DataType.TIMESTAMP,
                        false,
                        0,
                        unit,
                        "a time by its name, in " + unit.name().toLowerCase(Locale.ROOT));
    }

    private static ColumnChoice number(ColumnEvidence seen) {
        if (seen.fitsInt) {
            return of(DataType.INT, "integers of up to 32 bits");
        } else if (seen.fitsLong) {
            return of(DataType.LONG, "integers of up to 64 bits");
        } else if (seen.fitsDouble) {
            return of(DataType.DOUBLE, "fractions that DOUBLE holds exactly");
        }
        return of(
                DataType.BIG_DECIMAL, "numbers that DOUBLE does not hold exactly; DOUBLE, if the nearest one will do");
    }

    private static boolean isTimeName(String name) {
        String words = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        return TIME_NAME.matcher(words).matches();
    }

    /** Returns the unit in which all numbers are times of this century that TIMESTAMP holds exactly; null if none. */
    private static @Nullable TimeUnit unit(ColumnEvidence seen) {
        if (!seen.fitsLong) {
            return null;
        }
        if (isThisCentury(seen, 0)) {
            return TimeUnit.SECONDS;
        } else if (isThisCentury(seen, 3)) {
            return TimeUnit.MILLISECONDS;
        }
        return isThisCentury(seen, 6) && seen.allThousands ? TimeUnit.MICROSECONDS : null;
    }

    private static boolean isThisCentury(ColumnEvidence seen, int digits) {
        return seen.least != null
                && seen.most != null
                && seen.least.compareTo(YEAR_2000.scaleByPowerOfTen(digits)) >= 0
                && seen.most.compareTo(YEAR_2100.scaleByPowerOfTen(digits)) < 0;
    }

    private static ColumnChoice text(String name, ColumnEvidence seen, boolean isKey) {
        boolean isTime = !isKey && isTimeName(name);
        if (isTime && seen.allTextsAreTimes) {
            return of(DataType.TIMESTAMP, "a time by its name, in ISO-8601");
        }
        return text(seen, isKey, isTime && seen.hasFinerTimes ? "times that TIMESTAMP would cut to milliseconds" : "");
    }

    /** Returns a column of texts, unless Pinot would cut one. */
    private static ColumnChoice text(ColumnEvidence seen, boolean isKey, String why) {
        List<String> reasons = new ArrayList<>(why.isEmpty() ? List.of() : List.of(why));
        if (seen.hasNul) {
            reasons.add("a text contains U+0000, where Pinot ends a STRING");
            return json(String.join("; ", reasons));
        }
        int maxLength = isKey ? MAX_KEY_LENGTH : 0;
        if (seen.longestText > Math.max(PINOT_MAX_LENGTH, maxLength)) {
            maxLength = Integer.highestOneBit(seen.longestText) << 1;
        }
        if (maxLength > 0) {
            reasons.add(
                    isKey
                            ? "a key is never cut"
                            : "a text is longer than " + PINOT_MAX_LENGTH + " characters, where Pinot cuts by default");
        }
        return new ColumnChoice(DataType.STRING, false, maxLength, null, String.join("; ", reasons));
    }

    /** Returns the settings of the column in a schema, each after a comma. */
    String options() {
        return (isMultiValue ? ", \"singleValueField\": false" : "")
                + (maxLength > 0 ? ", \"maxLength\": " + maxLength : "")
                + (type == DataType.BIG_DECIMAL ? ", \"allowTrailingZeros\": true" : "");
    }
}
