package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules that keep the house livable. */
class ArchitectureTest {
    private static final int JAVA_11_CLASS_FILE = 55;

    /** All that is public: what is not here is package-private. */
    private static final Set<String> PUBLIC = Set.of(
            "ChangeEventDecoder",
            "DecodeSession",
            "ChangeEventReader",
            "Envelope",
            "EnvelopeShape",
            "SourceRecord",
            "BatchResponses",
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
            "DecodeException",
            "DecodeResult",
            "DecodeLimits",
            "AttributeValueException",
            "EventName",
            "Channel",
            "StreamViewType",
            "BinaryEncoding",
            "UserIdentity");

    /** Parts of public types: builders, vocabularies and the halves of a change. */
    private static final Set<String> PUBLIC_PARTS = Set.of(
            "ChangeEventDecoder.Builder",
            "DecodeException.Reason",
            "AttributeValueException.Reason",
            "ItemDiff.Change",
            "PlainValues.Numbers",
            "PlainValues.Sets",
            "PlainValues.Binary",
            "PlainValues.Nulls");

    private static final Path CLASSES = classes();
    private static final JavaClasses MAIN = new ClassFileImporter().importPath(CLASSES);

    private static Path classes() {
        try {
            return Path.of(ChangeEvent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JavaClass> types() {
        assertThat(MAIN.size()).isGreaterThan(40);
        return MAIN.stream().filter(type -> !type.getSimpleName().equals("package-info"));
    }

    private static String nameInPackage(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    @Test
    void onlyTheTypesOfTheApiArePublic() {
        Set<String> published = types().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(ArchitectureTest::nameInPackage)
                .collect(Collectors.toSet());
        assertThat(published)
                .allSatisfy(name -> assertThat(PUBLIC.contains(name) || PUBLIC_PARTS.contains(name))
                        .isTrue());
        assertThat(published).contains("ChangeEventDecoder", "ChangeEvent", "Item", "AttributeValue");
    }

    @Test
    void everyTypeOfTheApiIsPublic() {
        assertThat(types().filter(type -> PUBLIC.contains(nameInPackage(type)))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.PUBLIC)))
                .isEmpty();
    }

    @Test
    void everyTypeIsFinal() {
        assertThat(types().filter(type -> !type.isEnum() && !type.isAnonymousClass())
                        .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
                        .filter(type -> !nameInPackage(type).equals("Opaque")) // which its one subclass must hide
                        .map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void thereIsOnePackage() {
        assertThat(types().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .containsExactly("io.github.dynamodbcdc");
    }

    @Test
    void noFieldIsPublicButConstants() {
        assertThat(types().flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(field -> !isConstant(field))
                        .map(JavaField::getFullName))
                .isEmpty();
    }

    private static boolean isConstant(JavaField field) {
        return field.getModifiers().contains(JavaModifier.STATIC)
                && field.getModifiers().contains(JavaModifier.FINAL);
    }

    @Test
    void noStaticFieldChanges() {
        assertThat(types().flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> !isConstant(field))
                        .map(JavaField::getFullName))
                .isEmpty();
    }

    @Test
    void nothingIsNeededButTheBaseModuleAndNullAnnotations() {
        Set<String> foreign = types().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(type -> !type.isPrimitive())
                .map(JavaClass::getName)
                .filter(name -> !name.startsWith("io.github.dynamodbcdc."))
                .collect(Collectors.toSet());
        assertThat(foreign)
                .contains("java.lang.Object")
                .allSatisfy(name -> assertThat(isAllowed(name)).isTrue());
    }

    private static boolean isAllowed(String name) {
        if (name.startsWith("org.jspecify.annotations.")) {
            return true;
        }
        try {
            return "java.base"
                    .equals(Class.forName(name, false, null).getModule().getName());
        } catch (ClassNotFoundException e) {
            return false; // not even of the platform
        }
    }

    @Test
    void everyClassFileLoadsOnJava11() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(CLASSES)) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        assertThat(files).hasSizeGreaterThan(40);
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                DataInputStream data = new DataInputStream(in);
                assertThat(data.readInt()).isEqualTo(0xCAFEBABE);
                assertThat(data.readUnsignedShort())
                        .as("no preview features: " + file)
                        .isZero();
                assertThat(data.readUnsignedShort()).as(file.toString()).isEqualTo(JAVA_11_CLASS_FILE);
            }
        }
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
                "digits of a number's exponent, leading zeros aside",
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
        List<JavaClass> vocabularies = types().filter(JavaClass::isEnum)
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && !type.isNestedClass())
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
