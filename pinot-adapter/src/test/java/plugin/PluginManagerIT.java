package plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Installs the plugin in the plugins folder of each release of Pinot, in a separate process. Two run at a time. */
@Execution(ExecutionMode.CONCURRENT)
class PluginManagerIT {
    private static final String DECODER = "io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder";
    private static final String BY_PLUGIN = "dynamodb-cdc:" + DECODER;
    private static final String ROW = "{changed_at=1719039879869591, deleted=true, id=a, qty=8}";
    /** Before 1.2 there is no schema, and the time is in milliseconds, as Pinot's own conversions expect. */
    private static final String ROW_WITHOUT_SCHEMA = "{changed_at=1719039879869, deleted=true, id=a, qty=8}";

    @TempDir
    private Path plugins;

    /** Installs the jar alone, in the folder that the guide names. */
    private Path installJar() throws IOException {
        Path folder = Files.createDirectories(plugins.resolve("pinot-input-format/dynamodb-cdc"));
        return Files.copy(Built.pluginJar(), folder.resolve(Built.installedName()));
    }

    private void installZip() throws IOException {
        Path folder = plugins.resolve("pinot-input-format");
        try (ZipFile zip = new ZipFile(Built.pluginZip().toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                Path target = folder.resolve(entry.getName());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
            }
        }
    }

    private void install(boolean asZip) throws IOException {
        if (asZip) {
            installZip();
        } else {
            installJar();
        }
    }

    private Path installedJar() {
        return plugins.resolve("pinot-input-format/dynamodb-cdc").resolve(Built.installedName());
    }

    private static boolean hasSchema(String pinot) {
        return !pinot.startsWith("1.0.") && !pinot.startsWith("1.1.");
    }

    /**
     * Returns the line that {@link DecodeProbe} prints in a process whose class path has this SPI and its dependencies,
     * and nothing of this project except the given files.
     */
    private String decoded(String pinot, String decoder, Path... more) throws Exception {
        String output = output(0, List.of("-Dplugins.dir=" + plugins), pinot, decoder, more);
        return output.lines().reduce((first, last) -> last).orElse("");
    }

    private static String output(int status, List<String> options, String pinot, String decoder, Path... more)
            throws Exception {
        Path tests = Path.of(DecodeProbe.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String classPath = Stream.of(Stream.of(Built.pinotSpi(pinot), Built.commonsLang(), tests), Arrays.stream(more))
                        .flatMap(paths -> paths)
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator, "", File.pathSeparator))
                + Built.libraries().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // it starts, decodes once and ends
        command.addAll(options);
        command.addAll(
                List.of("-cp", classPath, DecodeProbe.class.getName(), decoder, String.valueOf(hasSchema(pinot))));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(status);
        return output;
    }

    /** As Pinot's start script does: every plugin's jar is on the class path, and the class name has no prefix. */
    @ParameterizedTest(name = "Pinot {0}")
    @MethodSource("plugin.Built#pinots")
    void onTheClassPathByTheNameOfTheClass(String pinot) throws Exception {
        String row = hasSchema(pinot) ? ROW : ROW_WITHOUT_SCHEMA;

        assertThat(decoded(pinot, DECODER, installJar())).isEqualTo(row + " by AppClassLoader");
    }

    @ParameterizedTest(name = "Pinot {0}")
    @MethodSource("plugin.Built#pinots")
    void theJarAloneInThePluginsFolderByTheNameOfThePlugin(String pinot) throws Exception {
        String row = hasSchema(pinot) ? ROW : ROW_WITHOUT_SCHEMA;
        installJar();

        assertThat(decoded(pinot, BY_PLUGIN)).isEqualTo(row + " by PluginClassLoader");
    }

    /** Releases before 1.3 have no realms: for them, the ZIP is the same as the jar. */
    @ParameterizedTest(name = "Pinot {0}")
    @MethodSource("plugin.Built#pinots")
    void theZipInARealmThatSeesOnlyTheSpiAndTheLogger(String pinot) throws Exception {
        String row = hasSchema(pinot) ? ROW : ROW_WITHOUT_SCHEMA;
        String loader = pinot.matches("1\\.[012]\\..*") ? "PluginClassLoader" : "ClassRealm";
        installZip();

        assertThat(decoded(pinot, BY_PLUGIN)).isEqualTo(row + " by " + loader);
    }

    @ParameterizedTest(name = "as a ZIP: {0}")
    @ValueSource(booleans = {false, true})
    void onTheClassPathAndInThePluginsFolderByEitherName(boolean asZip) throws Exception {
        install(asZip);
        String loader = asZip ? "ClassRealm" : "AppClassLoader"; // that of the plugins folder asks its parent first

        assertThat(decoded("1.5.1", DECODER, installedJar())).isEqualTo(ROW + " by AppClassLoader");
        assertThat(decoded("1.5.1", BY_PLUGIN, installedJar())).isEqualTo(ROW + " by " + loader);
    }

    @ParameterizedTest(name = "Pinot {0}, as a ZIP: {1}")
    @CsvSource({"1.0.0, false", "1.3.0, false", "1.3.0, true", "1.5.1, false", "1.5.1, true"})
    void byThePluginsFolderAloneTheBareNameIsNotFound(String pinot, boolean asZip) throws Exception {
        install(asZip);

        assertThat(output(1, List.of("-Dplugins.dir=" + plugins), pinot, DECODER))
                .contains("ClassNotFoundException: " + DECODER);
    }

    @ParameterizedTest(name = "Pinot {0}: {1}")
    @CsvSource({
        "1.0.0, NullPointerException",
        "1.2.0, NullPointerException",
        "1.3.0, NoSuchRealmException",
        "1.5.1, NoSuchRealmException"
    })
    void byTheClassPathAloneThePluginsNameIsNotFound(String pinot, String exception) throws Exception {
        assertThat(output(1, List.of(), pinot, BY_PLUGIN, installJar())).contains(exception);
    }
}
