package blackbox;

import static fixtures.Records.decode;
import static fixtures.Records.json;
import static fixtures.Records.newImage;
import static fixtures.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import fixtures.Records;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.TimePrecision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
    private static final String METADATA = "'Metadata':{'WriteTimestampMicros':{'N':'1719039879869591'}}";
    private static final String KEYS = "'Keys':{'pk':{'S':'a'}}";
    private static final String NEW_IMAGE = "'NewImage':{'pk':{'S':'a'},'v':{'N':'2'}}";
    private static final String OLD_IMAGE = "'OldImage':{'pk':{'S':'a'},'v':{'N':'1'}}";

    // ------------------------------------------------------------------------------------------- incremental

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                NEW_IMAGE + "|INSERT",
                NEW_IMAGE + ",'OldImage':null|INSERT",
                NEW_IMAGE + "," + OLD_IMAGE + "|MODIFY",
                OLD_IMAGE + "|REMOVE",
                OLD_IMAGE + ",'NewImage':null|REMOVE",
                OLD_IMAGE + ",'NewImage':{}|REMOVE",
                NEW_IMAGE + ",'OldImage':{}|INSERT",
                "'NewImage':null|REMOVE",
                "'NewImage':{}|REMOVE",
                "'NewImage':{},'OldImage':{}|REMOVE",
                "'Unknown':1|REMOVE",
            })
    void theImagesOfAnIncrementalExportDetermineTheEvent(String images, EventName name) {
        for (String record : new String[] {
            "{" + METADATA + "," + KEYS + "," + images + "}", "{" + images + "," + KEYS + "," + METADATA + "}"
        }) {
            ChangeEvent event = decode(record);
            assertThat(event.eventName()).isEqualTo(name);
            assertThat(event.eventNameText()).isEqualTo(name.name());
            assertThat(event.channel()).isEqualTo(Channel.EXPORT);
            assertThat(event.keys().require("pk").asString()).isEqualTo("a");
            assertThat(event.newImage() != null).isEqualTo(name != EventName.REMOVE);
            assertThat(event.diff() != null).isEqualTo(images.contains(OLD_IMAGE));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Metadata':{'WriteTimestampMicros':{'N':'1719039879869591'}}",
                "'Metadata':{'WriteTimestampMicros':1719039879869591}",
                "'Metadata':{'WriteTimestampMicros':'1719039879869591'}",
                "'Metadata':{'WriteTimestampMicros':'+001719039879869591'}",
                "'Metadata':{'WriteTimestampMicros':'\\u0031719039879869591'}",
                "'Metadata':{'WriteTimestampMicros':{'N':'+1719039879869591'}}",
                "'Metadata':{'WriteTimestampMicros':{'N':'001719039879869591'}}",
                "'Metadata':{'WriteTimestampMicros':{'N':'+01.719039879869591E15'}}",
                "'Metadata':{'WriteTimestampMicros':{'N':'0000000000000000000000000000000000000000"
                        + "1719039879869591.0'}}",
                "'Metadata':{'other':[],'WriteTimestampMicros':{'N':'1719039879869591'},'more':{}}",
            })
    void itsTimeIsInStatedMicroseconds(String metadata) {
        CreationTime time = decode("{" + KEYS + "," + metadata + "}").approximateCreationDateTime();
        assertThat(time).isNotNull();
        assertThat(time.toInstant()).isEqualTo(Instant.parse("2024-06-22T07:04:39.869591Z"));
        assertThat(time.precision()).isEqualTo(TimePrecision.MICROSECOND);
        assertThat(time.stated()).isTrue();
        byte[] line = Records.json("{" + KEYS + "," + metadata + "}");
        for (TimePrecision unit : TimePrecision.values()) { // of the stream, and the job may read its export first
            ChangeEventDecoder decoder =
                    ChangeEventDecoder.builder().timePrecision(unit).build();
            assertThat(decoder.decode(line).approximateCreationDateTime()).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{" + KEYS + "}|MISSING_FIELD",
                "{" + KEYS + ",'Metadata':null}|MISSING_FIELD",
                "{" + KEYS + ",'Metadata':{}}|MISSING_FIELD",
                "{" + KEYS + ",'Metadata':{'WriteTimestampMicros':null}}|MISSING_FIELD",
                "{'Keys':null," + METADATA + "}|MISSING_FIELD",
                "{" + METADATA + "," + NEW_IMAGE + "}|NOT_AN_EVENT",
                "{" + KEYS + ",'Metadata':[]}|WRONG_TYPE",
                "{" + KEYS + ",'Metadata':{'WriteTimestampMicros':true}}|WRONG_TYPE",
                "{" + KEYS + ",'Metadata':{'WriteTimestampMicros':'x'}}|BAD_TIME",
                "{" + KEYS + ",'Metadata':{'WriteTimestampMicros':''}}|BAD_TIME",
                "{" + KEYS + ",'Metadata':{'WriteTimestampMicros':'+'}}|BAD_TIME",
                "{" + KEYS + ",'Metadata':{'WriteTimestampMicros':'+-1'}}|BAD_TIME",
                "{" + KEYS + ",'Metadata':{'WriteTimestampMicros':'2024-06-22T07:04:39Z'}}|BAD_TIME",
                "{" + KEYS + ",'Metadata':{'WriteTimestampMicros':{'S':'1'}}}|WRONG_TYPE",
                "{" + KEYS + ",'Metadata':{'WriteTimestampMicros':{'N':'x'}}}|BAD_NUMBER",
                "{" + KEYS + ",'Metadata':{'WriteTimestampMicros':{'N':'1E400'}}}|BAD_TIME",
                "{" + KEYS + "," + METADATA + "," + METADATA + "}|DUPLICATE_FIELD",
                "{" + KEYS + "," + METADATA + "," + KEYS + "}|DUPLICATE_FIELD",
            })
    void aMalformedLineIsRefused(String line, Reason reason) {
        assertThat(refusal(line).reason()).isEqualTo(reason);
    }

    // -------------------------------------------------------------------------------------------------- full

    @Test
    void aLineOfAFullExportIsAnInsertWithoutKeysAndTime() {
        ChangeEvent event = decode("{'Item':{'pk':{'S':'a'},'b':{'B':'YWJjZA=='}}}");
        assertThat(event.eventName()).isEqualTo(EventName.INSERT);
        assertThat(event.channel()).isEqualTo(Channel.EXPORT);
        assertThat(event.keys()).isEmpty();
        assertThat(event.approximateCreationDateTime()).isNull();
        assertThat(newImage(event).require("pk").asString()).isEqualTo("a");
        assertThat(event.oldImage()).isNull();
        assertThat(event.diff()).isNull();
        assertThat(event.binaryEncoding()).isEqualTo(BinaryEncoding.SINGLE);
    }

    @Test
    void anItemWithoutAttributesIsMissing() {
        for (String line : List.of("{'Item':{}}", "{'Item':null,'Item2':1}")) {
            DecodeException refusal = refusal(line.replace(",'Item2':1", ""));
            assertThat(refusal.reason()).isEqualTo(Reason.MISSING_FIELD);
            assertThat(refusal).hasMessageEndingWith(": Item");
        }
    }

    @Test
    void theDifferenceOfALineWithoutOldImageIsNotKnownUnlessItIsARemove() {
        String line = "{" + METADATA + "," + KEYS;
        assertThat(decode(line + "," + NEW_IMAGE + "}").diff()).isNull();
        assertThat(decode(line + ",'OldImage':{}," + NEW_IMAGE + "}").diff()).isNull();
        assertThat(decode(line + "}").diff()).isNull();
        ItemDiff modify = decode(line + ",'OldImage':{'gone':{'S':'x'}}," + NEW_IMAGE + "}")
                .diff();
        assertThat(Objects.requireNonNull(modify).removed()).containsOnlyKeys("gone");
        ItemDiff remove = decode(line + ",'OldImage':{'gone':{'S':'x'}}}").diff();
        assertThat(Objects.requireNonNull(remove).removed()).containsOnlyKeys("gone");
    }

    @Test
    void keyAttributesAreTakenFromTheItem() {
        ChangeEventDecoder decoder =
                ChangeEventDecoder.builder().keyAttributes("sk", "p\u00e9").build();
        ChangeEvent event =
                decoder.decode(json("{'Item':{'p\\u00e9':{'S':'a'},'m':{'M':{'sk':{'S':'no'}}},'sk':{'N':'7'}}}"));
        assertThat(event.keys().size()).isEqualTo(2);
        assertThat(event.keys().require("p\u00e9").asString()).isEqualTo("a");
        assertThat(event.keys().require("sk").asInt()).isEqualTo(7);
        assertThat(newImage(event).size()).isEqualTo(3);
        assertThat(event.copy().keys()).isEqualTo(event.keys());
        assertThat(event.keys().toMap()).containsExactly(entry("sk", new BigDecimal(7)), entry("p\u00e9", "a"));
    }

    @Test
    void anItemThatLacksAKeyAttributeIsRefused() {
        ChangeEventDecoder decoder =
                ChangeEventDecoder.builder().keyAttributes("pk", "sk").build();
        DecodeException refusal = refusal(decoder, "{'Item':{'pk':{'S':'a'}}}");
        assertThat(refusal.reason()).isEqualTo(Reason.MISSING_FIELD);
        assertThat(refusal.offset()).isEqualTo("{'Item':".length());
    }

    @Test
    void keyAttributesDoNotConcernOtherRecords() {
        ChangeEventDecoder decoder =
                ChangeEventDecoder.builder().keyAttributes("sk").build();
        assertThat(decoder.decode(json("{" + METADATA + "," + KEYS + "}"))
                        .keys()
                        .contains("pk"))
                .isTrue();
        assertThat(decoder.decode(json("{'dynamodb':{" + KEYS + "}}")).keys().contains("pk"))
                .isTrue();
    }

    // ------------------------------------------------------------------------------------------- precedence

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'dynamodb':{'Keys':{}},'Keys':1,'Item':2,'Records':[],'Metadata':'x'}|UNKNOWN",
                "{'Item':2,'Keys':1,'Metadata':'x','records':[{'data':''}],'dynamodb':{'Keys':{}}}|UNKNOWN",
                "{'Item':{'bad':{'X':1}},'Item':{},'dynamodb':{'Keys':{}},'tableName':'t'}|KINESIS",
                "{'Item':1," + KEYS + "," + METADATA + "}|EXPORT",
                "{" + KEYS + "," + METADATA + ",'Item':{'bad':1},'Records':{},'tableName':1}|EXPORT",
                "{'Item':{'k':{'S':'x'}},'Metadata':1,'NewImage':2,'records':'x','requestId':7,'eventName':{}}|EXPORT",
            })
    void precedenceDeterminesTheKindOfARecordRegardlessOfMemberOrder(String record, Channel channel) {
        assertThat(decode(record).channel()).isEqualTo(channel);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Records':[]}",
                "{'Records':[{'dynamodb':{'Keys':{}}}],'Item':{}}",
                "{" + KEYS + "," + METADATA + ",'Records':[]}",
                "{'records':[{'data':'e30='}],'requestId':'r'}",
                "{'Item':{},'records':[{'kafkaRecordValue':''}]}",
                "{'invocationId':'i','records':[]}",
                "[{'dynamodb':{'Keys':{}}}]",
                "[]",
            })
    void anEnvelopeIsNotAnEventAndTheMessageNamesRead(String record) {
        DecodeException refusal = refusal(record);
        assertThat(refusal.reason()).isEqualTo(Reason.NOT_AN_EVENT);
        assertThat(refusal.getMessage()).contains("read");
        assertThat(refusal.offset()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'eventName':'INSERT'}",
                "{'Metadata':{}}",
                "{'NewImage':{}}",
                "null",
                "1",
                "'x'",
                "{'records':[1],'requestId':'r'}",
                "{'Records':{}}"
            })
    void anObjectOfNoKnownKindIsNotAnEvent(String record) {
        assertThat(refusal(record).reason()).isEqualTo(Reason.NOT_AN_EVENT);
    }

    @ParameterizedTest
    @CsvSource({"'{''a'':[}', UNEXPECTED_BYTE, 6", "'{''Item'':{}', END_OF_INPUT, 10", "'{} x', TRAILING_DATA, 3"})
    void invalidJsonIsReportedFirst(String record, Reason reason, long offset) {
        assertThat(refusal(record).reason()).isEqualTo(reason);
        assertThat(refusal(record).offset()).isEqualTo(offset);
    }
}
