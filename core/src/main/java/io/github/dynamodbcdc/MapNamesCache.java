package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * The names of items seen before, so that the maps of one table's rows share them. A fixed number of small entries, each
 * immutable and replaced as a whole by a racy write: threads may lose what another learned, and never see half of it.
 */
final class MapNamesCache {
    private static final int ENTRIES = 64;
    private static final int MAX_NAMES = 512;
    private static final int MAX_SPELLING = 4096;

    private final @Nullable MapNames[] entries = new MapNames[ENTRIES];
    private final NameHash hash;

    MapNamesCache(NameHash hash) {
        this.hash = hash;
    }

    MapNames of(RecordIndex index, int container) {
        long key = 0;
        int spelling = 0;
        boolean escaped = false;
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            long name = index.name(entry);
            int from = index.base + Span.start(name);
            key = hash.of(index.data, from, from + Span.length(name), key);
            spelling += Span.length(name);
            escaped |= Span.isEscaped(name);
        }
        int slot = (int) key & ENTRIES - 1;
        MapNames known = entries[slot];
        if (known != null && known.spell(index, container)) {
            return known;
        }
        MapNames names = MapNames.of(index, container, spelling);
        if (!escaped && spelling <= MAX_SPELLING && names.size() <= MAX_NAMES) {
            entries[slot] = names;
        }
        return names;
    }
}
