package blackbox;

import static fixtures.Records.base64;
import static fixtures.Records.base64Twice;
import static fixtures.Records.kinesis;
import static fixtures.Records.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Records of every kind. A session must not allocate anything for any of them. */
final class AllocationSamples {
    private AllocationSamples() {}

    record Sample(String name, String record) {}

    private static Sample image(String name, String attributes) {
        return new Sample(name, stream("MODIFY", "'SequenceNumber':'1','NewImage':{" + attributes + "}"));
    }

    private static Sample time(String time) {
        return new Sample("time " + time, kinesis("INSERT", "'ApproximateCreationDateTime':" + time));
    }

    private static String binary(int size, boolean twice) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return twice ? base64Twice(bytes) : base64(bytes);
    }

    static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (String n : List.of(
                "1",
                "-17.25",
                "007",
                "+3",
                "5.000",
                "12E3",
                "9223372036854775807",
                "123456789012345678",
                "1234567890123456789",
                "3.14159265358979323846264338327950288419",
                "9007199254740993",
                "9007199254740993.00000000000000000001",
                "0.1000000000000000055511151231257827021181583404541015625",
                "-1E-130",
                "9.99E125",
                "4.9E-324",
                "2.2250738585072012E-308",
                "1E-320",
                "1.7976931348623157E307",
                "\\u0031\\u0032.5",
                "\\u002d\\u0031\\u00450\\u0033",
                "\\u0033.14159265358979323846264338327950288419")) {
            samples.add(image("N " + n, "'n':{'N':'" + n + "'},'amount':{'NS':['" + n + "','8']}"));
        }
        for (String n : List.of(
                "1",
                "-42",
                "+007",
                "5.000",
                "12E3",
                "1200.00E-2",
                "9223372036854775807",
                "-9223372036854775808",
                "0.00",
                "\\u0031\\u0032\\u002e0")) {
            samples.add(image("long " + n, "'long':{'N':'" + n + "'}"));
        }
        samples.add(image("plain", "'s':{'S':'text'},'n':{'N':'1'},'flag':{'BOOL':true},'x':{'NULL':true}"));
        samples.add(image("escapes in S", "'s':{'S':'a\\n\\u00e9\\ud83d\\ude00\\/b'},'t':{'S':'\\\\'}"));
        samples.add(image("unicode in S", "'s':{'S':'h\u00e9\u65e5\ud83d\ude00'}"));
        samples.add(image("unicode in names", "'h\u00e9\u65e5':{'S':'x'},'\u65e5\u672c':{'M':{'\u8a9e':{'N':'1'}}}"));
        samples.add(image(
                "escapes in names",
                "'\\u0073':{'S':'x'},'h\\u00e9\u65e5':{'N':'1'},'b\\/c':{'M':{'\\u0064':{'N':'1'}}}"));
        samples.add(image("escapes in descriptors", "'s':{'\\u0053':'x'},'n':{'\\u004E':'1'},'f':{'BO\\u004fL':true}"));
        samples.add(new Sample(
                "escapes in members",
                "{'event\\u004eame':'MODI\\u0046Y','event\\u0056ersion':'1.1',"
                        + "'dynam\\u006fdb':{'\\u004beys':{'pk':{'S':'a'}},"
                        + "'New\\u0049mage':{'n':{'N':'1'}},'Approximate\\u0043reationDateTime':'171903987\\u0039',"
                        + "'ApproximateCreationDateTimePrecision':'SECON\\u0044'}}"));
        samples.add(image("escaped B", "'b':{'B':'Pz8\\/AA\\u003d\\u003d'},'bs':{'BS':['Pz8\\/','AA\\u003d=']}"));
        samples.add(new Sample(
                "escaped B that may be encoded twice",
                kinesis(
                        "MODIFY",
                        "'NewImage':{'b':{'B':'UHo4Lw=\\u003d'}},"
                                + "'OldImage':{'b':{'B':'QUE9PQ=\\u003d'}},'SizeBytes':9")));
        samples.add(image(
                "sets",
                "'ss':{'SS':['a','','h\u00e9']},'ns':{'NS':['1','2.50','1E3']},'bs':{'BS':['AA==','AAAA','']}"));
        samples.add(image("empty", "'s':{'S':''},'l':{'L':[]},'m':{'M':{}},'b':{'B':''},'ss':{'SS':[]}"));
        samples.add(image("deep L and M", "'d':" + "{'L':[{'M':{'n':".repeat(16) + "{'N':'1.5'}" + "}}]}".repeat(16)));
        for (int width : new int[] {65, 257, 1000}) {
            StringBuilder attributes = new StringBuilder("'pk':{'S':'a'}");
            for (int i = 0; i < width; i++) {
                attributes
                        .append(",'attribute")
                        .append(i)
                        .append("':{'N':'")
                        .append(i)
                        .append("'}");
            }
            samples.add(image("an item of " + width + " attributes", attributes.toString()));
            samples.add(new Sample(
                    "two images of " + width + " attributes",
                    stream("MODIFY", "'NewImage':{" + attributes + "},'OldImage':{" + attributes + ",'z':{'N':'1'}}")));
        }
        samples.add(image("a long name", "'" + "n".repeat(300) + "':{'N':'1'},'" + "o".repeat(300) + "':{'N':'2'}"));
        samples.add(image("a long escaped name", "'" + "\\u006e".repeat(300) + "':{'N':'1'},'\\u006f':{'N':'2'}"));
        for (String time : List.of(
                "1719039879",
                "1719039879869591",
                "1719039879.869591",
                "1.719039879869591E9",
                "1719039879000e-3",
                "-1719039879869",
                "17190398798695911234",
                "'1719039879.5'",
                "'2024-06-22T07:04:39.869Z'",
                "'2024-06-22T07:04+02:00'",
                "'2024-06-22T07:04\\u003a39Z'")) {
            samples.add(time(time));
        }
        for (boolean twice : new boolean[] {false, true}) {
            for (int size : new int[] {1, 17, 4000}) {
                String b = binary(size, twice);
                String item = "{'b':{'B':'" + b + "'},'bs':{'BS':['" + b + "']},'n':{'N':'123456789012345678901'}}";
                samples.add(new Sample(
                        "B of " + size + " bytes, twice: " + twice,
                        kinesis("MODIFY", "'NewImage':" + item + ",'OldImage':" + item + ",'SizeBytes':" + size)));
            }
        }
        samples.add(new Sample(
                "userIdentity",
                "{'eventName':'REMOVE','userIdentity':{'type':'Service','principalId':'dynamodb.amazonaws.com'},"
                        + "'dynamodb':{'Keys':{'pk':{'S':'a'}}}}"));
        samples.add(new Sample(
                "unknown members",
                "{'more':[1,-2.5e3,{'a':[true,null,'\\u00e9\u00e9']}],'eventName':'INSERT','eventVersion':1.1,"
                        + "'dynamodb':{'x':{},'Keys':{'pk':{'S':'a'}},'SizeBytes':1.0,'y':[]},'z':'z'}"));
        samples.add(new Sample(
                "an incremental export",
                "{'Metadata':{'WriteTimestampMicros':{'N':'1719039879869591'}},'Keys':{'pk':{'S':'a'}},"
                        + "'NewImage':{'n':{'N':'1'}},'OldImage':{'n':{'N':'2'}}}"));
        samples.add(new Sample(
                "an incremental export with white space",
                "{ 'Keys' : { 'pk' : { 'S' : 'a' } } ,\n "
                        + "'Metadata' : { 'WriteTimestampMicros' : 1719039879869591 } }"));
        samples.add(new Sample("a full export", "{'Item':{'pk':{'S':'a'},'n':{'N':'1'}}}"));
        return samples;
    }
}
