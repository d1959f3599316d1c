package blackbox;

import static fixtures.CanaryEvents.assertNoCanary;
import static fixtures.Records.DECODER;
import static fixtures.Records.json;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fixtures.Deliveries;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.SourceRecord;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure names the input that was passed by mistake, and the option or method it suggests reads that input. */
class MistakenInputTest {
    private static final String EVENT =
            "{'eventName':'INSERT','dynamodb':{'Keys':{'qzxjvkwq':{'S':'wqzjxkvz'}},'SequenceNumber':'1'}}";

    private static DecodeException refusal(ChangeEventDecoder decoder, byte[] input) {
        DecodeException refusal = catchThrowableOfType(DecodeException.class, () -> decoder.decode(input));
        Objects.requireNonNull(refusal, "a refusal");
        assertThat(refusal.getMessage()).hasSizeLessThanOrEqualTo(256);
        assertNoCanary(refusal.getMessage());
        return refusal;
    }

    private static DecodeException firstFailure(ChangeEventDecoder decoder, byte[] input) {
        for (SourceRecord record : decoder.read(input).records()) {
            if (record.result().failure() != null) {
                return Objects.requireNonNull(record.result().failure());
            }
        }
        throw new AssertionError("no failure");
    }

    private static void assertNamed(byte[] input, Reason reason, long offset, String name) {
        for (DecodeException failure : List.of(refusal(DECODER, input), firstFailure(DECODER, input))) {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.offset()).isEqualTo(offset);
            assertThat(failure).hasMessageContaining(name);
            assertNoCanary(failure.getMessage());
        }
    }

    // ------------------------------------------------------------------------------------------- other formats

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "\ufeff", "\ufeff\r\n"})
    void base64OfARecordIsNamed(String before) {
        for (String text : List.of(EVENT, "[" + EVENT + "]", "{\n'dynamodb':{}}", "{ 'dynamodb':{}}", "[ 1, 2, 3 ]")) {
            String base64 = Base64.getEncoder().encodeToString(json(text));
            byte[] input = (before + base64).getBytes(UTF_8);
            assertNamed(input, Reason.UNEXPECTED_BYTE, before.getBytes(UTF_8).length, "base64 text");
        }
    }

    @Test
    void base64OfGzipIsNamed() {
        byte[] gzip = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3};
        assertNamed(Base64.getEncoder().encode(gzip), Reason.UNEXPECTED_BYTE, 0, "base64 text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJ", "eyJhbGci", "event", "eventName,INSERT,dynamodb", "Wxyz not base64 at all", "Hello"})
    void otherTextIsNotMistakenForBase64(String text) {
        DecodeException refusal = refusal(DECODER, text.getBytes(UTF_8));
        assertThat(refusal.reason()).isEqualTo(Reason.UNEXPECTED_BYTE);
        assertThat(refusal.getMessage()).doesNotContain("base64");
    }

    @Test
    void jsonTextInAStringIsNamed() {
        String quoted = "\"" + new String(json(EVENT), UTF_8).replace("\"", "\\\"") + "\"";
        assertNamed(quoted.getBytes(UTF_8), Reason.NOT_AN_EVENT, 0, "JSON text inside a JSON string");
        assertNamed(json(" '[1]'"), Reason.NOT_AN_EVENT, 1, "JSON text inside a JSON string");
        // What follows a number is another value.
        assertThat(firstFailure(DECODER, json("[0 {'a':1}]"))).hasMessageNotContaining("JSON string");
        String base64 = "\"" + Base64.getEncoder().encodeToString(json(EVENT)) + "\"";
        assertNamed(base64.getBytes(UTF_8), Reason.NOT_AN_EVENT, 0, "base64 text");
        assertThat(refusal(DECODER, json("'qzxjvkwq'")).getMessage()).endsWith("not a DynamoDB change event");
    }

    @Test
    void amazonIonIsNamed() {
        assertNamed("$ion_1_0 {Item:{id:\"x\"}}".getBytes(UTF_8), Reason.UNEXPECTED_BYTE, 0, "Amazon Ion");
        assertNamed("\n$ion_1_0\n".getBytes(UTF_8), Reason.UNEXPECTED_BYTE, 1, "Amazon Ion");
        byte[] binary = {(byte) 0xE0, 1, 0, (byte) 0xEA, 1, 2};
        assertNamed(binary, Reason.UNEXPECTED_BYTE, 0, "Amazon Ion");
    }

    @ParameterizedTest
    @CsvSource({
        "504B0304140000, ZIP",
        "504B0506000000, ZIP",
        "504B07080000, ZIP",
        "FF060000734E61507059, Snappy",
        "82534E4150505900, Snappy",
        "28B52FFD00, Zstandard",
        "789C00, zlib",
        "78DA00, zlib",
    })
    void compressedInputIsNamed(String hex, String name) {
        byte[] input = new byte[hex.length() / 2];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        assertNamed(input, Reason.COMPRESSED, 0, name);
    }

    @Test
    void anotherUnicodeEncodingIsNamed() {
        for (Charset charset : List.of(UTF_16LE, UTF_16BE, Charset.forName("UTF-32LE"))) {
            for (String mark : List.of("", "\ufeff")) {
                byte[] input = (mark + new String(json(EVENT), UTF_8)).getBytes(charset);
                boolean startsWithBrace = input[0] == '{';
                assertNamed(input, Reason.UNEXPECTED_BYTE, startsWithBrace ? 1 : 0, "UTF-16");
            }
        }
    }

    // --------------------------------------------------------------------------------------------- other objects

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'Items':[{'qzxjvkwq':{'S':'x'}}],'Count':1,'ScannedCount':1}         | the output of Scan or Query
            {'Count':0,'Items':[]}                                                | the output of Scan or Query
            {'schema':{'type':'string'},'payload':{'dynamodb':{}}}                | Kafka Connect
            {'schema':null,'payload':'qzxjvkwq'}                                  | Kafka Connect
            {'specversion':'1.0','type':'x','source':'y','id':'1','data':{}}      | CloudEvents
            {'qzxjvkwq':{'S':'x'},'wqzjxkvz':{'N':'1'}}                           | an item without its change record
            {'qzxjvkwq':{'M':{'wqzjxkvz':{'S':'x'}}}}                             | an item without its change record
            {'qzxjvkwq':{'s':'x'}}                                                | an item without its change record
            {'NewImage':{'qzxjvkwq':{'S':'x'}},'OldImage':{}}                     | the content of "dynamodb"
            {'keys':{'qzxjvkwq':{'s':'x'}},'newImage':{'qzxjvkwq':{'s':'x'}}}     | the content of "dynamodb"
            {'approximateCreationDateTime':1,'keys':{}}                           | the content of "dynamodb"
            {'SequenceNumber':'1'}                                                | the content of "dynamodb"
            {'Metadata':{},'NewImage':{'qzxjvkwq':{'S':'x'}}}                     | a line of an export without its Keys
            {'EventName':'INSERT','Dynamodb':{'Keys':{}}}                         | the option memberAliases
            {'eventName':'INSERT','dynamoDb':{'Keys':{}}}                         | the option memberAliases
            {'metadata':{'writeTimestampMicros':1},'keys':{'qzxjvkwq':{'S':'x'}}} | the option memberAliases
            {'eventName':'INSERT','DynamoDB':{'Keys':{}}}                         | the option memberAliases
            """)
    void anObjectOfAnotherKindIsNamed(String input, String name) {
        assertNamed(json(input), Reason.NOT_AN_EVENT, 0, name);
        assertNamed(json("\n " + input + " "), Reason.NOT_AN_EVENT, 2, name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'eventName':'INSERT'}",
                "{'a':1}",
                "{'a':{'S':'x'},'b':1}",
                "{'Items':1}",
                "{'schema':1}",
                "{'payload':{}}",
                "{'a':{}}",
                "{'a':{'S':'x','N':'1'}}",
                "{'Dynamodb':1}",
                "{'dynamodbs':{}}"
            })
    void anObjectThatCouldBeAnythingIsNotGuessedAt(String input) {
        assertThat(refusal(DECODER, json(input)).getMessage())
                .isEqualTo("NOT_AN_EVENT at offset 0: not a DynamoDB change event");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'dynamodb':{}}                                     | 12 | Keys
            {'dynamodb':{'Keys':null}}                          | 12 | Keys
            {'dynamodb':null}                                   | 0  | dynamodb
            {'dynamodb':{'keys':{}}}                            | 12 | Keys; the option memberAliases
            {'dynamodb':{'KEYS':{}}}                            | 12 | Keys; the option memberAliases
            {'Keys':{}}                                         | 0  | Metadata
            {'Keys':{},'Metadata':null}                         | 0  | Metadata
            {'Keys':{},'Metadata':{}}                           | 22 | WriteTimestampMicros
            {'Keys':null,'Metadata':{'WriteTimestampMicros':1}} | 0  | Keys
            {'Keys':{},'SequenceNumber':'1'}                    | 0  | Metadata; this is the content of "dynamodb"
            {'Keys':{},'StreamViewType':'KEYS_ONLY'}            | 0  | Metadata; this is the content of "dynamodb"
            {'Item':{}}                                         | 0  | Item
            {'Item':null}                                       | 0  | Item
            """)
    void aMissingMemberIsNamed(String input, long offset, String name) {
        assertNamed(json(input), Reason.MISSING_FIELD, offset, "a required member is missing: " + name);
    }

    @Test
    void anEnvelopeFailureNamesTheReaderIfTheReaderReadsIt() {
        for (String envelope : List.of("{'Records':[]}", "[]", "{'records':[],'requestId':'r'}")) {
            assertThat(refusal(DECODER, json(envelope)))
                    .hasMessageEndingWith("read(…) reads arrays and envelopes of records");
        }
        assertThat(firstFailure(DECODER, json("[[]]")).getMessage()).doesNotContain("read(");
        assertThat(firstFailure(DECODER, json("{'Records':[{'Records':[]}]}")).getMessage())
                .doesNotContain("read(");
    }

    @Test
    void severalRecordsAndGzipNameTheReader() {
        for (String between : List.of("", "\n", " \n\n")) {
            assertThat(refusal(DECODER, json(EVENT + between + EVENT)))
                    .hasMessageEndingWith("read(…) reads records one after another");
        }
        for (String after : List.of("x", ",", "5", "\ufeff" + EVENT)) {
            assertThat(refusal(DECODER, json(EVENT + after)).getMessage()).doesNotContain("read(");
        }
        byte[] gzip = Deliveries.gzip(json(EVENT));
        assertThat(refusal(DECODER, gzip)).hasMessageEndingWith("this is gzip: read(…) unpacks it");
        String kinesis = "{'Records':[{'kinesis':{'data':'" + Deliveries.base64(gzip) + "'}}]}";
        assertThat(firstFailure(DECODER, json(kinesis))).hasMessageContaining("this is gzip;");
        String payload = Deliveries.base64(json(EVENT + "x"));
        assertThat(firstFailure(DECODER, json("{'Records':[{'kinesis':{'data':'" + payload + "'}}]}"))
                        .getMessage())
                .doesNotContain("read(");
    }

    // ------------------------------------------------------------------------------------------------- options

    private static final Map<String, UnaryOperator<ChangeEventDecoder.Builder>> OPTIONS = new TreeMap<>(Map.of(
            "emptyValueAsMap", builder -> builder.emptyValueAsMap(true),
            "numbersAsJson", builder -> builder.numbersAsJson(true),
            "descriptorAliases", builder -> builder.descriptorAliases(true),
            "unknownDescriptors", builder -> builder.unknownDescriptors(true),
            "memberAliases", builder -> builder.memberAliases(true),
            "timesWithoutOffsetAsUtc", builder -> builder.timesWithoutOffsetAsUtc(true)));

    private static final Pattern OPTION = Pattern.compile("the option (\\w+)");

    private static ChangeEventDecoder decoder(int options, @Nullable String more) {
        ChangeEventDecoder.Builder builder = ChangeEventDecoder.builder();
        int bit = 1;
        for (Map.Entry<String, UnaryOperator<ChangeEventDecoder.Builder>> option : OPTIONS.entrySet()) {
            if ((options & bit) != 0 || option.getKey().equals(more)) {
                builder = option.getValue().apply(builder);
            }
            bit <<= 1;
        }
        return builder.build();
    }

    private static boolean isOn(int options, String name) {
        return (options >> new ArrayList<>(OPTIONS.keySet()).indexOf(name) & 1) != 0;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'L':[{}]}",
                "{'N':1}",
                "{'NS':['1',2]}",
                "{'NS':[null,'1']}",
                "{'s':'x'}",
                "{'nULLValue':true}",
                "{'nul':true}",
                "{'sS':['x']}",
                "{'XS':'x'}",
                "{'xs':null}",
                "{'S':'x','N':null}",
                "{'N':null,'S':'x'}",
                "{'S':null}",
                "{'B':null,'BOOL':null,'S':'x','M':null}",
                "{'S':'x','N':'1'}",
                "{'s':'x','N':null}",
                "{'L':[{'S':null,'N':'1'}]}",
                "null",
                "{'S':nope}",
                "{'N':nope}",
            })
    void aHintNamesAnOptionThatIsOffAndHelps(String value) {
        assertHintsHelp("{'dynamodb':{'Keys':{},'NewImage':{'v':" + value + "}}}");
        assertHintsHelp("{'Item':{'v':" + value + "}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dynamodb':{'keys':{}}}",
                "{'Dynamodb':{'keys':{}}}",
                "{'dynamodb':{'ApproximateCreationDateTime':'2024-06-22T07:04:39','Keys':{}}}",
                "{'dynamodb':{'ApproximateCreationDateTime':'2024-06-22 07:04:39.869591','Keys':{}}}",
                "{'dynamodb':{'ApproximateCreationDateTime':'2024-06-22','Keys':{}}}",
                "{'dynamodb':{'ApproximateCreationDateTime':'2024-02-30T07:04:39','Keys':{}}}",
                "{'dynamodb':{'ApproximateCreationDateTime':'x','Keys':{}}}",
                "{'Keys':{},'Metadata':{'WriteTimestampMicros':'2024-06-22T07:04:39'}}",
                "{'Keys':{},'Metadata':{'writeTimestampMicros':1}}",
                "{'keys':{},'metadata':{'writeTimestampMicros':1}}",
                "{'item':{'a':{'S':'x'}}}",
            })
    void aHintAboutMembersNamesAnOptionThatIsOffAndHelps(String record) {
        assertHintsHelp(record);
    }

    private static void assertHintsHelp(String record) {
        for (int options = 0; options < 1 << OPTIONS.size(); options++) {
            DecodeException failure =
                    decoder(options, null).tryDecode(json(record)).failure();
            if (failure == null) {
                continue;
            }
            Matcher named = OPTION.matcher(failure.getMessage());
            while (named.find()) {
                String option = named.group(1);
                assertThat(OPTIONS).containsKey(option);
                assertThat(isOn(options, option)).as(option).isFalse();
                DecodeException then =
                        decoder(options, option).tryDecode(json(record)).failure();
                boolean helps = then == null || then.offset() != failure.offset() || then.reason() != failure.reason();
                assertThat(helps).as(failure.getMessage()).isTrue();
            }
        }
    }

    @Test
    void aLimitAtItsMaximumIsNotOfferedForRaising() {
        DecodeLimits highest = DecodeLimits.defaults()
                .withMaxAttributeDepth(120)
                .withMaxNumberLength(65_536)
                .withMaxExponentDigits(6);
        ChangeEventDecoder decoder =
                ChangeEventDecoder.builder().limits(highest).build();
        String deep = "{'Item':{'v':" + "{'L':[".repeat(121) + "]}".repeat(121) + "}}";
        String longNumber = "{'Item':{'v':{'N':'" + "1".repeat(65_537) + "'}}}";
        String longExponent = "{'Item':{'v':{'N':'1e1234567'}}}";
        for (String record : List.of(deep, longNumber, longExponent)) {
            assertThat(refusal(DECODER, json(record))).hasMessageContaining("the option limits can raise it");
            assertThat(refusal(decoder, json(record)).getMessage()).doesNotContain("option");
        }
        ChangeEventDecoder longest = ChangeEventDecoder.builder()
                .limits(DecodeLimits.defaults().withMaxNumberLength(65_536))
                .build();
        assertThat(refusal(longest, json(longNumber)).getMessage()).doesNotContain("option");
        assertThat(refusal(longest, json(longExponent))).hasMessageContaining("the option limits can raise it");
    }
}
