package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Consumer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As a module, and in an image that jlink makes. */
class ModulePathIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void anImageHasTheProgramCoreAndTheBaseModuleOnly() throws Exception {
        Consumer consumer = new Consumer(folder)
                .write("module-info.java", "module consumer { requires io.github.dynamodbcdc; }")
                .write("consumer/Main.java", Jar.PROGRAM);

        assertThat(consumer.compile(
                        "--release", "11", "-Xlint:all,-options", "-p", Consumer.path(Jar.core(), Jar.JSPECIFY)))
                .isEmpty();
        consumer.link(Consumer.path(Jar.core(), consumer.out()), "consumer");
        assertThat(consumer.succeed("image/bin/java", "--list-modules").lines())
                .map(line -> line.replaceAll("@.*", ""))
                .containsExactlyInAnyOrder("consumer", "io.github.dynamodbcdc", "java.base");
        assertThat(consumer.succeed("image/bin/java", "-m", "consumer/consumer.Main"))
                .isEqualToIgnoringNewLines("9");
    }
}
