package reference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of the decoder's builder, without its types. */
public record ReferenceOptions(
        boolean emptyValueAsMap,
        boolean numbersAsJson,
        boolean descriptorAliases,
        boolean unknownDescriptors,
        String binaryEncoding,
        @Nullable String timePrecision,
        boolean inKinesisEnvelope,
        List<String> keyAttributes,
        int maxRecordBytes,
        int maxAttributeDepth,
        int maxNumberLength,
        int maxExponentDigits) {

    public static ReferenceOptions defaults() {
        return new ReferenceOptions(false, false, false, false, "AUTO", null, false, List.of(), 16 << 20, 64, 256, 4);
    }

    /** Sets each of four leniencies by its own flag. */
    public ReferenceOptions withLeniencies(
            boolean emptyValue, boolean jsonNumbers, boolean aliases, boolean unknownTypes) {
        return new ReferenceOptions(
                emptyValue,
                jsonNumbers,
                aliases,
                unknownTypes,
                binaryEncoding,
                timePrecision,
                inKinesisEnvelope,
                keyAttributes,
                maxRecordBytes,
                maxAttributeDepth,
                maxNumberLength,
                maxExponentDigits);
    }

    public ReferenceOptions withBinaryEncoding(String encoding) {
        return withReading(encoding, timePrecision, inKinesisEnvelope, keyAttributes);
    }

    public ReferenceOptions withTimePrecision(String precision) {
        return withReading(binaryEncoding, precision, inKinesisEnvelope, keyAttributes);
    }

    /** Returns options that treat the record as if a Kinesis or Firehose envelope contained it. */
    public ReferenceOptions withinKinesisEnvelope() {
        return withReading(binaryEncoding, timePrecision, true, keyAttributes);
    }

    public ReferenceOptions withKeyAttributes(String... names) {
        return withReading(binaryEncoding, timePrecision, inKinesisEnvelope, List.of(names));
    }

    public ReferenceOptions withLimits(int recordBytes, int attributeDepth, int numberLength, int exponentDigits) {
        return new ReferenceOptions(
                emptyValueAsMap,
                numbersAsJson,
                descriptorAliases,
                unknownDescriptors,
                binaryEncoding,
                timePrecision,
                inKinesisEnvelope,
                keyAttributes,
                recordBytes,
                attributeDepth,
                numberLength,
                exponentDigits);
    }

    private ReferenceOptions withReading(
            String encoding, @Nullable String precision, boolean kinesisEnvelope, List<String> keyNames) {
        return new ReferenceOptions(
                emptyValueAsMap,
                numbersAsJson,
                descriptorAliases,
                unknownDescriptors,
                encoding,
                precision,
                kinesisEnvelope,
                keyNames,
                maxRecordBytes,
                maxAttributeDepth,
                maxNumberLength,
                maxExponentDigits);
    }
}
