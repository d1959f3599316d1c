package blackbox;

import static fixtures.Records.change;
import static fixtures.Records.item;
import static fixtures.Records.value;
import static fixtures.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Deliveries;
import fixtures.Records;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.SourceRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each leniency accepts its own inputs and no others. When it is off, the message names it. */
class LeniencyTest {
    private static final Map<String, ChangeEventDecoder> LENIENT = Map.of(
            "emptyValueAsMap",
            ChangeEventDecoder.builder().emptyValueAsMap(true).build(),
            "numbersAsJson",
            ChangeEventDecoder.builder().numbersAsJson(true).build(),
            "descriptorAliases",
            ChangeEventDecoder.builder().descriptorAliases(true).build(),
            "unknownDescriptors",
            ChangeEventDecoder.builder().unknownDescriptors(true).build(),
            "memberAliases",
            ChangeEventDecoder.builder().memberAliases(true).build(),
            "timesWithoutOffsetAsUtc",
            ChangeEventDecoder.builder().timesWithoutOffsetAsUtc(true).build());

    private static ChangeEventDecoder lenient(String option) {
        ChangeEventDecoder decoder = LENIENT.get(option);
        assertThat(decoder).isNotNull();
        return decoder;
    }

    private static DecodeException refusalOf(ChangeEventDecoder decoder, String value) {
        return refusal(decoder, change("MODIFY", "'NewImage':{'v':" + value + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|NO_TYPE|emptyValueAsMap",
                "{'L':[{}]}|NO_TYPE|emptyValueAsMap",
                "{'M':{'m':{}}}|NO_TYPE|emptyValueAsMap",
                "{'N':1}|WRONG_TYPE|numbersAsJson",
                "{'NS':['1',-2.5]}|WRONG_TYPE|numbersAsJson",
                "{'s':'x'}|UNKNOWN_TYPE|descriptorAliases",
                "{'nul':true}|UNKNOWN_TYPE|descriptorAliases",
                "{'XS':'x'}|UNKNOWN_TYPE|unknownDescriptors",
                "{'L':[{'':1}]}|UNKNOWN_TYPE|unknownDescriptors",
            })
    void inputForALeniencyIsRefusedWithoutItAndTheMessageNamesIt(String value, Reason reason, String option) {
        DecodeException refusal = refusalOf(Records.DECODER, value);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.getMessage()).contains(option);
        assertThat(value(lenient(option), value)).isNotNull();
        for (Map.Entry<String, ChangeEventDecoder> other : LENIENT.entrySet()) {
            boolean overlaps = reason == Reason.UNKNOWN_TYPE && other.getKey().equals("unknownDescriptors");
            if (!other.getKey().equals(option) && !overlaps) {
                assertThat(refusalOf(other.getValue(), value).reason()).isEqualTo(reason);
            }
        }
    }

