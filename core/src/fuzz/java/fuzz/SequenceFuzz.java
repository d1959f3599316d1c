package fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fixtures.Ways;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records one after another through one decoder and its sessions, which predict each from those before. The input is
 * the records and edits of the record before, with separators between them.
 */
class SequenceFuzz {
    private static final ChangeEventDecoder PLAIN = Ways.withShapes("off", ChangeEventDecoder::create);
    private static final int MAX_RECORDS = 24;

    static List<byte[]> seeds() {
        return Seeds.sequences();
    }

    @MethodSource("seeds")
    @FuzzTest
    void eachRecordHasTheOutcomeThatItHasAlone(byte[] sequence) {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        DecodeSession session = decoder.newSession();
        DecodeSession overOneArray = decoder.newSession();
        byte[] array = new byte[2 * sequence.length + 16];
        for (byte[] record : records(sequence)) {
            int length = record.length;
            String expected = Outcomes.of(PLAIN.tryDecode(record), length);
            Outcomes.assertSame("decoder", expected, Outcomes.of(decoder.tryDecode(record), length));
            Outcomes.assertSame("session", expected, Outcomes.of(session.tryDecode(record), length));
            if (length + 8 <= array.length) {
                System.arraycopy(record, 0, array, 8, length);
                Outcomes.assertSame(
                        "one array", expected, Outcomes.of(overOneArray.tryDecode(array, 8, length), length));
            }
            // What was learned must not be the caller's array.
            Arrays.fill(record, (byte) '"');
        }
    }

    private static List<byte[]> records(byte[] sequence) {
        List<byte[]> records = new ArrayList<>();
        byte[] previous = {};
        int start = 0;
        for (int i = 0; i <= sequence.length && records.size() < MAX_RECORDS; i++) {
            if (i == sequence.length || sequence[i] == Seeds.SEPARATOR) {
                byte[] part = Arrays.copyOfRange(sequence, start, i);
                previous = part.length > 3 && part[0] == Seeds.EDIT ? edited(previous, part) : part;
                records.add(previous.clone());
                start = i + 1;
            }
        }
        return records;
    }

    /** Returns the record with some bytes, from two bytes of the edit on, replaced by the rest of the edit. */
    private static byte[] edited(byte[] record, byte[] edit) {
        int at = Math.min((edit[1] & 0xFF) << 8 | edit[2] & 0xFF, record.length);
        int end = Math.min(at + (edit[3] & 0xFF), record.length);
        int inserted = edit.length - 4;
        byte[] edited = new byte[at + inserted + record.length - end];
        System.arraycopy(record, 0, edited, 0, at);
        System.arraycopy(edit, 4, edited, at, inserted);
        System.arraycopy(record, end, edited, at + inserted, record.length - end);
        return edited;
    }
}
