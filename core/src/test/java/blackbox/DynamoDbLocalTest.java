package blackbox;

import static fixtures.EventText.describe;
import static fixtures.Records.newImage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import fixtures.Records;
import fixtures.Refusals;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.StreamViewType;
import io.github.dynamodbcdc.TimePrecision;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reference.ReferenceComparison;
import reference.ReferenceDecoder;
import reference.ReferenceOptions;
import reference.SharedData;

/** The records that DynamoDB Local sends, one by one. */
class DynamoDbLocalTest {
    private static final ChangeEventDecoder STRICT = Records.DECODER;
    private static final ChangeEventDecoder LENIENT =
            ChangeEventDecoder.builder().emptyValueAsMap(true).build();

    /** An attribute whose value is a bare {@code {}}. */
    private static final Pattern BARE_EMPTY_VALUE =
            Pattern.compile("\"(?!M\"|Keys\"|NewImage\"|OldImage\")\\w+\":\\{}");

    private static final Pattern BINARY = Pattern.compile("\"(B)\":(\"[^\"]*\")|\"(BS)\":(\\[[^\\]]*])");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

    private record Captured(String name, String text) {
        byte[] bytes() {
            return text.getBytes(UTF_8);
        }
    }

    @TestFactory
    Stream<DynamicTest> withEmptyValueAsMapEveryRecordEqualsTheReference() throws IOException {
        ReferenceDecoder reference =
                new ReferenceDecoder(ReferenceOptions.defaults().withLeniencies(true, false, false, false));
        return records().stream()
                .map(captured -> DynamicTest.dynamicTest(captured.name(), () -> {
                    ChangeEvent event = LENIENT.decode(captured.bytes());
                    ReferenceComparison.assertSame(reference.decode(captured.bytes()), event);
                    assertThat(event.channel()).isEqualTo(Channel.STREAMS);
                    assertThat(event.awsRegion()).isEqualTo("ddblocal");
                    CreationTime time = Objects.requireNonNull(event.approximateCreationDateTime());
                    assertThat(time.precision()).isEqualTo(TimePrecision.SECOND);
                    assertThat(time.stated()).isFalse();
                    if (event.binaryEncoding() != null) {
                        assertThat(event.binaryEncoding()).isEqualTo(BinaryEncoding.SINGLE);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> withoutItExactlyTheRecordsWithABareEmptyValueAreRefused() throws IOException {
        List<Captured> records = records();
        long bare = records.stream()
                .filter(captured -> BARE_EMPTY_VALUE.matcher(captured.text()).find())
                .count();
        assertThat(bare).isBetween(1L, records.size() - 1L);
        return records.stream()
                .map(captured -> DynamicTest.dynamicTest(captured.name(), () -> {
                    Matcher matcher = BARE_EMPTY_VALUE.matcher(captured.text());
                    DecodeResult result = STRICT.tryDecode(captured.bytes());
                    DecodeException failure = result.failure();
                    if (!matcher.find()) {
                        assertThat(describe(result.orElseThrow()))
                                .isEqualTo(describe(LENIENT.decode(captured.bytes())));
                        return;
                    }
                    assertThat(failure).isNotNull();
                    int characters = matcher.end() - "{}".length();
                    int offset = captured.text().substring(0, characters).getBytes(UTF_8).length;
                    Refusals.assertAt(Objects.requireNonNull(failure), Reason.NO_TYPE, offset);
                    assertThat(failure).hasMessageContaining("emptyValueAsMap");
                }));
    }

    /**
     * SizeBytes is the size that AUTO computes. To show that through the API, the test turns the record into a Kinesis
     * record with binary encoded twice, and keeps its time in seconds: AUTO then decodes twice only if the computed
     * size equals SizeBytes to the byte.
     */
    @TestFactory
    Stream<DynamicTest> sizeBytesIsTheComputedSize() throws IOException {
        List<Captured> withBinary = records().stream()
                .filter(captured -> BINARY.matcher(captured.text()).find())
                .toList();
        assertThat(withBinary).hasSizeGreaterThanOrEqualTo(12);
        return withBinary.stream()
                .map(captured -> DynamicTest.dynamicTest(captured.name(), () -> {
                    String kinesis = encodedTwice(captured.text())
                            .replace("\"eventVersion\"", "\"x\"")
                            .replace("\"SequenceNumber\"", "\"y\"")
                            .replace("\"StreamViewType\"", "\"z\"");
                    ChangeEvent twice = LENIENT.decode(kinesis.getBytes(UTF_8));
                    assertThat(twice.binaryEncoding()).isEqualTo(BinaryEncoding.DOUBLE);
                    ChangeEvent once = LENIENT.decode(captured.bytes());
                    assertThat(twice.keys()).isEqualTo(once.keys());
                    assertThat(twice.newImage()).isEqualTo(once.newImage());
                    assertThat(twice.oldImage()).isEqualTo(once.oldImage());
                    long size = Objects.requireNonNull(once.sizeBytes());
                    String wrong = kinesis.replace("\"SizeBytes\":" + size, "\"SizeBytes\":" + (size + 1));
                    assertThat(LENIENT.decode(wrong.getBytes(UTF_8)).binaryEncoding())
                            .isEqualTo(BinaryEncoding.SINGLE);
                }));
    }

    private static String encodedTwice(String record) {
        return BINARY.matcher(record)
                .replaceAll(match -> Matcher.quoteReplacement(
                        '"' + (match.group(1) != null ? "B" : "BS") + "\":" + textsEncoded(match)));
    }

    private static String textsEncoded(MatchResult match) {
        String texts = match.group(1) != null ? match.group(2) : match.group(4);
        return TEXT.matcher(texts)
                .replaceAll(text -> Matcher.quoteReplacement(
                        '"' + Base64.getEncoder().encodeToString(text.group(1).getBytes(UTF_8)) + '"'));
    }

    @Test
    void theItemOfAllTypesIsReadToItsLastDigit() throws IOException {
        Item image =
                newImage(LENIENT.decode(records("get_records_0.json").get(0).bytes()));
        assertThat(image.require("n_1e20").asBigDecimal()).isEqualTo(BigDecimal.TEN.pow(20));
        assertThat(image.require("n_small").asBigDecimal()).isEqualByComparingTo("1e-130");
        assertThat(image.require("n_int").asLong()).isEqualTo(9007199254740993L);
        assertThat(image.require("n_big").numberText()).isEqualTo("12345678901234567890123456789012345678");
        assertThat(image.require("nul").type() == AttributeType.NULL).isTrue();
        assertThat(image.require("f").asBoolean()).isFalse();
        assertThat(image.require("t").asBoolean()).isTrue();
        assertThat(image.require("s_empty").asString()).isEmpty();
        assertThat(image.require("b_empty").asBytes()).isEmpty();
        assertThat(image.require("b").asBytes()).containsExactly(0, 0xFF, 0x10, 0x20);
        assertThat(image.require("bs").asBinarySet())
                .containsExactly(ByteBuffer.wrap("a".getBytes(UTF_8)), ByteBuffer.wrap("zz".getBytes(UTF_8)));
        assertThat(image.require("ns").asNumberSet())
                .containsExactly(new BigDecimal("-7"), new BigDecimal("1"), new BigDecimal("2.5"), new BigDecimal("3"));
        assertThat(image.require("ss").asStringSet()).containsExactly("a", "b", "c");
        assertThat(image.require("l_empty").asList()).isEmpty();
        assertThat(image.require("m_empty").asItem()).isEmpty();
        assertThat(image.require("s").asString())
                .startsWith("héllo \"q\" \\ / \n")
                .endsWith("😀");
        Item map = image.require("m").asItem();
        assertThat(map.require("S").asInt()).isEqualTo(1);
        assertThat(map.require("M")
                        .asItem()
                        .require("L")
                        .asList()
                        .get(0)
                        .asItem()
                        .require("deep")
                        .asStringSet())
                .containsExactly("q");
        assertThat(image.require("l").asList().get(2).asList().get(0).type() == AttributeType.NULL)
                .isTrue();
    }

    @Test
    void aModifyShowsTheRemovedAttributes() throws IOException {
        ChangeEvent modify = LENIENT.decode(records("get_records_0.json").get(1).bytes());
        ItemDiff diff = Objects.requireNonNull(modify.diff());
        assertThat(modify.eventName()).isEqualTo(EventName.MODIFY);
        assertThat(diff.removed()).containsOnlyKeys("n_big");
        assertThat(diff.changed()).containsOnlyKeys("s");
        assertThat(diff.added()).isEmpty();
    }

    @Test
    void everyViewTypeHasTheImagesItNames() throws IOException {
        for (StreamViewType view :
                List.of(StreamViewType.KEYS_ONLY, StreamViewType.NEW_IMAGE, StreamViewType.OLD_IMAGE)) {
            List<Captured> records = records("get_records_" + view + ".json");
            assertThat(records).hasSize(3);
            for (Captured captured : records) {
                ChangeEvent event = STRICT.decode(captured.bytes());
                assertThat(event.streamViewType()).isEqualTo(view);
                assertThat(event.keys().require("pk").asBytes()).containsExactly(0, 'k');
                boolean mayHaveNew = view == StreamViewType.NEW_IMAGE && event.eventName() != EventName.REMOVE;
                boolean mayHaveOld = view == StreamViewType.OLD_IMAGE && event.eventName() != EventName.INSERT;
                assertThat(event.newImage() != null).isEqualTo(mayHaveNew);
                assertThat(event.oldImage() != null).isEqualTo(mayHaveOld);
            }
        }
    }

    @Test
    void aTimeToLiveDeletionArrivesUnderAnUnknownEventNameThatIsKept() throws IOException {
        List<Captured> records = records("get_records_after_ttl.json");
        ChangeEvent last = STRICT.decode(records.get(records.size() - 1).bytes());
        assertThat(last.eventName()).isEqualTo(EventName.UNKNOWN);
        assertThat(last.eventNameText()).isEqualTo("UNKNOWN_TO_SDK_VERSION");
        assertThat(last.deletedByTimeToLive()).isFalse();
        assertThat(last.oldImage()).isNotNull();
    }

    @Test
    void sequenceNumbersAreInOrder() throws IOException {
        ChangeEvent before = null;
        for (Captured captured : records("get_records_after_ttl.json")) {
            ChangeEvent event = LENIENT.decode(captured.bytes());
            if (before != null) {
                assertThat(event.compareSequence(before)).isPositive();
            }
            before = event;
        }
        assertThat(before).isNotNull();
    }

    // ------------------------------------------------------------------------------------------------ the envelopes

    private static List<Captured> records() throws IOException {
        List<Captured> records = new ArrayList<>();
        for (String file : List.of("0", "KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "after_ttl")) {
            records.addAll(records("get_records_" + file + ".json"));
        }
        return records;
    }

    /** The bytes of each element of Records. */
    private static List<Captured> records(String file) throws IOException {
        Path path = SharedData.requireOrSkip("events", "dynamodb-local", file);
        byte[] body = Files.readAllBytes(path);
        List<Captured> records = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(body)) {
            while (!(parser.nextToken() == JsonToken.START_ARRAY && "Records".equals(parser.currentName()))) {
                assertThat(parser.currentToken()).as("Records in " + file).isNotNull();
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int to = (int) parser.currentTokenLocation().getByteOffset() + 1;
                records.add(new Captured(file + " " + records.size(), new String(body, from, to - from, UTF_8)));
            }
        }
        assertThat(records).isNotEmpty();
        return records;
    }
}
