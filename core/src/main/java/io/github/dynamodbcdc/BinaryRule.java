package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/** Decides whether the binary values of a record are base64 once or twice, by {@link BinaryEncoding#AUTO}. */
final class BinaryRule {
    private final RecordIndex index;
    private final BinaryEncoding wanted;
    private @Nullable ItemSize size;

    BinaryRule(RecordIndex index, BinaryEncoding wanted) {
        this.index = index;
        this.wanted = wanted;
    }

    /**
     * Returns SINGLE or DOUBLE for a record that contains binary.
     *
     * @param carried whether an envelope of Kinesis or Firehose carries the record
     */
    BinaryEncoding decide(boolean carried) {
        if (wanted != BinaryEncoding.AUTO) {
            return wanted;
        }
        Channel channel = index.channel();
        if (channel == Channel.STREAMS || channel == Channel.EXPORT || notTwice() >= 0) {
            return BinaryEncoding.SINGLE;
        }
        if (index.hasSizeBytes && !index.hasUnknown) {
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
        return carried || channel == Channel.KINESIS ? BinaryEncoding.DOUBLE : BinaryEncoding.SINGLE;
    }

    private ItemSize size() {
        ItemSize made = size == null ? new ItemSize(index) : size;
        size = made;
        return made;
    }

    /** Returns the offset of the first binary that must be base64 twice but is not; −1 if there is none. */
    int refused() {
        return wanted == BinaryEncoding.DOUBLE && index.hasBinary ? notTwice() : -1;
    }

    /** Returns the offset of the first binary that does not contain base64; −1 if all do. */
    private int notTwice() {
        for (int entry = 0; entry < index.size(); entry++) {
            if (index.type(entry) == TypeCodes.B
                    && !NestedBase64.isInside(index.data, index.base, index.value(entry))) {
                return Span.start(index.value(entry));
            }
        }
        return -1;
    }

    /** Returns how many bytes shorter all binary is after decoding twice than after decoding once. */
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

    /**
     * The size that DynamoDB counts for items ("DynamoDB item sizes and formats" in the Amazon DynamoDB Developer
     * Guide). {@code SizeBytes} is the sum over Keys and images:
     *
     * <table>
     * <caption>Bytes</caption>
     * <tr><td>attribute</td><td>the UTF-8 length of its name, and its value</td></tr>
     * <tr><td>S</td><td>UTF-8 length</td></tr>
     * <tr><td>N</td><td>{@link Decimal#size()}</td></tr>
     * <tr><td>B</td><td>bytes after decoding once; see {@link BinaryRule#savedByTwice} for decoding twice</td></tr>
     * <tr><td>BOOL, NULL</td><td>1</td></tr>
     * <tr><td>SS, NS, BS</td><td>the sum of the members</td></tr>
     * <tr><td>L, M</td><td>3, and for each member 1 and its size, and in M its name</td></tr>
     * </table>
     *
     * <p>The guide does not specify the details of N and of nesting. They are derived from records with a known
     * SizeBytes.
     */
    static final class ItemSize {
        private final RecordIndex index;
        private final Decimal number = new Decimal();

        ItemSize(RecordIndex index) {
            this.index = index;
        }

        /** Returns the size of Keys and both images, with binary decoded once. */
        long ofRecord() {
            return item(index.keys) + item(index.newImage) + item(index.oldImage);
        }

        private long item(int entry) {
            return entry < 0 ? 0 : members(entry, 0, true);
        }

        private long members(int container, int perMember, boolean named) {
            long sum = 0;
            int end = index.end(container);
            for (int entry = container + 1; entry < end; entry = index.next(entry)) {
                sum += perMember + value(entry);
                if (named) {
                    sum += index.nameUtf8Length(entry);
                }
            }
            return sum;
        }

        private long value(int entry) {
            long span = index.value(entry);
            switch (index.type(entry)) {
                case TypeCodes.S:
                    return JsonText.utf8Length(index.data, index.base, span);
                case TypeCodes.N:
                    return number.read(index.data, index.base, span).size();
                case TypeCodes.B:
                    return NestedBase64.lengthOnce(index.data, index.base, span);
                case TypeCodes.SS:
                case TypeCodes.NS:
                case TypeCodes.BS:
                    return members(entry, 0, false);
                case TypeCodes.L:
                    return 3 + members(entry, 1, false);
                case TypeCodes.M:
                    return 3 + members(entry, 1, true);
                default:
                    return 1;
            }
        }
    }
}
