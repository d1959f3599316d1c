package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Consumer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the class path, as in most programs. */
class ClassPathIT {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void aProgramForJava11CompilesWithoutAWarningAndRunsOnTheJarAlone() throws Exception {
        Consumer consumer = new Consumer(folder).write("consumer/Main.java", Jar.PROGRAM);

        assertThat(consumer.compile(
                        "--release", "11", "-Xlint:all,-options", "-cp", Consumer.path(Jar.core(), Jar.JSPECIFY)))
                .isEmpty();
        assertThat(consumer.succeed("java", "-cp", Consumer.path(Jar.core(), consumer.out()), "consumer.Main"))
                .isEqualToIgnoringNewLines("9");
    }
}
