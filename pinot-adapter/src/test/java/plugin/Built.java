package plugin;

import java.nio.file.Path;
import java.util.Objects;

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

    static Path pinotSpi(String version) {
        return folder().resolve("pinot-spi").resolve("pinot-spi-" + version + ".jar");
    }

    /** Returns a library that Pinot's earliest releases need and later ones do not. */
    static Path commonsLang() {
        return folder().resolve("pinot-spi").resolve("commons-lang-2.6.jar");
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
