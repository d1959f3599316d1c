package plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The contents of the jars, and the classes that they need. */
class PluginJarIT {
    private static final int JAVA_11 = 55;
    private static final String ADAPTER = "io.github.dynamodbcdc.pinot.";
    private static final String CORE = "io.github.dynamodbcdc.";

    private static Map<String, ClassFile> classes(Path jar) throws IOException {
        Map<String, ClassFile> classes = new HashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (var entry :
                    zip.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    String name = entry.getName().replace('/', '.').replaceAll("\\.class$", "");
                    classes.put(name, ClassFile.read(in));
                }
            }
        }
        return classes;
    }

    private static Set<String> names(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName())
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void thePluginIsAdapterAndCoreAndNoModule() throws IOException {
        Set<String> classes = classes(Built.pluginJar()).keySet();

        assertThat(classes)
                .allSatisfy(name -> assertThat(name).startsWith(CORE))
                .contains(ADAPTER + "DynamoDbMessageDecoder", CORE + "ChangeEventDecoder");
        assertThat(names(Built.pluginJar()))
                .filteredOn(name -> !name.endsWith(".class"))
                .allSatisfy(name -> assertThat(name).startsWith("META-INF/"))
                .contains("META-INF/LICENSE")
                .noneMatch(name -> name.startsWith("META-INF/services"));
    }

    @Test
    void theThinJarIsTheAdapterAlone() throws IOException {
        assertThat(classes(Built.thinJar()).keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).startsWith(ADAPTER));
    }

    @Test
    void everyClassLoadsOnJava11() throws IOException {
        for (Path jar : new Path[] {Built.pluginJar(), Built.thinJar()}) {
            classes(jar)
                    .forEach((name, file) -> assertThat(file.version()).as(name).isEqualTo(JAVA_11));
        }
    }

    @Test
    void nothingIsNeededButPinotsSpiTheLoggersInterfaceAndTheJdk() throws IOException {
        Set<String> foreign = new TreeSet<>();
        Map<String, ClassFile> classes = classes(Built.pluginJar());
        classes.values().forEach(file -> foreign.addAll(file.references()));
        foreign.removeAll(classes.keySet());

        assertThat(foreign)
                .contains("org.apache.pinot.spi.stream.StreamMessageDecoder", "org.slf4j.Logger", "java.lang.String")
                .allSatisfy(name -> assertThat(name)
                        .matches("(java|javax)\\..*|org\\.apache\\.pinot\\.spi\\..*|org\\.slf4j\\.[A-Z].*"));
    }

    @Test
    void theZipHoldsTheJarByTheNameThatPinotFindsAndItsProperties() throws IOException {
        assertThat(names(Built.pluginZip()))
                .containsExactlyInAnyOrder(
                        "dynamodb-cdc/" + Built.installedName(), "dynamodb-cdc/pinot-plugin.properties");
    }
}
