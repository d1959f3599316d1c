package rows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;
import reference.RefValue;

/**
 * A column of a schema, and the value that it must hold for an attribute value by the adapter's documentation.
 *
 * @param overflow the policy for a number that the column cannot hold: FAIL, NULL or SATURATE
 * @param mismatch the policy for a value of another type: NULL or FAIL
 */
record ReferenceColumn(String name, DataType type, boolean isSingleValue, String overflow, String mismatch) {
    /** Thrown if the row must be refused. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused() {
            super("refused");
        }
    }

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?0*[0-9]{1,4})?", Pattern.DOTALL);
    private static final int MAX_NUMBER_LENGTH = 256;
    private static final Map<String, Boolean> TRUTHS = Map.of("true", true, "1", true, "false", false, "0", false);
    private static final BigDecimal LEAST_SECONDS = new BigDecimal("1E8");
    private static final BigDecimal BEYOND_NANOS = new BigDecimal("1E20");
    private static final BigDecimal MAX_SECONDS = new BigDecimal("1E11");
    private static final BigDecimal MAX_MILLIS = new BigDecimal("1E14");
    private static final BigDecimal MAX_MICROS = new BigDecimal("1E17");
    /** Larger numbers overflow every integral type, and would make arithmetic slow. */
    private static final BigDecimal HUGE = new BigDecimal("1E30");

    private static final BigDecimal TINY = new BigDecimal("1E-30");

    Expected of(@Nullable RefValue value) throws Refused {
        if (value == null || value instanceof RefValue.Null) {
            return Expected.NULL;
        }
        return isSingleValue ? single(value) : multi(value);
    }

    private Expected single(RefValue value) throws Refused {
        return switch (type) {
            case JSON -> Expected.storedAs(value);
            case MAP -> value instanceof RefValue.Attributes ? Expected.storedAs(value) : mismatched();
            case STRING -> isNested(value) ? Expected.jsonTextOf(value) : Expected.exactly(converted(value));
            default -> Expected.exactly(converted(value));
        };
    }

    private Expected mismatched() throws Refused {
        return Expected.exactly(mismatchedValue());
    }

    /** Leaves out null members; no members at all is null. */
    private Expected multi(RefValue value) throws Refused {
        List<Expected> members = new ArrayList<>();
        for (RefValue member : members(value)) {
            Expected expected = of(name, member);
            if (!expected.holds().test(null)) {
                members.add(expected);
            }
        }
        if (members.isEmpty()) {
            return Expected.NULL;
        }
        return new Expected("members " + members, actual -> {
            if (!(actual instanceof Object[] array) || array.length != members.size()) {
                return false;
            }
            for (int i = 0; i < array.length; i++) {
                if (!members.get(i).holds().test(array[i])) {
                    return false;
                }
            }
            return true;
        });
    }

    private Expected of(String column, RefValue member) throws Refused {
        return new ReferenceColumn(column, type, true, overflow, mismatch).of(member);
    }

    static List<? extends RefValue> members(RefValue value) {
        if (value instanceof RefValue.Elements list) {
            return list.elements();
        } else if (value instanceof RefValue.TextSet set) {
            return set.members().stream().map(RefValue.Text::new).toList();
        } else if (value instanceof RefValue.NumberSet set) {
            return set.members().stream().map(RefValue.Numeral::new).toList();
        } else if (value instanceof RefValue.BinarySet set) {
            return set.members().stream().map(RefValue.Binary::new).toList();
        }
        return List.of(value);
    }

    private static boolean isNested(RefValue value) {
        return value instanceof RefValue.Attributes
                || value instanceof RefValue.Elements
                || value instanceof RefValue.TextSet
                || value instanceof RefValue.NumberSet
                || value instanceof RefValue.BinarySet;
    }

