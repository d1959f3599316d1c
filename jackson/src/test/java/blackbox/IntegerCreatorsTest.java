package blackbox;

import static blackbox.Failures.mismatch;
import static blackbox.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which creator of a class gets an integer: the one that Jackson calls, unless another one keeps more digits. */
class IntegerCreatorsTest {
    private static final List<ItemMapper> MAPPERS = List.of(ItemMapper.create(), ItemMapper.of(new ObjectMapper()));

    /** What a creator got. */
    abstract static class Got {
        private final String text;

        Got(Object value) {
            text = value.getClass().getSimpleName() + " " + value;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }

    static final class OfDoubleAndDecimal extends Got {
        public OfDoubleAndDecimal(double value) {
            super(value);
        }

        public OfDoubleAndDecimal(BigDecimal value) {
            super(value);
        }
    }

    static final class OfPrivateDoubleAndFactory extends Got {
        @SuppressWarnings("UnusedMethod") // Jackson could call it
        private OfPrivateDoubleAndFactory(double value) {
            super(value);
        }

        private OfPrivateDoubleAndFactory(BigDecimal value, boolean ignored) {
            super(value);
        }

        public static OfPrivateDoubleAndFactory valueOf(BigDecimal value) {
            return new OfPrivateDoubleAndFactory(value, true);
        }
    }

    static final class OfAnnotatedDecimal extends Got {
        public OfAnnotatedDecimal(double value) {
            super(value);
        }

        @JsonCreator
        public OfAnnotatedDecimal(BigDecimal value) {
            super(value);
        }
    }

    static final class OfIntDoubleAndDecimal extends Got {
        public OfIntDoubleAndDecimal(int value) {
            super(value);
        }

        public OfIntDoubleAndDecimal(double value) {
            super(value);
        }

        public OfIntDoubleAndDecimal(BigDecimal value) {
            super(value);
        }
    }

    static final class OfIntAndDecimal extends Got {
        public OfIntAndDecimal(int value) {
            super(value);
        }

        public OfIntAndDecimal(BigDecimal value) {
            super(value);
        }
    }

    static final class OfLongAndDecimal extends Got {
        public OfLongAndDecimal(long value) {
            super(value);
        }

        public OfLongAndDecimal(BigDecimal value) {
            super(value);
        }
    }

    static final class OfIntLongAndDouble extends Got {
        public OfIntLongAndDouble(int value) {
            super(value);
        }

        public OfIntLongAndDouble(long value) {
            super(value);
        }

        public OfIntLongAndDouble(double value) {
            super(value);
        }
    }

    static final class OfDouble extends Got {
        public OfDouble(double value) {
            super(value);
        }
    }

    static final class OfIntegerAndDecimal extends Got {
        public OfIntegerAndDecimal(BigInteger value) {
            super(value);
        }

        public OfIntegerAndDecimal(BigDecimal value) {
            super(value);
        }
    }

    private static AttributeValue number(String text) {
        return item("{'v':{'N':'" + text + "'}}").require("v");
    }

    private static void assertGot(Class<? extends Got> type, String number, String expected) {
        for (ItemMapper mapper : MAPPERS) {
            Got got = mapper.read(number(number), type);
            assertThat(got).isNotNull();
            assertThat(got.text()).as(type.getSimpleName()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "-5000000000",
                "2147483648",
                "5000000000",
                "9223372036854775807",
                "9007199254740993",
                "1234567890123456789",
                "12345678901234567890",
                "123456789012345678901234567890"
            })
    void aCreatorOfADecimalThatComesFirstKeepsEveryDigit(String number) {
        String exact = "BigDecimal " + number;
        assertGot(OfDoubleAndDecimal.class, number, exact);
        assertGot(OfPrivateDoubleAndFactory.class, number, exact);
        assertGot(OfAnnotatedDecimal.class, number, exact);
        assertGot(OfIntDoubleAndDecimal.class, number, number.length() == 1 ? "Integer " + number : exact);
        assertGot(OfIntAndDecimal.class, number, number.length() == 1 ? "Integer " + number : exact);
        assertGot(OfLongAndDecimal.class, number, number.length() < 20 ? "Long " + number : exact);
        assertGot(OfIntegerAndDecimal.class, number, "BigInteger " + number);
    }

    @Test
    void aCreatorOfADoubleAloneGetsIntegersOfAnySizeAsAPropertyDoes() {
        assertGot(OfDouble.class, "5", "Double 5.0");
        assertGot(OfDouble.class, "12345678901234567890", "Double 1.2345678901234567E19");
    }

    /** Jackson refuses them, too. */
    @Test
    void anIntegerBeyondALongIsNotRoundedForAClassWithCreatorsOfIntegers() {
        assertGot(OfIntLongAndDouble.class, "9223372036854775807", "Long 9223372036854775807");
        assertGot(OfIntLongAndDouble.class, "1.5", "Double 1.5");
        for (ItemMapper mapper : MAPPERS) {
            mismatch(() -> mapper.read(number("9223372036854775808"), OfIntLongAndDouble.class));
        }
    }
}
