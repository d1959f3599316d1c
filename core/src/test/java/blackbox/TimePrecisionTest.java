package blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fixtures.Records;
import io.github.dynamodbcdc.TimePrecision;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePrecisionTest {
    @ParameterizedTest
    @CsvSource({
        "0, SECOND",
        "1, SECOND",
        "99999999999, SECOND",
        "100000000000, MILLISECOND",
        "99999999999999, MILLISECOND",
        "100000000000000, MICROSECOND",
        "99999999999999999, MICROSECOND",
        "100000000000000000, NANOSECOND",
        "9223372036854775807, NANOSECOND",
    })
    void theMagnitudeDeterminesTheUnitSignAside(long number, TimePrecision unit) {
        assertThat(TimePrecision.ofMagnitude(number)).isEqualTo(unit);
        assertThat(TimePrecision.ofMagnitude(-number)).isEqualTo(unit);
        assertThat(TimePrecision.ofMagnitude(BigDecimal.valueOf(number))).isEqualTo(unit);
        assertThat(TimePrecision.ofMagnitude(BigDecimal.valueOf(-number))).isEqualTo(unit);
        assertThat(TimePrecision.ofMagnitude(new BigDecimal(number + ".999"))).isEqualTo(unit);
        assertThat(Records.decode(Records.change("MODIFY", "'ApproximateCreationDateTime':" + number))
                        .approximateCreationDateTime())
                .isNotNull()
                .satisfies(time -> assertThat(time.precision()).isEqualTo(unit))
                .satisfies(time -> assertThat(time.toInstant()).isEqualTo(unit.toInstant(number)));
    }

    @Test
    void theSmallestLongIsNanoseconds() {
        assertThat(TimePrecision.ofMagnitude(Long.MIN_VALUE)).isEqualTo(TimePrecision.NANOSECOND);
    }

    @ParameterizedTest
    @CsvSource({
        "0E+999999999, SECOND",
        "0E-999999999, SECOND",
        "1E-999999999, SECOND",
        "1E+999999999, NANOSECOND",
        "-1E+999999999, NANOSECOND",
        "1E+11, MILLISECOND",
        "0.0000001E+18, MILLISECOND",
        "1000000000000E-1, MILLISECOND",
        "999999999999E-1, SECOND",
        "9223372036854775808, NANOSECOND",
    })
    void aNumberIsNotExpandedForItsMagnitude(String number, TimePrecision unit) {
        assertThat(TimePrecision.ofMagnitude(new BigDecimal(number))).isEqualTo(unit);
    }

    @ParameterizedTest
    @EnumSource
    void eachUnitAgreesWithItsParts(TimePrecision unit) {
        assertThat(BigDecimal.valueOf(unit.perSecond())).isEqualByComparingTo("1E" + unit.fractionDigits());
        assertThat(unit.toTimeUnit().toNanos(unit.perSecond()))
                .isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(unit.toTimeUnit().name()).isEqualTo(unit.name() + "S");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 1719039879869591L, -1719039879869591L, 31556889864403199L, -31557014167219200L})
    void aNumberOfEachUnitIsAnExactInstant(long number) {
        for (TimePrecision unit : TimePrecision.values()) {
            BigDecimal seconds = BigDecimal.valueOf(number, unit.fractionDigits());
            assertThat(seconds(unit.toInstant(number))).as("%s", unit).isEqualByComparingTo(seconds);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE})
    void theLargestNumbersFinerThanSecondsAreInstants(long number) {
        for (TimePrecision unit : TimePrecision.values()) {
            if (unit == TimePrecision.SECOND) {
                assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> unit.toInstant(number));
            } else {
                assertThat(seconds(unit.toInstant(number)))
                        .isEqualByComparingTo(BigDecimal.valueOf(number, unit.fractionDigits()));
            }
        }
    }

    private static BigDecimal seconds(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
    }

    @ParameterizedTest
    @CsvSource({
        "0, SECOND",
        "26000000, MILLISECOND",
        "999000000, MILLISECOND",
        "1000, MICROSECOND",
        "26001000, MICROSECOND",
        "1, NANOSECOND",
        "999999999, NANOSECOND",
    })
    void theCoarsestUnitOfAFractionCountsItExactly(int nano, TimePrecision unit) {
        assertThat(TimePrecision.ofFraction(nano)).isEqualTo(unit);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_000_000_000, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aFractionOfASecondOrMoreIsRefused(int nano) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimePrecision.ofFraction(nano))
                .withMessageContaining(String.valueOf(nano));
    }
}
