package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.concat;
import static fixtures.Records.json;
import static fixtures.Records.newImage;
import static fixtures.Sampling.EXHAUSTIVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Refusals;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reference.SharedData;

/** Byte sequences in every place that holds text, compared with the JDK's strict decoder. */
class Utf8Test {
    /** The first and the last byte of every range that UTF-8 or JSON distinguishes, and some between. */
    private static final int[] BYTES_OF_EACH_CLASS = {
        0x00, 0x1F, 0x20, 0x22, 0x5C, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1,
        0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xF8, 0xFC, 0xFE, 0xFF
    };

    private final CharsetDecoder strict = UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /** A place that holds text, and the text read back from it, or null if it is skipped. */
    private static final class Place {
        final byte[] before;
        final byte[] after;
        final Function<ChangeEvent, @Nullable String> read;

        Place(String before, String after, Function<ChangeEvent, @Nullable String> read) {
            this.before = json(before);
            this.after = json(after);
            this.read = read;
        }
    }

    private static final Place IN_S = new Place(
            "{'dynamodb':{'Keys':{},'NewImage':{'a':{'S':'",
            "'}}}}",
            event -> newImage(event).require("a").asString());

    private static final List<Place> PLACES = List.of(
            IN_S,
            new Place(
                    "{'dynamodb':{'Keys':{},'NewImage':{'",
                    "':{'S':'a'}}}}",
                    event -> newImage(event).iterator().next().getKey()),
            new Place("{'dynamodb':{'Keys':{}},'eventID':'", "'}", ChangeEvent::eventId),
            new Place("{'dynamodb':{'Keys':{},'x':[{'y':'", "'}]}}", event -> null),
            new Place("{'dynamodb':{'Keys':{},'x':[{'y", "':1}]}}", event -> null));

