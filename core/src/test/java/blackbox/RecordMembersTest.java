package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.json;
import static fixtures.Refusals.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.DecodeException.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every malformed shape of the members around the attributes gives a declared error at its place. */
class RecordMembersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"eventID", "eventName", "eventSource", "eventSourceARN", "awsRegion", "tableName", "recordFormat"
            })
    void anEnvelopeFieldIsTextOrNull(String name) {
        for (String json : List.of("1", "true", "false", "[]", "{}", "['a']")) {
            assertFault(Reason.WRONG_TYPE, "{'dynamodb':{'Keys':{}},'" + name + "':«" + json + "}");
            assertFault(Reason.WRONG_TYPE, "{'" + name + "':«" + json + ",'dynamodb':{'Keys':{}}}");
        }
        DECODER.decode(json("{'dynamodb':{'Keys':{}},'" + name + "':null}"));
    }

    @ParameterizedTest
    @CsvSource({
        "ApproximateCreationDateTime, true",
        "ApproximateCreationDateTime, {}",
        "ApproximateCreationDateTime, [1]",
        "ApproximateCreationDateTimePrecision, 6",
        "ApproximateCreationDateTimePrecision, {}",
        "Keys, 'a'",
        "Keys, 1",
        "Keys, true",
        "Keys, []",
        "NewImage, 'a'",
        "NewImage, []",
        "NewImage, false",
        "OldImage, 0",
        "OldImage, [{}]",
        "SequenceNumber, 1",
        "SequenceNumber, {}",
        "StreamViewType, 1",
        "StreamViewType, []"
    })
    void aMemberOfDynamodbOfTheWrongTypeIsRefused(String name, String json) {
        String keys = name.equals("Keys") ? "" : "'Keys':{},";
        String text = json.equals("a") ? "'a'" : json;
        assertFault(Reason.WRONG_TYPE, "{'dynamodb':{" + keys + "'" + name + "':«" + text + "}}");
    }

    @ParameterizedTest
    @CsvSource({"1.1, 1.1", "1, 1", "-0.5e+7, -0.5e+7", "null, "})
    void aVersionMayBeANumber(String json, @Nullable String version) {
        ChangeEvent event = DECODER.decode(json("{'dynamodb':{'Keys':{}},'eventVersion':" + json + "}"));
        assertThat(event.eventVersion()).isEqualTo(version);
    }

    @Test
    void aVersionOfAnotherTypeIsRefused() {
        for (String json : List.of("true", "[]", "{}")) {
            assertFault(Reason.WRONG_TYPE, "{'dynamodb':{'Keys':{}},'eventVersion':«" + json + "}");
        }
        assertFault(Reason.UNEXPECTED_BYTE, "{'dynamodb':{'Keys':{}},'eventVersion':0«1}");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 313, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void sizeBytesIsAnyLong(long size) {
        ChangeEvent event = DECODER.decode(json("{'dynamodb':{'Keys':{},'SizeBytes':" + size + "}}"));
        assertThat(event.sizeBytes()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "1.0",
                "1e3",
                "1.5",
                "1e40",
                "null",
                "'1'",
                "''",
                "true",
                "[]",
                "[1]",
                "{}",
                "{'N':'1'}",
                "{'a':1,'a':2}"
            })
    void sizeBytesThatIsNotALongIsAbsent(String json) {
        ChangeEvent event = DECODER.decode(json("{'dynamodb':{'Keys':{},'SizeBytes':" + json + "}}"));
        assertThat(event.sizeBytes()).isNull();
    }

    @Test
    void sizeBytesThatIsNotJsonIsRefused() {
        assertFault(Reason.UNEXPECTED_BYTE, "{'dynamodb':{'Keys':{},'SizeBytes':0«1}}");
        assertFault(Reason.UNEXPECTED_BYTE, "{'dynamodb':{'Keys':{},'SizeBytes':[1,«]}}");
        assertFault(Reason.BAD_LITERAL, "{'dynamodb':{'Keys':{},'SizeBytes':«nul}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dynamodb':{'Keys':{}},'userIdentity':«'Service'}",
                "{'dynamodb':{'Keys':{}},'userIdentity':«[]}",
                "{'dynamodb':{'Keys':{}},'userIdentity':«1}",
                "{'dynamodb':{'Keys':{}},'userIdentity':{'type':«1}}",
                "{'dynamodb':{'Keys':{}},'userIdentity':{'PrincipalId':«{}}}",
                "{'dynamodb':«1}",
                "{'dynamodb':«'a'}",
                "{'dynamodb':«[]}",
                "{'dynamodb':«true}",
                "{'Keys':«1}",
                "{'Keys':{},'Metadata':«1}",
                "{'Keys':{},'Metadata':{'WriteTimestampMicros':«true}}",
                "{'Keys':{},'Metadata':{'WriteTimestampMicros':«[]}}",
                "{'Keys':{},'Metadata':{'WriteTimestampMicros':«{'S':'1719039879869591'}}}",
                "{'Keys':{},'NewImage':«[],'Metadata':{'WriteTimestampMicros':1719039879869591}}",
                "{'Item':«[]}",
                "{'Item':«'a'}"
            })
    void aMemberOfTheWrongTypeIsRefused(String marked) {
        assertFault(Reason.WRONG_TYPE, marked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'eventID':'1',«'eventID':'1','dynamodb':{'Keys':{}}}",
                "{'dynamodb':{'Keys':{}},'eventName':null,«'eventName':null}",
                "{'dynamodb':{'Keys':{}},'eventName':'a',«'\\u0065ventName':'a'}",
                "{'dynamodb':{'Keys':{}},«'dynamodb':{'Keys':{}}}",
                "{'dynamodb':{'Keys':{},«'Keys':{}}}",
                "{'dynamodb':{'Keys':{},'NewImage':null,«'NewImage':{}}}",
                "{'dynamodb':{'Keys':{},'SizeBytes':1,«'SizeBytes':1}}",
                "{'dynamodb':{'Keys':{}},'userIdentity':null,«'userIdentity':{}}",
                "{'dynamodb':{'Keys':{}},'userIdentity':{'type':'a',«'type':'a'}}",
                "{'dynamodb':{'Keys':{}},'userIdentity':{'type':'a',«'Type':'a'}}",
                "{'dynamodb':{'Keys':{}},'userIdentity':{'PrincipalId':null,«'principalId':'a'}}",
                "{'Item':{},«'Item':{}}",
                "{'Keys':{},'Metadata':{},«'Keys':{}}",
                "{'Keys':{},'Metadata':{},«'Metadata':{}}",
                "{'Keys':{},'NewImage':{},'x':1,«'NewImage':{}}"
            })
    void aRepeatedKnownMemberIsRefused(String marked) {
        assertFault(Reason.DUPLICATE_FIELD, marked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dynamodb':{'Keys':{}},'x':1,'x':2}",
                "{'dynamodb':{'Keys':{},'x':1,'x':2}}",
                "{'dynamodb':{'Keys':{},'x':{'Keys':1,'Keys':2}}}",
                "{'dynamodb':{'Keys':{}},'userIdentity':{'x':1,'x':2}}",
                "{'dynamodb':{'Keys':{}},'x':[{'a':1,'a':2}]}",
                "{'dynamodb':{'Keys':{},'dynamodb':1,'eventName':2,'eventName':3}}",
                "{'dynamodb':{'Keys':{}},'EventName':1,'eventname':2,'eventID ':3}"
            })
    void unknownMembersMayRepeatAndHaveAnyValue(String record) {
        assertThat(DECODER.decode(json(record)).keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "«{'dynamodb':null}",
                "«{'dynamodb':null,'Keys':{}}",
                "{'dynamodb':«{}}",
                "{'dynamodb':«{'Keys':null}}",
                "{'x':{},'dynamodb':«{'NewImage':{}}}",
                "«{'Keys':{}}",
                "«{'Keys':{},'Metadata':null}",
                "{'Keys':{},'Metadata':«{}}",
                "{'Metadata':«{'WriteTimestampMicros':null},'Keys':{}}",
                "«{'Keys':null,'Metadata':{'WriteTimestampMicros':1719039879869591}}",
                "«{'Item':null}",
                "«{'Item':null,'Metadata':{}}"
            })
    void aMissingRequiredMemberIsReportedAtTheStartOfItsObject(String marked) {
        assertFault(Reason.MISSING_FIELD, marked);
    }
}
