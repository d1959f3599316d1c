package io.github.dynamodbcdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SmallSetTest {
    private static SmallSet<String> of(String... members) {
        return SmallSet.of(members, String::equals);
    }

    @Test
    void membersStayInDeliveredOrderAndOfTheSameOnesTheFirst() {
        assertThat(of("b", "a", "b", "c", "a")).containsExactly("b", "a", "c");
        assertThat(SmallSet.of(new String[] {"x", "X", "y"}, String::equalsIgnoreCase))
                .containsExactly("x", "y");
        assertThat(of()).isEmpty();
    }

    @Test
    void itEqualsAnySetOfTheSameMembers() {
        assertThat(of("a", "b")).isEqualTo(Set.of("b", "a")).hasSameHashCodeAs(Set.of("b", "a"));
        assertThat(Set.of("a", "b")).isEqualTo(of("b", "a"));
        assertThat(of("a")).isNotEqualTo(Set.of("a", "b"));
        assertThat(of("a").contains("a")).isTrue();
        assertThat(of("a").contains("b")).isFalse();
        assertThat(of("a").contains(null)).isFalse();
        assertThat(of("a").contains((Object) 1)).isFalse();
    }

    @Test
    void itCannotBeChanged() {
        SmallSet<String> set = of("a", "b");
        assertThatThrownBy(() -> set.add("c")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> set.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> set.remove("absent")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(set::clear).isInstanceOf(UnsupportedOperationException.class);
        Iterator<String> iterator = set.iterator();
        iterator.next();
        assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> set.removeIf("a"::equals)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(set).containsExactly("a", "b");
    }
}
