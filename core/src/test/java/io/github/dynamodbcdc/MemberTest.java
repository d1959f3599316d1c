package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.Member.Names;
import io.github.dynamodbcdc.Member.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTest {
    private static final Map<Scope, Names> NAMES = Map.of(
            Scope.RECORD, Names.RECORD,
            Scope.DYNAMODB, Names.DYNAMODB,
            Scope.USER_IDENTITY, Names.USER_IDENTITY,
            Scope.METADATA, Names.METADATA,
            Scope.ENVELOPE, Names.ENVELOPE,
            Scope.WINDOW, Names.WINDOW,
            Scope.CARRIER, Names.CARRIER);

    /** Words that are wire names too: those of the answers that are written. */
    private static final Map<String, Set<String>> OTHER_MEANINGS = Map.of(
            "BatchResponses",
                    Set.of("state", "requestId", "timestamp", "data", "kafkaRecordValue", "partition", "offset"),
            "FirehoseTransformResponse", Set.of("data"));

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

    /** An element may be larger than a record, and its name longer than the 28 bits of a span. */
    @Test
    void anEscapedNameThatIsTooLongForASpanIsNotTakenForItsEnd() {
        byte[] data = "data".getBytes(UTF_8);
        for (Names names : NAMES.values()) {
            assertThat(names.find(data, 0, (1 << Span.BITS) + data.length, Span.ESCAPED))
                    .isNull();
        }
        assertThat(Names.CARRIER.find(data, 0, data.length, Span.ESCAPED)).isEqualTo(Member.CARRIER_DATA);
    }

    @Test
    void everyScopeHasNames() {
        assertThat(NAMES.keySet()).containsExactlyInAnyOrder(Scope.values());
    }

    @ParameterizedTest
    @EnumSource(Member.class)
    void aNameThatIsTextAlreadyIsFoundTheSameWay(Member member) {
        Names names = Objects.requireNonNull(NAMES.get(member.scope));
        assertThat(names.find(member.wireName, false)).isEqualTo(member);
        assertThat(names.find(member.wireName + "x", false)).isNull();
        assertThat(names.find(member.wireName.toUpperCase(Locale.ROOT), true))
                .matches(found -> found != null && found.wireName.equalsIgnoreCase(member.wireName));
        assertThat(names.find(null, true)).isNull();
    }

    @Test
    @SuppressWarnings("EnumOrdinal") // which is what the rule is about
    void theMembersOfRecordsComeFirstAndFitOneLong() {
        assertThat(Member.OF_RECORD).isLessThanOrEqualTo(Long.SIZE);
        Set<Scope> ofRecord = Set.of(Scope.RECORD, Scope.DYNAMODB, Scope.USER_IDENTITY, Scope.METADATA);
        for (Member member : Member.values()) {
            assertThat(ofRecord.contains(member.scope))
                    .as(member.name())
                    .isEqualTo(member.ordinal() < Member.OF_RECORD);
        }
    }

    /** A wrapper that is new is a row here and a detector: no other file knows what a member is called. */
    @Test
    void aWireNameIsWrittenInTheTableOnly() throws IOException {
        Set<String> names =
                Arrays.stream(Member.values()).map(member -> member.wireName).collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(Path.of("src", "main", "java", "io", "github", "dynamodbcdc"))) {
            for (Path file : files.filter(each -> !each.endsWith("Member.java")).toList()) {
                String code = Files.readString(file, UTF_8).replaceAll("(?m)^\\s*(\\*|/\\*|//).*$", "");
                String type = file.getFileName().toString().replace(".java", "");
                Matcher literal = Pattern.compile("\"(\\w+)\"").matcher(code);
                while (literal.find()) {
                    boolean allowed =
                            OTHER_MEANINGS.getOrDefault(type, Set.of()).contains(literal.group(1));
                    assertThat(!allowed && names.contains(literal.group(1)))
                            .as(type + ": " + literal.group(1))
                            .isFalse();
                }
            }
        }
    }
}
