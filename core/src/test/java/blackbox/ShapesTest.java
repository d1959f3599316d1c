package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.json;
import static fixtures.Records.ofValue;
import static fixtures.Records.value;
import static fixtures.Refusals.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.MalformedValues;
import fixtures.MalformedValues.Fault;
import fixtures.Records;
import fixtures.Refusals;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every malformed shape of every type gives a declared error at its place. */
class ShapesTest {
    /** A value of every type of JSON. */
    private static final List<String> JSON_VALUES =
            List.of("'1'", "''", "1", "-0.5e1", "0", "true", "false", "null", "[]", "['1']", "{}", "{'S':'a'}");

    /** The values of JSON that each type takes. */
    private static final Map<AttributeType, List<String>> TAKEN = taken();

    private static Map<AttributeType, List<String>> taken() {
        Map<AttributeType, List<String>> taken = new LinkedHashMap<>();
        taken.put(AttributeType.S, List.of("'1'", "''"));
        taken.put(AttributeType.N, List.of("'1'"));
        taken.put(AttributeType.B, List.of("''"));
        taken.put(AttributeType.BOOL, List.of("true", "false"));
        taken.put(AttributeType.NULL, List.of("true", "false"));
        taken.put(AttributeType.SS, List.of("[]", "['1']"));
        taken.put(AttributeType.NS, List.of("[]", "['1']"));
        taken.put(AttributeType.BS, List.of("[]"));
        taken.put(AttributeType.L, List.of("[]"));
        taken.put(AttributeType.M, List.of("{}"));
        return taken;
    }

    /** Places of a value, which replaces {@code %s}. */
    private static final List<String> PLACES = List.of(
            "{'dynamodb':{'Keys':{'a':%s}}}",
            "{'dynamodb':{'Keys':{},'NewImage':{'z':{'S':''},'a':%s}}}",
            "{'dynamodb':{'OldImage':{'a':%s},'Keys':{}}}",
            "{'dynamodb':{'Keys':{},'NewImage':{'a':{'M':{'b':%s}}}}}",
            "{'dynamodb':{'Keys':{},'NewImage':{'a':{'L':[{'NULL':true},%s]}}}}",
            "{'dynamodb':{'Keys':{},'NewImage':{'a':{'M':{'b':{'L':[{'M':{'S':%s}}]}}}}}}",
            "{'Item':{'a':%s}}",
            "{'Keys':{},'NewImage':{'a':%s},'Metadata':{'WriteTimestampMicros':1719039879869591}}",
            "{'Metadata':{'WriteTimestampMicros':1719039879869591},'Keys':{'a':%s}}");

    @TestFactory
    Stream<DynamicTest> aTypeAcceptsOnlyItsOwnJson() {
        List<DynamicTest> tests = new ArrayList<>();
        TAKEN.forEach((type, taken) -> {
            for (String json : JSON_VALUES) {
                tests.add(DynamicTest.dynamicTest(type + " " + json, () -> {
                    for (String place : PLACES) {
                        if (taken.contains(json)) {
                            DECODER.decode(json(place.formatted("{'" + type + "':" + json + "}")));
                        } else {
                            assertFault(reason(type, json), place.formatted(marked(type, json)));
                        }
                    }
                }));
            }
        });
        return tests.stream();
    }

    /** Some texts have the right JSON type but are not a number or base64. */
    private static Reason reason(AttributeType type, String json) {
        boolean isText = json.startsWith("'") || json.equals("['1']");
        if (type == AttributeType.N && isText && !json.startsWith("[")) {
            return Reason.BAD_NUMBER;
        }
        boolean isBinary = type == (json.startsWith("[") ? AttributeType.BS : AttributeType.B);
        return isText && isBinary ? Reason.BAD_BASE64 : Reason.WRONG_TYPE;
    }

    private static String marked(AttributeType type, String json) {
        String markedJson = "«" + json;
        if (reason(type, json) != Reason.WRONG_TYPE) {
            // the text ends too early
            markedJson = json.startsWith("[") ? json.replace("']", "«']") : json.substring(0, json.length() - 1) + "«'";
        } else if (type == AttributeType.L && json.equals("['1']")) {
            markedJson = "[«'1']";
        } else if (type == AttributeType.M && json.equals("{'S':'a'}")) {
            markedJson = "{'S':«'a'}";
        }
        return "{'" + type + "':" + markedJson + "}";
    }

    @TestFactory
    Stream<DynamicTest> aSetAcceptsOnlyTextsAndAListOnlyValues() {
        return inEveryPlace(MalformedValues.ofSetsAndLists());
    }

