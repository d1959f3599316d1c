package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares docs/engines.md with the code in src/engines, which only the profile of that name compiles and runs. */
class EnginesPageTest {
    private static final Path CORE = ReadmeTest.ROOT.resolve("core");

    /** The classes that contain the page's code, in its order. */
    private static final List<String> CODE = List.of(
            "StationChange",
            "StationSchema",
            "StationProcess",
            "FlinkJobTest",
            "StationJob",
            "StationRows",
            "StationFiles");

    @Test
    void theJavaCodeOfThePageIsThatOfTheSources() throws IOException {
        StringBuilder source = new StringBuilder();
        for (String type : CODE) {
            source.append(Files.readString(CORE.resolve("src/engines/java/engines/" + type + ".java"), UTF_8));
        }
        List<String> pieces = ReadmeTest.find(
                "(?s)// docs/engines.md: (?!end)[^\n]*\n(.*?)\n *// docs/engines.md: end", source.toString());
        assertEquals(9, pieces.size());
        assertEquals(pieces, ReadmeTest.find("(?s)```java\n(.*?)\n```", page()));
    }

    @Test
    void theCommandOfThePageNamesAProfileAndExecutionsThatExist() throws IOException {
        String pom = Files.readString(CORE.resolve("pom.xml"), UTF_8);
        String command = ReadmeTest.find("(?m)^(\\./mvnw .*)$", page()).get(0);
        for (String id : ReadmeTest.find("(?:-P|@)(\\w+)", command)) {
            assertTrue(pom.contains("<id>" + id + "</id>"), id);
        }
        assertTrue(pom.contains(command), command);
    }

    @Test
    void thePageNamesTheVersionsThatAreRun() throws IOException {
        String pom = Files.readString(ReadmeTest.ROOT.resolve("pom.xml"), UTF_8);
        String flink =
                ReadmeTest.find("<flink.version>(.*)</flink.version>", pom).get(0);
        String spark =
                ReadmeTest.find("<spark.version>(.*)</spark.version>", pom).get(0);
        assertTrue(page().contains("| Flink | " + flink + " |"), flink);
        assertTrue(page().contains("| Spark | " + spark + ","), spark);
    }

    private static String page() throws IOException {
        return Files.readString(CORE.resolve("docs/engines.md"), UTF_8);
    }
}
