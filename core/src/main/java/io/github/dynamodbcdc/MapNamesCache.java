package io.github.dynamodbcdc;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names of items seen before, so that the maps of one table's rows share them. A fixed number of small entries, each
 * immutable and replaced as a whole by a racy write: threads may lose what another learned, and never see half of it.
 */
final class MapNamesCache {
    private static final int ENTRIES = 64;
    /** All entries together keep no more names. */
    static final int MAX_NAMES = 4096;
    /** No longer name is kept. */
    static final int MAX_NAME_BYTES = 256;

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final @Nullable MapNames[] entries = new MapNames[ENTRIES];
    private final NameHash hash;

    MapNamesCache(NameHash hash) {
        this.hash = hash;
    }

    MapNames of(RecordIndex index, int container) {
        long key = 0;
        int longest = 0;
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            Name known = index.knownName(entry);
            if (known != null) {
                key = (key + known.hash) * FACTOR;
            } else {
                long name = index.name(entry);
                int from = index.base + Span.start(name);
                key = (key + hash.of(index.data, from, from + Span.length(name), 0)) * FACTOR;
                longest = Math.max(longest, Span.length(name));
            }
        }
        int slot = (int) (key >>> 32) & (ENTRIES - 1);
        MapNames seen = entries[slot];
        if (seen != null && seen.areThoseOf(index, container)) {
            return seen;
        }
        MapNames names = MapNames.of(index, container);
        if (longest <= MAX_NAME_BYTES && names.size() <= MAX_NAMES) {
            if (othersThan(slot) + names.size() > MAX_NAMES) {
                Arrays.fill(entries, null);
            }
            entries[slot] = names;
        }
        return names;
    }

    /** How many names the other entries keep; only what is not known yet is counted for. */
    private int othersThan(int slot) {
        int names = 0;
        for (int i = 0; i < ENTRIES; i++) {
            MapNames entry = i == slot ? null : entries[i];
            names += entry == null ? 0 : entry.size();
        }
        return names;
    }
}
