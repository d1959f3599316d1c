package io.github.dynamodbcdc;

import static org.assertj.core.api.Assertions.assertThat;

import generator.Events;
import generator.GeneratedEvent;
import generator.Mutations;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodePathTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // the record itself
                "``|``",
                "1|``",
                "{}|``",
                "{'eventName':'INSERT'}x|``",
                "{'dynamodb':{'Keys':{}}}{}|``",
                // known members
                "{'eventName':1,'dynamodb':{'Keys':{}}}|eventName",
                "{'dynamodb':{},'eventID':[]}|eventID",
                "{'dynamodb':null}|``",
                "{'dynamodb':{}}|dynamodb",
                "{'dynamodb':{'Keys':{},'Keys':{}}}|dynamodb.Keys",
                "{'dynamodb':{'Keys':{},'SizeBytes':tru}}|dynamodb.SizeBytes",
                "{'dynamodb':{'ApproximateCreationDateTime':'x','Keys':{}}}|dynamodb.ApproximateCreationDateTime",
                "{'dynamodb':{'Keys':{}},'userIdentity':{'type':'a','Type':'b'}}|userIdentity.Type",
                "{'dynamodb':{'Keys':{}},'userIdentity':{'principalId':7}}|userIdentity.principalId",
                "{'Keys':{},'Metadata':{'WriteTimestampMicros':{'N':'x'}}}|Metadata.WriteTimestampMicros.N",
                "{'Item':{'b':{'B':'x'}}}|Item.*.B",
                // attribute names and descriptors
                "{'dynamodb':{'Keys':{'k':{'N':'x'}}}}|dynamodb.Keys.*.N",
                "{'dynamodb':{'Keys':{'k':{}}}}|dynamodb.Keys.*",
                "{'dynamodb':{'Keys':{'k':{'S':'','N':''}}}}|dynamodb.Keys.*.N",
                "{'dynamodb':{'Keys':{'k':{'S':''},'k':{}}}}|dynamodb.Keys.*",
                "{'dynamodb':{'Keys':{'Keys':{'S':1}}}}|dynamodb.Keys.*.S",
                "{'dynamodb':{'Keys':{'S':{'S':1}}}}|dynamodb.Keys.*.S",
                "{'dynamodb':{'NewImage':{'dynamodb':{'NULL':1}}}}|dynamodb.NewImage.*.NULL",
                "{'dynamodb':{'OldImage':{'k':{'XS':1}}}}|dynamodb.OldImage.*.*",
                "{'dynamodb':{'NewImage':{'s':{'SS':['a','b',1]}}}}|dynamodb.NewImage.*.SS[2]",
                "{'dynamodb':{'NewImage':{'n':{'NS':['1','x']}}}}|dynamodb.NewImage.*.NS[1]",
                "{'dynamodb':{'NewImage':{'a':{'M':{'b':{'L':[{'S':'{'},{'S':']'},{'S':'\\''},{}]}}}}}}"
                        + "|dynamodb.NewImage.*.M.*.L[3]",
                "{'dynamodb':{'NewImage':{'a':{'L':[{'L':[]},{'M':{'L':{'N':''}}}]}}}}|dynamodb.NewImage.*.L[1].M.*.N",
                // unknown members
                "{'secret':{'a':[1,{'dynamodb':tru}]}}|*.*[1].*",
                "{'secret':'a\\q'}|*",
                "{'dynamodb':{'secret':[[],[nul]]}}|dynamodb.*[1][0]",
                "{'dynamodb':{'Keys':{}},'userIdentity':{'secret':+}}|userIdentity.*",
                // names with escapes, right and wrong
                "{'\\n\\t\\u00e9\\ud83d\\ude00':tru}|*",
                "{'dynamodb':{'Keys':{},'e\\q':1}}|dynamodb.*",
                "{'dynamodb':{'\\u00zz':1}}|dynamodb.*",
                "{'dynamodb':{'\\u00|dynamodb.*",
                "{'dynamodb':{'Key\\u0073':{'k':{'\\ud83d':'x'}}}}|dynamodb.Keys.*.*",
                // braces, quotes and escapes in strings
                "{'eventID':'}],\\'{\\\\','dynamodb':{'NewImage':{'a\\'b\\\\':{'S':'}'},'{':{'N':'x'}}}}"
                        + "|dynamodb.NewImage.*.N",
                "\ufeff{'eventName':1,'dynamodb':{'Keys':{}}}|eventName",
                "[1,{'a':tru}]|[1].*",
            })
    void pathsContainOnlyKnownNames(String record, String path) {
        DecodeException failure =
                Objects.requireNonNull(DECODER.tryDecode(Decoded.json(record)).failure());
        assertThat(failure.path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'\\u0064ynamodb':{'K\\u0065ys':{'k':{'\\u004e':'x'}}}}|dynamodb.Keys.*.N",
                "{'\\u0065ventName':1,'dynamodb':{'Keys':{}}}|eventName",
                "{'dynamodb':{'Keys':{},'\\u004beys':{}}}|dynamodb.Keys",
            })
    void aKnownMemberIsNamedInAnySpelling(String record, String path) {
        DecodeException failure =
                Objects.requireNonNull(DECODER.tryDecode(Decoded.json(record)).failure());
        assertThat(failure.path()).isEqualTo(path);
    }

    @Test
    void pathsConsistOfKnownNamesStarsAndIndexes() {
        StringBuilder known = new StringBuilder("\\*");
        for (Member member : Member.values()) {
            known.append('|').append(member.wireName);
        }
        for (AttributeType type : AttributeType.values()) {
            known.append('|').append(type);
        }
        String step = "(" + known + "|(?=\\[))(\\[\\d+])*";
        Pattern path = Pattern.compile("|" + step + "(\\." + step + ")*");
        int failures = 0;
        for (GeneratedEvent event : Events.coveringEveryType()) {
            for (byte[] spoiled :
                    (Iterable<byte[]>) Mutations.sampleOfSingleByteChanges(event.bytes(), 1000, 7)::iterator) {
                DecodeException failure = DECODER.tryDecode(spoiled).failure();
                if (failure != null) {
                    failures++;
                    if (!path.matcher(failure.path()).matches()) {
                        throw new AssertionError(failure.path());
                    }
                }
            }
        }
        assertThat(failures).isGreaterThan(1000);
    }
}
