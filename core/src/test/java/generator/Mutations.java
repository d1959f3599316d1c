package generator;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ways to spoil bytes. Every result is a new array. */
public final class Mutations {
    private static final int OTHER_BYTES = 255;

    private Mutations() {}

    /** Returns every proper prefix, the empty one first. */
    public static Iterable<byte[]> truncations(byte[] bytes) {
        return () -> indexed(bytes.length, length -> Arrays.copyOf(bytes, length));
    }

    /** Returns the bytes with every byte replaced by each of the 255 others: 255 results a byte. */
    public static Iterable<byte[]> singleByteChanges(byte[] bytes) {
        return () -> indexed(bytes.length * OTHER_BYTES, index -> singleByteChange(bytes, index));
    }

    /** Returns some of the single-byte changes, the same for the same seed. */
    public static Stream<byte[]> sampleOfSingleByteChanges(byte[] bytes, int count, long seed) {
        Chance chance = new Chance(seed);
        return IntStream.range(0, bytes.length == 0 ? 0 : count)
                .mapToObj(i -> singleByteChange(bytes, chance.between(0, bytes.length * OTHER_BYTES - 1)));
    }

    /** Returns some results of one to three edits that remove, repeat, insert or overwrite a few bytes. */
    public static Stream<byte[]> sampleOfEdits(byte[] bytes, int count, long seed) {
        Chance chance = new Chance(seed);
        return IntStream.range(0, count).mapToObj(i -> {
            byte[] edited = bytes;
            for (int edits = chance.between(1, 3); edits > 0; edits--) {
                edited = edited(edited, chance);
            }
            return edited;
        });
    }

    private static byte[] singleByteChange(byte[] bytes, int index) {
        byte[] changed = bytes.clone();
        int position = index / OTHER_BYTES;
        changed[position] = (byte) (changed[position] + 1 + index % OTHER_BYTES);
        return changed;
    }

    private static byte[] edited(byte[] bytes, Chance chance) {
        int from = chance.between(0, bytes.length);
        int to = Math.min(bytes.length, from + chance.between(0, 12));
        byte[] before = Arrays.copyOf(bytes, from);
        byte[] part = Arrays.copyOfRange(bytes, from, to);
        byte[] after = Arrays.copyOfRange(bytes, to, bytes.length);
        return switch (chance.between(0, 3)) {
            case 0 -> joined(List.of(before, after));
            case 1 -> joined(List.of(before, part, part, after));
            case 2 -> joined(List.of(before, structure(chance), part, after));
            default -> joined(List.of(before, structure(chance), after));
        };
    }

    private static byte[] structure(Chance chance) {
        String tokens = chance.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"",
                "\\",
                "\\u",
                "\\ud800",
                "null",
                "true",
                "0",
                "-",
                "e9",
                " ",
                "{}",
                "\"S\":\"\",",
                "\"a\":1,");
        byte[] token = new byte[tokens.length()];
        for (int i = 0; i < token.length; i++) {
            token[i] = (byte) tokens.charAt(i);
        }
        return token;
    }

    private static byte[] joined(List<byte[]> parts) {
        byte[] joined = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private interface Indexed {
        byte[] at(int index);
    }

    private static Iterator<byte[]> indexed(int count, Indexed results) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public byte[] next() {
                if (next >= count) {
                    throw new NoSuchElementException();
                }
                return results.at(next++);
            }
        };
    }
}
