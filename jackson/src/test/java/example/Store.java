package example;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The store that the examples write to. */
final class Store {
    private static final Store ONLY = new Store();

    final List<Object> saved = new ArrayList<>();
    final List<Object> deleted = new ArrayList<>();
    final Map<String, String> parked = new TreeMap<>();

    /** Whether the store is down and refuses every change. */
    boolean down;

    /** The id of the station that the store refuses. */
    String refused = "";

    private Store() {}

    static Store connect() {
        return ONLY;
    }

    void clear() {
        saved.clear();
        deleted.clear();
        parked.clear();
        down = false;
        refused = "";
    }

    boolean save(Object row) {
        boolean refuses =
                down || (row instanceof Station station && station.id().equals(refused));
        return !refuses && saved.add(row);
    }

    boolean delete(Object key) {
        return !down && deleted.add(key);
    }

    void park(String id, @Nullable String message) {
        parked.put(id, String.valueOf(message));
    }
}
