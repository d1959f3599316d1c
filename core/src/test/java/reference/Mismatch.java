package reference;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reports where two readings of a record differ. It shows the values, because they are test data. */
final class Mismatch {
    private Mismatch() {}

    static AssertionError at(String path, @Nullable Object expected, @Nullable Object actual) {
        return new AssertionError(path + ": expected " + expected + " but was " + actual);
    }

    static void ifDifferent(String path, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw at(path, expected, actual);
        }
    }
}
