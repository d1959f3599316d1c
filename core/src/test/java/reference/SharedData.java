package reference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Conformance data that lies beside the project, where there is any: under the path that the system property
 * {@code dynamodbcdc.shared} gives, or in a folder {@code shared} beside the project's root.
 */
public final class SharedData {
    private SharedData() {}

    /** The file or folder, if it exists. */
    public static Optional<Path> find(String... segments) {
        return root().map(root -> resolve(root, segments)).filter(Files::exists);
    }

    /** The file or folder; where it does not exist, the test is skipped and says so. */
    public static Path requireOrSkip(String... segments) {
        Optional<Path> found = find(segments);
        Assumptions.assumeTrue(
                found.isPresent(), () -> "no shared data " + String.join("/", segments) + " on this machine");
        return found.orElseThrow();
    }

    private static Optional<Path> root() {
        String stated = System.getProperty("dynamodbcdc.shared", "");
        if (!stated.isBlank()) {
            return Optional.of(Path.of(stated)).filter(Files::isDirectory);
        }
        for (Path folder = Path.of(System.getProperty("user.dir", "")).toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            Path shared = folder.resolve("shared");
            if (Files.isDirectory(shared.resolve("suites"))) {
                return Optional.of(shared);
            }
        }
        return Optional.empty();
    }

    private static Path resolve(Path root, String... segments) {
        Path path = root;
        for (String segment : segments) {
            path = path.resolve(segment);
        }
        return path;
    }
}
