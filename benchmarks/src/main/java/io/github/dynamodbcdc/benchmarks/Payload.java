package io.github.dynamodbcdc.benchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The records that are read. Each set is from one stream, and all its records differ: otherwise branch predictors and
 * caches would learn a record by heart. The records are generated and the same in every run. They are MODIFY records
 * whose images differ in a few attributes, except in INSERT.
 */
public enum Payload {
    /** A flat table as in a tutorial, in an order that differs between records. */
    SEED(ChangeStream.Order.PER_RECORD),
    SMALL(ChangeStream.Order.FIXED),
    /** 22 attributes, in the same order in every record. */
    TYPICAL(ChangeStream.Order.FIXED),
    /** TYPICAL with a different order in each record, the same in both images. */
    TSHUF(ChangeStream.Order.PER_RECORD),
    /** TYPICAL with a different order in each image. */
    TSHUF2(ChangeStream.Order.PER_IMAGE),
    /** TYPICAL, each optional attribute missing in 30 % of the images. */
    SPARSE(ChangeStream.Order.FIXED),
    /** TYPICAL with the new image only. */
    INSERT(ChangeStream.Order.FIXED) {
        @Override
        byte[] record(ChangeStream stream) {
            return stream.insert();
        }
    },
    /** 200 attributes. */
    WIDE(ChangeStream.Order.FIXED),
    /** Nested twelve levels deep. */
    DEEP(ChangeStream.Order.FIXED),
    /** Non-ASCII characters, and escapes. */
    UNICODE(ChangeStream.Order.FIXED),
    /** Few texts, but long ones. */
    LARGE(ChangeStream.Order.FIXED) {
        @Override
        RecordSet records() {
            // Three megabytes: more would measure memory access, not the decoder.
            return records(10);
        }
    },
    /** TYPICAL in read-only buffers, as the Kinesis Client Library delivers them. */
    KCL(ChangeStream.Order.FIXED) {
        @Override
        RecordSet records(int count) {
            byte[][] arrays = generate(count);
            ByteBuffer[] buffers = new ByteBuffer[arrays.length];
            for (int i = 0; i < arrays.length; i++) {
                buffers[i] = ByteBuffer.wrap(arrays[i]).asReadOnlyBuffer();
            }
            return new RecordSet(arrays, buffers);
        }
    };

    private static final int RECORDS = 128;
    private static final long SEED_OF_VALUES = 20250701;

    private final ChangeStream.Order order;

    Payload(ChangeStream.Order order) {
        this.order = order;
    }

    /** Returns the first {@code count} records of every payload. */
    static List<RecordSet> all(int count) {
        return Arrays.stream(values()).map(payload -> payload.records(count)).toList();
    }

    private Table table() {
        return switch (this) {
            case SEED -> new Concerts();
            case SMALL -> new Meters();
            case TYPICAL, TSHUF, TSHUF2, INSERT, KCL -> new Orders(0);
            case SPARSE -> new Orders(30);
            case WIDE -> new Metrics();
            case DEEP -> new Documents();
            case UNICODE -> new Messages();
            case LARGE -> new Articles();
        };
    }

    /** Returns the set that is measured. */
    RecordSet records() {
        return records(RECORDS);
    }

    /** Returns the first {@code count} records. */
    RecordSet records(int count) {
        return new RecordSet(generate(count));
    }

    /** Returns the set that is measured, from a stream that carries new images only, in arrays. */
    final RecordSet recordsWithoutOldImage() {
        return new RecordSet(generate(
                records().size(), this == INSERT ? ChangeStream::insert : ChangeStream::modifyWithoutOldImage));
    }

    byte[] record(ChangeStream stream) {
        return stream.modify();
    }

    final byte[][] generate(int count) {
        return generate(count, this::record);
    }

    private byte[][] generate(int count, Function<ChangeStream, byte[]> next) {
        ChangeStream stream = new ChangeStream(table(), order, SEED_OF_VALUES);
        byte[][] records = new byte[count][];
        for (int i = 0; i < count; i++) {
            records[i] = next.apply(stream);
        }
        return records;
    }
}
