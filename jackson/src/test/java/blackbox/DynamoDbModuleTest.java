package blackbox;

import static blackbox.Items.event;
import static blackbox.Items.exact;
import static blackbox.Items.item;
import static blackbox.Items.streamRecord;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.StreamViewType;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoDbModuleTest {
    private final ObjectMapper typed =
            JsonMapper.builder().addModule(new DynamoDbModule()).build();
    private final ObjectMapper plain =
            JsonMapper.builder().addModule(new DynamoDbModule().plainJson()).build();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {"S":"a\\"b"}                                   | "a\\"b"
                    {"S":""}                                        | ""
                    {"N":"12.50"}                                   | 12.50
                    {"N":"+007"}                                    | 7
                    {"N":"99999999999999999999999999999999999999"}  | 99999999999999999999999999999999999999
                    {"N":"1E-130"}                                  | 1E-130
                    {"B":"AP8="}                                    | "AP8="
                    {"BOOL":false}                                  | false
                    {"NULL":true}                                   | null
                    {"SS":["b","a"]}                                | ["b","a"]
                    {"NS":["2","1.5"]}                              | [2,1.5]
                    {"BS":["AA==","/w=="]}                          | ["AA==","/w=="]
                    {"L":[{"N":"1"},{"L":[]},{"NULL":true}]}        | [1,[],null]
                    {"M":{"S":{"S":"x"},"e":{"M":{}}}}              | {"S":"x","e":{}}
                    """)
    void everyTypeIsWrittenAsPlainJsonOrAsDynamoDbJson(String attributeValue, String json)
            throws JsonProcessingException {
        Item image = exact("{\"v\":" + attributeValue + "}");

        assertThat(plain.writeValueAsString(image)).isEqualTo("{\"v\":" + json + "}");
        assertThat(plain.writeValueAsString(image.require("v"))).isEqualTo(json);
        assertThat(typed.writeValueAsString(image)).isEqualTo("{\"v\":" + attributeValue + "}");
        assertThat(typed.writeValueAsString(image.require("v"))).isEqualTo(attributeValue);
        assertThat(typed.readValue("{\"v\":" + attributeValue + "}", Item.class))
                .isEqualTo(image);
        assertThat(typed.readValue(attributeValue, AttributeValue.class)).isEqualTo(image.require("v"));
    }

    @Test
    void plainBinaryUsesTheWritersBase64Variant() throws JsonProcessingException {
        Item item = item("{'b':{'B':'+/8='},'bs':{'BS':['+/8=']}}");
        ObjectWriter writer = plain.writer(Base64Variants.MODIFIED_FOR_URL);
        assertThat(writer.writeValueAsString(item)).isEqualTo("{\"b\":\"-_8\",\"bs\":[\"-_8\"]}");
        assertThat(writer.writeValueAsString(item.require("b"))).isEqualTo("\"-_8\"");
        assertThat(writer.writeValueAsString(item.require("bs"))).isEqualTo("[\"-_8\"]");
        assertThat(writer.writeValueAsString(event("{\"Item\":{\"b\":{\"B\":\"+/8=\"}}}")))
                .contains("\"-_8\"");
    }

    @Test
    void attributesKeepTheDeliveredOrder() throws JsonProcessingException {
        Item item = item("{'b':{'N':'1'},'a':{'N':'2'}}");
        assertThat(plain.writeValueAsString(item)).isEqualTo("{\"b\":1,\"a\":2}");
        assertThat(typed.writeValueAsString(item)).isEqualTo("{\"b\":{\"N\":\"1\"},\"a\":{\"N\":\"2\"}}");
    }

    record Row(Item item, @Nullable AttributeValue value, List<Item> more) {}

    @Test
    void itemsInsideOtherObjectsAreWrittenAndRead() throws JsonProcessingException {
        Item item = item("{'a':{'N':'1'}}");
        Row row = new Row(item, item.require("a"), List.of(item));
        assertThat(plain.writeValueAsString(row)).isEqualTo("{\"item\":{\"a\":1},\"value\":1,\"more\":[{\"a\":1}]}");
        String json = typed.writeValueAsString(row);
        assertThat(json)
                .isEqualTo("{\"item\":{\"a\":{\"N\":\"1\"}},\"value\":{\"N\":\"1\"},\"more\":[{\"a\":{\"N\":\"1\"}}]}");
        assertThat(typed.readValue(json, Row.class)).isEqualTo(row);
        assertThat(typed.readValue("{\"item\":{},\"value\":null,\"more\":[]}", Row.class)
                        .value())
                .isNull();
    }

    @Test
    void treesAreReadAndWritten() throws JsonProcessingException {
        Item item = item("{'n':{'N':'1.50'},'b':{'B':'AQ=='},'i':{'N':'3'}}");
        JsonNode tree = typed.valueToTree(item);
        assertThat(tree.toString()).isEqualTo("{\"n\":{\"N\":\"1.50\"},\"b\":{\"B\":\"AQ==\"},\"i\":{\"N\":\"3\"}}");
        assertThat(typed.treeToValue(tree, Item.class)).isEqualTo(item);
        JsonNode values = plain.valueToTree(item);
        assertThat(values.get("n").decimalValue()).isEqualByComparingTo("1.50");
        assertThat(values.get("i").isInt()).isTrue();
        assertThat(values.get("b").isBinary()).isTrue();
    }

    @Test
    void itemsDoNotReferToTheInput() throws Exception {
        byte[] json = "{\"a\":{\"S\":\"before\"}}".getBytes(UTF_8);
        Item item = typed.readValue(json, Item.class);
        java.util.Arrays.fill(json, (byte) ' ');
        assertThat(item.require("a").asString()).isEqualTo("before");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"Canary":{"N":"Canary"}}        | BAD_NUMBER at Item.*.N: not a number
            {"Canary":"Canary"}              | WRONG_TYPE at Item.*: a value of the wrong JSON type
            {"a":{"S":"x"},"a":{"S":"y"}}    | DUPLICATE_NAME at Item.*: a repeated attribute name
            {"Canary":{"L":[{},{}]}}         | NO_TYPE at Item.*.L[0]: an attribute value without a type descriptor
            ["Canary"]                       | WRONG_TYPE at Item: a value of the wrong JSON type
            """)
    void invalidDynamoDbJsonIsAMappingException(String json, String where) {
        assertThatExceptionOfType(JsonMappingException.class)
                .isThrownBy(() -> typed.readValue(json, Item.class))
                .satisfies(e -> {
                    assertThat(e.getOriginalMessage()).startsWith("not DynamoDB JSON: " + where);
                    assertThat(e).hasMessageNotContaining("Canary").hasCauseInstanceOf(DecodeException.class);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ud83dx", "\\ude80x"})
    void anUnpairedSurrogateIsRefusedAndNotQuoted(String text) {
        assertThatExceptionOfType(JsonMappingException.class)
                .isThrownBy(() -> typed.readValue("{\"a\":{\"S\":\"" + text + "\"}}", Item.class))
                .satisfies(e -> assertThat(e.getOriginalMessage())
                        .startsWith("not DynamoDB JSON: LONE_SURROGATE at Item.*.S: "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"Canary":"Canary"}                      | NOT_AN_EVENT: not a DynamoDB change event
            {}                                       | NOT_AN_EVENT: not a DynamoDB change event
            {"eventName":"INSERT"}                   | NOT_AN_EVENT: not a DynamoDB change event
            {"eventName":"INSERT","dynamodb":5}      | WRONG_TYPE at dynamodb: a value of the wrong JSON type
            {"eventName":"INSERT","dynamodb":{"NewImage":{"Canary":{"N":"x"}}}} | BAD_NUMBER at dynamodb.NewImage.*.N
            "Canary"                                 | NOT_AN_EVENT: not a DynamoDB change event
            [1] | NOT_AN_EVENT: not a DynamoDB change event; ChangeEventDecoder.read(…)
            """)
    void aFailureOfTheWholeRecordHasNoPath(String json, String message) {
        assertThatExceptionOfType(JsonMappingException.class)
                .isThrownBy(() -> typed.readValue(json, ChangeEvent.class))
                .satisfies(e -> assertThat(e.getOriginalMessage())
                        .startsWith("not DynamoDB JSON: " + message)
                        .doesNotContain("Canary", "offset")
                        .hasSizeLessThanOrEqualTo(256));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"N":"Canary"}            | BAD_NUMBER at AttributeValue.N: not a number
            {} | NO_TYPE at AttributeValue: an attribute value without a type descriptor; the decoder's
            "Canary"                  | WRONG_TYPE at AttributeValue: a value of the wrong JSON type
            {"M":{"Canary":{"X":1}}}  | UNKNOWN_TYPE at AttributeValue.M.*
            """)
    void aFailureOfAValueHasAPathInsideThatValue(String json, String message) {
        assertThatExceptionOfType(JsonMappingException.class)
                .isThrownBy(() -> typed.readValue(json, AttributeValue.class))
                .satisfies(e -> assertThat(e.getOriginalMessage())
                        .startsWith("not DynamoDB JSON: " + message)
                        .doesNotContain("Canary", "offset"));
    }

    @Test
    void nestingIsLimitedByTheDecoder() {
        String json = "{\"a\":" + "{\"L\":[".repeat(100) + "]}".repeat(100) + "}";
        assertThatExceptionOfType(JsonMappingException.class)
                .isThrownBy(() -> typed.readValue(json, Item.class))
                .withMessageContaining("DEPTH_LIMIT");
    }

    @Test
    void theOptionsOfAGivenDecoderApply() throws JsonProcessingException {
        ObjectMapper lenient = JsonMapper.builder()
                .addModule(new DynamoDbModule()
                        .decoder(ChangeEventDecoder.builder()
                                .emptyValueAsMap(true)
                                .build()))
                .build();
        assertThat(lenient.readValue("{\"a\":{}}", Item.class)).isEqualTo(item("{'a':{'M':{}}}"));
    }

    @Test
    void theProjectionAndTheKeyAttributesOfAGivenDecoderApplyToEventsOnly() throws JsonProcessingException {
        ObjectMapper mapper = JsonMapper.builder()
                .addModule(new DynamoDbModule()
                        .decoder(ChangeEventDecoder.builder()
                                .keyAttributes("id")
                                .attributes("id")
                                .images(StreamViewType.OLD_IMAGE)
                                .build()))
                .build();
        Item item = item("{'a':{'N':'1'}}");
        assertThat(mapper.readValue("{\"a\":{\"N\":\"1\"}}", Item.class)).isEqualTo(item);
        assertThat(mapper.readValue("{}", Item.class).size()).isZero();
        assertThat(mapper.readValue("{\"N\":\"1\"}", AttributeValue.class)).isEqualTo(item.require("a"));
        ChangeEvent exported = mapper.readValue("{\"Item\":{\"id\":{\"N\":\"7\"}}}", ChangeEvent.class);
        assertThat(exported.keys().require("id").asInt()).isEqualTo(7);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(exported::newImage);
        assertThatExceptionOfType(JsonMappingException.class)
                .isThrownBy(() -> mapper.readValue("{\"Item\":{\"a\":{\"N\":\"1\"}}}", ChangeEvent.class))
                .withMessageContaining("an attribute that the decoder's option keyAttributes names");
    }

    // ----------------------------------------------------------------------------------------------------- events

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    @Test
    void anEventIsWrittenAsPlainJson() throws JsonProcessingException {
        ChangeEvent event = event(streamRecord("{'a':{'N':'1.50'},'b':{'B':'AQ=='},'s':{'SS':['x']}}"));
        assertThat(plain.writeValueAsString(event))
                .isEqualTo(
                        quoted("{'awsRegion':'eu-central-1','eventID':'e1','eventName':'INSERT','eventVersion':'1.1',"
                                + "'eventSource':'aws:dynamodb',"
                                + "'dynamodb':{'ApproximateCreationDateTime':'2025-03-14T07:41:17Z',"
                                + "'Keys':{},'NewImage':{'a':1.50,'b':'AQ==','s':['x']},'SequenceNumber':'17',"
                                + "'StreamViewType':'NEW_IMAGE'}}"));
    }

    @Test
    void anEventIsWrittenAsItsRecord() throws JsonProcessingException {
        String record = streamRecord("{'a':{'N':'1.50'},'b':{'B':'AQ=='},'s':{'SS':['x']}}");
        assertThat(typed.readTree(typed.writeValueAsString(event(record)))).isEqualTo(typed.readTree(record));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1741938077082,'ApproximateCreationDateTimePrecision':'MILLISECOND'",
                "1741938077082123,'ApproximateCreationDateTimePrecision':'MICROSECOND'",
                "1741938077,'ApproximateCreationDateTimePrecision':'SECOND'",
                "1741938077.082,'ApproximateCreationDateTimePrecision':'SECOND'",
                "1741938077082.5,'ApproximateCreationDateTimePrecision':'MILLISECOND'",
                "1741938077082",
                "1741938077000",
                "1741938077082123",
                "1741938077082000000",
                "1741938077",
                "1741938077.082",
                "1.74193807708212345E9",
                "-1741938077082",
                "0",
                "'2025-03-14T07:41:17Z'",
                "'2025-03-14T07:41:17.082+01:00'",
                "'1970-01-01T00:00:00.001Z'"
            })
    void timesAndBinaryOfKinesisRecordsRoundTrip(String time) throws IOException {
        // AQ== can be decoded as base64 once, QVE9PQ== once or twice.
        for (String binary : List.of("AQ==", "QVE9PQ==")) {
            ChangeEvent event = event(quoted("{'eventName':'MODIFY','tableName':'t','recordFormat':'application/json',"
                    + "'userIdentity':null,'dynamodb':{'ApproximateCreationDateTime':" + time
                    + ",'Keys':{'k':{'B':'" + binary + "'}},'NewImage':{}}}"));
            assertSame(typed.readValue(typed.writeValueAsBytes(event), ChangeEvent.class), event);
        }
    }

    @Test
    void exportLinesRoundTrip() throws JsonProcessingException {
        String full = quoted("{'Item':{'a':{'B':'QVE9PQ=='}}}");
        assertThat(typed.writeValueAsString(event(full))).isEqualTo(full);
        String incremental = quoted("{'Metadata':{'WriteTimestampMicros':{'N':'1680109764000000'}},"
                + "'Keys':{'k':{'N':'1'}},'NewImage':{'k':{'N':'1'}}}");
        assertThat(typed.writeValueAsString(event(incremental))).isEqualTo(incremental);
        assertThat(event(incremental).channel()).isEqualTo(Channel.EXPORT);
        assertThat(plain.writeValueAsString(event(incremental)))
                .isEqualTo(quoted("{'eventName':'INSERT','dynamodb':{'ApproximateCreationDateTime':"
                        + "'2023-03-29T17:09:24Z','Keys':{'k':1},'NewImage':{'k':1}}}"));
    }

    @Test
    void aSessionsEventIsWritten() throws JsonProcessingException {
        DecodeSession session = ChangeEventDecoder.create().newSession();
        String record = streamRecord("{'m':{'M':{'l':{'L':[{'N':'1'},{'SS':['x']}]}}},'z':{'BOOL':true}}");
        ChangeEvent event = session.decode(record.getBytes(UTF_8));
        assertThat(typed.readTree(typed.writeValueAsString(event))).isEqualTo(typed.readTree(record));
        assertThat(plain.writeValueAsString(requireNonNull(event.newImage())))
                .isEqualTo("{\"m\":{\"l\":[1,[\"x\"]]},\"z\":true}");
    }

    record Records(List<ChangeEvent> Records) {}

    @Test
    void anEnvelopeOfEventsIsReadAsAClass() throws JsonProcessingException {
        String record = streamRecord("{'a':{'N':'1'}}");
        Records records = typed.readValue("{\"Records\":[" + record + "," + record + "]}", Records.class);
        assertThat(records.Records()).hasSize(2).allSatisfy(event -> assertSame(event, event(record)));
    }

    @Test
    void numbersOfTheRecordKeepEveryDigit() throws JsonProcessingException {
        ChangeEvent event = typed.readValue(
                quoted("{'eventName':'MODIFY','dynamodb':{'ApproximateCreationDateTime':1.635734407123456789E9,"
                        + "'Keys':{},'SizeBytes':9007199254740993}}"),
                ChangeEvent.class);
        assertThat(requireNonNull(event.approximateCreationDateTime())).hasToString("2021-11-01T02:40:07.123456789Z");
        assertThat(event.sizeBytes()).isEqualTo(9007199254740993L);
    }

    @Test
    void anImageOmittedByAProjectionIsNotWrittenAsAbsent() {
        ChangeEvent event = ChangeEventDecoder.builder()
                .images(StreamViewType.OLD_IMAGE)
                .build()
                .decode(streamRecord("{}").getBytes(UTF_8));
        assertThatExceptionOfType(JsonMappingException.class)
                .isThrownBy(() -> typed.writeValueAsString(event))
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMapperAcceptsOneModule() throws JsonProcessingException {
        ObjectMapper both = JsonMapper.builder()
                .addModule(new DynamoDbModule().plainJson())
                .addModule(new DynamoDbModule())
                .build();
        assertThat(both.writeValueAsString(item("{'a':{'N':'1'}}"))).isEqualTo("{\"a\":1}");
    }

    @Test
    void numbersThatNoJavaTypeHoldsAreSkippedInMembersThatTheEventDoesNotHave() throws IOException {
        String event = "{\"x\":[1e-2147483649,1e999999999],\"eventVersion\":1.10,\"dynamodb\":{\"Keys\":{}}}";
        assertThat(new ObjectMapper()
                        .registerModule(new DynamoDbModule())
                        .readValue(event, ChangeEvent.class)
                        .eventVersion())
                .isEqualTo("1.10");
    }

    static void assertSame(ChangeEvent actual, ChangeEvent expected) {
        assertThat(actual.eventName()).isEqualTo(expected.eventName());
        assertThat(actual.eventNameText()).isEqualTo(expected.eventNameText());
        assertThat(actual.eventId()).isEqualTo(expected.eventId());
        assertThat(actual.eventSource()).isEqualTo(expected.eventSource());
        assertThat(actual.eventVersion()).isEqualTo(expected.eventVersion());
        assertThat(actual.eventSourceArn()).isEqualTo(expected.eventSourceArn());
        assertThat(actual.awsRegion()).isEqualTo(expected.awsRegion());
        assertThat(actual.tableName()).isEqualTo(expected.tableName());
        assertThat(actual.recordFormat()).isEqualTo(expected.recordFormat());
        assertThat(actual.userIdentity()).isEqualTo(expected.userIdentity());
        assertThat(actual.channel()).isEqualTo(expected.channel());
        assertThat(actual.approximateCreationDateTime()).isEqualTo(expected.approximateCreationDateTime());
        if (expected.approximateCreationDateTime() != null) {
            assertThat(requireNonNull(actual.approximateCreationDateTime()).precision())
                    .isEqualTo(expected.approximateCreationDateTime().precision());
            assertThat(requireNonNull(actual.approximateCreationDateTime()).stated())
                    .isEqualTo(expected.approximateCreationDateTime().stated());
        }
        assertThat(actual.sequenceNumber()).isEqualTo(expected.sequenceNumber());
        assertThat(actual.sizeBytes()).isEqualTo(expected.sizeBytes());
        assertThat(actual.streamViewType()).isEqualTo(expected.streamViewType());
        assertThat(actual.binaryEncoding()).isEqualTo(expected.binaryEncoding());
        assertThat(actual.keys()).isEqualTo(expected.keys());
        assertThat(actual.newImage()).isEqualTo(expected.newImage());
        assertThat(actual.oldImage()).isEqualTo(expected.oldImage());
    }
}
