package example;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where the examples leave what they have read. */
final class Store {
    private static final Store ONLY = new Store();

    final List<Object> saved = new ArrayList<>();
    final List<Object> deleted = new ArrayList<>();
    final Map<String, String> parked = new TreeMap<>();

    /** If set, the store is down: every change throws this. */
    boolean down;

    private Store() {}

    static Store connect() {
        return ONLY;
    }

    void clear() {
        saved.clear();
        deleted.clear();
        parked.clear();
        down = false;
    }

    boolean save(Object row) {
        return !down && saved.add(row);
    }

    boolean delete(Object key) {
        return !down && deleted.add(key);
    }

    void park(String id, @Nullable String message) {
        parked.put(id, String.valueOf(message));
    }
}
