package release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of a release fails when anything is missing, unexpected or wrong. */
class CentralBundleTest {
    private static final String VERSION = "1.2.3";
    private static final Path CORE = Path.of(CentralBundle.GROUP, "dynamodb-cdc-core", VERSION);

    private static final String METADATA = """
            <url>u</url>
            <licenses><license><name>n</name><url>u</url></license></licenses>
            <developers><developer><name>n</name></developer></developers>
            <scm><connection>c</connection><developerConnection>c</developerConnection><url>u</url></scm>
            <issueManagement><url>u</url></issueManagement>
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path repository;

    @BeforeEach
    void writeACompleteBundle() throws IOException {
        for (Map.Entry<String, Set<String>> artifact : CentralBundle.FILES.entrySet()) {
            String name = artifact.getKey();
            Path folder = repository.resolve(CentralBundle.GROUP).resolve(name).resolve(VERSION);
            Files.createDirectories(folder);
            for (String end : artifact.getValue()) {
                Path file = folder.resolve(name + "-" + VERSION + end);
                if (end.endsWith(".jar")) {
                    writeJar(file, "A.class", "A.java", "index.html", "META-INF/LICENSE");
                } else {
                    Files.writeString(file, end.equals(".pom") ? pom(name) : "{}");
                }
                Files.writeString(Path.of(file + ".asc"), "-----BEGIN PGP SIGNATURE-----\n");
                writeChecksums(file);
            }
        }
    }

    private static String pom(String artifact) {
        boolean isParent = artifact.equals(CentralBundle.PARENT);
        return "<project>" + (isParent ? "<version>1.2.3</version>" : "<parent><version>1.2.3</version></parent>")
                + "<artifactId>" + artifact + "</artifactId><name>n</name><description>d</description>"
                + (isParent ? METADATA : "")
                + "</project>";
    }

    private static void writeJar(Path file, String... entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
            }
        }
    }

    private static void writeChecksums(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.writeString(Path.of(file + ".md5"), CentralBundle.digest("MD5", content));
        Files.writeString(Path.of(file + ".sha1"), CentralBundle.digest("SHA-1", content));
    }

    private List<String> faults() throws IOException {
        return CentralBundle.faults(repository, VERSION, true);
    }

    @Test
    void aCompleteBundleHasNoFault() throws IOException {
        assertThat(faults()).isEmpty();
    }

    @Test
    void aBundleThatIsNotThereIsAFault() throws IOException {
        assertThat(CentralBundle.faults(repository.resolve("elsewhere"), VERSION, true))
                .hasSize(1);
        assertThat(CentralBundle.faults(repository, "1.2.4", true)).isNotEmpty();
    }

    @Test
    void everyMissingFileIsNamed() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(repository)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file ->
                            !file.toString().matches(".*-(core|jackson)-.*")) // which have no other kinds of file
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(40);
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            assertThat(faults()).contains("missing " + file.getFileName());
            Files.write(file, content);
        }
    }

    @Test
    void everyMissingElementOfAPomIsNamed() throws IOException {
        Path file = repository
                .resolve(CentralBundle.GROUP)
                .resolve(CentralBundle.PARENT)
                .resolve(VERSION)
                .resolve(CentralBundle.PARENT + "-1.2.3.pom");
        String pom = Files.readString(file, UTF_8);
        for (String element : List.of(
                "<name>n</name><description>",
                "<description>d</description>",
                "<url>u</url>\n<licenses>",
                "<name>n</name><url>u</url></license>",
                "<url>u</url></license>",
                "<developer><name>n</name></developer>",
                "<connection>c</connection>",
                "<developerConnection>c</developerConnection>",
                "<url>u</url></scm>",
                "<issueManagement><url>u</url></issueManagement>",
                "<version>1.2.3</version>",
                "<artifactId>dynamodb-cdc-parent</artifactId>")) {
            assertThat(pom).contains(element);
            Files.writeString(file, pom.replace(element, element.replaceFirst("<(\\w+)>[^<]+</\\1>", "")));
            writeChecksums(file);
            assertThat(faults()).as(element).isNotEmpty();
        }
    }

    @Test
    void aPomNamesNoRepositoryAndNoSnapshot() throws IOException {
        Path file = repository.resolve(CORE).resolve("dynamodb-cdc-core-1.2.3.pom");
        String pom = Files.readString(file, UTF_8);
        List<String> found = new ArrayList<>();
        for (String element : List.of(
                "<repositories/>",
                "<dependencies><dependency><version>1-SNAPSHOT</version></dependency></dependencies>")) {
            Files.writeString(file, pom.replace("</project>", element + "</project>"));
            writeChecksums(file);
            found.addAll(faults());
        }
        assertThat(found)
                .containsExactly(
                        "has repositories in dynamodb-cdc-core-1.2.3.pom",
                        "needs a snapshot in dynamodb-cdc-core-1.2.3.pom");
    }

    @Test
    void theTestsJarAndOtherModulesAreUnexpected() throws IOException {
        Files.writeString(repository.resolve(CORE).resolve("dynamodb-cdc-core-1.2.3-tests.jar.md5"), "");
        Files.createDirectories(repository.resolve(CentralBundle.GROUP).resolve("dynamodb-cdc-benchmarks"));

        assertThat(faults())
                .containsExactlyInAnyOrder(
                        "unexpected dynamodb-cdc-core-1.2.3-tests.jar.md5", "unexpected dynamodb-cdc-benchmarks");
    }

    @Test
    void signaturesAreExpectedOnlyWhereTheBundleIsSigned() throws IOException {
        assertThat(CentralBundle.faults(repository, VERSION, false))
                .isNotEmpty()
                .allMatch(fault -> fault.startsWith("unexpected ") && fault.endsWith(".asc"));
    }

    @Test
    void wrongContentIsNamed() throws IOException {
        Path core = repository.resolve(CORE);
        String name = "dynamodb-cdc-core-1.2.3";
        Files.writeString(core.resolve(name + ".jar.asc"), "");
        Files.writeString(core.resolve(name + "-cyclonedx.json.sha1"), "0");
        writeJar(core.resolve(name + "-sources.jar"), "META-INF/LICENSE");
        writeChecksums(core.resolve(name + "-sources.jar"));
        writeJar(core.resolve(name + ".jar"), "A.class");
        writeChecksums(core.resolve(name + ".jar"));
        Files.writeString(core.resolve(name + "-javadoc.jar"), "");
        writeChecksums(core.resolve(name + "-javadoc.jar"));

        assertThat(faults())
                .containsExactlyInAnyOrder(
                        "no signature in " + name + ".jar.asc",
                        "wrong " + name + "-cyclonedx.json.sha1",
                        "no .*\\.java in " + name + "-sources.jar",
                        "no META-INF/LICENSE in " + name + ".jar",
                        "not a jar: " + name + "-javadoc.jar");
    }
}
