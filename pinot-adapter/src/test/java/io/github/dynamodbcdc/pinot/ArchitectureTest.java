package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import fixtures.HouseRules;
import io.github.dynamodbcdc.ChangeEvent;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules that keep the adapter small, and loadable by every release of Pinot. */
class ArchitectureTest {
    private static final HouseRules RULES = HouseRules.of(DynamoDbMessageDecoder.class, 40);

    /** The types of Pinot whose methods that main calls are the same in all releases since 1.0. */
    private static final Set<String> LINKED_IN_PINOT = Set.of(
            "org.apache.pinot.spi.config.table.FieldConfig",
            "org.apache.pinot.spi.config.table.FieldConfig$EncodingType",
            "org.apache.pinot.spi.config.table.FieldConfig$IndexType",
            "org.apache.pinot.spi.config.table.IndexingConfig",
            "org.apache.pinot.spi.config.table.SegmentsValidationAndRetentionConfig",
            "org.apache.pinot.spi.config.table.TableConfig",
            "org.apache.pinot.spi.config.table.UpsertConfig",
            "org.apache.pinot.spi.config.table.UpsertConfig$Mode",
            "org.apache.pinot.spi.config.table.ingestion.ComplexTypeConfig",
            "org.apache.pinot.spi.config.table.ingestion.ComplexTypeConfig$CollectionNotUnnestedToJson",
            "org.apache.pinot.spi.config.table.ingestion.FilterConfig",
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

    @Test
    void onlyTheDecoderIsPublic() {
        assertThat(RULES.publicTypes().map(JavaClass::getName)).containsExactly(DynamoDbMessageDecoder.class.getName());
    }

    @Test
    void everyTypeIsFinalUnlessItIsAbstract() {
        assertThat(RULES.openTypes()
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void thereIsOnePackage() {
        RULES.assertOnePackage();
    }

    @Test
    void noFieldIsPublicExceptConstantsAndNoStaticFieldChanges() {
        assertThat(RULES.exposedVariables().map(JavaField::getFullName)).isEmpty();
    }

    /** Release jars of Pinot relocate third-party classes, and a plugin's own class loader hides them. */
    @Test
    void onlyCoreTheJdkTheLoggersInterfaceAndLastingTypesOfPinotAreRequired() {
        assertThat(RULES.requiredTypes())
                .containsAll(LINKED_IN_PINOT)
                .contains("org.slf4j.Logger")
                .allMatch(name -> isPublicInCore(name)
                        || LINKED_IN_PINOT.contains(name)
                        || name.matches("org\\.slf4j\\.Logger(Factory)?"));
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
    void everyClassFileLoadsOnJava11() throws IOException {
        RULES.assertEveryClassFileLoadsOnJava11();
    }

    @Test
    void sourceFilesAreShort() throws IOException {
        assertThat(HouseRules.readableSizes(Path.of("src"))).isNotEmpty();
    }
}
