package plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    void theBuildHasTheSpiOfEachRelease() throws IOException {
        assertThat(Built.pinots()).contains("1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0", "1.5.0", "1.5.1");
    }

    /** A class that loads can still fail later, at the first call of a method that the release does not have. */
    @ParameterizedTest(name = "Pinot {0}")
    @MethodSource("plugin.Built#pinots")
    void everyMethodAndFieldOfTheSpiThatIsUsedIsInTheRelease(String pinot) throws Exception {
        Set<ClassFile.Member> used = new HashSet<>();
        classes(Built.pluginJar()).values().forEach(file -> used.addAll(file.members()));
        used.removeIf(member -> !member.owner().startsWith("org.apache.pinot."));
        if (pinot.matches("1\\.[0-3]\\..*")) {
            // The adapter catches the error; PluginManagerIT has such a column.
            used.removeIf(member -> member.name().equals("isAllowTrailingZeros"));
        }
        if (pinot.startsWith("1.0.")) {
            // Only the init that Pinot has since 1.2 reads a table's configuration.
            used.removeIf(member -> member.name().equals("getDeletedKeysTTL"));
        }
        assertThat(used)
                .contains(new ClassFile.Member(
                        "org.apache.pinot.spi.data.readers.GenericRow",
                        "putValue",
                        "(Ljava/lang/String;Ljava/lang/Object;)V"));

        List<URL> classPath = new ArrayList<>(List.of(url(Built.pinotSpi(pinot)), url(Built.commonsLang())));
        Built.libraries().forEach(library -> classPath.add(url(library)));
        // Not the class loader of the tests, which has another SPI.
        try (URLClassLoader release =
                new URLClassLoader(classPath.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            assertThat(used)
                    .allSatisfy(member -> assertThat(isIn(release, member))
                            .as(member.toString())
                            .isTrue());
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isIn(ClassLoader release, ClassFile.Member member) throws ClassNotFoundException {
        Deque<Class<?>> types = new ArrayDeque<>(List.of(Class.forName(member.owner(), false, release)));
        while (!types.isEmpty()) {
            Class<?> type = types.remove();
            if (declares(type, member)) {
                return true;
            }
            if (type.getSuperclass() != null) {
                types.add(type.getSuperclass());
            }
            types.addAll(List.of(type.getInterfaces()));
        }
        return false;
    }

    private static boolean declares(Class<?> type, ClassFile.Member member) {
        String descriptor = member.descriptor();
        return switch (member.name().equals("<init>") ? "new" : descriptor.startsWith("(") ? "method" : "field") {
            case "new" ->
                Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(made -> MethodType.methodType(void.class, made.getParameterTypes())
                                .toMethodDescriptorString()
                                .equals(descriptor));
            case "method" ->
                Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals(member.name())
                                && MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                                        .toMethodDescriptorString()
                                        .equals(descriptor));
            default ->
                Arrays.stream(type.getDeclaredFields())
                        .anyMatch(field -> field.getName().equals(member.name())
                                && field.getType().descriptorString().equals(descriptor));
        };
    }

    @Test
    void theZipHoldsTheJarByTheNameThatPinotFindsAndItsProperties() throws IOException {
        assertThat(names(Built.pluginZip()))
                .containsExactlyInAnyOrder(
                        "dynamodb-cdc/" + Built.installedName(), "dynamodb-cdc/pinot-plugin.properties");
    }
}
