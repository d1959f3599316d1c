package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeResult;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** What is promised of every failure, and records in which {@code «} marks the byte where the fault is expected. */
final class ConformanceFaults {
    /** The bytes are not JSON. */
    static final Set<Reason> NOT_JSON = EnumSet.of(
            Reason.END_OF_INPUT,
            Reason.UNEXPECTED_BYTE,
            Reason.BAD_ESCAPE,
            Reason.CONTROL_CHARACTER,
            Reason.BAD_UTF8,
            Reason.LONE_SURROGATE,
            Reason.BAD_LITERAL,
            Reason.TRAILING_DATA);

    private static final int MAX_MESSAGE = 256;
    private static final String MARK = "«";

    private ConformanceFaults() {}

    /** Why the record is refused. */
    static DecodeException refusal(ChangeEventDecoder decoder, byte[] record) {
        DecodeResult result = decoder.tryDecode(record);
        DecodeException failure = Objects.requireNonNull(result.failure(), "the record was accepted");
        assertThat(result.event()).isNull();
        assertDeclared(failure, record.length);
        return failure;
    }

    static DecodeException refusal(byte[] record) {
        return refusal(ConformanceRecords.DECODER, record);
    }

    /** Refused for this reason, at the mark. */
    static DecodeException assertFault(ChangeEventDecoder decoder, Reason reason, String marked) {
        int mark = marked.indexOf(MARK);
        assertThat(mark).as("a mark in the record").isGreaterThanOrEqualTo(0);
        String before = marked.substring(0, mark);
        String after = marked.substring(mark + MARK.length());
        assertThat(after).as("behind the mark").doesNotContain(MARK);
        DecodeException failure = refusal(decoder, ConformanceRecords.json(before + after));
        assertAt(failure, reason, ConformanceRecords.json(before).length);
        return failure;
    }

    static DecodeException assertFault(Reason reason, String marked) {
        return assertFault(ConformanceRecords.DECODER, reason, marked);
    }

    static void assertAt(DecodeException failure, Reason reason, long offset) {
        assertThat(failure.reason() + " at " + failure.offset()).isEqualTo(reason + " at " + offset);
    }

    /** What holds for the failure of any input of this length. */
    static void assertDeclared(DecodeException failure, int length) {
        // Without AssertJ: this runs millions of times.
        String message = failure.getMessage();
        boolean declared = failure.reason() != null
                && failure.offset() >= 0
                && failure.offset() <= length
                && failure.path() != null
                && message != null
                && message.length() <= MAX_MESSAGE
                && failure.getCause() == null
                && failure.getSuppressed().length == 0;
        if (!declared) {
            throw new AssertionError("not as declared, for an input of " + length + " bytes", failure);
        }
    }
}
