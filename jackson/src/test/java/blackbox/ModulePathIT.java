package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import fixtures.Consumer;
import io.github.dynamodbcdc.ChangeEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's module compiles against the jar, and runs in an image that jlink makes. */
class ModulePathIT {
    private static final String JAR = System.getProperty("dynamodbcdc.jackson.jar", "");

    /** The module of the README. */
    private static final String MODULE = """
            // README: a module
            module com.example.app {
                requires io.github.dynamodbcdc.jackson;

                opens com.example.app to com.fasterxml.jackson.databind;
            }
            // README: end
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void aModuleThatOpensItsPackageToJacksonRunsInAnImage() throws Exception {
        Consumer consumer = consumer(MODULE);

        consumer.link(Consumer.path(modulePath(), consumer.out()), "com.example.app");
        assertThat(consumer.succeed("image/bin/java", "-m", "com.example.app/com.example.app.Main")
                        .lines())
                .containsExactly(
                        "Order[id=o-1, amount=1.50, at=2025-03-14T07:41:17Z]", "module io.github.dynamodbcdc.jackson");
    }

    @Test
    void aModuleThatOpensNothingIsABadDefinition() throws Exception {
        Consumer consumer = consumer(MODULE.replaceAll(" *opens .*;", ""));

        String path = Consumer.path(modulePath(), consumer.out());
        assertThat(consumer.succeed("java", "-p", path, "-m", "com.example.app/com.example.app.Main"))
                .startsWith("BAD_DEFINITION")
                .contains(
                        "does its Java module open the package to com.fasterxml.jackson.databind?",
                        "InaccessibleObjectException");
    }

    private Consumer consumer(String module) throws IOException, InterruptedException {
        Consumer consumer =
                new Consumer(folder).write("module-info.java", module).write("com/example/app/Main.java", """
                        package com.example.app;

                        import com.fasterxml.jackson.databind.json.JsonMapper;
                        import io.github.dynamodbcdc.Item;
                        import io.github.dynamodbcdc.jackson.DynamoDbModule;
                        import io.github.dynamodbcdc.jackson.ItemMapper;
                        import io.github.dynamodbcdc.jackson.ItemMappingException;
                        import java.time.Instant;

                        class Main {
                            record Order(String id, java.math.BigDecimal amount, Instant at) {}

                            public static void main(String[] args) throws Exception {
                                JsonMapper json = JsonMapper.builder().addModule(new DynamoDbModule()).build();
                                Item item = json.readValue(
                                        "{\\"id\\":{\\"S\\":\\"o-1\\"},\\"amount\\":{\\"N\\":\\"1.50\\"},"
                                                + "\\"at\\":{\\"N\\":\\"1741938077\\"}}",
                                        Item.class);
                                try {
                                    System.out.println(ItemMapper.create().read(item, Order.class));
                                } catch (ItemMappingException e) {
                                    System.out.println(e.getMessage());
                                    Throwable cause = e;
                                    while (cause.getCause() != null) {
                                        cause = cause.getCause();
                                    }
                                    System.out.println(cause);
                                }
                                System.out.println(ItemMapper.class.getModule());
                            }
                        }
                        """);
        assertThat(consumer.compile("--release", "17", "-Xlint:all,-options", "-p", modulePath()))
                .isEmpty();
        return consumer;
    }

    @Test
    void inOsgiItsVersionOfCoreAndAnyLaterJackson2AreImported() throws IOException {
        Attributes manifest;
        try (JarFile jar = new JarFile(JAR)) {
            manifest = jar.getManifest().getMainAttributes();
        }
        assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo("io.github.dynamodbcdc.jackson");
        assertThat(manifest.getValue("Export-Package")).startsWith("io.github.dynamodbcdc.jackson;version=");
        assertThat(manifest.getValue("Import-Package"))
                .matches(".*io\\.github\\.dynamodbcdc;version=\"\\[\\d+\\.\\d+,\\d+\\.\\d+\\)\".*")
                .matches(".*com\\.fasterxml\\.jackson\\.databind;version=\"\\[2\\.\\d+,3\\)\".*")
                .doesNotContain("java.");
        assertThat(manifest.getValue("Implementation-Title")).isEqualTo("dynamodb-cdc jackson");
    }

    /** Returns this module's jar, and those of its dependencies from this test's class path. */
    private static String modulePath() {
        assertThat(Path.of(JAR)).isRegularFile();
        return Consumer.path(
                JAR,
                Consumer.pathOf(
                        ChangeEvent.class,
                        ObjectMapper.class,
                        JsonParser.class,
                        JsonProperty.class,
                        JavaTimeModule.class,
                        NullMarked.class));
    }
}
