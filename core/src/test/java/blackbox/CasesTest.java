package blackbox;

import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fixtures.Records;
import fixtures.Refusals;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.TimePrecision;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reference.SharedData;

/** Edge cases of each channel: the verdict, and the properties of the event or failure that the case's note states. */
class CasesTest {
    private static final ChangeEventDecoder STRICT = Records.DECODER;

    /** The checks of an accepted case, by its name. */
    private final Map<String, Consumer<ChangeEvent>> accepted = new HashMap<>();

    /** The failure of a refused case, by its name. */
    private final Map<String, Consumer<DecodeException>> refused = new HashMap<>();

    /** The checks of a reader over a case that holds several records, by the case's name. */
    private final Map<String, Consumer<byte[]>> readable = new HashMap<>();

    /** The leniency named in a refused case's note, by the case's name. */
    private final Map<String, ChangeEventDecoder> lenient = Map.of(
            "num-as-json-number",
            ChangeEventDecoder.builder().numbersAsJson(true).build(),
            "attr-empty-object",
            ChangeEventDecoder.builder().emptyValueAsMap(true).build());

    CasesTest() {
        times();
        envelopes();
        numbers();
        binary();
        attributes();
        exports();
        framing();
    }

    private record Case(String name, String channel, String payload, boolean isAccepted, String note) {
        byte[] bytes() {
            return channel.equals("kpl") ? Base64.getDecoder().decode(payload) : payload.getBytes(UTF_8);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCaseHasTheVerdictAndThePropertiesOfItsNote() throws IOException {
        return cases().stream().map(c -> DynamicTest.dynamicTest(c.name() + ": " + c.note(), () -> check(c)));
    }

    @Test
    void everyLeniencyThatANoteNamesIsTested() throws IOException {
        List<String> naming = cases().stream()
                .filter(c -> c.note().startsWith("accepted only with"))
                .map(Case::name)
                .toList();
        assertThat(naming).containsExactlyInAnyOrderElementsOf(lenient.keySet());
    }

    private void check(Case c) {
        Consumer<DecodeException> failure = refused.get(c.name());
        Consumer<ChangeEvent> event = accepted.get(c.name());
        if (failure != null) {
            // a reader accepts input with several records; decode, which takes one record, refuses it
            boolean isForReader =
                    c.channel().equals("firehose-s3") || c.channel().endsWith("envelope");
            assertThat(c.isAccepted()).isEqualTo(isForReader);
            assertThat(readable.containsKey(c.name())).isEqualTo(isForReader);
            readable.getOrDefault(c.name(), payload -> {}).accept(c.bytes());
            failure.accept(Refusals.refusal(STRICT, c.bytes()));
            ChangeEventDecoder tolerant = lenient.get(c.name());
            if (tolerant != null) {
                Objects.requireNonNull(event, "what the lenient decoder shows").accept(tolerant.decode(c.bytes()));
            }
            return;
        }
        assertThat(event).as("an expectation for case " + c.name()).isNotNull();
        assertThat(c.isAccepted()).isTrue();
        Objects.requireNonNull(event).accept(STRICT.decode(c.bytes()));
        Objects.requireNonNull(event).accept(STRICT.read(c.bytes()).iterator().next());
    }

    // --------------------------------------------------------------------------------------- what the notes say

    private void times() {
        time("ts-millis-default", "2024-06-22T07:04:39.869Z", TimePrecision.MILLISECOND, false);
        time("ts-micros-precision-last", "2024-06-22T07:04:39.869591Z", TimePrecision.MICROSECOND, true);
        time("ts-micros-no-precision", "2024-06-22T07:04:39.869591Z", TimePrecision.MICROSECOND, false);
        time("ts-seconds-emulator", "2024-06-22T07:04:39Z", TimePrecision.SECOND, false);
        time("ts-precision-contradicts", "2024-06-22T07:04:39.869Z", TimePrecision.MILLISECOND, false);
        time("ts-unknown-precision-token", "2024-06-22T07:04:39.869591123Z", TimePrecision.NANOSECOND, false);
        time("ts-scientific", "2024-06-22T07:04:30Z", TimePrecision.SECOND, false);
        time("ts-float-dot-zero", "2024-06-22T07:04:39Z", TimePrecision.SECOND, false);
        time("ts-scientific-nanos", "2024-06-22T07:04:39.869591123Z", TimePrecision.NANOSECOND, false);
        time("ts-string-scientific", "2024-06-22T07:04:30Z", TimePrecision.SECOND, false);
        time("ts-iso-z", "2024-06-22T07:04:39Z", TimePrecision.SECOND, false);
        time("ts-iso-offset", "2024-06-22T07:04:39.869Z", TimePrecision.MILLISECOND, false);
        time("ts-zero", "1970-01-01T00:00:00Z", TimePrecision.SECOND, false);
        accepted.put(
                "ts-null",
                event -> assertThat(event.approximateCreationDateTime()).isNull());
    }

    private void time(String name, String instant, TimePrecision precision, boolean stated) {
        accepted.put(name, event -> assertTime(event, instant, precision, stated));
    }

    private static void assertTime(ChangeEvent event, String instant, TimePrecision precision, boolean stated) {
        CreationTime time = Objects.requireNonNull(event.approximateCreationDateTime());
        assertThat(time.toInstant()).isEqualTo(Instant.parse(instant));
        assertThat(time.precision()).isEqualTo(precision);
        assertThat(time.stated()).isEqualTo(stated);
    }

    private void envelopes() {
        accepted.put("unknown-event-name", event -> {
            assertThat(event.eventName()).isEqualTo(EventName.UNKNOWN);
            assertThat(event.eventNameText()).isEqualTo("FOOBAR");
        });
        accepted.put("remove-no-old-image", event -> {
            assertThat(event.eventName()).isEqualTo(EventName.REMOVE);
            assertKeysOnly(event);
        });
        accepted.put("keys-only", CasesTest::assertKeysOnly);
        accepted.put("images-null", CasesTest::assertKeysOnly);
        accepted.put(
                "size-bytes-not-a-long", event -> assertThat(event.sizeBytes()).isNull());
        accepted.put("dup-in-skipped-unknown", CasesTest::assertKeysOnly);
        accepted.put(
                "bom",
                event -> assertThat(newImage(event).require("pk").asString()).isEqualTo("a"));
        refuse("keys-null", Reason.MISSING_FIELD);
        refuse("dup-known-field", Reason.DUPLICATE_FIELD);
    }

    private static void assertKeysOnly(ChangeEvent event) {
        assertThat(event.keys().require("pk").asString()).isEqualTo("a");
        assertThat(event.newImage()).isNull();
        assertThat(event.oldImage()).isNull();
    }

    private void numbers() {
        number("num-max", "9".repeat(38) + "0".repeat(88));
        number("num-min-plain", "0." + "0".repeat(129) + "1");
        number("num-neg38", "-12345678901234567890123456789012345678");
        number("num-dec38", "1.2345678901234567890123456789012345678");
        number("num-exp", "1.5E2");
        number("num-exp-lower", "1e-7");
        number("num-leading-zeros", "00042");
        number("num-plus", "+5");
        number("num-long-max-plus-1", "9223372036854775808");
        number("num-double-unsafe", "3804086584686624768");
        number("num-39-significant", "1".repeat(39));
        for (String name : List.of("num-empty", "num-garbage", "num-nan", "num-infinity")) {
            refuse(name, Reason.BAD_NUMBER);
        }
        refuse("num-exp-huge", Reason.NUMBER_LIMIT);
        refuse("num-as-json-number", Reason.WRONG_TYPE, "numbersAsJson");
        number("num-as-json-number", "12.5");
    }

    private void number(String name, String text) {
        accepted.put(name, event -> {
            AttributeValue number = newImage(event).require("n");
            BigDecimal expected = new BigDecimal(text);
            assertThat(number.numberText()).isEqualTo(text);
            assertThat(number.asBigDecimal()).isEqualTo(expected);
            assertThat(number.asDouble()).isEqualTo(Double.parseDouble(text));
            long exact;
            try {
                exact = expected.longValueExact();
            } catch (ArithmeticException e) {
                assertThatThrownBy(number::asLong).isInstanceOf(AttributeValueException.class);
                return;
            }
            assertThat(number.asLong()).isEqualTo(exact);
        });
    }

    private void binary() {
        binary("bin-single", BinaryEncoding.SINGLE, 0x00, 0x01, 0x02, 0xFF);
        binary("bin-double-kds", BinaryEncoding.DOUBLE, 0x12, 0x02, 0x08, 0x7B);
        accepted.put(
                "bin-empty",
                event -> assertThat(newImage(event).require("b").asBytes()).isEmpty());
        binary("bin-streams-content-is-base64-text", BinaryEncoding.SINGLE, ascii("SGVsbG8="));
        binary("bin-both-marker-kinds", BinaryEncoding.SINGLE, ascii("SGVsbG8="));
        binary("bin-emulator-seconds", BinaryEncoding.SINGLE, ascii("SGVsbG8="));
        accepted.put("bin-mixed-validity-set", event -> {
            assertThat(event.binaryEncoding()).isEqualTo(BinaryEncoding.SINGLE);
            assertThat(newImage(event).require("b").asBinarySet())
                    .containsExactly(ByteBuffer.wrap("SGVsbG8=".getBytes(UTF_8)), ByteBuffer.wrap(new byte[] {0, -1}));
        });
        accepted.put("bin-nested-twice", event -> {
            assertThat(event.binaryEncoding()).isEqualTo(BinaryEncoding.DOUBLE);
            Item map = newImage(event).require("m").asItem();
            assertThat(map.require("l").asList().get(0).asBytes()).containsExactly(1, 2, 3);
        });
        accepted.put("bin-unchanged-in-modify", event -> {
            assertThat(newImage(event).require("b").asBytes()).containsExactly('a', 'b', 'c');
            assertThat(oldImage(event).require("b").asBytes()).containsExactly('a', 'b', 'c');
            assertThat(Objects.requireNonNull(event.diff()).changed()).containsOnlyKeys("n");
        });
        for (String name : List.of("bin-no-padding", "bin-urlsafe", "bin-newline", "bin-not-base64")) {
            refuse(name, Reason.BAD_BASE64);
        }
    }

    private void binary(String name, BinaryEncoding encoding, int... bytes) {
        accepted.put(name, event -> {
            assertThat(event.binaryEncoding()).isEqualTo(encoding);
            assertThat(newImage(event).require("b").asBytes()).containsExactly(bytes);
        });
    }

    private static int[] ascii(String text) {
        return text.chars().toArray();
    }

    private void attributes() {
        accepted.put("sets-all", event -> {
            Item image = newImage(event);
            assertThat(image.require("ss").asStringSet()).containsExactly("b", "a", "");
            assertThat(image.require("ns").asNumberSet())
                    .containsExactly(new BigDecimal("3"), new BigDecimal("-1"), new BigDecimal("2.50"));
            assertThat(image.require("bs").asBinarySet()).containsExactly(ByteBuffer.wrap(new byte[] {'x'}));
        });
        accepted.put(
                "sets-empty",
                event -> assertThat(newImage(event).require("ss").asStringSet()).isEmpty());
        accepted.put(
                "null-true",
                event -> assertThat(newImage(event).require("x").type() == AttributeType.NULL)
                        .isTrue());
        accepted.put("names-odd", event -> {
            Item image = newImage(event);
            Map<String, String> texts = Map.of(
                    "",
                    "empty-name",
                    "a.b",
                    "dot",
                    "a b",
                    "space",
                    "a|b",
                    "pipe",
                    "ключ",
                    "cyr",
                    "😀",
                    "emoji",
                    "quote\"",
                    "q",
                    "back\\slash",
                    "b",
                    "nul\0",
                    "z");
            texts.forEach(
                    (name, text) -> assertThat(image.require(name).asString()).isEqualTo(text));
            assertThat(image.require("aws:rep:updatetime").numberText()).isEqualTo("1602518560.314001");
            assertThat(image.toMap()).containsKeys(texts.keySet().toArray(new String[0]));
        });
        accepted.put(
                "name-64k",
                event -> assertThat(newImage(event).require("k".repeat(65_535)).asString())
                        .isEqualTo("x"));
        accepted.put("depth-32", event -> {
            AttributeValue value = newImage(event).require("d");
            int maps = 0;
            for (; value.type().name().equals("M"); maps++) {
                value = value.asItem().require("m");
            }
            assertThat(value.asString()).isEqualTo("leaf");
            assertThat(maps).isEqualTo(31);
        });
        accepted.put(
                "string-400k",
                event -> assertThat(newImage(event).require("s").asString()).matches("x{400000,}"));
        accepted.put(
                "attr-empty-object",
                event -> assertThat(newImage(event).require("x").asItem().size() == 0)
                        .isTrue());
        refuse("depth-500", Reason.DEPTH_LIMIT);
        refuse("dup-attribute", Reason.DUPLICATE_NAME);
        refuse("dup-descriptor", Reason.TWO_TYPES);
        refuse("attr-json-null", Reason.WRONG_TYPE);
        refuse("attr-empty-object", Reason.NO_TYPE, "emptyValueAsMap");
        refuse("attr-unknown-tag", Reason.UNKNOWN_TYPE, "unknownDescriptors");
    }

    private void exports() {
        export("export-incremental-insert", EventName.INSERT, true, false);
        export("export-incremental-update", EventName.MODIFY, true, true);
        export("export-incremental-delete-old", EventName.REMOVE, false, true);
        accepted.put("export-full", event -> {
            assertThat(event.channel()).isEqualTo(Channel.EXPORT);
            assertThat(event.eventName()).isEqualTo(EventName.INSERT);
            assertThat(event.keys()).isEmpty();
            assertThat(event.approximateCreationDateTime()).isNull();
            assertThat(newImage(event).require("pk").asString()).isEqualTo("a");
        });
    }

    private void export(String name, EventName eventName, boolean hasNewImage, boolean hasOldImage) {
        accepted.put(name, event -> {
            assertThat(event.channel()).isEqualTo(Channel.EXPORT);
            assertThat(event.eventName()).isEqualTo(eventName);
            assertThat(event.newImage() != null).isEqualTo(hasNewImage);
            assertThat(event.oldImage() != null).isEqualTo(hasOldImage);
            assertTime(event, "2024-06-22T07:04:39.869591Z", TimePrecision.MICROSECOND, true);
        });
    }

    /** Inputs that hold several records, or no JSON. */
    private void framing() {
        read("concatenated", 2, event -> assertThat(event.eventName()).isEqualTo(EventName.INSERT));
        read("jsonl-crlf-blank", 2, event -> assertThat(event.eventName()).isEqualTo(EventName.INSERT));
        read("ttl-camel", 1, event -> assertThat(event.deletedByTimeToLive()).isTrue());
        refuse("concatenated", Reason.TRAILING_DATA);
        refuse("jsonl-crlf-blank", Reason.TRAILING_DATA);
        refuse("ttl-camel", Reason.NOT_AN_EVENT, "read");
        refuse("kpl-magic", Reason.AGGREGATED, "Kinesis Producer Library");
    }

    private void read(String name, int events, Consumer<ChangeEvent> each) {
        readable.put(name, payload -> {
            List<ChangeEvent> read = STRICT.read(payload).stream().toList();
            assertThat(read).hasSize(events).allSatisfy(each);
        });
    }

    private void refuse(String name, Reason reason) {
        refused.put(name, failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private void refuse(String name, Reason reason, String named) {
        refused.put(name, failure -> {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure).hasMessageContaining(named);
        });
    }

    // ------------------------------------------------------------------------------------------------- the file

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String line : Files.readAllLines(SharedData.requireOrSkip("events", "cases.jsonl"))) {
            cases.add(parse(line));
        }
        assertThat(cases).isNotEmpty();
        return cases;
    }

    /** A line is a flat object of texts. */
    private static Case parse(String line) throws IOException {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
                members.put(name, parser.getText());
            }
        }
        return new Case(
                member(members, "name"),
                member(members, "channel"),
                member(members, "payload"),
                member(members, "verdict").equals("accept"),
                member(members, "note"));
    }

    private static String member(Map<String, String> members, String name) {
        return Objects.requireNonNull(members.get(name), name);
    }
}
