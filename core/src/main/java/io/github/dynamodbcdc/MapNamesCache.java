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
    /** Which of them is likely, by what is known without a look at the names. */
    private final byte[] guesses = new byte[ENTRIES];

    private final NameHash hash;

    MapNamesCache(NameHash hash) {
        this.hash = hash;
    }

    /** The names of an item or a map, in its order. */
    NameOrder of(RecordIndex index, int container) {
        int guess = guess(index, container);
        MapNames likely = entries[guesses[guess]];
        NameOrder order = likely == null ? null : likely.order(index, container);
        return order != null ? order : lookUp(index, container, guess);
    }

    /** What stands in the same place and has as many attributes has the same names, most likely. */
    private static int guess(RecordIndex index, int container) {
        int place = container == index.keys ? 1 : Span.id(index.name(container)) * 2;
        return (place * 31 + index.count(container)) & (ENTRIES - 1);
    }

    private NameOrder lookUp(RecordIndex index, int container, int guess) {
        long key = 0;
        int longest = 0;
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            KnownName known = index.knownName(entry);
            long nameHash;
            if (known != null) {
                nameHash = known.hash;
            } else {
                long name = index.name(entry);
                int from = index.base + Span.start(name);
                nameHash = hash.of(index.data, from, from + Span.length(name), 0);
                longest = Math.max(longest, Span.length(name));
            }
            key += nameHash * FACTOR; // a sum, because the order may differ
        }
        int slot = (int) (key >>> 32) & (ENTRIES - 1);
        MapNames seen = entries[slot];
        NameOrder order = seen == null ? null : seen.order(index, container);
        if (order != null) {
            guesses[guess] = (byte) slot;
            return order;
        }
        MapNames names = MapNames.of(index, container);
        if (longest <= MAX_NAME_BYTES && names.size() <= MAX_NAMES) {
            if (othersThan(slot) + names.size() > MAX_NAMES) {
                Arrays.fill(entries, null);
            }
            entries[slot] = names;
            guesses[guess] = (byte) slot;
        }
        return names.inOrder();
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