    private @Nullable Object converted(RefValue value) throws Refused {
        return switch (type) {
            case INT, LONG, FLOAT, DOUBLE, BIG_DECIMAL -> ofNumber(numberText(value));
            case STRING -> text(value);
            case BYTES -> bytes(value);
            case BOOLEAN -> truth(value);
            case TIMESTAMP -> millis(value);
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    private static @Nullable String numberText(RefValue value) {
        if (value instanceof RefValue.Numeral number) {
            return number.text();
        }
        boolean isNumber = value instanceof RefValue.Text text
                && text.text().length() <= MAX_NUMBER_LENGTH
                && NUMBER.matcher(text.text()).matches();
        return isNumber ? ((RefValue.Text) value).text() : null;
    }

    private @Nullable Object ofNumber(@Nullable String text) throws Refused {
        if (text == null) {
            return mismatchedValue();
        }
        return switch (type) {
            case INT -> {
                Object exact = integral(new BigDecimal(text), Integer.MIN_VALUE, Integer.MAX_VALUE);
                yield exact == null ? null : ((Long) exact).intValue();
            }
            case LONG -> integral(new BigDecimal(text), Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> {
                float nearest = Float.parseFloat(text);
                yield Float.isInfinite(nearest)
                        ? overflowed(nearest < 0 ? -Float.MAX_VALUE : Float.MAX_VALUE)
                        : (Object) nearest;
            }
            case DOUBLE -> {
                double nearest = Double.parseDouble(text);
                yield Double.isInfinite(nearest)
                        ? overflowed(nearest < 0 ? -Double.MAX_VALUE : Double.MAX_VALUE)
                        : (Object) nearest;
            }
            default -> new BigDecimal(text);
        };
    }

    private @Nullable Object integral(BigDecimal number, long least, long most) throws Refused {
        if (number.signum() == 0) {
            return 0L;
        }
        BigDecimal magnitude = number.abs();
        if (magnitude.compareTo(HUGE) > 0) {
            return overflowed(number.signum() < 0 ? least : most);
        }
        if (magnitude.compareTo(TINY) < 0) {
            return overflowed(0L);
        }
        BigInteger cut = number.toBigInteger();
        BigInteger held = cut.max(BigInteger.valueOf(least)).min(BigInteger.valueOf(most));
        boolean isExact = new BigDecimal(held).compareTo(number) == 0;
        return isExact ? (Object) held.longValueExact() : overflowed(held.longValueExact());
    }

    private static String text(RefValue value) {
        if (value instanceof RefValue.Text text) {
            return text.text();
        } else if (value instanceof RefValue.Numeral number) {
            return number.text();
        } else if (value instanceof RefValue.Bool bool) {
            return String.valueOf(bool.value());
        } else if (value instanceof RefValue.Binary binary) {
            return Base64.getEncoder().encodeToString(binary.bytes().toArray());
        }
        throw new IllegalArgumentException(value.typeName());
    }

    private byte @Nullable [] bytes(RefValue value) throws Refused {
        if (value instanceof RefValue.Binary binary) {
            return binary.bytes().toArray();
        } else if (value instanceof RefValue.Text text) {
            return text.text().getBytes(StandardCharsets.UTF_8);
        }
        mismatchedValue();
        return null;
    }

    private @Nullable Object truth(RefValue value) throws Refused {
        if (value instanceof RefValue.Bool bool) {
            return bool.value();
        } else if (value instanceof RefValue.Numeral number) {
            return number.value().signum() != 0;
        } else if (value instanceof RefValue.Text text
                && TRUTHS.containsKey(text.text().toLowerCase(Locale.ROOT))) {
            return TRUTHS.get(text.text().toLowerCase(Locale.ROOT));
        }
        return mismatchedValue();
    }

    private @Nullable Object millis(RefValue value) throws Refused {
        String number = numberText(value);
        if (number != null) {
            return millis(new BigDecimal(number));
        }
        Long iso = value instanceof RefValue.Text text ? iso(text.text()) : null;
        return iso == null ? mismatchedValue() : iso;
    }

    private @Nullable Object millis(BigDecimal number) throws Refused {
        if (number.compareTo(LEAST_SECONDS) < 0 || number.compareTo(BEYOND_NANOS) >= 0) {
            return mismatchedValue();
        }
        int scale = number.compareTo(MAX_SECONDS) < 0
                ? -3
                : number.compareTo(MAX_MILLIS) < 0 ? 0 : number.compareTo(MAX_MICROS) < 0 ? 3 : 6;
        return number.movePointLeft(scale).setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    private static @Nullable Long iso(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            // The text may have no offset.
        }
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable Object mismatchedValue() throws Refused {
        if (mismatch.equals("FAIL")) {
            throw new Refused();
        }
        return null;
    }

    private @Nullable Object overflowed(Object nearest) throws Refused {
        return switch (overflow) {
            case "NULL" -> null;
            case "SATURATE" -> nearest;
            default -> throw new Refused();
        };
    }
}
