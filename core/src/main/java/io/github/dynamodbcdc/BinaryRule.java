package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/** The rules of {@link BinaryEncoding#AUTO}: whether the binary of a record is base64 once or twice. */
final class BinaryRule {
    private final RecordIndex index;
    private final BinaryEncoding wanted;
    private @Nullable ItemSize size;

    BinaryRule(RecordIndex index, BinaryEncoding wanted) {
        this.index = index;
        this.wanted = wanted;
    }

    /** SINGLE or DOUBLE, for a record that holds binary; {@code carried}: by an envelope of Kinesis or Firehose. */
    BinaryEncoding decide(boolean carried) {
        if (wanted != BinaryEncoding.AUTO) {
            return wanted;
        }
        if (index.isFromStream() || index.export || notTwice() >= 0) {
            return BinaryEncoding.SINGLE;
        }
        if (index.hasSizeBytes) {
            long sizeOnce = size().ofRecord();
            boolean once = index.sizeBytes == sizeOnce;
            boolean twice = index.sizeBytes == sizeOnce - savedByTwice();
            if (once != twice) {
                return once ? BinaryEncoding.SINGLE : BinaryEncoding.DOUBLE;
            }
        }
        if (index.hasTime && index.time.unit == TimePrecision.SECOND) {
            return BinaryEncoding.SINGLE;
        }
        return carried || index.isFromKinesis() ? BinaryEncoding.DOUBLE : BinaryEncoding.SINGLE;
    }

    private ItemSize size() {
        ItemSize made = size == null ? new ItemSize(index) : size;
        size = made;
        return made;
    }

    /** The offset of the first binary that must be base64 twice and is not; −1 if there is none. */
    int refused() {
        return wanted == BinaryEncoding.DOUBLE && index.hasBinary ? notTwice() : -1;
    }

    /** The offset of the first binary that is not base64 inside; −1 if all are. */
    private int notTwice() {
        for (int entry = 0; entry < index.size(); entry++) {
            if (index.type(entry) == TypeCodes.B
                    && !NestedBase64.isInside(index.data, index.base, index.value(entry))) {
                return Span.start(index.value(entry));
            }
        }
        return -1;
    }

    /** How many bytes fewer binary takes if it is decoded twice and not once. */
    long savedByTwice() {
        long saved = 0;
        for (int entry = 0; entry < index.size(); entry++) {
            if (index.type(entry) == TypeCodes.B) {
                long span = index.value(entry);
                saved += NestedBase64.lengthOnce(index.data, index.base, span)
                        - NestedBase64.lengthTwice(index.data, index.base, span);
            }
        }
        return saved;
    }
}
