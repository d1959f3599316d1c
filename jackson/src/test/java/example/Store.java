package example;

import java.util.ArrayList;
import java.util.List;

/** Where the examples leave what they have read. */
final class Store {
    final List<Object> saved = new ArrayList<>();
    final List<Object> deleted = new ArrayList<>();

    void save(Object row) {
        saved.add(row);
    }

    void delete(Object key) {
        deleted.add(key);
    }
}
