package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.json;
import static fixtures.Records.ofValue;
import static fixtures.Records.value;
import static fixtures.Refusals.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

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
        List<DynamicTest> tests = new ArrayList<>();
        for (String json : List.of("1", "true", "false", "null", "[]", "{}", "{'S':'a'}")) {
            for (String set : List.of("{'SS':['1',«%s]}", "{'NS':['1',«%s]}", "{'BS':['',«%s]}")) {
                tests.add(faultInEveryPlace(Reason.WRONG_TYPE, set.formatted(json)));
                tests.add(faultInEveryPlace(
                        Reason.WRONG_TYPE,
                        set.replace("'1',", "").replace("'',", "").formatted(json)));
            }
        }
        for (String json : List.of("1", "'a'", "true", "null", "[]", "[{'S':'a'}]")) {
            tests.add(faultInEveryPlace(Reason.WRONG_TYPE, "{'L':[«" + json + "]}"));
            tests.add(faultInEveryPlace(Reason.WRONG_TYPE, "{'L':[{'S':'a'},«" + json + "]}"));
            tests.add(faultInEveryPlace(Reason.WRONG_TYPE, "{'M':{'a':«" + json + "}}"));
            tests.add(faultInEveryPlace(Reason.WRONG_TYPE, "{'M':{'a':{'S':''},'b':«" + json + "}}"));
            tests.add(faultInEveryPlace(Reason.WRONG_TYPE, "«" + json));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> aValueHasExactlyOneDescriptorThatDynamoDbKnows() {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(faultInEveryPlace(Reason.NO_TYPE, "«{}"));
        tests.add(faultInEveryPlace(Reason.NO_TYPE, "«{ \n}"));
        tests.add(faultInEveryPlace(Reason.NO_TYPE, "{'L':[«{}]}"));
        tests.add(faultInEveryPlace(Reason.NO_TYPE, "{'M':{'a':«{}}}"));
        for (String second : List.of("'S':'a'", "'N':'1'", "'NULL':null", "'X':1", "'':1", "'\\u0053':'a'", "'M':{}")) {
            tests.add(faultInEveryPlace(Reason.TWO_TYPES, "{'S':'a',«" + second + "}"));
            tests.add(faultInEveryPlace(Reason.TWO_TYPES, "{'NULL':true , «" + second + "}"));
            tests.add(faultInEveryPlace(Reason.TWO_TYPES, "{'M':{},«" + second + "}"));
            tests.add(faultInEveryPlace(Reason.TWO_TYPES, "{'SS':['a'],«" + second + "}"));
        }
        for (String unknown : List.of(
                "",
                " ",
                "s",
                "n",
                "b",
                "l",
                "m",
                "ss",
                "Ss",
                "sS",
                "bool",
                "Bool",
                "null",
                "NUL",
                "nul",
                "BOOLEAN",
                "NULLS",
                "SN",
                "SSS",
                "MS",
                "LS",
                "X",
                "É",
                "S ",
                " S",
                "\\u0000S",
                "S\\u0000",
                "\\u0073",
                "XS",
                "BOOl",
                "NULl",
                "String",
                "😀",
                "\\ud83d\\ude00")) {
            tests.add(faultInEveryPlace(Reason.UNKNOWN_TYPE, "{«'" + unknown + "':'a'}"));
        }
        return tests.stream();
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
        return Stream.of(
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'S'«'a'}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'S':«}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'S':'a'«'N':'1'}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'S':'a',«}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'S':'a',«1:2}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{«1:'a'}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{«S:'a'}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'S':«a}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'SS':['a'«:'b']}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'SS':['a'«}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'SS':['a',«]}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'SS':[«,'a']}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'L':[{'S':'a'},«]}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'M':{'a':{'S':'a'},«}}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'M':{'a'«,{'S':'a'}}}"),
                faultInEveryPlace(Reason.BAD_LITERAL, "{'BOOL':«tru}"),
                faultInEveryPlace(Reason.BAD_LITERAL, "{'BOOL':«faLse}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'BOOL':«True}"),
                faultInEveryPlace(Reason.UNEXPECTED_BYTE, "{'BOOL':true«1}"),
                faultInEveryPlace(Reason.BAD_ESCAPE, "{'S':'a«\\x'}"),
                faultInEveryPlace(Reason.BAD_ESCAPE, "{'S':'a«\\u12g4'}"),
                faultInEveryPlace(Reason.BAD_ESCAPE, "{'S':'a«\\u12'}"),
                faultInEveryPlace(Reason.BAD_ESCAPE, "{'N':'1«\\x'}"),
                faultInEveryPlace(Reason.BAD_ESCAPE, "{'B':'AA«\\u00'}"),
                faultInEveryPlace(Reason.LONE_SURROGATE, "{'S':'a«\\ud83d'}"),
                faultInEveryPlace(Reason.LONE_SURROGATE, "{'S':'a«\\ud83dx'}"),
                faultInEveryPlace(Reason.LONE_SURROGATE, "{'S':'a«\\ude00\\ud83d'}"),
                faultInEveryPlace(Reason.LONE_SURROGATE, "{'S':'a«\\ud83d\\u0041'}"),
                faultInEveryPlace(Reason.LONE_SURROGATE, "{'SS':['a«\\ud83d\\n']}"),
                faultInEveryPlace(Reason.LONE_SURROGATE, "{'M':{'a«\\ude00':{'S':''}}}"),
                faultInEveryPlace(Reason.CONTROL_CHARACTER, "{'S':'a«\n'}"),
                faultInEveryPlace(Reason.CONTROL_CHARACTER, "{'N':'1«\n'}"),
                faultInEveryPlace(Reason.CONTROL_CHARACTER, "{'B':'AA«\t=='}"),
                faultInEveryPlace(Reason.CONTROL_CHARACTER, "{'M':{'«\u0001':{'S':''}}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "«",
                "-«",
                "+«",
                "«.5",
                "5.«",
                "«e5",
                "5e«",
                "5e+«",
                "5.«e5",
                "«NaN",
                "«Infinity",
                "-«Infinity",
                "1«,5",
                "1«_0",
                "0«x10",
                "1«d",
                "« 1",
                "1« ",
                "1«\\n",
                "«\\n1",
                "1.5«.5",
                "-«-1",
                "+«-1",
                "1e5«.5",
                "1e«e5",
                "«١",
                "1«é",
                "1«\\u0661",
                "«null",
                "1«-",
                "1e«",
                "12«\\u0020"
            })
    void aMalformedNumberIsRefusedAtTheFirstImpossibleCharacter(String text) {
        for (String place : PLACES) {
            assertFault(Reason.BAD_NUMBER, place.formatted("{'N':'" + text + "'}"));
            assertFault(Reason.BAD_NUMBER, place.formatted("{'NS':['1','" + text + "']}"));
        }
    }

    @TestFactory
    Stream<DynamicTest> aRepeatedAttributeNameIsRefused() {
        return Stream.of(
                faultInEveryPlace(Reason.DUPLICATE_NAME, "{'M':{'a':{'S':'1'},«'a':{'S':'1'}}}"),
                faultInEveryPlace(Reason.DUPLICATE_NAME, "{'M':{'a':{'S':'1'},'b':{'S':'1'},«'a':{'N':'2'}}}"),
                faultInEveryPlace(Reason.DUPLICATE_NAME, "{'M':{'a':{'S':'1'},«'\\u0061':{'S':'1'}}}"),
                faultInEveryPlace(Reason.DUPLICATE_NAME, "{'M':{'\\u0061':{'S':'1'},«'a':{'S':'1'}}}"),
                faultInEveryPlace(Reason.DUPLICATE_NAME, "{'M':{'\\/':{'S':'1'},«'/':{'S':'1'}}}"),
                faultInEveryPlace(Reason.DUPLICATE_NAME, "{'M':{'é':{'S':'1'},«'\\u00E9':{'S':'1'}}}"),
                faultInEveryPlace(Reason.DUPLICATE_NAME, "{'M':{'😀':{'S':'1'},«'\\ud83d\\uDE00':{'S':'1'}}}"),
                faultInEveryPlace(Reason.DUPLICATE_NAME, "{'M':{'':{'S':'1'},«'':{'S':'1'}}}"),
                faultInEveryPlace(Reason.DUPLICATE_NAME, "{'L':[{'M':{'x':{'M':{'a':{'L':[]},«'a':{'L':[]}}}}}]}"));
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

    private static DynamicTest faultInEveryPlace(Reason reason, String marked) {
        return DynamicTest.dynamicTest(reason + " " + marked, () -> {
            for (String place : PLACES) {
                assertFault(reason, place.formatted(marked));
            }
            assertFault(reason, ofValue(marked));
        });
    }
}
