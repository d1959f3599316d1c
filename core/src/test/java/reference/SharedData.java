package reference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Optional conformance data next to the project: in the folder that the system property {@code dynamodbcdc.shared}
 * names, or in a folder {@code shared} next to the project's root.
 */
public final class SharedData {
    private SharedData() {}

    /** Returns the file or folder, if it exists. */
    public static Optional<Path> find(String... segments) {
        return root().map(root -> resolve(root, segments)).filter(Files::exists);
    }

    /** Returns the file or folder. If it does not exist, the test is skipped visibly. */
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
