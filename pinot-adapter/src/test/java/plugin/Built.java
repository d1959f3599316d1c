package plugin;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The files that the build has written to its target folder. */
final class Built {
    private Built() {}

    static Path pluginJar() {
        return folder().resolve(property("plugin.name") + "-plugin.jar");
    }

    static Path pluginZip() {
        return folder().resolve(property("plugin.name") + "-plugin.zip");
    }

    static Path thinJar() {
        return folder().resolve(property("plugin.name") + ".jar");
    }

    /** Returns the releases of Pinot whose SPI the build has copied. */
    static List<String> pinots() throws IOException {
        try (Stream<Path> files = Files.list(folder().resolve("pinot-spi"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("pinot-spi-"))
                    .map(name -> name.substring("pinot-spi-".length(), name.length() - ".jar".length()))
                    .sorted()
                    .toList();
        }
    }

    static Path pinotSpi(String version) {
        return folder().resolve("pinot-spi").resolve("pinot-spi-" + version + ".jar");
    }

    /** Returns a library that Pinot's earliest releases need and later ones do not. */
    static Path commonsLang() {
        return folder().resolve("pinot-spi").resolve("commons-lang-2.6.jar");
    }

    /** Returns the libraries of the tests without this project and without an SPI. */
    static Stream<Path> libraries() {
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry ->
                        entry.endsWith(".jar") && !entry.contains("dynamodb-cdc") && !entry.contains("pinot-spi"))
                .map(Path::of);
    }

    /** Returns the name that the plugin's jar must have in an installation. */
    static String installedName() {
        return "dynamodb-cdc-" + property("plugin.version") + ".jar";
    }

    private static Path folder() {
        return Path.of(property("plugin.build"));
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
