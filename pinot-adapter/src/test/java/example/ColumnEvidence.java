package example;

import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values of one attribute, as far as they decide about its column. Holds counts and bounds, and no value. */
final class ColumnEvidence {
    private static final BigDecimal INT_MIN = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal INT_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    /** From here on, a double does not hold every integer. */
    private static final BigDecimal DOUBLE_INTEGERS = BigDecimal.valueOf(1L << 53);

    /** A date and a time in UTC that TIMESTAMP holds without loss. */
    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(\\.\\d{1,3}0*)?Z?");

    private static final Pattern FINER_TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d\\.\\d{4,9}Z?");

    /** How many values there are of each type. */
    final Map<AttributeType, Integer> types = new EnumMap<>(AttributeType.class);

    /** The types of the members of L and sets. */
    final Set<AttributeType> members = EnumSet.noneOf(AttributeType.class);

    int emptyLists;

    /** The number of members of the longest list or set. */
    int mostMembers;

    /** The length of the longest text that a STRING column would hold. */
    int longestText;

    /** Whether an S has U+0000, where Pinot ends a STRING. */
    boolean hasNul;

    /** Whether every S is a time that TIMESTAMP holds exactly. */
    boolean allTextsAreTimes = true;

    /** Whether an S is a time, but finer than milliseconds. */
    boolean hasFinerTimes;

    boolean fitsInt = true;
    boolean fitsLong = true;
    boolean fitsDouble = true;

    /** The bounds of the numbers; null if there are none. */
    @Nullable
    BigDecimal least;

    @Nullable
    BigDecimal most;

    /** Whether every number counts whole thousands. */
    boolean allThousands = true;

    void add(AttributeValue value) {
        types.merge(value.type(), 1, Integer::sum);
        switch (value.type()) {
            case L -> {
                List<AttributeValue> list = value.asList();
                emptyLists += list.isEmpty() ? 1 : 0;
                mostMembers = Math.max(mostMembers, list.size());
                for (AttributeValue member : list) {
                    members.add(member.type());
                    addScalar(member);
                }
            }
            case SS -> addSet(AttributeType.S, value.asStringSet(), this::addText);
            case NS -> addSet(AttributeType.N, value.asNumberTexts(), this::addNumber);
            case BS -> addSet(AttributeType.B, value.asBinarySet(), this::addBinary);
            default -> addScalar(value);
        }
    }

    private <T> void addSet(AttributeType type, Collection<T> set, Consumer<T> add) {
        members.add(type);
        mostMembers = Math.max(mostMembers, set.size());
        set.forEach(add);
    }

    private void addScalar(AttributeValue value) {
        switch (value.type()) {
            case S -> addText(value.asString());
            case N -> addNumber(value.numberText());
            case B -> addBinary(ByteBuffer.wrap(value.asBytes()));
            default -> {
                // The type says everything.
            }
        }
    }

    private void addText(String text) {
        longestText = Math.max(longestText, text.length());
        hasNul |= text.indexOf('\0') >= 0;
        allTextsAreTimes = allTextsAreTimes && isTime(text);
        hasFinerTimes = hasFinerTimes || FINER_TIME.matcher(text).matches();
    }

    private static boolean isTime(String text) {
        Matcher time = TIME.matcher(text);
        try {
            return time.matches() && LocalDateTime.parse(time.group(1) + "T" + time.group(2)) != null;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }

    private void addBinary(ByteBuffer bytes) {
        longestText = Math.max(longestText, (bytes.remaining() + 2) / 3 * 4);
    }

    private void addNumber(String text) {
        longestText = Math.max(longestText, text.length());
        BigDecimal number = new BigDecimal(text);
        boolean isIntegral = number.signum() == 0
                || number.scale() <= 0
                || number.stripTrailingZeros().scale() <= 0;
        fitsInt &= isIntegral && isBetween(INT_MIN, number, INT_MAX);
        fitsLong &= isIntegral && isBetween(LONG_MIN, number, LONG_MAX);
        fitsDouble &= isExactAsDouble(number);
        least = least == null ? number : least.min(number);
        most = most == null ? number : most.max(number);
        allThousands &= fitsLong && number.longValue() % 1000 == 0;
    }

    private static boolean isBetween(BigDecimal from, BigDecimal number, BigDecimal to) {
        return number.compareTo(from) >= 0 && number.compareTo(to) <= 0;
    }

    /** Returns whether a DOUBLE is this number, and not only the nearest one. */
    private static boolean isExactAsDouble(BigDecimal number) {
        return number.abs().compareTo(DOUBLE_INTEGERS) < 0
                && new BigDecimal(number.doubleValue()).compareTo(number) == 0;
    }

    /** Returns the types of scalars. */
    Set<AttributeType> scalars() {
        Set<AttributeType> scalars = EnumSet.of(AttributeType.S, AttributeType.N, AttributeType.B, AttributeType.BOOL);
        scalars.retainAll(types.keySet());
        return scalars;
    }

    /** Returns whether there is a list or a set. */
    boolean hasLists() {
        return types.containsKey(AttributeType.L)
                || types.containsKey(AttributeType.SS)
                || types.containsKey(AttributeType.NS)
                || types.containsKey(AttributeType.BS);
    }
}
