package io.github.dynamodbcdc;

/** The rules of {@link BinaryEncoding#AUTO}: whether the binary of a record is base64 once or twice. */
final class BinaryRule {
    private BinaryRule() {}

    /** SINGLE or DOUBLE, for a record that holds binary; {@code carried}: by an envelope of Kinesis or Firehose. */
    static BinaryEncoding decide(RecordIndex index, BinaryEncoding wanted, boolean carried) {
        if (wanted != BinaryEncoding.AUTO) {
            return wanted;
        }
        if (index.isFromStream() || index.export || notTwice(index) >= 0) {
            return BinaryEncoding.SINGLE;
        }
        if (index.hasSizeBytes) {
            boolean once = index.sizeBytes == ItemSize.ofRecord(index, false);
            boolean twice = index.sizeBytes == ItemSize.ofRecord(index, true);
            if (once != twice) {
                return once ? BinaryEncoding.SINGLE : BinaryEncoding.DOUBLE;
            }
        }
        if (index.hasTime && index.time.unit == TimePrecision.SECOND) {
            return BinaryEncoding.SINGLE;
        }
        return carried || index.isFromKinesis() ? BinaryEncoding.DOUBLE : BinaryEncoding.SINGLE;
    }

    /** The offset of the first binary that is not base64 inside; −1 if all are. */
    static int notTwice(RecordIndex index) {
        for (int entry = 0; entry < index.size(); entry++) {
            if (index.type(entry) == Descriptors.B && !BinaryText.isBase64Inside(index, index.value(entry))) {
                return Span.start(index.value(entry));
            }
        }
        return -1;
    }
}
