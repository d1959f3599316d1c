package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import fixtures.HouseRules;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks the rules for types, fields and dependencies, and what the source documents. */
class ArchitectureTest {
    /** All that is public: what is not here is package-private. */
    private static final Set<String> PUBLIC = Set.of(
            "ChangeEventDecoder",
            "DecodeSession",
            "ChangeEventReader",
            "Envelope",
            "EnvelopeShape",
            "SourceRecord",
            "BatchResponses",
            "FirehoseTransformResponse",
            "ChangeEvent",
            "CreationTime",
            "TimePrecision",
            "Item",
            "AttributeValue",
            "AttributeType",
            "AttributeReader",
            "AttributeNames",
            "PlainValues",
            "ItemDiff",
            "PathChange",
            "DecodeException",
            "DecodeResult",
            "DecodeLimits",
            "AttributeValueException",
            "EventName",
            "Channel",
            "StreamViewType",
            "BinaryEncoding",
            "UserIdentity",
            "ValueFactory");

    /** Parts of public types: builders, vocabularies and the halves of a change. */
    private static final Set<String> PUBLIC_PARTS = Set.of(
            "ChangeEventDecoder.Builder",
            "ChangeEvent.Builder",
            "DecodeException.Reason",
            "AttributeValueException.Reason",
            "ItemDiff.Change",
            "PathChange.Kind",
            "PlainValues.Numbers",
            "PlainValues.Sets",
            "PlainValues.Binary",
            "PlainValues.Nulls");

    private static final HouseRules RULES = HouseRules.of(ChangeEvent.class, 100);

