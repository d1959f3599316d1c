package io.github.dynamodbcdc.benchmarks;

import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * What is read: sets of records of one stream, all different, so that nothing is measured on a record that branch
 * predictors or caches have learnt by heart. Generated, always the same. But for INSERT the records are MODIFYs whose
 * images differ in a few attributes.
 */
public enum Payload {
    /** A tutorial's flat table, in the order that differs between records. */
    SEED(Order.PER_RECORD),
    SMALL(Order.FIXED),
    /** 22 attributes, in the same order in every record. */
    TYPICAL(Order.FIXED),
    /** As TYPICAL, each record in an order of its own, both images alike. */
    TSHUF(Order.PER_RECORD),
    /** As TYPICAL, each image in an order of its own. */
    TSHUF2(Order.PER_IMAGE),
    /** As TYPICAL, each optional attribute missing in 30 % of the images. */
    SPARSE(Order.FIXED),
    /** As TYPICAL, with the new image only. */
    INSERT(Order.FIXED) {
        @Override
        byte[] record(ChangeStream stream) {
            return stream.insert();
        }
    },
    /** 200 attributes. */
    WIDE(Order.FIXED),
    /** Nested twelve levels deep. */
    DEEP(Order.FIXED),
    /** Characters beyond ASCII, and escapes. */
    UNICODE(Order.FIXED),
    /** Few but long texts. */
    LARGE(Order.FIXED) {
        @Override
        Records records() {
            // Three megabytes: more would measure the memory, not the decoder.
            return records(10);
        }
    },
    /** As TYPICAL, in the read-only buffers that the Kinesis client library hands out. */
    KCL(Order.FIXED) {
        @Override
        Records records(int count) {
            byte[][] arrays = generate(count);
            ByteBuffer[] buffers = new ByteBuffer[arrays.length];
            for (int i = 0; i < arrays.length; i++) {
                buffers[i] = ByteBuffer.wrap(arrays[i]).asReadOnlyBuffer();
            }
            return new Records(arrays, buffers);
        }
    };

    private static final int RECORDS = 128;
    private static final long SEED_OF_VALUES = 20250701;

    private final Order order;

    Payload(Order order) {
        this.order = order;
    }

    private Table table() {
        return switch (this) {
            case SEED -> new Concerts();
            case SMALL -> new Readings();
            case TYPICAL, TSHUF, TSHUF2, INSERT, KCL -> new Orders(0);
            case SPARSE -> new Orders(30);
            case WIDE -> new Metrics();
            case DEEP -> new Documents();
            case UNICODE -> new Messages();
            case LARGE -> new Articles();
        };
    }

    /** The set that is measured. */
    Records records() {
        return records(RECORDS);
    }

    /** Its first records. */
    Records records(int count) {
        return new Records(generate(count));
    }

    /** The set that is measured, of a stream that carries new images only; in arrays. */
    final Records recordsWithoutOldImage() {
        return new Records(generate(
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
