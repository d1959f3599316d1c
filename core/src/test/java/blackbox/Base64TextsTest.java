package blackbox;

import static fixtures.Records.json;
import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static fixtures.Refusals.assertFault;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import fixtures.Records;
import fixtures.Refusals;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.TimePrecision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reference.SharedData;

/** Base64 texts in B and BS, decoded once and twice, and the rule that decides between the two. */
class Base64TextsTest {
    private static final ChangeEventDecoder AUTO = Records.DECODER;
    private static final ChangeEventDecoder SINGLE =
            ChangeEventDecoder.builder().binaryEncoding(BinaryEncoding.SINGLE).build();
    private static final ChangeEventDecoder DOUBLE =
            ChangeEventDecoder.builder().binaryEncoding(BinaryEncoding.DOUBLE).build();

    // ------------------------------------------------------------------------------------------ texts, once and twice

    /** A base64 text as it appears in JSON, and the bytes it encodes, or null if it is malformed. */
    private static final class Text {
        final String inJson;
        final byte @Nullable [] bytes;

        Text(String inJson, byte @Nullable [] bytes) {
            this.inJson = inJson;
            this.bytes = bytes;
        }
    }

    @TestFactory
    Stream<DynamicTest> singleDecodesOrRefusesEveryText() throws IOException {
        return texts().stream()
                .map(text -> DynamicTest.dynamicTest(text.inJson, () -> {
                    for (String record : inBAndInBs(text.inJson)) {
                        assertDecodesTo(SINGLE, record, text.bytes);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> doubleDecodesOrRefusesEveryTextInsideAnother() throws IOException {
        return texts().stream()
                .map(text -> DynamicTest.dynamicTest(text.inJson, () -> {
                    for (String record :
                            inBAndInBs('"' + base64(unescaped(text.inJson).getBytes(UTF_8)) + '"')) {
                        assertDecodesTo(DOUBLE, record, text.bytes);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> autoDecodesOnceWhenTheContentIsNotBase64() throws IOException {
        return texts().stream()
                .filter(text -> text.bytes == null)
                .map(text -> DynamicTest.dynamicTest(text.inJson, () -> {
                    byte[] inner = unescaped(text.inJson).getBytes(UTF_8);
                    for (String record : inBAndInBs('"' + base64(inner) + '"')) {
                        assertDecodesTo(AUTO, record, inner);
                    }
                }));
    }

    private static List<String> inBAndInBs(String text) {
        String record = "{'tableName':'t','dynamodb':{'Keys':{},'NewImage':{'b':%s}}}";
        return List.of(record.formatted("{'B':" + text + "}"), record.formatted("{'BS':['QUE9PQ=='," + text + "]}"));
    }

    private static void assertDecodesTo(ChangeEventDecoder decoder, String record, byte @Nullable [] expected) {
        byte[] bytes = json(record);
        if (expected == null) {
            assertThat(Refusals.refusal(decoder, bytes).reason()).isEqualTo(Reason.BAD_BASE64);
            return;
        }
        ChangeEvent event = decoder.decode(bytes);
        if (record.contains("BS")) {
            assertThat(newImage(event).require("b").asBinarySet()).contains(ByteBuffer.wrap(expected));
        } else {
            assertThat(newImage(event).require("b").asBytes()).isEqualTo(expected);
        }
    }

    private static List<Text> texts() throws IOException {
        List<Text> texts = new ArrayList<>();
        for (String line : Files.readAllLines(SharedData.requireOrSkip("suites", "base64.tsv"))) {
            String[] fields = line.split("\t", -1);
            texts.add(
                    fields[0].equals("ok")
                            ? new Text('"' + fields[1] + '"', HexFormat.of().parseHex(fields[2]))
                            : new Text(fields[1], null));
        }
        assertThat(texts).hasSize(28);
        assertThat(texts).filteredOn(text -> text.bytes != null).hasSize(7);
        return texts;
    }

    private static String unescaped(String jsonString) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(jsonString)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    // --------------------------------------------------------------------------------------------- where a fault lies

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zg«",
                "Zg=«",
                "Zm8«",
                "Z«",
                "«=Zg=",
                "Z«=g=",
                "Zm9v«=",
                "Zh«==",
                "Zm9«=",
                "Zm«-_",
                "Zm« 8=",
                "Zm8=«Z",
                "Zg==«=",
                "«!",
                "Zm«é8",
                "Zm8\\u003d«\\u003d",
                "Zm8=«\\n",
                "«====",
                "Zm9v«%"
            })
    void theFaultIsTheFirstImpossibleCharacter(String marked) {
        for (String place : List.of("{'B':'%s'}", "{'BS':['AA==','%s']}")) {
            assertFault(SINGLE, Reason.BAD_BASE64, Records.ofValue(place.replace("%s", marked)));
        }
    }

    @Test
    void base64MayBeWrittenWithEscapes() {
        AttributeValue value = Records.value(SINGLE, "{'B':'\\u0041A\\/8AA8\\u003d'}");
        assertThat(value.asBytes()).isEqualTo(Base64.getDecoder().decode("AA/8AA8="));
    }

    @Test
    void aFaultInTheInnerTextIsReportedAtTheStartOfTheOuterText() {
        String twice = base64("Zh==".getBytes(UTF_8));
        assertFault(DOUBLE, Reason.BAD_BASE64, Records.image("'x':{'B':'WmdBPQ=='},'y':{'B':'«" + twice + "'}"));
    }

    // --------------------------------------------------------------------------------------------- how AUTO decides

    /** The bytes {@code hello}: base64 of base64, which decodes once to {@code aGVsbG8=}. */
    private static final String TWICE = "YUdWc2JHOD0=";

    private static final byte[] READ_TWICE = "hello".getBytes(ISO_8859_1);
    private static final byte[] READ_ONCE = "aGVsbG8=".getBytes(ISO_8859_1);

    /** Not base64 inside. */
    private static final String ONCE = "AP8=";

    private static final String MICROS = "'ApproximateCreationDateTime':1719039879869591";

    /** A Kinesis record whose NewImage holds the binary, with further members of dynamodb. */
    private static String kinesis(String more) {
        return "{'tableName':'t','recordFormat':'application/json','dynamodb':{'Keys':{'k':{'S':'a'}},"
                + "'NewImage':{'b':{'B':'" + TWICE + "'}}" + (more.isEmpty() ? "" : "," + more) + "}}";
    }

    private static void assertOnce(ChangeEvent event) {
        assertThat(event.binaryEncoding()).isEqualTo(BinaryEncoding.SINGLE);
        assertThat(newImage(event).require("b").asBytes()).isEqualTo(READ_ONCE);
    }

    private static void assertTwice(ChangeEvent event) {
        assertThat(event.binaryEncoding()).isEqualTo(BinaryEncoding.DOUBLE);
        assertThat(newImage(event).require("b").asBytes()).isEqualTo(READ_TWICE);
    }

    private static ChangeEvent decode(String record) {
        return AUTO.decode(json(record));
    }

    @Nested
    class Rule1AMarkOfStreamsOrAnExportMeansOnce {
        @ParameterizedTest
        @ValueSource(strings = {"'eventVersion':'1.1'", "'eventVersion':1.1", "'eventSourceARN':'arn'"})
        void aMarkOfTheRecordBeatsTheTableNameAndTheSize(String mark) {
            // a SizeBytes of 8 fits binary that was encoded twice
            String record = kinesis("'SizeBytes':8").replace("{'tableName'", "{" + mark + ",'tableName'");
            assertOnce(decode(record));
        }

        @ParameterizedTest
        @ValueSource(strings = {"'SequenceNumber':'1'", "'StreamViewType':'NEW_IMAGE'"})
        void aMarkOfDynamodbBeatsTheTableNameAndTheSize(String mark) {
            assertOnce(decode(kinesis("'SizeBytes':8," + mark)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"'SequenceNumber':null", "'StreamViewType':null"})
        void aMarkThatIsNullIsAbsent(String mark) {
            assertTwice(decode(kinesis("'SizeBytes':8," + mark)));
        }

        @Test
        void aLineOfAnExportIsOnce() {
            assertOnce(decode("{'Item':{'b':{'B':'" + TWICE + "'}},'tableName':'t'}"));
            assertOnce(decode("{'Metadata':{'WriteTimestampMicros':{'N':'1719039879869591'}},'tableName':'t','Keys':{},"
                    + "'NewImage':{'b':{'B':'" + TWICE + "'}}}"));
        }
    }

    @Nested
    class Rule2AnyMemberThatIsNoBase64InsideMeansOnceForAll {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'NewImage':{'b':{'B':'TWICE'},'c':{'B':'ONCE'}}",
                    "'NewImage':{'c':{'B':'ONCE'},'b':{'B':'TWICE'}}",
                    "'NewImage':{'b':{'B':'TWICE'},'c':{'BS':['TWICE','ONCE']}}",
                    "'NewImage':{'b':{'B':'TWICE'},'m':{'M':{'l':{'L':[{'B':'ONCE'}]}}}}",
                    "'NewImage':{'b':{'B':'TWICE'},'m':{'M':{'l':{'L':[{'BS':['ONCE']}]}}}}",
                    "'NewImage':{'b':{'B':'TWICE'}},'OldImage':{'b':{'B':'ONCE'}}",
                    "'OldImage':{'b':{'B':'ONCE'}},'NewImage':{'b':{'B':'TWICE'}}",
                    "'NewImage':{'b':{'B':'TWICE'}},'x':1,'SizeBytes':8,'OldImage':{'l':{'L':[{'B':'ONCE'}]}}"
                })
        void whereverItIs(String images) {
            String record = "{'tableName':'t','dynamodb':{'Keys':{'k':{'S':'a'}}," + MICROS + "," + images + "}}";
            assertOnce(decode(record.replace("TWICE", TWICE).replace("ONCE", ONCE)));
        }

        @Test
        void inKeysToo() {
            assertOnce(decode("{'tableName':'t','dynamodb':{'Keys':{'k':{'B':'" + ONCE + "'}},'NewImage':{'b':{'B':'"
                    + TWICE + "'}}}}"));
        }
    }

    @Nested
    class Rule3SizeBytesMeansTheReadingThatItFits {
        // Keys k + a is 2, the name b is 1: with eight bytes 11, with five bytes 8
        @Test
        void twice() {
            assertTwice(decode(kinesis("'SizeBytes':8")));
        }

        @Test
        void once() {
            assertOnce(decode(kinesis("'SizeBytes':11," + MICROS)));
        }

        @Test
        void withoutAMarkOfKinesisToo() {
            String bare = "{'dynamodb':{'Keys':{'k':{'S':'a'}},'NewImage':{'b':{'B':'" + TWICE + "'}},'SizeBytes':%d}}";
            assertTwice(decode(bare.formatted(8)));
            assertOnce(decode(bare.formatted(11)));
        }

        @Test
        void itBeatsATimeInSeconds() {
            assertTwice(decode(kinesis("'SizeBytes':8,'ApproximateCreationDateTime':1719039879")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"9", "0", "-8", "8.0", "8e0", "1e40", "null", "99999999999999999999"})
        void oneThatFitsNeitherIsNoEvidence(String size) {
            assertTwice(decode(kinesis("'SizeBytes':" + size)));
            assertOnce(decode(kinesis("'ApproximateCreationDateTime':1719039879,'SizeBytes':" + size)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"'u':{'XS':[1]}", "'u':{'L':[{'XS':[1]}]}", "'u':{'M':{'m':{'XS':[1]}}}"})
        void besideAValueOfUnknownTypeItIsNoEvidence(String unknown) {
            // such a value could count for anything, so every size could fit either reading
            for (int size = 0; size < 30; size++) {
                String images = "'NewImage':{'b':{'B':'" + TWICE + "'}," + unknown + "},'SizeBytes':" + size;
                String bare = "{'dynamodb':{'Keys':{'k':{'S':'a'}}," + images + "}}";
                assertOnce(Records.ACCEPTS_UNKNOWN.decode(json(bare)));
                assertTwice(Records.ACCEPTS_UNKNOWN.decode(
                        json(bare.replace("{'dynamodb'", "{'tableName':'t','dynamodb'"))));
            }
        }

        @Test
        void oneThatFitsBothIsNoEvidence() {
            // only an empty binary has the same length encoded once and twice
            String empty = kinesis("'SizeBytes':3").replace(TWICE, "");
            assertThat(decode(empty).binaryEncoding()).isEqualTo(BinaryEncoding.DOUBLE);
            String bare = empty.replace("'tableName':'t','recordFormat':'application/json',", "");
            assertThat(decode(bare).binaryEncoding()).isEqualTo(BinaryEncoding.SINGLE);
            assertThat(newImage(decode(bare)).require("b").asBytes()).isEmpty();
        }

        /**
         * The size of each type of value, in a record that also holds the binary. By rule 4, a time in seconds means
         * that binary was encoded once, so only an exactly matching size shows that it was encoded twice.
         */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{'S':''} | 0",
                    "{'S':'abc'} | 3",
                    "{'S':'é€😀'} | 9",
                    "{'S':'\\u00e9\\ud83d\\ude00\\n'} | 7",
                    "{'N':'0'} | 1",
                    "{'N':'-0.00'} | 1",
                    "{'N':'0e10'} | 1",
                    "{'N':'1'} | 2",
                    "{'N':'10'} | 2",
                    "{'N':'100'} | 2",
                    "{'N':'12'} | 2",
                    "{'N':'120'} | 3",
                    "{'N':'123'} | 3",
                    "{'N':'1234'} | 3",
                    "{'N':'12345'} | 4",
                    "{'N':'+0012.3400'} | 3",
                    "{'N':'0.1'} | 2",
                    "{'N':'0.01'} | 2",
                    "{'N':'0.001'} | 2",
                    "{'N':'1.5'} | 3",
                    "{'N':'-1'} | 3",
                    "{'N':'-12345'} | 5",
                    "{'N':'1.5E2'} | 3",
                    "{'N':'1E125'} | 2",
                    "{'N':'12345678901234567890123456789012345678'} | 20",
                    "{'BOOL':true} | 1",
                    "{'BOOL':false} | 1",
                    "{'NULL':true} | 1",
                    "{'SS':['a','bcd','é']} | 6",
                    "{'SS':[]} | 0",
                    "{'NS':['1','-1','100.5']} | 9",
                    "{'L':[]} | 3",
                    "{'L':[{'S':'a'},{'BOOL':true}]} | 7",
                    "{'L':[{'L':[]}]} | 7",
                    "{'M':{}} | 3",
                    "{'M':{'ab':{'S':'c'}}} | 7",
                    "{'M':{'é':{'M':{'x':{'N':'7'}}}}} | 13",
                    "{'B':'YUdWc2JHOD0='} | 5",
                    "{'BS':['YUdWc2JHOD0=','QUE9PQ==','']} | 6",
                    "{'L':[{'B':'YUdWc2JHOD0='}]} | 9",
                })
        void theSizeOfEveryTypeIsCountedAsDynamoDbDoes(String value, int size) {
            int all = 8 + "x".length() + size;
            for (int off = -1; off <= 1; off++) {
                ChangeEvent event = decode(kinesis("'ApproximateCreationDateTime':1719039879,'OldImage':{'x':" + value
                        + "},'SizeBytes':" + (all + off)));
                assertThat(event.binaryEncoding()).isEqualTo(off == 0 ? BinaryEncoding.DOUBLE : BinaryEncoding.SINGLE);
            }
        }

        @Test
        void namesCountAsUtf8AfterUnescaping() {
            String record = kinesis("'ApproximateCreationDateTime':1719039879,'OldImage':{'\\u00e9€x':{'S':''}},"
                    + "'SizeBytes':" + (8 + 2 + 3 + 1));
            assertTwice(decode(record));
        }
    }

    @Nested
    class Rule4ATimeInSecondsMeansOnce {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1719039879",
                    "1719039879.0",
                    "1.719039879E9",
                    "1719039879.869591",
                    "'1719039879'",
                    "0",
                    "1719039879,'ApproximateCreationDateTimePrecision':'SECOND'",
                    // contradicted, so the magnitude decides: seconds
                    "1719039879,'ApproximateCreationDateTimePrecision':'MICROSECOND'"
                })
        void withOrWithoutAFraction(String time) {
            assertOnce(decode(kinesis("'ApproximateCreationDateTime':" + time)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1719039879869",
                    "1719039879000",
                    "1719039879869591",
                    "1719039879000000",
                    "'2024-06-22T07:04:39Z'",
                    "'2024-06-22T07:04:39.869Z'",
                    "null"
                })
        void anyOtherTimeDoesNot(String time) {
            assertTwice(decode(kinesis("'ApproximateCreationDateTime':" + time)));
        }

        @Test
        void theUnitThatCountsIsTheOneThatWasApplied() {
            byte[] record = json(kinesis("'ApproximateCreationDateTime':1719039879"));
            assertTwice(ChangeEventDecoder.builder()
                    .timePrecision(TimePrecision.MILLISECOND)
                    .build()
                    .decode(record));
            byte[] millis = json(kinesis("'ApproximateCreationDateTime':1719039879869"));
            assertOnce(ChangeEventDecoder.builder()
                    .timePrecision(TimePrecision.SECOND)
                    .build()
                    .decode(millis));
        }
    }

    @Nested
    class Rule5OtherwiseTheKinesisChannelMeansTwice {
        @Test
        void byTableNameOrRecordFormat() {
            assertTwice(decode(kinesis("")));
            assertTwice(decode(kinesis("").replace("'tableName':'t',", "")));
            assertTwice(decode(kinesis("").replace("'recordFormat':'application/json',", "")));
            assertTwice(decode(kinesis(MICROS)));
        }

        @Test
        void withoutThemOnce() {
            String bare = kinesis("").replace("'tableName':'t','recordFormat':'application/json',", "");
            assertOnce(decode(bare));
            assertOnce(decode(bare.replace("{'dynamodb'", "{'tableName':null,'recordFormat':null,'dynamodb'")));
        }

        @Test
        void whateverTheOrderOfMembers() {
            assertTwice(decode("{'dynamodb':{'NewImage':{'b':{'B':'" + TWICE + "'}},'Keys':{}},'tableName':'t'}"));
            assertOnce(decode("{'dynamodb':{'NewImage':{'b':{'B':'" + TWICE
                    + "'}},'Keys':{}},'tableName':'t','eventVersion':'1.1'}"));
        }
    }

    @Test
    void oneDecisionHoldsForKeysImagesAndNestedValues() {
        String record = "{'eventName':'MODIFY',MARK,'dynamodb':{'Keys':{'k':{'B':'TWICE'}},'NewImage':{"
                + "'b':{'B':'TWICE'},'s':{'BS':['TWICE','']},'m':{'M':{'l':{'L':[{'B':'TWICE'},{'BS':['TWICE']}]}}}},"
                + "'OldImage':{'b':{'B':'TWICE'}}}}";
        for (boolean twice : new boolean[] {true, false}) {
            ChangeEvent event = decode(
                    record.replace("TWICE", TWICE).replace("MARK", twice ? "'tableName':'t'" : "'eventVersion':'1.1'"));
            byte[] expected = twice ? READ_TWICE : READ_ONCE;
            ByteBuffer member = ByteBuffer.wrap(expected);
            assertThat(event.keys().require("k").asBytes()).isEqualTo(expected);
            assertThat(newImage(event).require("b").asBytes()).isEqualTo(expected);
            assertThat(oldImage(event).require("b").asBytes()).isEqualTo(expected);
            assertThat(newImage(event).require("s").asBinarySet())
                    .containsExactly(member, ByteBuffer.wrap(new byte[0]));
            var nested = newImage(event).require("m").asItem().require("l").asList();
            assertThat(nested.get(0).asBytes()).isEqualTo(expected);
            assertThat(nested.get(1).asBinarySet()).containsExactly(member);
            assertThat(Objects.requireNonNull(event.diff()).changed()).isEmpty();
        }
    }

    @Test
    void singleAndDoubleOverrideTheDecision() {
        byte[] streams = json(kinesis("'SequenceNumber':'1'"));
        byte[] kinesis = json(kinesis("'SizeBytes':8"));
        assertTwice(DOUBLE.decode(streams));
        assertOnce(SINGLE.decode(kinesis));
        assertTwice(DOUBLE.decode(json("{'Item':{'b':{'B':'" + TWICE + "'}}}")));
    }

    @Test
    void aRecordWithoutBinaryHasNoEncoding() {
        for (ChangeEventDecoder decoder : List.of(AUTO, SINGLE, DOUBLE)) {
            ChangeEvent event = decoder.decode(
                    json("{'tableName':'t','dynamodb':{'Keys':{},'NewImage':{'b':{'BS':[]}}," + "'SizeBytes':1}}"));
            assertThat(event.binaryEncoding()).isNull();
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
