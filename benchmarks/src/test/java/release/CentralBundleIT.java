package release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The profile release runs it, after all other modules. */
class CentralBundleIT {
    private static final Path BUNDLES = Path.of(property("bundles"));
    private static final boolean SIGNED = !Boolean.parseBoolean(property("unsigned"));

    @Test
    void theDryRunHasAllThatCentralRequires() throws IOException {
        check(BUNDLES.resolve("central-dry-run"));
    }

    @Test
    void whatWillBeUploadedHasAllThatCentralRequires() throws IOException {
        Path staged = BUNDLES.resolve("central-staging");
        assumeTrue(Files.isDirectory(staged), "only the phase deploy uploads");
        check(staged);
    }

    private static void check(Path folder) throws IOException {
        assertThat(CentralBundle.faults(folder, property("version"), SIGNED)).isEmpty();
        System.out.println(folder + " is complete, and " + (SIGNED ? "signed" : "not signed: -Dgpg.skip=false signs"));
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
