package io.github.dynamodbcdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;

/** Tests {@code equals} and {@code hashCode} of the types that are equal by their fields. */
class ValueContractTest {
    @Test
    void creationTimesAreEqualByInstantAndNotByUnit() {
        EqualsVerifier.forClass(CreationTime.class)
                .withIgnoredFields("precision", "stated", "opaque")
                .verify();
    }

    @Test
    void userIdentitiesAreEqualByTypeAndPrincipal() {
        EqualsVerifier.forClass(UserIdentity.class).withIgnoredFields("opaque").verify();
    }

    @Test
    void limitsAreEqualByAllFields() {
        EqualsVerifier.forClass(DecodeLimits.class).verify();
    }

    @Test
    void plainValuesAreEqualByAllFields() {
        EqualsVerifier.forClass(PlainValues.class)
                .withNonnullFields("numbers", "sets", "binary", "nulls")
                .verify();
    }

    @Test
    void attributeNamesAreEqualByTheirNames() {
        EqualsVerifier.forClass(AttributeNames.class)
                .withOnlyTheseFields("names")
                .withNonnullFields("names")
                .withPrefabValues(WeakReference.class, new WeakReference<>("a"), new WeakReference<>("b"))
                .verify();
    }

    /** Each order is total, and equal values have the same place in it. */
    @Test
    void theOrdersOfTimesAndSequenceNumbersKeepTheContractOfComparators() {
        List<CreationTime> times = new ArrayList<>();
        for (long second : new long[] {Long.MIN_VALUE / 4_000_000, -1, 0, 1_719_039_879, 9_000_000_000L}) {
            for (int nano : new int[] {0, 1, 999_999_999}) {
                times.add(CreationTime.of(Instant.ofEpochSecond(second / 1_000, nano), TimePrecision.NANOSECOND));
            }
            times.add(CreationTime.of(Instant.ofEpochSecond(second / 1_000), TimePrecision.SECOND));
        }
        assertOrder(times, Comparator.naturalOrder(), CreationTime::equals);

        List<ChangeEvent> events = new ArrayList<>();
        for (String number :
                List.of("0", "00", "7", "007", "10", "9", "99999999999999999999999", "100000000000000000000000")) {
            events.add(ChangeEvent.builder(EventName.INSERT)
                    .keys(Map.of())
                    .sequenceNumber(number)
                    .build());
        }
        assertOrder(
                events,
                ChangeEvent.sequenceOrder(),
                (a, b) -> new BigInteger(String.valueOf(a.sequenceNumber()))
                        .equals(new BigInteger(String.valueOf(b.sequenceNumber()))));
    }

    private static <T> void assertOrder(List<T> values, Comparator<? super T> order, BiPredicate<T, T> equal) {
        for (T a : values) {
            for (T b : values) {
                int sign = Integer.signum(order.compare(a, b));
                assertThat(Integer.signum(order.compare(b, a))).isEqualTo(-sign);
                assertThat(sign == 0).isEqualTo(equal.test(a, b));
                for (T c : values) {
                    if (sign <= 0 && order.compare(b, c) <= 0) {
                        assertThat(order.compare(a, c)).isNotPositive();
                    }
                }
            }
        }
    }
}
