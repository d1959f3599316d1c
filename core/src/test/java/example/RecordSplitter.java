package example;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds where the records of a file begin and end: one per line, or one after another with or without white space
 * between them, over as many lines as they like. It judges none of them: what is broken is cut out as it stands, for the
 * decoder to say what is wrong with it.
 *
 * <p>A file whose first record stands on a line of its own is line-delimited: no record of it goes on past the end of its
 * line, so that a broken one costs that line alone. So is one whose first line is broken, if the second line holds a
 * record. Elsewhere braces tell where a record ends, and one that is never closed takes the rest of the file with it.
 */
final class RecordSplitter {
    /** Where a record lies in the file. */
    record Slice(int offset, int length) {}

    private final byte[] file;

    private RecordSplitter(byte[] file) {
        this.file = file;
    }

    /** The records in order; none if the file holds nothing but white space. */
    static List<Slice> split(byte[] file) {
        RecordSplitter splitter = new RecordSplitter(file);
        List<Slice> slices = new ArrayList<>();
        int start = splitter.skipWhiteSpace(splitter.hasByteOrderMark() ? 3 : 0);
        boolean lineDelimited = splitter.isLineDelimited(start);
        while (start < file.length) {
            int end = splitter.recordEnd(start, lineDelimited ? splitter.lineEnd(start) : file.length);
            slices.add(new Slice(start, end - start));
            start = splitter.skipWhiteSpace(end);
        }
        return slices;
    }

    private boolean isLineDelimited(int start) {
        int lineEnd = lineEnd(start);
        int end = valueEnd(start, lineEnd);
        if (end >= 0) {
            return !opensValue(skipBlanks(end));
        }
        if (valueEnd(start, file.length) >= 0) {
            return false;
        }
        int second = skipWhiteSpace(lineEnd);
        return valueEnd(second, lineEnd(second)) >= 0;
    }

    private int recordEnd(int start, int limit) {
        int end = valueEnd(start, limit);
        if (end < 0) {
            return recovery(~end, limit);
        }
        int next = skipBlanks(end);
        // Anything else behind a value belongs to its record, which the decoder then refuses.
        return next >= limit || file[next] == '\n' || opensValue(next) ? end : recovery(end, limit);
    }

    /** The end of the object or array that begins here; if it is not closed, the complement of where the scan gave up. */
    private int valueEnd(int start, int limit) {
        int depth = 0;
        boolean inString = false;
        for (int i = start; i < limit; i++) {
            byte b = file[i];
            if (inString) {
                if (b == '\n') {
                    return ~i; // never in a string of JSON, so its end was lost
                }
                if (b == '\\' && i + 1 < limit && file[i + 1] != '\n') {
                    i++;
                } else if (b == '"') {
                    inString = false;
                }
            } else if (b == '"') {
                inString = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth == 0) {
                return i + 1;
            }
            if (depth <= 0) {
                return ~i;
            }
        }
        return ~limit;
    }

    /** Where a broken record ends: before the next line that begins with a brace. */
    private int recovery(int from, int limit) {
        for (int i = from; i + 1 < limit; i++) {
            if (file[i] == '\n' && file[i + 1] == '{') {
                return i;
            }
        }
        return limit;
    }

    private boolean opensValue(int position) {
        return position < file.length && (file[position] == '{' || file[position] == '[');
    }

    private int lineEnd(int position) {
        int end = position;
        while (end < file.length && file[end] != '\n') {
            end++;
        }
        return end;
    }

    private int skipBlanks(int position) {
        int next = position;
        while (next < file.length && (file[next] == ' ' || file[next] == '\t' || file[next] == '\r')) {
            next++;
        }
        return next;
    }

    private int skipWhiteSpace(int position) {
        int next = skipBlanks(position);
        while (next < file.length && file[next] == '\n') {
            next = skipBlanks(next + 1);
        }
        return next;
    }

    private boolean hasByteOrderMark() {
        return file.length >= 3 && file[0] == (byte) 0xEF && file[1] == (byte) 0xBB && file[2] == (byte) 0xBF;
    }
}