    @TestFactory
    Stream<DynamicTest> everyVectorGetsTheVerdictOfTheJdkInEveryPlace() throws IOException {
        List<String[]> vectors = Files.readAllLines(SharedData.requireOrSkip("suites", "utf8_vectors.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .toList();
        assertThat(vectors).filteredOn(vector -> vector[0].equals("valid")).hasSize(75);
        assertThat(vectors).filteredOn(vector -> vector[0].equals("invalid")).hasSize(145);
        return vectors.stream()
                .map(vector -> DynamicTest.dynamicTest(vector[0] + " " + vector[1] + ": " + vector[2], () -> {
                    byte[] bytes = HexFormat.of().parseHex(vector[2]);
                    assertThat(malformedAt(bytes) < 0).isEqualTo(vector[0].equals("valid"));
                    for (Place place : PLACES) {
                        assertVerdictOfTheJdk(place, bytes);
                    }
                }));
    }

    @Test
    void everyTwoByteSequenceGetsTheVerdictOfTheJdk() {
        for (int pair = 0; pair < 1 << 16; pair++) {
            byte[] bytes = {(byte) (pair >>> 8), (byte) pair};
            assertVerdictOfTheJdk(IN_S, bytes);
        }
    }

    @Test
    void threeByteSequencesOfEveryClassGetTheVerdictOfTheJdkInEveryPlace() {
        for (int first : BYTES_OF_EACH_CLASS) {
            for (int second : BYTES_OF_EACH_CLASS) {
                for (int third : BYTES_OF_EACH_CLASS) {
                    byte[] bytes = {(byte) first, (byte) second, (byte) third};
                    for (Place place : PLACES) {
                        assertVerdictOfTheJdk(place, bytes);
                    }
                }
            }
        }
    }

    @Test
    void everyThreeByteSequenceGetsTheVerdictOfTheJdk() {
        // By default the second and third byte are every eighth, shifted so that all values occur.
        int step = EXHAUSTIVE ? 1 : 8;
        byte[] bytes = new byte[3];
        for (int first = 0x80; first <= 0xFF; first++) {
            for (int second = first % step; second <= 0xFF; second += step) {
                for (int third = (first + second) % step; third <= 0xFF; third += step) {
                    bytes[0] = (byte) first;
                    bytes[1] = (byte) second;
                    bytes[2] = (byte) third;
                    assertVerdictOfTheJdk(IN_S, bytes);
                }
            }
        }
        if (EXHAUSTIVE) {
            for (int triple = 0; triple < 0x80 << 16; triple++) {
                bytes[0] = (byte) (triple >>> 16);
                bytes[1] = (byte) (triple >>> 8);
                bytes[2] = (byte) triple;
                assertVerdictOfTheJdk(IN_S, bytes);
            }
        }
    }

    @Test
    void allWellFormedCharactersOfTwoToFourBytesAreReadUnchangedInOneText() {
        String all = IntStream.rangeClosed(0x80, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        byte[] record = concat(IN_S.before, all.getBytes(UTF_8), IN_S.after);
        assertThat(IN_S.read.apply(DECODER.decode(record))).isEqualTo(all);
    }

    @Test
    void aSequenceMayBeAnywhereInAText() {
        // the scanner reads words: try every alignment of every length of character, valid and broken
        for (int padding = 0; padding < 17; padding++) {
            for (String character : List.of("é", "€", "😀")) {
                byte[] sound = ("x".repeat(padding) + character + "y".repeat(9)).getBytes(UTF_8);
                for (Place place : PLACES) {
                    assertVerdictOfTheJdk(place, sound);
                }
                byte[] broken = sound.clone();
                broken[padding + character.getBytes(UTF_8).length - 1] = 'z';
                for (Place place : PLACES) {
                    assertVerdictOfTheJdk(place, broken);
                }
            }
        }
    }

    /**
     * Bytes below 0x20 are CONTROL_CHARACTER in JSON; the quote and the backslash are sent escaped. Of several faults
     * the first counts.
     */
    private void assertVerdictOfTheJdk(Place place, byte[] bytes) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        int malformed = malformedAt(bytes);
        int fault = -1;
        Reason reason = Reason.BAD_UTF8;
        for (int i = 0; i < bytes.length && fault < 0; i++) {
            if (i == malformed || (bytes[i] >= 0 && bytes[i] < 0x20)) {
                fault = sent.size();
                reason = i == malformed ? Reason.BAD_UTF8 : Reason.CONTROL_CHARACTER;
                sent.write(bytes, i, bytes.length - i);
            } else {
                if (bytes[i] == '"' || bytes[i] == '\\') {
                    sent.write('\\');
                }
                sent.write(bytes[i]);
            }
        }
        if (fault >= 0) {
            escapeAfterFault(sent, fault);
        }
        byte[] record = concat(place.before, sent.toByteArray(), place.after);
        DecodeResult result = DECODER.tryDecode(record);
        DecodeException failure = result.failure();
        if (fault < 0) {
            String read = place.read.apply(result.orElseThrow());
            if (read != null && !read.equals(new String(bytes, UTF_8))) {
                throw new AssertionError("place " + PLACES.indexOf(place) + " "
                        + HexFormat.of().formatHex(bytes) + " was read as another text");
            }
        } else if (failure == null || failure.reason() != reason || failure.offset() != place.before.length + fault) {
            throw new AssertionError(
                    "place " + PLACES.indexOf(place) + " " + HexFormat.of().formatHex(bytes) + " must be " + reason
                            + " at " + (place.before.length + fault),
                    failure);
        } else {
            Refusals.assertDeclared(failure, record.length);
        }
    }

    /** The other bytes do not affect the verdict, but must not end the string early. */
    private static void escapeAfterFault(ByteArrayOutputStream sent, int fault) {
        byte[] bytes = sent.toByteArray();
        sent.reset();
        for (int i = 0; i < bytes.length; i++) {
            if (i > fault && (bytes[i] == '"' || bytes[i] == '\\')) {
                sent.write('\\');
            }
            sent.write(bytes[i]);
        }
    }

    /** Returns where the JDK finds the first ill-formed sequence, or −1 if there is none. */
    private int malformedAt(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = strict.reset().decode(in, out, true);
        return result.isError() ? in.position() : -1;
    }
}
