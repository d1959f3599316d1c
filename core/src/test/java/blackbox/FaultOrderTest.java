package blackbox;

import static fixtures.EventText.describe;
import static fixtures.Records.DECODER;
import static fixtures.Records.image;
import static fixtures.Records.json;
import static fixtures.Refusals.assertFault;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Records;
import fixtures.Refusals;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.EventName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of several faults, the one with the smallest offset is reported. Faults that only the record's end decides come last.
 * The kind of a record determines which of its members can be at fault, whatever their order.
 */
class FaultOrderTest {
    /** Faults of an attribute value, each at its mark. */
    private static final Map<String, Reason> IN_PLACE = new TreeMap<>(Map.ofEntries(
            Map.entry("{'N':'1«x'}", Reason.BAD_NUMBER),
            Map.entry("{'N':'1e1000«0'}", Reason.NUMBER_LIMIT),
            Map.entry("{'B':'Zg«'}", Reason.BAD_BASE64),
            Map.entry("{'S':«1}", Reason.WRONG_TYPE),
            Map.entry("«null", Reason.WRONG_TYPE),
            Map.entry("«{}", Reason.NO_TYPE),
            Map.entry("{'S':'',«'N':'1'}", Reason.TWO_TYPES),
            Map.entry("{«'X':1}", Reason.UNKNOWN_TYPE),
            Map.entry("{'M':{'q':{'S':''},«'q':{'S':''}}}", Reason.DUPLICATE_NAME),
            Map.entry("{'S':'«\t'}", Reason.CONTROL_CHARACTER),
            Map.entry("{'S':'«\\ud800'}", Reason.LONE_SURROGATE),
            Map.entry("{'S':'«\\q'}", Reason.BAD_ESCAPE),
            Map.entry("{'BOOL':«trus}", Reason.BAD_LITERAL),
            Map.entry("{'S':«}", Reason.UNEXPECTED_BYTE)));

    /** Records with a fault that only the record's end decides; an attribute replaces {@code %s}. */
    private static final Map<String, Reason> DECIDED_AT_THE_END = Map.of(
            "{'dynamodb':«{'NewImage':{'a':%s}}}", Reason.MISSING_FIELD,
            "{'dynamodb':{'ApproximateCreationDateTime':«'x','Keys':{},'NewImage':{'a':%s}}}", Reason.BAD_TIME,
            "{'dynamodb':{'Keys':{},'NewImage':{'b':{'B':'«AP8='},'a':%s}}}", Reason.BAD_BASE64,
            "«{'Keys':{'a':%s}}", Reason.MISSING_FIELD,
            "{'Metadata':{'WriteTimestampMicros':«1e999},'Keys':{'a':%s}}", Reason.BAD_TIME,
            "{'Keys':{},'Metadata':{'WriteTimestampMicros':1},'OldImage':{'b':{'B':'«AP8='},'a':%s}}",
                    Reason.BAD_BASE64);

    private static final ChangeEventDecoder DOUBLE =
            ChangeEventDecoder.builder().binaryEncoding(BinaryEncoding.DOUBLE).build();

    @TestFactory
    Stream<DynamicTest> ofTwoFaultsTheFirstIsReported() {
        List<DynamicTest> tests = new ArrayList<>();
        IN_PLACE.forEach((first, reason) -> IN_PLACE.forEach((marked, other) -> {
            String second = marked.replace("«", "");
            tests.add(DynamicTest.dynamicTest(first + " before " + second, () -> {
                assertFault(reason, image("'a':" + first + ",'b':" + second));
                String both = "{'a':{'L':[" + first + "," + second + "]}}";
                assertFault(reason, "{'dynamodb':{'Keys':{},'OldImage':" + both + "},'x':nope");
                if (!Refusals.NOT_JSON.contains(other)) {
                    assertFault(reason, "{'Item':" + both + "}");
                }
            }));
        }));
        return tests.stream();
    }

    /** As UNKNOWN_TYPE and DUPLICATE_NAME, which are reported before the colon is read. */
    @ParameterizedTest
    @ValueSource(strings = {"'N'}}}}", "'N' 1}}}}", "'N'", "'N':", "'N':nul}", "'NULL':null}}}}"})
    void aSecondDescriptorIsReportedBeforeWhatFollowsIt(String rest) {
        assertFault(Reason.TWO_TYPES, "{'dynamodb':{'Keys':{'a':{'S':'x',«" + rest);
    }

