package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import fixtures.HouseRules;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The rules for the types and the source files of this module. */
class ArchitectureTest {
    private static final String PACKAGE = ItemMapper.class.getPackageName();
    private static final HouseRules RULES = HouseRules.of(ItemMapper.class, 25);

    @Test
    void onlyTheDocumentedTypesArePublic() {
        assertThat(RULES.publicTypes().map(JavaClass::getName))
                .containsExactlyInAnyOrder(
                        PACKAGE + ".DynamoDbModule",
                        PACKAGE + ".ItemMapper",
                        PACKAGE + ".ItemMapper$EpochUnit",
                        PACKAGE + ".ItemMappingException",
                        PACKAGE + ".ItemMappingException$Reason");
    }

    @Test
    void everyClassIsFinal() {
        assertThat(RULES.openTypes().filter(type -> !type.isInterface()).map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void thereIsOnePackage() {
        RULES.assertOnePackage();
    }

    @Test
    void noFieldIsPublicAndNoStaticFieldChanges() {
        assertThat(RULES.exposedVariables().map(JavaField::getFullName)).isEmpty();
    }

    @Test
    void onlyCoreAndJacksonAreRequired() {
        String core = ChangeEvent.class.getPackageName() + ".";
        assertThat(RULES.requiredTypes())
                .anyMatch(name -> name.startsWith(core))
                .allMatch(name -> name.startsWith(core) || name.startsWith("com.fasterxml.jackson."));
    }

    @Test
    void everyClassFileLoadsOnJava11() throws IOException {
        RULES.assertEveryClassFileLoadsOnJava11();
    }

    @Test
    void sourceFilesAreShort() throws IOException {
        assertThat(HouseRules.readableSizes(Path.of("src", "main", "java"))).isNotEmpty();
    }
}
