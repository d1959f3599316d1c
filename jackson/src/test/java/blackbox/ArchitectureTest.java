package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules for the types and the source files of this module. */
class ArchitectureTest {
    private static final String PACKAGE = "io.github.dynamodbcdc.jackson";
    private static final int JAVA_11_CLASS_FILE = 55;
    private static final int MAX_LINES = 500;
    private static final int MAX_MEDIAN_LINES = 200;
    private static final int MAX_LINE_LENGTH = 120;

    private static final Path CLASSES = classes();
    private static final JavaClasses MAIN = new ClassFileImporter().importPath(CLASSES);

    private static Path classes() {
        try {
            return Path.of(ItemMapper.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JavaClass> types() {
        assertThat(MAIN.size()).isGreaterThan(15);
        return MAIN.stream()
                .filter(type -> !Set.of("package-info", "module-info").contains(type.getSimpleName()));
    }

    private static boolean has(JavaClass type, JavaModifier modifier) {
        return type.getModifiers().contains(modifier);
    }

    @Test
    void onlyTheDocumentedTypesArePublic() {
        assertThat(types().filter(type -> has(type, JavaModifier.PUBLIC)).map(JavaClass::getName))
                .containsExactlyInAnyOrder(
                        PACKAGE + ".DynamoDbModule",
                        PACKAGE + ".ItemMapper",
                        PACKAGE + ".ItemMapper$EpochUnit",
                        PACKAGE + ".ItemMappingException",
                        PACKAGE + ".ItemMappingException$Reason");
    }

    @Test
    void everyTypeIsFinal() {
        assertThat(types().filter(type -> !type.isEnum() && !type.isInterface() && !type.isAnonymousClass())
                        .filter(type -> !has(type, JavaModifier.FINAL))
                        .map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void thereIsOnePackage() {
        assertThat(types().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .containsExactly(PACKAGE);
    }

    @Test
    void noFieldIsPublicAndNoStaticFieldChanges() {
        assertThat(types().flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC)
                                || field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> !isConstant(field))
                        .map(JavaField::getFullName))
                .isEmpty();
    }

    private static boolean isConstant(JavaField field) {
        return field.getModifiers().contains(JavaModifier.STATIC)
                && field.getModifiers().contains(JavaModifier.FINAL);
    }

    @Test
    void onlyCoreAndJacksonAreRequired() {
        Set<String> foreign = types().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(type -> !type.isPrimitive())
                .map(JavaClass::getName)
                .filter(name -> !name.startsWith("io.github.dynamodbcdc.")
                        && !name.startsWith("com.fasterxml.jackson.")
                        && !name.startsWith("org.jspecify.annotations."))
                .collect(Collectors.toSet());
        assertThat(foreign)
                .contains("java.lang.Object")
                .allSatisfy(name -> assertThat(isInBaseModule(name)).isTrue());
    }

    private static boolean isInBaseModule(String name) {
        try {
            return "java.base"
                    .equals(Class.forName(name, false, null).getModule().getName());
        } catch (ClassNotFoundException e) {
            return false; // not even a type of the platform
        }
    }

    @Test
    void everyClassFileLoadsOnJava11() throws IOException {
        List<Path> files = files(CLASSES, ".class");
        assertThat(files).hasSizeGreaterThan(15);
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

    @Test
    void sourceFilesAreShort() throws IOException {
        List<Long> lengths = new ArrayList<>();
        for (Path file : files(Path.of("src", "main", "java"), ".java")) {
            lengths.add((long) Files.readAllLines(file).size());
        }
        lengths.sort(null);
        assertThat(lengths).hasSizeGreaterThan(10).allMatch(lines -> lines <= MAX_LINES);
        assertThat(lengths.get(lengths.size() / 2)).isLessThanOrEqualTo(MAX_MEDIAN_LINES);
    }

    @Test
    void linesAreShort() throws IOException {
        for (Path file : files(Path.of("src"), ".java")) {
            assertThat(Files.readAllLines(file).stream().filter(line -> line.length() > MAX_LINE_LENGTH))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(end)).toList();
        }
    }
}
