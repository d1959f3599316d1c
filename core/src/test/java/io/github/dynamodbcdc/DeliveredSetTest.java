package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.PlainMapper.DeliveredSet;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeliveredSetTest {
    private static DeliveredSet<String> small(String... members) {
        return DeliveredSet.small(members, String::equals);
    }

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    @Test
    void membersStayInDeliveredOrderAndOfTheSameOnesTheFirst() {
        assertThat(small("b", "a", "b", "c", "a")).containsExactly("b", "a", "c");
        assertThat(DeliveredSet.small(new String[] {"x", "X", "y"}, String::equalsIgnoreCase))
                .containsExactly("x", "y");
        assertThat(small()).isEmpty();
        assertThat(DeliveredSet.keyed(List.of(buffer("b"), buffer("a"), buffer("b"))))
                .containsExactly(buffer("b"), buffer("a"));
        assertThat(DeliveredSet.keyed(List.<Number>of(2, new BigDecimal("1.0"), 1, 2L)))
                .containsExactly(2, new BigDecimal("1.0"));
        assertThat(DeliveredSet.keyed(List.of())).isEmpty();
    }

    @Test
    void itEqualsAnySetOfTheSameMembers() {
        assertThat(small("a", "b")).isEqualTo(Set.of("b", "a")).hasSameHashCodeAs(Set.of("b", "a"));
        assertThat(Set.of("a", "b")).isEqualTo(small("b", "a"));
        assertThat(small("a")).isNotEqualTo(Set.of("a", "b"));
        assertThat(small("a").contains("a")).isTrue();
        assertThat(small("a").contains("b")).isFalse();
        assertThat(small("a").contains(null)).isFalse();
        assertThat(small("a").contains((Object) 1)).isFalse();
        DeliveredSet<ByteBuffer> keyed = DeliveredSet.keyed(List.of(buffer("a"), buffer("b")));
        assertThat(keyed).isEqualTo(Set.of(buffer("b"), buffer("a"))).isNotEqualTo(Set.of(buffer("a")));
        assertThat(keyed.contains(buffer("a"))).isTrue();
        assertThat(keyed.contains(buffer("c"))).isFalse();
        assertThat(keyed.contains(null)).isFalse();
        assertThat(keyed.contains((Object) "a")).isFalse();
        assertThat(DeliveredSet.keyed(List.<Number>of(1)).contains(1L))
                .as("of another class")
                .isFalse();
    }

    @Test
    void aNumberOfAnotherClassIsNoMemberWhateverItsText() {
        Set<Number> set = DeliveredSet.<Number>keyed(List.of(1, 5_000_000_000L, new BigDecimal("0.5")));
        for (Number other : List.<Number>of(
                Double.NaN, Double.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1.0, 0.5f, new AtomicInteger(1))) {
            assertThat(set.contains(other)).as("%s", other).isFalse();
            assertThat(set.equals(Set.of(other, 1, 5_000_000_000L)))
                    .as("%s", other)
                    .isFalse();
        }
        assertThat(set.containsAll(List.of(1, 5_000_000_000L, new BigDecimal("0.5"))))
                .isTrue();
    }

    @Test
    void itCannotBeChanged() {
        for (DeliveredSet<?> set : List.of(small("a", "b"), DeliveredSet.keyed(List.of(buffer("a"), buffer("b"))))) {
            Object first = set.iterator().next();
            assertThatThrownBy(() -> set.add(null)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> set.remove(first)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> set.remove("absent")).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(set::clear).isInstanceOf(UnsupportedOperationException.class);
            Iterator<?> iterator = set.iterator();
            iterator.next();
            assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> set.removeIf(first::equals)).isInstanceOf(UnsupportedOperationException.class);
            assertThat(set.size()).isEqualTo(2);
            assertThat(set.contains(first)).isTrue();
        }
    }
}
