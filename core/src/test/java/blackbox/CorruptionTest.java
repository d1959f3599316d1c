package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Sampling.EXHAUSTIVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.CanaryEvents;
import fixtures.LongRunning;
import fixtures.Refusals;
import generator.Mutations;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import reference.ReferenceComparison;
import reference.ReferenceDecoder;
import reference.ReferenceOptions;

/** Any change to a record's bytes gives a correct event or a declared failure. */
class CorruptionTest {
    /** Bytes with a meaning in JSON, UTF-8 or base64. By default only these and a few others are tried. */
    private static final byte[] TELLING = {
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '0',
        '9',
        '-',
        '+',
        '.',
        'e',
        'u',
        'n',
        'S',
        'N',
        '=',
        ' ',
        '\n',
        0,
        0x1F,
        0x7F,
        (byte) 0x80,
        (byte) 0xBF,
        (byte) 0xC3,
        (byte) 0xE0,
        (byte) 0xED,
        (byte) 0xF0,
        (byte) 0xFF
    };

    private final ReferenceDecoder reference = new ReferenceDecoder();

    @TestFactory
    Stream<DynamicTest> everyTruncationEndsTooEarly() {
        return CanaryEvents.ALL.stream()
                .map(record -> DynamicTest.dynamicTest(record.length + " bytes", () -> {
                    int whole = new String(record, UTF_8).stripTrailing().getBytes(UTF_8).length;
                    for (byte[] truncated : Mutations.truncations(record)) {
                        DecodeException failure = check(truncated);
                        if (truncated.length >= whole) {
                            assertThat(failure).isNull();
                        } else {
                            assertThat(failure).isNotNull();
                            Refusals.assertAt(Objects.requireNonNull(failure), Reason.END_OF_INPUT, truncated.length);
                        }
                    }
                }));
    }

    @LongRunning
    @TestFactory
    Stream<DynamicTest> everySingleByteChangeGetsTheVerdictAndTheValuesOfTheReference() {
        return CanaryEvents.ALL.stream()
                .map(record -> DynamicTest.dynamicTest(record.length + " bytes", () -> {
                    assertThat(ReferenceComparison.assertSameVerdict(DECODER, reference, record))
                            .isTrue();
                    Set<Reason> met = EnumSet.noneOf(Reason.class);
                    int accepted = 0;
                    SplittableRandom random = new SplittableRandom(record.length);
                    byte[] changed = record.clone();
                    for (int i = 0; i < record.length; i++) {
                        for (byte other : others(record[i], random)) {
                            changed[i] = other;
                            DecodeException failure = check(changed);
                            if (failure == null) {
                                accepted++;
                            } else {
                                met.add(failure.reason());
                            }
                        }
                        changed[i] = record[i];
                    }
                    // the changes are not all of one kind
                    assertThat(accepted).isGreaterThan(record.length / 4);
                    assertThat(met)
                            .contains(Reason.UNEXPECTED_BYTE, Reason.BAD_UTF8, Reason.BAD_BASE64, Reason.BAD_NUMBER);
                }));
    }

    @TestFactory
    Stream<DynamicTest> editsGetTheVerdictOfTheReferenceUnderEveryOption() {
        ReferenceOptions strict = ReferenceOptions.defaults();
        ReferenceOptions lenient = strict.withLeniencies(true, true, true, true);
        return Map.of(
                        "strict", strict,
                        "emptyValueAsMap", strict.withLeniencies(true, false, false, false),
                        "numbersAsJson", strict.withLeniencies(false, true, false, false),
                        "descriptorAliases", strict.withLeniencies(false, false, true, false),
                        "unknownDescriptors", strict.withLeniencies(false, false, false, true),
                        "lenient, double", lenient.withBinaryEncoding("DOUBLE"),
                        "lenient, single, milliseconds",
                                lenient.withBinaryEncoding("SINGLE").withTimePrecision("MILLISECOND"),
                        "lenient, low limits", lenient.withLimits(1_000, 3, 12, 2))
                .entrySet()
                .stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    ReferenceOptions options = entry.getValue();
                    ChangeEventDecoder decoder = ReferenceComparison.decoderWith(options);
                    ReferenceDecoder expected = new ReferenceDecoder(options);
                    for (byte[] record : CanaryEvents.ALL) {
                        Mutations.sampleOfEdits(record, EXHAUSTIVE ? 100_000 : 400, 7)
                                .forEach(bytes -> ReferenceComparison.assertSameVerdict(decoder, expected, bytes));
                    }
                }));
    }

    private static byte[] others(byte original, SplittableRandom random) {
        if (EXHAUSTIVE) {
            byte[] all = new byte[255];
            for (int i = 0; i < all.length; i++) {
                all[i] = (byte) (original + 1 + i);
            }
            return all;
        }
        byte[] some = new byte[4];
        for (int i = 0; i < some.length; i++) {
            byte telling = TELLING[random.nextInt(TELLING.length)];
            boolean flip = i % 2 == 0 || telling == original;
            some[i] = flip ? (byte) (original ^ 1 << random.nextInt(8)) : telling;
        }
        return some;
    }

    /** Asserts that verdict and values are those of the reference. Returns the failure, or null. */
    private @Nullable DecodeException check(byte[] bytes) {
        Outcome outcome = new Outcome();
        boolean accepted = ReferenceComparison.assertSameVerdict(outcome::decode, reference, bytes);
        assertThat(accepted).isEqualTo(outcome.failure == null);
        return outcome.failure;
    }

    private static final class Outcome {
        private @Nullable DecodeException failure;

        ChangeEvent decode(byte[] bytes) {
            try {
                return DECODER.decode(bytes);
            } catch (DecodeException e) {
                Refusals.assertDeclared(e, bytes.length);
                failure = e;
                throw e;
            }
        }
    }
}
