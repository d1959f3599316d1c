package blackbox;

import static blackbox.ConformanceRecords.json;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A record of each channel that holds all types, escapes, and text of one to four bytes a character. Values, names and
 * keys are canaries: made of letters and digits that occur in no word of a message.
 */
final class ConformanceEvents {
    /** The parts that every canary consists of, plain, as base64 and as base64 of base64. */
    private static final List<String> CANARIES =
            List.of("qzxjvkwq", "86753098", "cXp4anZrd3E=", "Y1hwNGFuWnJkM0U9", "wqzjxkvz", "d3F6anhrdno=");

    private static final String ATTRIBUTES = "'qzxjvkwq':{'S':'qzxjvkwq'},'wqzjxkvz':{'N':'-86753098.50e1'},"
            + "'s':{'S':'qzxj\\u00e9\\n\\'\\ud83d\\ude00é€😀vkwq'},'\\u0071zxj€':{'S':''},"
            + "'b':{'B':'%1$s'},'t':{'BOOL':true},'f':{'BOOL':false},'x':{'NULL':true},"
            + "'ss':{'SS':['qzxjvkwq','wqzjxkvz','']},'ns':{'NS':['86753098','0.5']},'bs':{'BS':['%1$s','%2$s']},"
            + "'l':{'L':[{'S':'qzxjvkwq'},{'L':[]},{'NULL':false},{'M':{}}]},"
            + "'m':{'M':{'qzxjvkwq':{'M':{'S':{'N':'86753098'},'M':{'L':[{'B':'%2$s'}]}}}}}";

    private static final String ONCE = ATTRIBUTES.formatted("cXp4anZrd3E=", "d3F6anhrdno=");
    private static final String TWICE = ATTRIBUTES.formatted("Y1hwNGFuWnJkM0U9", "ZDNGNmFuaHJkbm89");

    static final byte[] KINESIS = json("{'awsRegion':'qzxjvkwq','eventID':'wqzjxkvz','eventName':'MODIFY',"
            + "'userIdentity':null,'recordFormat':'application/json','tableName':'qzxjvkwq','dynamodb':{"
            + "'ApproximateCreationDateTime':1719039879869591,'Keys':{'qzxjvkwq':{'S':'qzxjvkwq'}},"
            + "'NewImage':{" + TWICE + "},'OldImage':{'qzxjvkwq':{'S':'qzxjvkwq'},'wqzjxkvz':{'N':'86753098'}},"
            + "'SizeBytes':1,'ApproximateCreationDateTimePrecision':'MICROSECOND'},'eventSource':'aws:dynamodb'}");

    static final byte[] STREAMS = json("{'eventID':'qzxjvkwq','eventVersion':1.1,'dynamodb':{'Keys':{'qzxjvkwq':"
            + "{'S':'qzxjvkwq'},'wqzjxkvz':{'N':'86753098'}},'OldImage':{" + ONCE + "},\n"
            + "\t'SequenceNumber':'86753098','SizeBytes':86753098,'StreamViewType':'OLD_IMAGE',"
            + "'ApproximateCreationDateTime':1.71903987E9},'userIdentity':{'PrincipalId':'dynamodb.amazonaws.com',"
            + "'Type':'Service','qzxjvkwq':[1,-2.50e+3,{'qzxjvkwq':null,'qzxjvkwq':'\\u0000'},[true,false]]},"
            + "'eventName':'REMOVE','eventSourceARN':'arn:aws:dynamodb:x:1:table/qzxjvkwq/stream/1' } \r\n");

    static final byte[] EXPORT = json("{'NewImage':{" + ONCE + "},'Keys':{'qzxjvkwq':{'S':'qzxjvkwq'}},"
            + "'Metadata':{'WriteTimestampMicros':{'N':'1719039879869591'}},'OldImage':null,'eventName':86753098}");

    static final List<byte[]> ALL = List.of(KINESIS, STREAMS, EXPORT);

    /** How long a piece of a canary must be to tell that it leaked. */
    private static final int PIECE = 4;

    private static final Set<String> PIECES = pieces();

    private ConformanceEvents() {}

    private static Set<String> pieces() {
        Set<String> pieces = new TreeSet<>();
        for (String canary : CANARIES) {
            for (int i = 0; i + PIECE <= canary.length(); i++) {
                pieces.add(canary.substring(i, i + PIECE));
            }
        }
        return pieces;
    }

    /** Fails if the text holds a piece of a canary. */
    static void assertNoCanary(String text) {
        for (String piece : PIECES) {
            if (text.contains(piece)) {
                throw new AssertionError("payload in: " + text);
            }
        }
    }
}
