package example;

import static example.Payloads.BAD_NUMBER;
import static example.Payloads.BROKEN;
import static example.Payloads.FIRST;
import static example.Payloads.SECOND;
import static example.Payloads.THIRD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Deliveries;
import io.github.dynamodbcdc.DecodeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipe for an object of Amazon S3 or a file. */
class ObjectLoaderTest {
    @BeforeEach
    void reset() {
        YourCode.reset();
    }

    private static void load(byte[] object) {
        ObjectLoader.load(new ByteArrayInputStream(object));
    }

    private static void load(String object) {
        load(object.getBytes(UTF_8));
    }

    @Test
    void aBadRecordIsParkedByItsOffsetInGzipOrNotAndWithLineBreaksOrNot() {
        for (String separator : List.of("", "\n")) {
            byte[] object = String.join(separator, FIRST, BAD_NUMBER, THIRD).getBytes(UTF_8);
            for (byte[] input : List.of(object, Deliveries.gzip(object))) {
                YourCode.reset();
                load(input);
                String parked = "parked byte " + (FIRST.length() + separator.length()) + " BAD_NUMBER";
                assertThat(YourCode.CALLS).containsExactly("stored 1", parked, "stored 3");
            }
        }
    }

    @Test
    void aFileIsReadToItsEnd(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("events.json");
        Files.writeString(file, String.join("\n", FIRST, SECOND, THIRD, ""));
        try (InputStream object = Files.newInputStream(file)) {
            ObjectLoader.load(object);
        }
        assertThat(YourCode.CALLS).containsExactly("stored 1", "stored 2", "stored 3");
    }

    @Test
    void aBrokenLineIsParkedAndTheLinesAfterItAreRead() {
        load(String.join("\n", FIRST, BROKEN, THIRD));
        assertThat(YourCode.CALLS)
                .containsExactly("stored 1", "parked byte " + (FIRST.length() + 1) + " UNEXPECTED_BYTE", "stored 3");
    }

    @Test
    void aBrokenRecordWithoutALineBreakFailsTheObject() {
        assertThatThrownBy(() -> load(FIRST + BROKEN + THIRD)).isInstanceOf(DecodeException.class);
        assertThat(YourCode.CALLS).containsExactly("stored 1");
    }

    @Test
    void aRecordThatTheSinkRefusesIsParked() {
        YourCode.refused = "2";
        load(FIRST + SECOND + THIRD);
        assertThat(YourCode.CALLS)
                .containsExactly("stored 1", "refused 2", "parked byte " + FIRST.length() + " refused", "stored 3");
    }

    @Test
    void anObjectTruncatedWithinARecordFails() {
        byte[] whole = (FIRST + SECOND).getBytes(UTF_8);
        for (int length = 1; length < whole.length; length++) {
            if (length != FIRST.length()) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> load(cut)).as("%s bytes", length).isInstanceOf(DecodeException.class);
            }
        }
    }

    @Test
    void truncatedGzipFails() {
        byte[] packed = Deliveries.gzip((FIRST + SECOND).getBytes(UTF_8));
        for (int length = 1; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> load(cut)).as("%s bytes", length).isInstanceOf(DecodeException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "0", "\"\"", "{\"Records\":[{}]}"})
    void aRecordThatIsNotAnEventIsParked(String object) {
        load(object);
        assertThat(YourCode.CALLS).singleElement().asString().startsWith("parked byte ");
    }

    @Test
    void sqsMessagesWithoutEventsAreParked() {
        load(Payloads.SQS);
        assertThat(YourCode.CALLS).hasSize(2).allMatch(call -> call.startsWith("parked byte "));
    }

    @Test
    void anArchivedBatchIsReadAsItsRecords() {
        load(Payloads.window(Payloads.stream(FIRST, SECOND)) + Payloads.stream() + Payloads.kinesis(THIRD));
        assertThat(YourCode.CALLS).containsExactly("stored 1", "stored 2", "stored 3");
    }

    @Test
    void anEmptyObjectHasNoRecords() {
        load("");
        assertThat(YourCode.CALLS).isEmpty();
    }
}
