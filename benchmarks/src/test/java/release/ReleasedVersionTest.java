package release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The parent pom and the changelog agree on what is released. */
class ReleasedVersionTest {
    private static final Pattern RELEASE = Pattern.compile("(?m)^## \\[(\\d+\\.\\d+\\.\\d+)] - \\d{4}-\\d{2}-\\d{2}$");

    private static List<String> releases() throws IOException {
        String changelog = Files.readString(Path.of("..", "CHANGELOG.md"), UTF_8);
        assertThat(changelog).contains("\n## [Unreleased]\n");
        return RELEASE.matcher(changelog).results().map(match -> match.group(1)).toList();
    }

    @Test
    void compatibilityIsCheckedAgainstTheNewestReleaseBeforeThisVersion() throws IOException {
        Pom parent = Pom.read(Path.of("..", "pom.xml"));
        String released = releases().stream()
                .filter(version -> !version.equals(parent.text("version")))
                .findFirst()
                .orElse("none");

        assertThat(parent.text("properties/released.version")).isEqualTo(released);
        assertThat(parent.text("properties/japicmp.skip")).isEqualTo(String.valueOf(released.equals("none")));
    }

    @Test
    void aVersionThatIsNoSnapshotIsInTheChangelog() throws IOException {
        String version = Pom.read(Path.of("..", "pom.xml")).text("version");
        if (!version.endsWith("-SNAPSHOT")) {
            assertThat(releases().get(0)).isEqualTo(version);
        }
    }
}
