package fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fixtures.Deliveries;
import fixtures.Ways;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.Envelope;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes through a reader: an array and a stream in pieces of any size give the same records. */
class ReaderFuzz {
    private static final int SMALL = 700;
    private static final int MAX_MESSAGE = 256;

    private static final List<Supplier<ChangeEventDecoder>> OPTIONS = List.of(
            ChangeEventDecoder::create,
            () -> ChangeEventDecoder.builder()
                    .limits(DecodeLimits.defaults().withMaxRecordBytes(SMALL))
                    .build());

    static List<byte[]> seeds() {
        return Seeds.deliveries();
    }

    @MethodSource("seeds")
    @FuzzTest
    void everySourceOfTheSameBytesGivesTheSameRecords(byte[] input) {
        for (Supplier<ChangeEventDecoder> options : OPTIONS) {
            ChangeEventDecoder decoder = options.get();
            String expected = described(Ways.withShapes("off", options).read(input));
            Outcomes.assertSame("array", expected, described(decoder.read(input)));
            Outcomes.assertSame(
                    "session", expected, described(decoder.newSession().read(input)));
            Outcomes.assertSame("stream", expected, described(decoder.read(new ByteArrayInputStream(input))));
            Random random = new Random(Arrays.hashCode(input));
            for (int most : new int[] {1, 16, 1_000}) {
                Outcomes.assertSame(
                        "stream in pieces of up to " + most,
                        expected,
                        described(decoder.read(Deliveries.inPieces(input, most, random))));
            }
        }
    }

    private static String described(ChangeEventReader reader) {
        StringBuilder text = new StringBuilder();
        for (SourceRecord record : reader.records()) {
            text.append(Arrays.asList(
                            record.index(),
                            record.offset(),
                            record.channel(),
                            record.sequenceNumber(),
                            record.partitionKey(),
                            record.recordId(),
                            record.messageId(),
                            record.topic(),
                            record.partition(),
                            record.streamOffset(),
                            record.arrivalTime(),
                            record.itemIdentifier(),
                            record.isTerminal()))
                    .append(described(record))
                    .append('\n');
        }
        for (Envelope at = reader.envelope(); at != null; at = at.inner()) {
            text.append(envelope(at)).append('\n');
        }
        return text.toString();
    }

    private static String described(SourceRecord record) {
        DecodeException failure = record.failure();
        if (failure == null) {
            return Outcomes.of(record.result().orElseThrow());
        }
        String message = failure.getMessage();
        if (message == null || message.length() > MAX_MESSAGE || failure.getCause() != null || failure.offset() < 0) {
            throw new AssertionError("not as declared", failure);
        }
        return failure.reason() + " at " + failure.offset() + " in " + failure.path() + ": " + message;
    }

    private static List<@Nullable Object> envelope(Envelope envelope) {
        return Arrays.asList(
                envelope.shape(),
                envelope.requestId(),
                envelope.timestamp(),
                envelope.invocationId(),
                envelope.deliveryStreamArn(),
                envelope.streamArn(),
                envelope.region(),
                envelope.nextShardIterator(),
                envelope.shardId(),
                envelope.windowStart(),
                envelope.windowEnd(),
                envelope.state(),
                envelope.stateValues(),
                envelope.isFinalInvokeForWindow(),
                envelope.isWindowTerminatedEarly(),
                envelope.toString());
    }
}
