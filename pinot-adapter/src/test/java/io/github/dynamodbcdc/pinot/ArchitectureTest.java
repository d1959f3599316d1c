package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.dynamodbcdc.ChangeEvent;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that keep the adapter small, and loadable by every release of Pinot. */
class ArchitectureTest {
    private static final int MAX_LINES = 500;
    private static final int MAX_LINE_LENGTH = 120;
    private static final JavaClasses MAIN = new ClassFileImporter().importPath(classes());

    /** The types of Pinot whose methods that main calls are the same in all releases since 1.0. */
    private static final Set<String> LINKED_IN_PINOT = Set.of(
            "org.apache.pinot.spi.config.table.SegmentsValidationAndRetentionConfig",
            "org.apache.pinot.spi.config.table.TableConfig",
            "org.apache.pinot.spi.config.table.UpsertConfig",
            "org.apache.pinot.spi.config.table.UpsertConfig$Mode",
            "org.apache.pinot.spi.config.table.ingestion.IngestionConfig",
            "org.apache.pinot.spi.config.table.ingestion.TransformConfig",
            "org.apache.pinot.spi.data.DateTimeFieldSpec",
            "org.apache.pinot.spi.data.DateTimeFieldSpec$TimeFormat",
            "org.apache.pinot.spi.data.DateTimeFormatSpec",
            "org.apache.pinot.spi.data.FieldSpec",
            "org.apache.pinot.spi.data.FieldSpec$DataType",
            "org.apache.pinot.spi.data.Schema",
            "org.apache.pinot.spi.data.readers.GenericRow",
            "org.apache.pinot.spi.stream.StreamConfig",
            "org.apache.pinot.spi.stream.StreamMessageDecoder");

    private static Path classes() {
        try {
            return Path.of(DynamoDbMessageDecoder.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<JavaClass> types() {
        assertThat(MAIN.size()).isGreaterThan(20);
        return MAIN.stream().filter(type -> !type.getSimpleName().equals("package-info"));
    }

    private static boolean has(JavaField field, JavaModifier... modifiers) {
        return field.getModifiers().containsAll(List.of(modifiers));
    }

    @Test
    void onlyTheDecoderIsPublic() {
        assertThat(types().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getName))
                .containsExactly(DynamoDbMessageDecoder.class.getName());
    }

    @Test
    void everyTypeIsFinalUnlessItIsAbstract() {
        assertThat(types().filter(type -> !type.isEnum() && !type.isAnonymousClass())
                        .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void thereIsOnePackage() {
        assertThat(types().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .containsExactly("io.github.dynamodbcdc.pinot");
    }

    @Test
    void noStaticFieldChanges() {
        assertThat(types().flatMap(type -> type.getFields().stream())
                        .filter(field -> has(field, JavaModifier.STATIC) && !has(field, JavaModifier.FINAL))
                        .map(JavaField::getFullName))
                .isEmpty();
    }

    /** Release jars of Pinot relocate third-party classes, and a plugin's own class loader hides them. */
    @Test
    void onlyCoreTheJdkTheLoggersInterfaceAndLastingTypesOfPinotAreNeeded() {
        assertThat(foreign())
                .containsAll(LINKED_IN_PINOT)
                .contains("org.slf4j.Logger")
                .allSatisfy(name -> assertThat(isPlatform(name)
                                || isPublicInCore(name)
                                || LINKED_IN_PINOT.contains(name)
                                || name.matches("org\\.slf4j\\.Logger(Factory)?|org\\.jspecify\\.annotations\\..*"))
                        .as(name)
                        .isTrue());
    }

    private static Set<String> foreign() {
        return types().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(type -> !type.isPrimitive())
                .map(JavaClass::getName)
                .filter(name -> !name.startsWith("io.github.dynamodbcdc.pinot."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isPlatform(String name) {
        try {
            return "java.base"
                    .equals(Class.forName(name, false, null).getModule().getName());
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean isPublicInCore(String name) {
        try {
            return name.startsWith(ChangeEvent.class.getPackageName() + ".")
                    && Modifier.isPublic(Class.forName(name).getModifiers());
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void noFileHasMoreThan500LinesOrALineOfMoreThan120Characters() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(sources).hasSizeGreaterThan(50);
        for (Path source : sources) {
            List<String> lines = Files.readAllLines(source);
            assertThat(lines).as(source.toString()).hasSizeLessThanOrEqualTo(MAX_LINES);
            assertThat(lines.stream().filter(line -> line.length() > MAX_LINE_LENGTH))
                    .as(source.toString())
                    .isEmpty();
        }
    }
}
