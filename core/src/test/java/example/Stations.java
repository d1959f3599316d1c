package example;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The sink of the functions in docs/migrating.md. Static, because Lambda creates the functions. */
final class Stations {
    /** The calls of {@link #save}, for the tests. */
    static final List<String> SAVED = new CopyOnWriteArrayList<>();

    private Stations() {}

    static void save(String station, int bikes, @Nullable String notice, byte[] firmware, long epochMillis) {
        String text = new String(firmware, StandardCharsets.ISO_8859_1);
        SAVED.add(station + ", " + bikes + ", " + notice + ", " + text + ", " + epochMillis);
    }
}
