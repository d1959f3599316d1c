package consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fixtures.Consumer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's null checker reads the signatures in the jar. */
class NullCheckerIT {
    private static final List<String> COMPILER =
            List.of("api", "file", "main", "model", "parser", "processing", "tree", "util");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    @Test
    void aValueThatMayBeAbsentIsReportedAndACheckedOneIsNot() throws Exception {
        String messages = new Consumer(folder).write("consumer/Main.java", """
                        package consumer;

                        import io.github.dynamodbcdc.ChangeEvent;
                        import io.github.dynamodbcdc.Item;

                        class Main {
                            int unchecked(ChangeEvent event) {
                                return event.newImage().size();
                            }

                            int checked(ChangeEvent event) {
                                Item image = event.newImage();
                                return image == null ? 0 : image.size();
                            }

                            int neverAbsent(ChangeEvent event) {
                                return event.keys().require("id").asString().length();
                            }

                            String passed(Item image) {
                                return image.require(null).asString();
                            }
                        }
                        """).failToCompile(options());

        assertThat(Pattern.compile("Main\\.java:(\\d+): error: \\[NullAway]")
                        .matcher(messages)
                        .results()
                        .map(result -> result.group(1)))
                .as(messages)
                .containsExactly("8", "21");
    }

    private static String[] options() {
        String checker = System.getProperty("java.class.path", "");
        assumeTrue(checker.contains("nullaway"), "only the lint profile has Error Prone and NullAway");
        List<String> options = new ArrayList<>(List.of(
                "-XDcompilePolicy=simple",
                "--should-stop=ifError=FLOW",
                "-XDaddTypeAnnotationsToSymbol=true",
                "-cp",
                Consumer.path(Jar.core(), Jar.JSPECIFY),
                "-processorpath",
                checker,
                "-Xplugin:ErrorProne -XepDisableAllChecks -Xep:NullAway:ERROR"
                        + " -XepOpt:NullAway:AnnotatedPackages=consumer"));
        Stream.concat(
                        COMPILER.stream().map(part -> "-J--add-exports=jdk.compiler/com.sun.tools.javac." + part),
                        Stream.of("code", "comp").map(part -> "-J--add-opens=jdk.compiler/com.sun.tools.javac." + part))
                .map(option -> option + "=ALL-UNNAMED")
                .forEach(options::add);
        return options.toArray(new String[0]);
    }
}
