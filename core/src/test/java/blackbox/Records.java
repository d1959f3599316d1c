package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Item;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/** Records in the shapes of each channel. JSON is written with single quotes, which stand for double ones. */
final class Records {
    /** Strict, with the defaults. */
    static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    /** Accepts type descriptors that DynamoDB does not have. */
    static final ChangeEventDecoder ACCEPTS_UNKNOWN =
            ChangeEventDecoder.builder().unknownDescriptors(true).build();

    private static final Map<AttributeType, String> OF_EACH_TYPE = Map.ofEntries(
            Map.entry(AttributeType.S, "{'S':'canary'}"),
            Map.entry(AttributeType.N, "{'N':'8675309'}"),
            Map.entry(AttributeType.B, "{'B':'Y2FuYXJ5'}"),
            Map.entry(AttributeType.BOOL, "{'BOOL':true}"),
            Map.entry(AttributeType.NULL, "{'NULL':true}"),
            Map.entry(AttributeType.SS, "{'SS':['canary','canary2']}"),
            Map.entry(AttributeType.NS, "{'NS':['8675309','-8675309']}"),
            Map.entry(AttributeType.BS, "{'BS':['Y2FuYXJ5','AA==']}"),
            Map.entry(AttributeType.L, "{'L':[{'S':'canary'},{'N':'8675309'}]}"),
            Map.entry(AttributeType.M, "{'M':{'canary':{'S':'canary'}}}"),
            Map.entry(AttributeType.UNKNOWN, "{'XS':['canary']}"));

    private Records() {}

    /** The JSON of a value of this type, with canaries where it can hold text. */
    static String ofType(AttributeType type) {
        return Objects.requireNonNull(OF_EACH_TYPE.get(type));
    }

    static byte[] json(String singleQuoted) {
        return singleQuoted.replace('\'', '"').getBytes(UTF_8);
    }

    /** A record of Kinesis Data Streams for DynamoDB: these members of dynamodb beside Keys. */
    static String kinesis(String eventName, String members) {
        return "{'awsRegion':'eu-west-1','eventID':'e-1','eventName':'" + eventName + "','userIdentity':null,"
                + "'recordFormat':'application/json','tableName':'orders','dynamodb':{'Keys':{'pk':{'S':'a'}}"
                + (members.isEmpty() ? "" : "," + members) + "},'eventSource':'aws:dynamodb'}";
    }

    /** A record of DynamoDB Streams as GetRecords and Lambda give it. */
    static String stream(String eventName, String members) {
        return "{'eventID':'e-1','eventName':'" + eventName + "','eventVersion':'1.1','eventSource':'aws:dynamodb',"
                + "'awsRegion':'eu-west-1','dynamodb':{'Keys':{'pk':{'S':'a'}}"
                + (members.isEmpty() ? "" : "," + members) + "}}";
    }

    /** A record that holds nothing but an event's name, Keys and these members of dynamodb. */
    static String change(String eventName, String members) {
        return "{'eventName':'" + eventName + "','dynamodb':{'Keys':{'pk':{'S':'a'}}"
                + (members.isEmpty() ? "" : "," + members) + "}}";
    }

    static ChangeEvent decode(String record) {
        return DECODER.decode(json(record));
    }

    /** Why a record is refused. */
    static DecodeException refusal(ChangeEventDecoder decoder, String record) {
        return Objects.requireNonNull(decoder.tryDecode(json(record)).failure(), "the record was accepted");
    }

    static DecodeException refusal(String record) {
        return refusal(DECODER, record);
    }

    static Item newImage(ChangeEvent event) {
        return Objects.requireNonNull(event.newImage(), "newImage");
    }

    static Item oldImage(ChangeEvent event) {
        return Objects.requireNonNull(event.oldImage(), "oldImage");
    }

    /** An item from the JSON of its attributes. */
    static Item item(ChangeEventDecoder decoder, String attributes) {
        return newImage(decoder.decode(json(change("MODIFY", "'NewImage':" + attributes))));
    }

    static Item item(String attributes) {
        return item(DECODER, attributes);
    }

    /** An attribute value from its JSON. */
    static AttributeValue value(ChangeEventDecoder decoder, String json) {
        return item(decoder, "{'v':" + json + "}").require("v");
    }

    static AttributeValue value(String json) {
        return value(DECODER, json);
    }

    static AttributeValue number(String text) {
        return value("{'N':'" + text + "'}");
    }

    static String base64(byte... bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** As Kinesis Data Streams for DynamoDB encodes binary. */
    static String base64Twice(byte... bytes) {
        return base64(base64(bytes).getBytes(UTF_8));
    }
}
