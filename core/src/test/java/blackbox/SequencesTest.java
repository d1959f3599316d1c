package blackbox;

import static fixtures.Sampling.EXHAUSTIVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Deliveries.Shape;
import fixtures.LongRunning;
import fixtures.Memory;
import fixtures.Refusals;
import generator.RecordSequence;
import generator.RecordSequence.Step;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import reference.ReferenceComparison;
import reference.ReferenceEvent;

/**
 * Sequences of records through one decoder and one session: whatever these remember of earlier records, each gives what
 * the reference gives, which remembers nothing. A record differs little from an earlier one, and comes in any memory or
 * delivery. Several times, the array that it is in has been that of an earlier record.
 */
class SequencesTest {
    private static final int RECORDS = 4_000;
    private static final List<Memory> MEMORIES = List.of(Memory.values());
    private static final List<Shape> SHAPES = List.of(Shape.values());
    private static final int SEQUENCES = EXHAUSTIVE ? 250 : 1;

    /** One decoder or one session, and an array that its records share. */
    private abstract static class Subject {
        private final Random random;
        private byte[] shared = new byte[1 << 12];

        Subject(Random random) {
            this.random = random;
        }

        abstract DecodeResult in(Memory memory, byte[] record);

        abstract DecodeResult part(byte[] array, int offset, int length);

        abstract ChangeEventReader read(byte[] input);

        abstract ChangeEventReader read(ByteArrayInputStream input);

        /** Checks the record in a memory that is chosen at random. */
        void check(byte[] record, @Nullable ReferenceEvent expected) {
            int choice = random.nextInt(MEMORIES.size() + 3);
            if (choice < MEMORIES.size()) {
                check(in(MEMORIES.get(choice), record), record, expected);
            } else if (choice < MEMORIES.size() + 2) {
                check(inSharedArray(record), record, expected);
            } else {
                checkDelivery(record, expected);
            }
        }

        /** In the array where the rest of an earlier and longer record follows. */
        private DecodeResult inSharedArray(byte[] record) {
            if (shared.length < record.length + 8) {
                shared = Arrays.copyOf(shared, 2 * record.length + 8);
            }
            int offset = random.nextInt(8);
            System.arraycopy(record, 0, shared, offset, record.length);
            return part(shared, offset, record.length);
        }

        private static void check(DecodeResult result, byte[] record, @Nullable ReferenceEvent expected) {
            DecodeException failure = result.failure();
            if (failure != null) {
                Refusals.assertDeclared(failure, record.length);
            }
            if (expected == null) {
                assertThat(failure).as("a failure, as the reference has").isNotNull();
            } else {
                ReferenceComparison.assertSame(expected, result.orElseThrow());
            }
        }

        /** Whether a bad record in a delivery costs only itself is the subject of other tests; here it teaches. */
        private void checkDelivery(byte[] record, @Nullable ReferenceEvent expected) {
            Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
            byte[] input = shape.of(List.of(record));
            int count = 0;
            try (ChangeEventReader reader =
                    random.nextBoolean() ? read(input) : read(new ByteArrayInputStream(input))) {
                for (SourceRecord found : reader.records()) {
                    count++;
                    if (expected != null) {
                        ChangeEvent event = found.result().orElseThrow();
                        // The reference sees only the record, and so lacks the evidence of a Kinesis envelope.
                        boolean isSameEvidence =
                                !shape.isOfKinesis() || event.binaryEncoding() != BinaryEncoding.DOUBLE;
                        if (isSameEvidence) {
                            ReferenceComparison.assertSame(expected, event);
                        }
                    }
                }
            }
            if (expected != null) {
                assertThat(count).as("records in %s", shape).isEqualTo(1);
            }
        }
    }

    private static final class OfDecoder extends Subject {
        private final ChangeEventDecoder decoder;

        OfDecoder(ChangeEventDecoder decoder, Random random) {
            super(random);
            this.decoder = decoder;
        }

        @Override
        DecodeResult in(Memory memory, byte[] record) {
            return memory.tryDecode(decoder, record);
        }

        @Override
        DecodeResult part(byte[] array, int offset, int length) {
            return decoder.tryDecode(array, offset, length);
        }

        @Override
        ChangeEventReader read(byte[] input) {
            return decoder.read(input);
        }

        @Override
        ChangeEventReader read(ByteArrayInputStream input) {
            return decoder.read(input);
        }
    }

    private static final class OfSession extends Subject {
        private final DecodeSession session;

        OfSession(DecodeSession session, Random random) {
            super(random);
            this.session = session;
        }

        @Override
        DecodeResult in(Memory memory, byte[] record) {
            return memory.tryDecode(session, record);
        }

        @Override
        DecodeResult part(byte[] array, int offset, int length) {
            return session.tryDecode(array, offset, length);
        }

        @Override
        ChangeEventReader read(byte[] input) {
            return session.read(input);
        }

        @Override
        ChangeEventReader read(ByteArrayInputStream input) {
            return session.read(input);
        }
    }

    @LongRunning
    @TestFactory
    Stream<DynamicTest> everyRecordOfASequenceIsWhatTheReferenceGives() {
        return Stream.iterate(1, seed -> seed <= SEQUENCES, seed -> seed + 1)
                .map(seed -> DynamicTest.dynamicTest("sequence " + seed, () -> check(seed)));
    }

    private static void check(int seed) {
        Random random = new Random(seed);
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        List<Subject> subjects = List.of(new OfDecoder(decoder, random), new OfSession(decoder.newSession(), random));
        RecordSequence records = new RecordSequence(seed);
        Map<Step, Integer> accepted = new EnumMap<>(Step.class);
        byte[] previous = {};
        for (int i = 0; i < RECORDS; i++) {
            RecordSequence.Next next = records.next();
            byte[] record = next.bytes();
            ReferenceEvent expected = next.expected();
            accepted.merge(next.step(), expected == null ? 0 : 1, Integer::sum);
            try {
                for (Subject subject : subjects) {
                    subject.check(record, expected);
                }
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError(
                        "record " + i + " of sequence " + seed + ", " + next.step() + ":\n" + new String(record, UTF_8)
                                + "\nafter\n" + new String(previous, UTF_8),
                        e);
            }
            previous = record;
        }
        // The sequence neither consists of malformed records nor contains none.
        assertThat(accepted.values().stream().mapToInt(Integer::intValue).sum())
                .isBetween(RECORDS / 2, RECORDS * 9 / 10);
        assertThat(accepted).hasSize(Step.values().length).containsEntry(Step.TRUNCATED, 0);
        assertThat(accepted.get(Step.BYTE_CHANGED)).isPositive();
        assertThat(accepted.get(Step.NAME_CHANGED)).isPositive();
        assertThat(accepted.get(Step.TYPE_CHANGED)).isPositive();
    }
}
