package fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;
import reference.ReferenceComparison;
import reference.ReferenceDecoder;
import reference.ReferenceOptions;

/** Any bytes through the decoder and through the independent reference: one verdict, and the same values. */
class DifferentialFuzz {
    private static final ReferenceOptions LENIENT = ReferenceOptions.defaults().withLeniencies(true, true, true, true);
    private static final ReferenceDecoder REFERENCE = new ReferenceDecoder();
    private static final ReferenceDecoder LENIENT_REFERENCE = new ReferenceDecoder(LENIENT);

    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final DecodeSession SESSION = DECODER.newSession();
    private static final ChangeEventDecoder LENIENT_DECODER = ReferenceComparison.decoderWith(LENIENT);

    static List<byte[]> seeds() {
        return Seeds.records();
    }

    @MethodSource("seeds")
    @FuzzTest
    void theVerdictAndTheValuesAreThoseOfTheReference(byte[] record) {
        ReferenceComparison.assertSameVerdict(DECODER, REFERENCE, record);
        ReferenceComparison.assertSameVerdict(SESSION::decode, REFERENCE, record);
        ReferenceComparison.assertSameVerdict(LENIENT_DECODER, LENIENT_REFERENCE, record);
    }
}
