package blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fixtures.HeapCheck;
import fixtures.LongRunning;
import fixtures.Sampling;
import fixtures.SelfCheck;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding is the same in other virtual machines and run-time images: each runs a self-check in its own process. */
@LongRunning
@DisabledIfSystemProperty(
        named = "io.github.dynamodbcdc.shapes",
        matches = "off",
        disabledReason = "the processes do not have the property")
class VirtualMachinesTest {
    private static final Path MAIN = Path.of("target", "classes");
    private static final Path TESTS = Path.of("target", "test-classes");
    private static final Path WORDS = Path.of("src", "main", "java", "io", "github", "dynamodbcdc", "Words.java");
    private static final String CHECK = SelfCheck.class.getName();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private static Path tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name);
    }

    private static String classPath(Path... folders) {
        return Stream.of(folders)
                .map(Path::toString)
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    /** The output of a process that ended, and whether it succeeded. */
    private record Ended(boolean succeeded, String output) {}

    private Ended run(Path program, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end within two minutes: " + command);
        }
        return new Ended(process.exitValue() == 0, Files.readString(output));
    }

    private void assertChecks(Path java, List<String> arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        all.add(CHECK);
        Ended ended = run(java, all);
        if (!ended.succeeded() && ended.output().contains("Could not create the Java Virtual Machine")) {
            abort("this JVM does not have the option: " + arguments);
        }
        assertThat(ended.output().lines().toList()).as("%s", arguments).endsWith(SelfCheck.result());
        assertThat(ended.succeeded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xint",
                "-XX:+UseZGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:-CompactStrings",
                "-Xss256k",
                "-Dfile.encoding=US-ASCII",
                "-Duser.language=tr"
            })
    void theSelfCheckGivesTheSameWithEachOptionOfTheJvm(String option) throws Exception {
        assertChecks(tool("java"), List.of(option, "-cp", classPath(MAIN, TESTS)));
    }

    /** The heaps of the page on reliability, under "Limits". */
    @ParameterizedTest
    @CsvSource({"64, 64, ORDINARY", "128, 128, RECORDS", "192, 256, UNCLEAR", "256, 256, CARRIED"})
    void theHeapOfThePageIsEnough(int megabytes, int withG1, HeapCheck.Kind kind) throws Exception {
        assertThat(Files.readString(Path.of("docs", "reliability.md"))).contains(megabytes + " MB", withG1 + " MB");
        List<List<String>> ways = Sampling.EXHAUSTIVE
                ? List.of(
                        List.of("Serial", "row"),
                        List.of("Serial", "array"),
                        List.of("Parallel", "row"),
                        List.of("Parallel", "array"),
                        List.of("G1", "row"),
                        List.of("G1", "array"))
                : List.of(List.of("Serial", "array"), List.of("G1", "row"));
        for (List<String> way : ways) {
            List<String> arguments = new ArrayList<>();
            int heap = way.get(0).equals("G1") ? withG1 : megabytes;
            arguments.addAll(List.of("-XX:+Use" + way.get(0) + "GC", "-Xmx" + heap + "m"));
            arguments.addAll(List.of("-cp", classPath(MAIN, TESTS), HeapCheck.class.getName()));
            arguments.addAll(List.of(kind.name(), way.get(1)));
            Ended ended = run(tool("java"), arguments);
            assertThat(ended.succeeded()).as("%s %s", arguments, ended.output()).isTrue();
            List<String> outcomes = ended.output().lines().toList();
            String outcome = kind == HeapCheck.Kind.ORDINARY ? "event" : "RECORD_LIMIT";
            assertThat(outcomes).contains(outcome).last().isEqualTo("event");
            assertThat(Collections.frequency(outcomes, "event")).isEqualTo(outcome.equals("event") ? 1 : 4);
        }
    }

    @Test
    void aRuntimeOfJavaBaseAloneDecodes() throws Exception {
        Path jlink = tool("jlink");
        assumeTrue(Files.isExecutable(jlink), "this JDK has no jlink");
        Path image = folder.resolve("image");
        Ended linked = run(
                jlink,
                List.of(
                        "--module-path",
                        MAIN.toString(),
                        "--add-modules",
                        "io.github.dynamodbcdc",
                        "--output",
                        image.toString()));
        assumeTrue(linked.succeeded(), () -> "jlink of this JDK makes no image: " + linked.output());
        Path java = image.resolve("bin").resolve("java");
        assertThat(run(java, List.of("--list-modules")).output().lines().map(line -> line.replaceFirst("@.*", "")))
                .containsExactlyInAnyOrder("java.base", "io.github.dynamodbcdc");
        assertChecks(java, List.of("--add-modules", "io.github.dynamodbcdc", "-cp", TESTS.toString()));
    }

    // -------------------------------------------------------------------------------------------------- byte order

    /** On a machine of the other byte order, a JVM reads each word and reverses it. The changed class does the same. */
    @Test
    void aMachineOfTheOtherByteOrderDecodesAlike() throws Exception {
        Path javac = tool("javac");
        assumeTrue(Files.isExecutable(javac), "this JDK has no javac");
        String source = Files.readString(WORDS);
        Map<String, String> changes = Map.of(
                "(long) LONG.get(data, p)", "Long.reverseBytes((long) BIG_ENDIAN_LONG.get(data, p))",
                "BIG_ENDIAN_LONG.set(data, p, word)", "LONG.set(data, p, Long.reverseBytes(word))",
                "(int[].class, ByteOrder.LITTLE_ENDIAN)", "(int[].class, ByteOrder.BIG_ENDIAN)",
                "(int) INT.get(data, p)", "Integer.reverseBytes((int) INT.get(data, p))");
        for (Map.Entry<String, String> change : changes.entrySet()) {
            assertThat(source).contains(change.getKey());
            source = source.replace(change.getKey(), change.getValue());
        }
        Path changed = Files.writeString(folder.resolve("Words.java"), source);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Ended compiled = run(javac, List.of("-cp", MAIN.toString(), "-d", classes.toString(), changed.toString()));
        assertThat(compiled.succeeded()).as(compiled.output()).isTrue();
        assertChecks(tool("java"), List.of("-cp", classPath(classes, MAIN, TESTS)));
    }

    @Test
    void onlyWordsDependsOnAByteOrderAndItNamesIt() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String source = Files.readString(file);
                assertThat(source).as("%s", file).doesNotContain("nativeOrder");
                assertThat(source.contains("ByteOrder.")).as("%s", file).isEqualTo(file.endsWith(WORDS.getFileName()));
            }
        }
    }
}