    /** Values of which a serializer wrote the types that are not set as null. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'S':null,'N':'1'}",
                "{'N':null,'S':'x'}",
                "{'B':null , 'S':'x'}",
                "{'SS':null,'S':'x'}",
                "{'L':null,'S':'x'}",
                "{'M':null,'S':'x'}",
                "{'BOOL':null,'S':'x'}",
                "{'NULL':null\n\t,'S':'x'}",
                "{'S':'x','N':null}",
                "{'S':'x','N' : null}",
                "{'S':'x','N':\n null,'B':null}",
                "{'N':'1','Anything':null}",
                "{'L':[{'M':{'m':{'S':'x','N':null}}}]}",
            })
    void aTypeThatIsNullBesideAnotherIsRefusedAndTheMessageNamesTheLeniency(String value) {
        DecodeException refusal = refusalOf(Records.DECODER, value);
        assertThat(refusal.reason()).isIn(Reason.TWO_TYPES, Reason.WRONG_TYPE);
        assertThat(refusal)
                .hasMessageEndingWith("the option descriptorAliases ignores a type descriptor whose value is null");
        assertThat(value(lenient("descriptorAliases"), value)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'S':null}",
                "{'S':null }",
                "{'S':nul,'N':'1'}",
                "{'S':nulx,'N':'1'}",
                "{'S':nxll,'N':'1'}",
                "{'S':nuxl,'N':'1'}",
                "{'S':1,'N':'1'}",
                "{'S':'x','N':'1'}",
                "{'S':'x','N':'null'}",
                "{'S':'x','N':nul}",
                "{'S':'x','N':nulx}",
                "{'S':'x','N':true}",
                "{'s':null}",
                "{'L':[1,2]}",
                "{'N':[]}",
            })
    void noMessageNamesALeniencyThatWouldNotReadTheValue(String value) {
        for (String hint : List.of("ignores a type descriptor", "reads this spelling", "accepts JSON numbers")) {
            assertThat(refusalOf(Records.DECODER, value)).message().doesNotContain(hint);
        }
    }

    @Test
    void aRecordThatEndsAfterANullIsRefusedWithoutReadingFurther() {
        String record = "{'dynamodb':{'Keys':{'k':{'S':null";
        for (String cut : List.of(record, record + " ", record.substring(0, record.length() - 1))) {
            byte[] continued = Records.json(cut + ",'N':'1'}}}}");
            DecodeException refusal = Objects.requireNonNull(
                    Records.DECODER.tryDecode(continued, 0, cut.length()).failure());
            assertThat(refusal).message().doesNotContain("option");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'S':1}", "{'S':null}", "{'B':1}", "{'SS':[1]}", "{'BS':[1]}", "{'BOOL':1}", "{'BOOL':'true'}",
                "{'NULL':null}", "{'NULL':1}", "{'L':{}}", "{'M':[]}", "{'N':true}", "{'NS':[true]}", "{'N':[]}",
                "null", "1", "'x'", "[]", "true"
            })
    void noLeniencyAcceptsAWrongType(String value) {
        LENIENT.forEach((option, decoder) -> {
            boolean isNullSibling = option.equals("descriptorAliases") && value.endsWith(":null}");
            assertThat(refusalOf(decoder, value).reason())
                    .as(option)
                    .isEqualTo(isNullSibling ? Reason.NO_TYPE : Reason.WRONG_TYPE);
        });
    }

    @Test
    void strictInputMeansTheSameUnderEveryLeniency() {
        String item = "{'s':{'S':'x'},'n':{'N':'1'},'b':{'B':'YQ=='},'t':{'BOOL':true},'z':{'NULL':true},"
                + "'ss':{'SS':['a']},'ns':{'NS':['1']},'bs':{'BS':['YQ==']},'l':{'L':[{'M':{}}]},"
                + "'m':{'M':{'N':{'N':'2'}}}}";
        LENIENT.forEach(
                (option, decoder) -> assertThat(item(decoder, item)).as(option).isEqualTo(item(item)));
    }

    // ---------------------------------------------------------------------------------------- emptyValueAsMap

    @Test
    void anEmptyValueIsAnEmptyMap() {
        ChangeEventDecoder decoder = lenient("emptyValueAsMap");
        Item item = item(decoder, "{'a':{},'l':{'L':[{},{'S':'x'},{ }]},'m':{'M':{'b':{}}},'last':{'S':'y'}}");
        assertThat(item)
                .isEqualTo(item("{'a':{'M':{}},'l':{'L':[{'M':{}},{'S':'x'},{'M':{}}]},"
                        + "'m':{'M':{'b':{'M':{}}}},'last':{'S':'y'}}"));
        assertThat(item.require("a").type()).isEqualTo(AttributeType.M);
        assertThat(item.toMap().get("a")).isEqualTo(Map.of());
    }

    // ------------------------------------------------------------------------------------------ numbersAsJson

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "1", "-1.50", "1E3", "1e-7", "12345678901234567890.12345678901234567890"})
    void aJsonNumberIsItsText(String text) {
        AttributeValue number = value(lenient("numbersAsJson"), "{'N':" + text + "}");
        assertThat(number.numberText()).isEqualTo(text);
        assertThat(number.asBigDecimal()).isEqualTo(new BigDecimal(text));
        assertThat(number).isEqualTo(Records.number(text));
    }

    @Test
    void aNumberSetMayMixNumbersAndStrings() {
        AttributeValue set = value(lenient("numbersAsJson"), "{'NS':[1,'+2',-3.5]}");
        assertThat(set.asNumberSet())
                .isEqualTo(Set.of(new BigDecimal("1"), new BigDecimal("2"), new BigDecimal("-3.5")));
    }

    @ParameterizedTest
    @CsvSource({
        "+1, UNEXPECTED_BYTE",
        "01, UNEXPECTED_BYTE",
        "1., UNEXPECTED_BYTE",
        ".5, UNEXPECTED_BYTE",
        "NaN, UNEXPECTED_BYTE",
        "1E10000, NUMBER_LIMIT",
        "1E-99999, NUMBER_LIMIT",
    })
    void aJsonNumberKeepsJsonsGrammarAndTheLimits(String text, Reason reason) {
        assertThat(refusalOf(lenient("numbersAsJson"), "{'N':" + text + "}").reason())
                .isEqualTo(reason);
    }

    @Test
    void aJsonNumberOfMoreThan256CharactersIsOverTheLimit() {
        assertThat(value(lenient("numbersAsJson"), "{'N':" + "9".repeat(256) + "}")
                        .numberText())
                .hasSize(256);
        assertThat(refusalOf(lenient("numbersAsJson"), "{'N':" + "9".repeat(257) + "}")
                        .reason())
                .isEqualTo(Reason.NUMBER_LIMIT);
    }

    // -------------------------------------------------------------------------------------- descriptorAliases

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'s':'x'}|{'S':'x'}",
                "{'n':'1'}|{'N':'1'}",
                "{'b':'YQ=='}|{'B':'YQ=='}",
                "{'bool':false}|{'BOOL':false}",
                "{'Bool':true}|{'BOOL':true}",
                "{'null':true}|{'NULL':true}",
                "{'nul':true}|{'NULL':true}",
                "{'nULLValue':true}|{'NULL':true}",
                "{'NULLValue':false}|{'NULL':true}",
                "{'sS':['a']}|{'SS':['a']}",
                "{'bOOL':true}|{'BOOL':true}",
                "{'ss':['a']}|{'SS':['a']}",
                "{'ns':['1']}|{'NS':['1']}",
                "{'bs':['YQ==']}|{'BS':['YQ==']}",
                "{'l':[{'s':'x'}]}|{'L':[{'S':'x'}]}",
                "{'m':{'s':{'n':'1'}}}|{'M':{'s':{'N':'1'}}}",
                "{'\\u0073':'x'}|{'S':'x'}",
                "{'s':'x','n':null,'ss':null,'m':null,'nul':null}|{'S':'x'}",
                "{'s':null,'n':null,'l':[],'nul':null}|{'L':[]}",
                "{'S':'x','N':null,'Anything':null}|{'S':'x'}",
            })
    void aliasesMeanTheDescriptorAndNullSiblingsAreIgnored(String alias, String strict) {
        AttributeValue value = value(lenient("descriptorAliases"), alias);
        assertThat(value).isEqualTo(value(strict));
        assertThat(value.type()).isEqualTo(value(strict).type());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'s':'x','n':'1'}|TWO_TYPES",
                "{'s':'x','S':'x'}|TWO_TYPES",
                "{'s':null,'n':null}|NO_TYPE",
                "{}|NO_TYPE",
                "{'xs':'x'}|UNKNOWN_TYPE",
                "{'nulll':true}|UNKNOWN_TYPE",
                "{'nULLValues':true}|UNKNOWN_TYPE",
                "{'\u017f':'x'}|UNKNOWN_TYPE",
                "{'n':1}|WRONG_TYPE",
                "{'s':'x',}|UNEXPECTED_BYTE",
            })
    void aliasesStillRequireExactlyOneDescriptor(String value, Reason reason) {
        assertThat(refusalOf(lenient("descriptorAliases"), value).reason()).isEqualTo(reason);
    }

    // ------------------------------------------------------------------------------------- unknownDescriptors

    @ParameterizedTest
    @ValueSource(strings = {"{'a':[1,'\u00e9\\n',null]}", "[]", "null", "1.50", "true", "'te\\u0078t'"})
    void anUnknownValueHasItsJsonText(String json) {
        AttributeValue value = value(lenient("unknownDescriptors"), "{'XS': " + json + " }");
        assertThat(value.type()).isEqualTo(AttributeType.UNKNOWN);
        assertThat(value.unknownJson()).isEqualTo(json.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'XS':1,'S':'x'}|TWO_TYPES",
                "{'S':'x','XS':1}|TWO_TYPES",
                "{'XS':1,'XS':1}|TWO_TYPES",
                "{}|NO_TYPE",
                "{'XS':[1,]}|UNEXPECTED_BYTE",
                "{'XS':tru}|BAD_LITERAL",
                "{'XS':'\\q'}|BAD_ESCAPE",
            })
    void anUnknownValueMustStillBeOneValidJsonValue(String value, Reason reason) {
        assertThat(refusalOf(lenient("unknownDescriptors"), value).reason()).isEqualTo(reason);
    }

    // ------------------------------------------------------------------------------------------ memberAliases

    private static final String STRICT_RECORD = "{'eventID':'1','eventName':'MODIFY','eventSource':'aws:dynamodb',"
            + "'eventVersion':'1.1','eventSourceARN':'arn','awsRegion':'r','tableName':'t','recordFormat':'f',"
            + "'userIdentity':{'type':'Service','principalId':'p'},'dynamodb':{"
            + "'ApproximateCreationDateTime':1719039879869591,'ApproximateCreationDateTimePrecision':'MICROSECOND',"
            + "'Keys':{'k':{'S':'x'}},'NewImage':{'k':{'S':'x'},'K':{'N':'1'}},'OldImage':{'k':{'S':'x'}},"
            + "'SequenceNumber':'7','SizeBytes':5,'StreamViewType':'NEW_IMAGE'}}";

    private static final Pattern MEMBER = Pattern.compile("'([A-Za-z]{3,})':");

    private static String membersIn(UnaryOperator<String> spelling, String record) {
        return MEMBER.matcher(record)
                .replaceAll(member -> Matcher.quoteReplacement("'" + spelling.apply(member.group(1)) + "':"));
    }

    private static String describe(ChangeEvent event) {
        return String.join(
                " ",
                event.toString(),
                event.eventId(),
                event.eventNameText(),
                event.eventSource(),
                event.eventVersion(),
                event.eventSourceArn(),
                event.awsRegion(),
                event.tableName(),
                event.recordFormat(),
                String.valueOf(
                        event.userIdentity() == null
                                ? null
                                : event.userIdentity().principalId()),
                String.valueOf(event.approximateCreationDateTime()),
                event.keys().toMap().toString(),
                String.valueOf(
                        event.newImage() == null ? null : event.newImage().toMap()),
                String.valueOf(
                        event.oldImage() == null ? null : event.oldImage().toMap()),
                event.sequenceNumber(),
                String.valueOf(event.sizeBytes()),
                String.valueOf(event.streamViewType()));
    }

    @Test
    void namesOfMembersMayBeInAnyCaseWithMemberAliases() {
        String expected = describe(Records.decode(STRICT_RECORD));
        List<UnaryOperator<String>> spellings = List.of(
                name -> name,
                name -> name.toLowerCase(Locale.ROOT),
                name -> name.toUpperCase(Locale.ROOT),
                name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                name -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
                name -> String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1));
        ChangeEventDecoder decoder = lenient("memberAliases");
        DecodeSession session = decoder.newSession();
        for (int i = 0; i < 5; i++) {
            for (UnaryOperator<String> spelling : spellings) {
                String record = membersIn(spelling, STRICT_RECORD);
                assertThat(describe(decoder.decode(Records.json(record)))).isEqualTo(expected);
                assertThat(describe(session.decode(Records.json(record)))).isEqualTo(expected);
                assertThat(describe(decoder.read(Records.json("{'Records':[" + record + "]}"))
                                .iterator()
                                .next()))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void namesOfAttributesStayExactWithMemberAliases() {
        Item image = item(lenient("memberAliases"), "{'Keys':{'S':'a'},'keys':{'S':'b'},'KEYS':{'S':'c'}}");
        assertThat(image.toMap()).containsOnlyKeys("Keys", "keys", "KEYS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dynamodb':{'Keys':{},'keys':{}}}",
                "{'eventName':'INSERT','EventName':'INSERT','dynamodb':{'Keys':{}}}",
                "{'dynamodb':{'Keys':{}},'userIdentity':{'type':'a','TYPE':'a'}}",
            })
    void aMemberInTwoSpellingsIsADuplicate(String record) {
        assertThat(refusal(lenient("memberAliases"), record).reason()).isEqualTo(Reason.DUPLICATE_FIELD);
        Records.decode(record); // without the option, the other spelling is an unknown member
    }

    private static final String BEAN =
            "{'eventName':'INSERT','dynamodb':{'keys':{'k':{'s':'x'}},'newImage':%s,'sequenceNumber':'7'}}";

    private static final ChangeEventDecoder OF_BEANS = ChangeEventDecoder.builder()
            .memberAliases(true)
            .descriptorAliases(true)
            .build();

    @Test
    void aBatchWrittenByABeanSerializerIsRead() {
        String good = BEAN.formatted("{'n':{'n':'1'}}");
        String bad = BEAN.formatted("{'n':{'m':{'x':{'n':'one'}}}}");
        for (String name : List.of("records", "Records", "RECORDS")) {
            ChangeEventReader reader =
                    OF_BEANS.read(Records.json("{'" + name + "':[" + good + "," + bad + "," + good + "]}"));
            List<SourceRecord> records = Deliveries.records(reader);
            assertThat(reader.envelope().shape()).isEqualTo(EnvelopeShape.RECORDS);
            assertThat(records)
                    .hasSize(3)
                    .allSatisfy(record -> assertThat(record.itemIdentifier()).isEqualTo("7"));
            assertThat(records.get(2).result().orElseThrow().keys().toMap()).containsEntry("k", "x");
            DecodeException failure =
                    Objects.requireNonNull(records.get(1).result().failure());
            assertThat(failure.reason()).isEqualTo(Reason.BAD_NUMBER);
            assertThat(failure.path()).isEqualTo("dynamodb.NewImage.*.M.*.N");
        }
        assertThat(refusal(OF_BEANS, "{'records':[" + good + "]}")).hasMessageContaining("read(");
        assertThat(refusal(Records.DECODER, "{'records':[" + good + "]}").reason())
                .isEqualTo(Reason.NOT_AN_EVENT);
    }

    @Test
    void aFirehoseDeliveryIsRecognizedWithMemberAliasesToo() {
        String data = Records.base64(Records.json(BEAN.formatted("{}")));
        ChangeEventReader reader = OF_BEANS.read(Records.json("{'records':[{'data':'" + data + "'}],'requestId':'r'}"));
        assertThat(Deliveries.records(reader)).hasSize(1);
        assertThat(reader.envelope().shape()).isEqualTo(EnvelopeShape.FIREHOSE_HTTP);
    }

    @Test
    void aLineOfAnExportMayHaveItsMembersInAnyCase() {
        ChangeEvent line = lenient("memberAliases")
                .decode(Records.json("{'metadata':{'writeTimestampMicros':{'N':'1719039879869591'}},"
                        + "'keys':{'k':{'S':'x'}},'newImage':{'k':{'S':'x'}}}"));
        assertThat(line.eventName()).isEqualTo(EventName.INSERT);
        assertThat(lenient("memberAliases")
                        .decode(Records.json("{'item':{'k':{'S':'x'}}}"))
                        .newImage())
                .isNotNull();
    }

    // -------------------------------------------------------------------------------- timesWithoutOffsetAsUtc

    @ParameterizedTest
    @CsvSource({
        "2024-06-22T07:04:39.869591, 2024-06-22T07:04:39.869591Z",
        "2024-06-22 07:04:39.869591, 2024-06-22T07:04:39.869591Z",
        "2024-06-22T07:04:39, 2024-06-22T07:04:39Z",
        "2024-06-22 07:04:39, 2024-06-22T07:04:39Z",
        "2024-06-22T07:04, 2024-06-22T07:04:00Z",
        "2024-06-22 07:04, 2024-06-22T07:04:00Z",
        "2024-06-22t07:04:39.1, 2024-06-22T07:04:39.100Z",
        "+12024-06-22T07:04:39, +12024-06-22T07:04:39Z",
        "2024-06-22T07:04:39Z, 2024-06-22T07:04:39Z",
        "2024-06-22T07:04:39+02:00, 2024-06-22T05:04:39Z",
        "2024-06-22 07:04:39+02:00, 2024-06-22T05:04:39Z",
        "2024-06-22T07:04:39+02, 2024-06-22T05:04:39Z",
        "2024-06-22T07:04:39.1234567899, 2024-06-22T07:04:39.123456789Z",
        "1719039879, 2024-06-22T07:04:39Z",
    })
    void aTimeWithoutOffsetIsUtc(String text, Instant instant) {
        String record = "{'dynamodb':{'Keys':{},'ApproximateCreationDateTime':'" + text + "'}}";
        CreationTime time =
                lenient("timesWithoutOffsetAsUtc").decode(Records.json(record)).approximateCreationDateTime();
        assertThat(Objects.requireNonNull(time).toInstant()).isEqualTo(instant);
        boolean hasOffset = text.matches(".*(Z|[+]..(:..)?|^[0-9]{10})");
        if (!hasOffset) {
            assertThat(refusal(Records.DECODER, record))
                    .hasMessageEndingWith("the option timesWithoutOffsetAsUtc reads a time without an offset");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-06-22",
                "07:04:39",
                "2024-06-22T",
                "2024-06-22T07",
                "2024-06-22T07:0",
                "2024-06-22T07:04:",
                "2024-06-22T07:04:3",
                "2024-06-22T07:04:39.",
                "2024-02-30T07:04:39",
                "2024-06-22T24:04:39",
                "2024-06-22T07:04:39 ",
                "2024-06-22  07:04:39",
                "20240622T070439",
                ""
            })
    void aTextThatIsNotATimeStaysABadTime(String text) {
        DecodeException refusal = refusal(
                lenient("timesWithoutOffsetAsUtc"),
                "{'dynamodb':{'Keys':{},'ApproximateCreationDateTime':'" + text + "'}}");
        assertThat(refusal.reason()).isEqualTo(Reason.BAD_TIME);
        assertThat(refusal.getMessage()).doesNotContain("option");
    }
}