    @TestFactory
    Stream<DynamicTest> aFaultThatOnlyTheEndDecidesComesAfterAnyOther() {
        List<DynamicTest> tests = new ArrayList<>();
        DECIDED_AT_THE_END.forEach((record, reason) -> {
            tests.add(DynamicTest.dynamicTest(record, () -> assertFault(DOUBLE, reason, record.formatted("{'S':''}"))));
            IN_PLACE.forEach((fault, other) -> {
                String faulty = record.replace("«", "").formatted(fault);
                tests.add(DynamicTest.dynamicTest(faulty, () -> assertFault(DOUBLE, other, faulty)));
            });
            String whole = record.replace("«", "").formatted("{'S':''}");
            tests.add(DynamicTest.dynamicTest(
                    whole + " x", () -> assertFault(DOUBLE, Reason.TRAILING_DATA, whole + " «x")));
            String open = whole.substring(0, whole.length() - 1);
            tests.add(DynamicTest.dynamicTest(open, () -> assertFault(DOUBLE, Reason.END_OF_INPUT, open + "«")));
        });
        return tests.stream();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'x':«nope}", "{'x':1} «{", "{'x':1«", "[1,«]", "[1] «]", "5 «5", "'a'«b", "{'x':1}«,"})
    void notAnEventIsReportedForValidJsonOnly(String marked) {
        DecodeException failure = Refusals.refusal(json(marked.replace("«", "")));
        assertThat(Refusals.NOT_JSON).contains(failure.reason());
        assertThat(failure.offset())
                .isEqualTo(marked.substring(0, marked.indexOf('«')).getBytes(UTF_8).length);
    }

    /** Among faults that only the end decides, the smallest offset is reported as well. */
    @Test
    void ofTwoFaultsThatTheEndDecidesTheFirstIsReported() {
        String time = "'ApproximateCreationDateTime':%s'x'";
        String binary = "'NewImage':{'b':{'B':'%sAP8='}}";
        assertFault(
                DOUBLE,
                Reason.BAD_TIME,
                "{'dynamodb':{'Keys':{}," + time.formatted("«") + "," + binary.formatted("") + "}}");
        assertFault(
                DOUBLE,
                Reason.BAD_BASE64,
                "{'dynamodb':{'Keys':{}," + binary.formatted("«") + "," + time.formatted("") + "}}");
        assertFault(
                DOUBLE,
                Reason.MISSING_FIELD,
                "{'dynamodb':«{" + binary.formatted("") + "," + time.formatted("") + "}}");
    }

    @Test
    void aFaultInTheEnvelopeIsReportedWhereverTheImagesAre() {
        assertFault(Reason.WRONG_TYPE, "{'eventName':«5,'dynamodb':{'Keys':{'a':{'N':'x'}}}}");
        assertFault(Reason.BAD_NUMBER, "{'dynamodb':{'Keys':{'a':{'N':'«x'}}},'eventName':5}");
        assertFault(Reason.DUPLICATE_FIELD, "{'eventID':'a',«'eventID':5,'dynamodb':5}");
        assertFault(Reason.WRONG_TYPE, "{'userIdentity':«5,'dynamodb':{}} x");
    }

    // ------------------------------------------------------------------------------------- what a record is decides

    /** A member that may determine the kind of a record, and the same member malformed. */
    private enum Deciding {
        DYNAMODB("'dynamodb':{'Keys':{'k':{'S':'dynamodb'}}}", "'dynamodb':5"),
        RECORDS_OF_LAMBDA("'Records':[]", "'Records':[5]"),
        RECORDS_OF_FIREHOSE("'records':[{'data':''}]", "'records':[{'data':5}]"),
        EXPORTED_KEYS("'Keys':{'k':{'S':'keys'}}", "'Keys':5"),
        EXPORTED_ITEM("'Item':{'k':{'S':'item'}}", "'Item':[]");

        private final String sound;
        private final String malformed;

        Deciding(String sound, String malformed) {
            this.sound = sound;
            this.malformed = malformed;
        }

        boolean isEnvelope() {
            return this == RECORDS_OF_LAMBDA || this == RECORDS_OF_FIREHOSE;
        }
    }

    private static final String METADATA = "'Metadata':{'WriteTimestampMicros':1719039879869591}";

    @TestFactory
    Stream<DynamicTest> precedenceDecidesRegardlessOfMemberOrder() {
        return permutationsOfSubsets(List.of(Deciding.values())).stream()
                .map(members -> DynamicTest.dynamicTest(members.toString(), () -> {
                    Deciding winner = members.stream().min(Deciding::compareTo).orElseThrow();
                    assertDecided(winner, members, false);
                    assertDecided(winner, members, true);
                }));
    }

    /** Members of a kind that lost are unknown members, and their content does not matter. */
    private static void assertDecided(Deciding winner, List<Deciding> members, boolean losersMalformed) {
        List<String> texts = new ArrayList<>();
        for (Deciding member : members) {
            texts.add(member != winner && losersMalformed ? member.malformed : member.sound);
        }
        boolean isIncremental = winner == Deciding.EXPORTED_KEYS;
        texts.add(isIncremental || !losersMalformed ? METADATA : "'Metadata':5");
        texts.add(winner == Deciding.DYNAMODB || !losersMalformed ? "'eventName':'MODIFY'" : "'eventName':5");
        texts.add(isIncremental || !losersMalformed ? "'NewImage':{'k':{'S':'image'}}" : "'NewImage':5");
        for (int turn = 0; turn < texts.size(); turn++) {
            texts.add(texts.remove(0));
            DecodeResult result = DECODER.tryDecode(json("{" + String.join(",", texts) + "}"));
            if (winner.isEnvelope()) {
                DecodeException failure = Objects.requireNonNull(result.failure());
                assertThat(failure.reason()).isEqualTo(Reason.NOT_AN_EVENT);
                assertThat(failure.offset()).isZero();
                assertThat(failure).hasMessageContaining("read");
            } else {
                assertIs(winner, result.orElseThrow());
            }
        }
    }

    private static void assertIs(Deciding winner, ChangeEvent event) {
        switch (winner) {
            case DYNAMODB -> {
                assertThat(event.channel()).isEqualTo(Channel.UNKNOWN);
                assertThat(event.eventName()).isEqualTo(EventName.MODIFY);
                assertThat(event.keys().require("k").asString()).isEqualTo("dynamodb");
                assertThat(event.newImage()).isNull();
                assertThat(event.approximateCreationDateTime()).isNull();
            }
            case EXPORTED_KEYS -> {
                assertThat(event.channel()).isEqualTo(Channel.EXPORT);
                assertThat(event.eventName()).isEqualTo(EventName.INSERT);
                assertThat(event.keys().require("k").asString()).isEqualTo("keys");
                assertThat(Records.newImage(event).require("k").asString()).isEqualTo("image");
                assertThat(event.approximateCreationDateTime()).isNotNull();
            }
            default -> {
                assertThat(event.channel()).isEqualTo(Channel.EXPORT);
                assertThat(event.eventName()).isEqualTo(EventName.INSERT);
                assertThat(event.keys()).isEmpty();
                assertThat(Records.newImage(event).require("k").asString()).isEqualTo("item");
                assertThat(event.approximateCreationDateTime()).isNull();
            }
        }
    }

    private static <T> List<List<T>> permutationsOfSubsets(List<T> all) {
        List<List<T>> permutations = new ArrayList<>();
        for (T first : all) {
            List<T> rest = new ArrayList<>(all);
            rest.remove(first);
            permutations.add(List.of(first));
            for (List<T> tail : permutationsOfSubsets(rest)) {
                List<T> permutation = new ArrayList<>();
                permutation.add(first);
                permutation.addAll(tail);
                permutations.add(permutation);
            }
        }
        return permutations;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Keys':5,'dynamodb':{'Keys':{}}}",
                "{'dynamodb':{'Keys':{}},'Keys':5}",
                "{'Keys':{},'Keys':{},'dynamodb':{'Keys':{}}}",
                "{'Item':{'a':{}},'dynamodb':{'Keys':{}},'Metadata':{'WriteTimestampMicros':'x'}}",
                "{'NewImage':{'a':1,'a':2},'dynamodb':{'Keys':{}},'OldImage':[]}",
                "{'Records':5,'records':{},'dynamodb':{'Keys':{}}}",
                "{'Records':[{}],'Records':[],'dynamodb':{'Keys':{}},'requestId':5}",
                "{'dynamodb':{'Keys':{}},'WriteTimestampMicros':true,'data':5,'type':5,'type':6}",
                "{'dynamodb':{'Keys':{},'eventName':5,'Records':[],'Item':{'a':5}}}"
            })
    void membersOfAnExportMeanNothingInAChangeRecord(String record) {
        assertThat(describe(DECODER.decode(json(record))))
                .isEqualTo(describe(DECODER.decode(json("{'dynamodb':{'Keys':{}}}"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'eventName':5",
                "'eventName':'REMOVE'",
                "'eventName':'a','eventName':'b'",
                "'eventVersion':{},'eventID':[],'tableName':5,'awsRegion':true",
                "'userIdentity':5",
                "'userIdentity':{'type':5,'type':5}",
                "'Item':5",
                "'Item':{'a':{'N':'x'}},'Item':5",
                "'Records':5",
                "'Records':{'a':1}",
                "'records':[]",
                "'records':[5,{'x':1},[]]",
                "'records':{'data':''}",
                "'requestId':5,'invocationId':[]",
                "'SequenceNumber':5,'SizeBytes':true",
                "'ApproximateCreationDateTime':'x'"
            })
    void membersOfOtherRecordsMeanNothingInAnExport(String members) {
        String line = METADATA + ",'Keys':{'k':{'S':'a'}},'OldImage':{}";
        String expected = describe(DECODER.decode(json("{" + line + "}")));
        for (String record : List.of("{" + members + "," + line + "}", "{" + line + "," + members + "}")) {
            assertThat(describe(DECODER.decode(json(record)))).isEqualTo(expected);
        }
        if (!members.contains("Item")) {
            String item = "'Item':{'k':{'S':'a'}}";
            String row = describe(DECODER.decode(json("{" + item + "}")));
            for (String record : List.of("{" + members + "," + item + "}", "{" + item + "," + members + "}")) {
                assertThat(describe(DECODER.decode(json(record)))).isEqualTo(row);
            }
        }
    }

    @Test
    void membersOfAnIncrementalExportMeanNothingInAFullOne() {
        String expected = describe(DECODER.decode(json("{'Item':{'k':{'S':''}}}")));
        for (String members : List.of("'Metadata':5", "'NewImage':5,'NewImage':6", "'OldImage':{'a':{}}")) {
            assertThat(describe(DECODER.decode(json("{'Item':{'k':{'S':''}}," + members + "}"))))
                    .isEqualTo(expected);
            assertThat(describe(DECODER.decode(json("{" + members + ",'Item':{'k':{'S':''}}}"))))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Records':[]}",
                "{'Records':[{'eventName':'INSERT','dynamodb':{'Keys':{}}}],'NextShardIterator':'x'}",
                "{'NextShardIterator':'x','Records':[]}",
                "{'Keys':{},'Records':[]}",
                "{'Item':5,'Keys':5,'Records':[5]}",
                "{'records':[{'data':'e30='}]}",
                "{'records':[{'recordId':'1','kafkaRecordValue':'e30='}],'Item':{}}",
                "{'records':[],'requestId':'x'}",
                "{'invocationId':null,'records':[]}",
                "{'records':[{'d\\u0061ta':''}]}",
                "[]",
                "[{'dynamodb':{'Keys':{}}}]",
                "[5]"
            })
    void anEnvelopeFailureNamesTheMethodThatReadsIt(String record) {
        DecodeException failure = assertFault(Reason.NOT_AN_EVENT, " \n«" + record);
        assertThat(failure).hasMessageContaining("read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "5",
                "-0.5e-7",
                "'a'",
                "true",
                "null",
                "{'eventName':'INSERT'}",
                "{'Metadata':{'WriteTimestampMicros':1}}",
                "{'NewImage':{'a':{'S':''}}}",
                "{'Records':{}}",
                "{'records':[]}",
                "{'records':[{}]}",
                "{'requestId':'x'}",
                "{'Dynamodb':{'Keys':{}}}",
                "{'keys':{}}",
                "{'x':{'dynamodb':{'Keys':{}}}}"
            })
    void aValueOfNoKnownKindIsNotAnEvent(String record) {
        DecodeException failure = assertFault(Reason.NOT_AN_EVENT, "\t«" + record + "\n");
        assertThat(failure.getMessage()).doesNotContain("read(");
    }

    @Test
    void aDecidingMemberMayBeWrittenWithEscapes() {
        assertThat(DECODER.decode(json("{'Keys':5,'dynamod\\u0062':{'\\u004beys':{'k':{'S':'a'}}}}"))
                        .keys()
                        .contains("k"))
                .isTrue();
        assertThat(DECODER.decode(json("{'\\u0049tem':{'k':{'S':''}}}")).channel())
                .isEqualTo(Channel.EXPORT);
    }

    /** By choice: while the kind of a record is unknown, only invalid JSON is a fault. */
    @Test
    void aRecordCutOffBeforeItsKindIsKnownIsNotJson() {
        assertFault(Reason.END_OF_INPUT, "{'Keys':5,'eventName':7«");
        assertFault(Reason.UNEXPECTED_BYTE, "{'Item':5,'eventName':7,«}");
        assertFault(Reason.BAD_LITERAL, "{'Item':{'a':{'N':'x'}},'x':«nope}");
        assertFault(Reason.WRONG_TYPE, "{'eventName':«5,'dynamodb':");
    }
}
