package fuzz;

import fixtures.Deliveries;
import generator.Events;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Where the fuzzer begins: events of every channel and type, and every shape of delivery around some. */
final class Seeds {
    /** Separates the records of a sequence. No text in UTF-8 has this byte. */
    static final byte SEPARATOR = (byte) 0xFF;

    /** Begins an edit of the record before, in place of a whole record. */
    static final byte EDIT = (byte) 0xFE;

    private Seeds() {}

    static List<byte[]> records() {
        return Events.seeds();
    }

    private static byte[] record(int number) {
        return Events.numbered(number).bytes();
    }

    static List<byte[]> deliveries() {
        List<byte[]> deliveries = new ArrayList<>();
        for (Deliveries.Shape shape : Deliveries.Shape.values()) {
            byte[] several = shape.of(List.of(record(1), record(2), record(4)));
            deliveries.add(shape.of(List.of(record(0))));
            deliveries.add(several);
            deliveries.add(Deliveries.gzip(several));
            deliveries.add(Deliveries.Shape.LAMBDA_KINESIS.of(List.of(several)));
            deliveries.add(Deliveries.Shape.SQS.of(List.of(several)));
        }
        deliveries.addAll(records());
        return deliveries;
    }

    static List<byte[]> sequences() {
        List<byte[]> sequences = new ArrayList<>();
        List<byte[]> records = records();
        for (int i = 0; i + 2 < records.size(); i++) {
            ByteArrayOutputStream sequence = new ByteArrayOutputStream();
            sequence.writeBytes(records.get(i));
            // The same record again, without its 200th byte, and then another one.
            sequence.writeBytes(new byte[] {SEPARATOR, EDIT, 0, 0, 0, SEPARATOR, EDIT, 0, (byte) 200, 1, SEPARATOR});
            sequence.writeBytes(records.get(i + 2));
            sequences.add(sequence.toByteArray());
        }
        return sequences;
    }
}
