package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.Member.Scope;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTest {
    private static final Map<Scope, MemberNames> NAMES = new EnumMap<>(Map.of(
            Scope.RECORD, MemberNames.RECORD,
            Scope.DYNAMODB, MemberNames.DYNAMODB,
            Scope.USER_IDENTITY, MemberNames.USER_IDENTITY,
            Scope.METADATA, MemberNames.METADATA));

    private static @Nullable Member find(Scope scope, String name) {
        String surrounded = "xx" + name + "yy";
        byte[] data = surrounded.getBytes(UTF_8);
        long flags = name.contains("\\") ? Span.ESCAPED : 0;
        return Objects.requireNonNull(NAMES.get(scope)).find(data, 2, data.length - 2, flags);
    }

    @ParameterizedTest
    @EnumSource(Member.class)
    void aMemberIsFoundByItsNameInItsObject(Member member) {
        assertThat(find(member.scope, member.wireName)).isEqualTo(member);
    }

    @ParameterizedTest
    @EnumSource(Member.class)
    void aNameIsComparedAfterUnescaping(Member member) {
        StringBuilder escaped = new StringBuilder();
        member.wireName.chars().forEach(c -> escaped.append(String.format("\\u%04X", c)));
        assertThat(find(member.scope, escaped.toString())).isEqualTo(member);
        assertThat(find(member.scope, "\\u0020" + member.wireName)).isNull();
    }

    @ParameterizedTest
    @EnumSource(Member.class)
    void anotherNameMeansNothing(Member member) {
        String name = member.wireName;
        assertThat(find(member.scope, name + "x")).isNull();
        assertThat(find(member.scope, name.substring(1))).isNull();
        assertThat(find(member.scope, name.substring(0, name.length() - 1) + "\u00e9"))
                .isNull();
        assertThat(find(member.scope, name.toUpperCase(Locale.ROOT))).isNull();
        for (Scope scope : Scope.values()) {
            Member found = find(scope, name);
            assertThat(found == null || found.scope == scope).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\\u0000", "\\n"})
    void shortNamesMeanNothing(String name) {
        for (Scope scope : Scope.values()) {
            assertThat(find(scope, name)).isNull();
        }
    }

    @Test
    void aNameLongerThanAllMeansNothing() {
        for (Scope scope : Scope.values()) {
            assertThat(find(scope, "x".repeat(1000))).isNull();
            assertThat(find(scope, "\\u0041".repeat(1000))).isNull();
        }
    }
}
