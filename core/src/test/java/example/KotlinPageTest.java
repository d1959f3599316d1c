package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares docs/kotlin.md with the Kotlin code in jackson, which only the profile kotlin compiles and runs. */
class KotlinPageTest {
    private static final Path PAGE = ReadmeTest.ROOT.resolve("core/docs/kotlin.md");
    private static final Path POM = ReadmeTest.ROOT.resolve("pom.xml");
    private static final Path JACKSON = ReadmeTest.ROOT.resolve("jackson");

    @Test
    void theKotlinCodeOfThePageIsThatOfTheSource() throws IOException {
        String source = text(JACKSON.resolve("src/test/kotlin/kotlinpage/Snippets.kt"));
        List<String> pieces = ReadmeTest.find("(?s)// kotlin.md: (?!end)[^\n]*\n(.*?)\n *// kotlin.md: end", source);
        List<String> blocks = ReadmeTest.find("(?s)```kotlin\n(.*?)\n```", text(PAGE));
        assertEquals(6, pieces.size());
        assertEquals(List.copyOf(pieces.subList(1, 6)), blocks.subList(0, 5)); // functions of the source's class
        assertEquals(pieces.get(0), blocks.get(5)); // top-level declarations
        assertEquals(6, blocks.size());
    }

    @Test
    void theImportsOfThePageAreEnoughForItsCode() throws IOException {
        String imported = "(?m)^import ([\\w.]+)(?:\\.\\*)?$";
        List<String> imports = ReadmeTest.find(imported, text(PAGE));
        assertFalse(imports.isEmpty());
        for (String type : ReadmeTest.find(imported, text(JACKSON.resolve("src/test/kotlin/kotlinpage/Snippets.kt")))) {
            String itsPackage = type.substring(0, type.lastIndexOf('.'));
            assertTrue(imports.contains(type) || imports.contains(itsPackage), type);
        }
    }

    @Test
    void theCommandOfThePageIsThatOfTheProfile() throws IOException {
        String command = ReadmeTest.find("`(\\./mvnw [^`]*)`", text(PAGE).replace('\n', ' '))
                .get(0);
        String pom = text(JACKSON.resolve("pom.xml"));
        assertTrue(pom.contains("<!-- " + command + "\n"), command);
        assertTrue(pom.contains("<id>kotlin</id>"));
        assertTrue(text(ReadmeTest.ROOT.resolve(".github/CONTRIBUTING.md")).contains("`" + command + "`"), command);
    }

    @Test
    void thePageNamesTheVersionsThatAreRun() throws IOException {
        for (String[] named : new String[][] {
            {"kotlin.version", "Kotlin (\\d+\\.\\d+\\.\\d+)"}, {"jackson.version", "jackson-module-kotlin:([\\d.]+)`"}
        }) {
            String version = ReadmeTest.find("<" + named[0] + ">(.*)</" + named[0] + ">", text(POM))
                    .get(0);
            assertEquals(List.of(version), ReadmeTest.find(named[1], text(PAGE)));
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, UTF_8).replace("\r\n", "\n");
    }
}