    @TestFactory
    Stream<DynamicTest> aValueHasExactlyOneDescriptorThatDynamoDbKnows() {
        return inEveryPlace(MalformedValues.ofDescriptors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'\\u0053':'a'} | S",
                "{'\\u004e':'1'} | N",
                "{'\\u004E\\u0053':['1']} | NS",
                "{'B\\u004fOL':true} | BOOL",
                "{'\\u004e\\u0055\\u004c\\u004c':true} | NULL",
                "{ 'L' : [ ] } | L"
            })
    void aDescriptorMayBeWrittenWithEscapesAndWhiteSpace(String json, AttributeType type) {
        assertThat(value(json).type()).isEqualTo(type);
    }

    @TestFactory
    Stream<DynamicTest> invalidJsonInsideAValueIsReportedAsSuch() {
        return inEveryPlace(MalformedValues.ofJson());
    }

    @TestFactory
    Stream<DynamicTest> aMalformedNumberIsRefusedAtTheFirstImpossibleCharacter() {
        return inEveryPlace(MalformedValues.ofNumbers());
    }

    @TestFactory
    Stream<DynamicTest> aRepeatedAttributeNameIsRefused() {
        return inEveryPlace(MalformedValues.ofNames());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dynamodb':{'Keys':{'a':{'S':''},«'a':{'S':''}}}}",
                "{'dynamodb':{'Keys':{},'NewImage':{'a':{'S':''},'b':{'M':{}},«'\\u0061':{'S':''}}}}",
                "{'dynamodb':{'Keys':{},'OldImage':{'a':{'S':''},«'a':{'S':''}}}}",
                "{'Item':{'a':{'S':''},«'a':{'S':''}}}"
            })
    void aRepeatedAttributeNameInKeysAndImagesIsRefused(String marked) {
        assertFault(Reason.DUPLICATE_NAME, marked);
    }

    @Test
    void differentItemsMayHaveTheSameName() {
        ChangeEvent event = DECODER.decode(json("{'dynamodb':{'Keys':{'a':{'S':''}},'NewImage':{'a':{'M':{'a':{'L':["
                + "{'M':{'a':{'S':''}}},{'M':{'a':{'S':''}}}]}}},"
                + "'A':{'S':''},'a ':{'S':''}},'OldImage':{'a':{'S':''}}}}"));
        assertThat(Records.newImage(event).size()).isEqualTo(3);
    }

    @TestFactory
    Stream<DynamicTest> namesOfDescriptorsAreLegalAttributeNames() {
        return TAKEN.keySet().stream()
                .map(type -> DynamicTest.dynamicTest(type.name(), () -> {
                    AttributeValue map = value("{'M':{'" + type + "':{'M':{'" + type + "':{'S':'x'}}}}}");
                    assertThat(map.asItem()
                                    .require(type.name())
                                    .asItem()
                                    .require(type.name())
                                    .asString())
                            .isEqualTo("x");
                }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'dynamodb':{'NewImage':{'x':{'M':{'y':{'L':[{'S':''},{'S':''},{'S':''},{'N':«'}]}}}}}} "
                        + "| dynamodb.NewImage.*.M.*.L[3].N",
                "{'dynamodb':{'Keys':{'x':«1}}} | dynamodb.Keys.*",
                "{'dynamodb':{'Keys':{'x':{'SS':['a',«1]}}}} | dynamodb.Keys.*.SS[1]",
                "{'dynamodb':{'x':{'y':[0,[«x]]}}} | dynamodb.*.*[1][0]",
                "{'dynamodb':{'Keys':{}},'eventName':«1} | eventName",
                "{'dynamodb':{'Keys':{}},'userIdentity':{'type':«1}} | userIdentity.type",
                "{'Item':{'a':{'B':'«!'}}} | Item.*.B",
                "{'Keys':{},'Metadata':{'WriteTimestampMicros':{'N':'«x'}}} | Metadata.WriteTimestampMicros.N",
                "{'Keys':{},'OldImage':{'Keys':{'BOOL':«1}}} | OldImage.*.BOOL",
                "{'dynamodb':{'Keys':{'Keys':{'M':{'dynamodb':«1}}}}} | dynamodb.Keys.*.M.*",
                "{'dynamodb':{'Keys':{'a':{'S':''},'b':{'S':''}},'NewImage':«1}} | dynamodb.NewImage",
                "«5 | ``",
                "{'dynamodb':{'Keys':{}}} «x | ``"
            })
    void thePathNamesMembersDescriptorsAndIndexesButNoAttributes(String marked, String path) {
        byte[] record = json(marked.replace("«", ""));
        assertThat(Refusals.refusal(record).path()).isEqualTo(path);
    }

    private static Stream<DynamicTest> inEveryPlace(List<Fault> faults) {
        return faults.stream()
                .map(fault -> DynamicTest.dynamicTest(fault.toString(), () -> {
                    for (String place : PLACES) {
                        assertFault(fault.reason(), place.formatted(fault.marked()));
                    }
                    assertFault(fault.reason(), ofValue(fault.marked()));
                }));
    }
}
