package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.dynamodbcdc.ChangeEvent;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's module compiles and runs against the jar, on the module path. */
class ModulePathIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void aModuleThatRequiresTheJarCompilesAndRuns() throws Exception {
        String modulePath = modulePath();
        assertThat(run(
                        "javac",
                        "--release",
                        "17",
                        "-Xlint:all,-requires-automatic",
                        "-p",
                        modulePath,
                        "-d",
                        out(),
                        write("module-info.java", """
                        module consumer {
                            requires io.github.dynamodbcdc.jackson;
                            opens consumer to com.fasterxml.jackson.databind;
                        }
                        """),
                        write("consumer/Main.java", """
                        package consumer;

                        import com.fasterxml.jackson.databind.json.JsonMapper;
                        import io.github.dynamodbcdc.Item;
                        import io.github.dynamodbcdc.jackson.DynamoDbModule;
                        import io.github.dynamodbcdc.jackson.ItemMapper;
                        import java.time.Instant;

                        class Main {
                            record Order(String id, java.math.BigDecimal amount, Instant at) {}

                            public static void main(String[] args) throws Exception {
                                JsonMapper json = JsonMapper.builder().addModule(new DynamoDbModule()).build();
                                Item item = json.readValue(
                                        "{\\"id\\":{\\"S\\":\\"o-1\\"},\\"amount\\":{\\"N\\":\\"1.50\\"},"
                                                + "\\"at\\":{\\"N\\":\\"1741938077\\"}}",
                                        Item.class);
                                System.out.println(ItemMapper.create().read(item, Order.class));
                                System.out.println(ItemMapper.class.getModule());
                            }
                        }
                        """)))
                .isEmpty();
        assertThat(run("java", "-p", modulePath + File.pathSeparator + out(), "-m", "consumer/consumer.Main")
                        .lines())
                .containsExactly(
                        "Order[id=o-1, amount=1.50, at=2025-03-14T07:41:17Z]", "module io.github.dynamodbcdc.jackson");
    }

    private String out() {
        return folder.resolve("out").toString();
    }

    private String write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        return Files.writeString(path, content).toString();
    }

    /** Returns the module path: this module's jar, and the jars of its dependencies from this test's class path. */
    private static String modulePath() throws URISyntaxException {
        String jar = System.getProperty("dynamodbcdc.jackson.jar", "");
        assertThat(Path.of(jar)).isRegularFile();
        List<String> paths = new ArrayList<>(List.of(jar));
        for (Class<?> type : List.of(
                ChangeEvent.class,
                ObjectMapper.class,
                JsonParser.class,
                JsonProperty.class,
                JavaTimeModule.class,
                NullMarked.class)) {
            paths.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, paths);
    }

    /** Returns the output of a tool of the JDK that runs this test. */
    private String run(String tool, String... arguments) throws IOException, InterruptedException {
        Path bin = Path.of(System.getProperty("java.home", ""), "bin", tool);
        Process process = new ProcessBuilder(Stream.concat(Stream.of(bin.toString()), Stream.of(arguments))
                        .collect(Collectors.toList()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