    private static String nameInPackage(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    @Test
    void onlyTheTypesOfTheApiArePublic() {
        assertThat(RULES.publicTypes().map(ArchitectureTest::nameInPackage))
                .contains("ChangeEventDecoder", "ChangeEvent", "Item", "AttributeValue")
                .allSatisfy(name -> assertThat(PUBLIC.contains(name) || PUBLIC_PARTS.contains(name))
                        .isTrue());
    }

    @Test
    void everyTypeOfTheApiIsPublic() {
        assertThat(RULES.types()
                        .filter(type -> PUBLIC.contains(nameInPackage(type)))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.PUBLIC)))
                .isEmpty();
    }

    @Test
    void everyTypeIsFinalExceptTheFactoryThatUsersImplement() {
        assertThat(RULES.openTypes().map(ArchitectureTest::nameInPackage))
                // The only subclass of Opaque must hide its field, and that of RecordWriter is the builder of events.
                .containsExactlyInAnyOrder("ValueFactory", "Opaque", "RecordWriter");
    }

    /** Reflection, which template languages use, cannot call a method that only a package-private type declares. */
    @Test
    void everyPublicMethodIsDeclaredByAPublicType() throws ClassNotFoundException {
        for (String name : PUBLIC_PARTS) {
            Class<?> type = Class.forName("io.github.dynamodbcdc." + name.replace('.', '$'));
            for (Method method : type.getMethods()) {
                assertThat(Modifier.isPublic(method.getDeclaringClass().getModifiers()))
                        .as(method.toString())
                        .isTrue();
            }
        }
    }

    @Test
    void thereIsOnePackage() {
        RULES.assertOnePackage();
    }

    @Test
    void noFieldIsPublicExceptConstantsAndNoStaticFieldChanges() {
        assertThat(RULES.exposedVariables().map(JavaField::getFullName)).isEmpty();
    }

    @Test
    void onlyTheBaseModuleAndNullAnnotationsAreRequired() {
        assertThat(RULES.requiredTypes()).isEmpty();
    }

    /** So shrinkers, images of jlink and native images need no configuration for core. */
    @Test
    void nothingIsFoundByItsNameExceptOneMethodThatJava11LacksAndThatMayBeAbsent() {
        assertThat(RULES.reflectiveCalls())
                .containsExactly("java.lang.invoke.MethodHandles$Lookup.findVirtual(java.lang.Class, java.lang.String,"
                        + " java.lang.invoke.MethodType)");
    }

    @Test
    void everyClassFileLoadsOnJava11() throws IOException {
        RULES.assertEveryClassFileLoadsOnJava11();
    }

    // ------------------------------------------------------------------------------------ documented in source

    @Test
    void limitsAreWhatTheirDocumentationSays() throws IOException {
        DecodeLimits limits = DecodeLimits.defaults();
        String source = source("DecodeLimits");
        assertRow(source, "bytes of a record", limits.maxRecordBytes(), most(limits::withMaxRecordBytes));
        assertRow(
                source,
                "levels of nested attribute values; DynamoDB allows 32",
                limits.maxAttributeDepth(),
                most(limits::withMaxAttributeDepth));
        assertRow(source, "characters of a number", limits.maxNumberLength(), most(limits::withMaxNumberLength));
        assertRow(
                source,
                "digits of a number's exponent, without leading zeros",
                limits.maxExponentDigits(),
                most(limits::withMaxExponentDigits));
        assertRow(
                source,
                "levels of any JSON nesting, the record itself being the first",
                DecodeLimits.MAX_JSON_DEPTH,
                null);
        assertRow(source, "UTF-8 bytes of an attribute name", DecodeLimits.MAX_NAME_BYTES, null);
        assertThat(source.lines().filter(line -> line.contains("<tr><td>"))).hasSize(6);
    }

    private interface Limit {
        DecodeLimits with(int value);
    }

    /** The largest value that a limit accepts, by halving. */
    private static Integer most(Limit limit) {
        int accepted = 1;
        int refused = Integer.MAX_VALUE;
        while (refused - accepted > 1) {
            int middle = accepted + (refused - accepted) / 2;
            try {
                limit.with(middle);
                accepted = middle;
            } catch (IllegalArgumentException e) {
                refused = middle;
            }
        }
        return accepted;
    }

    private static void assertRow(String source, String what, int usual, @Nullable Integer most) {
        Matcher row = Pattern.compile("<tr><td>" + Pattern.quote(what) + "</td><td>([^<]+)</td><td>([^<]+)</td>")
                .matcher(source);
        assertThat(row.find()).as(what).isTrue();
        assertThat(number(row.group(1))).as(what).isEqualTo(usual);
        if (most == null) {
            assertThat(row.group(2)).as(what).isEqualTo("fixed");
        } else {
            assertThat(number(row.group(2))).as(what).isEqualTo(most);
        }
    }

    private static int number(String documented) {
        boolean mebibytes = documented.endsWith(" MiB");
        int number = Integer.parseInt(documented.replace(" MiB", "").replace(",", ""));
        return mebibytes ? number << 20 : number;
    }

    @Test
    void limitsOutsideTheirBoundsAreRefused() {
        for (Limit limit : List.<Limit>of(
                DecodeLimits.defaults()::withMaxRecordBytes,
                DecodeLimits.defaults()::withMaxAttributeDepth,
                DecodeLimits.defaults()::withMaxNumberLength,
                DecodeLimits.defaults()::withMaxExponentDigits)) {
            for (int value : new int[] {0, -1, Integer.MIN_VALUE, most(limit) + 1, Integer.MAX_VALUE}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> limit.with(value))
                        .withMessageContaining(String.valueOf(value));
            }
            assertThat(limit.with(1)).isNotNull();
        }
    }

    @Test
    void everyVocabularySaysThatItMayGrow() throws IOException {
        List<JavaClass> vocabularies = RULES.publicTypes()
                .filter(type -> type.isEnum() && !type.isNestedClass())
                .toList();
        assertThat(vocabularies).hasSizeGreaterThanOrEqualTo(5);
        for (JavaClass type : vocabularies) {
            String text =
                    source(type.getSimpleName()).replaceAll("\\s*\\*\\s*", " ").toLowerCase(Locale.ROOT);
            assertThat(text).contains("a minor release may add constants");
        }
    }

    private static String source(String type) throws IOException {
        return Files.readString(Path.of("src", "main", "java", "io", "github", "dynamodbcdc", type + ".java"), UTF_8);
    }
}
