package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;

/** Items and events from JSON. */
final class Items {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private Items() {}

    /** Returns the item of DynamoDB JSON in which apostrophes replace quotation marks. */
    static Item item(String json) {
        return exact(json.replace('\'', '"'));
    }

    static Item exact(String json) {
        return event("{\"dynamodb\":{\"Keys\":" + json + "}}").keys();
    }

    static ChangeEvent event(String json) {
        return DECODER.decode(json.getBytes(UTF_8));
    }

    /** Returns a record of DynamoDB Streams with this new image, in which apostrophes replace quotation marks. */
    static String streamRecord(String newImage) {
        return ("{'eventID':'e1','eventName':'INSERT','eventVersion':'1.1','eventSource':'aws:dynamodb',"
                        + "'awsRegion':'eu-central-1','dynamodb':{'ApproximateCreationDateTime':1741938077,'Keys':{},"
                        + "'NewImage':" + newImage + ",'SequenceNumber':'17','StreamViewType':'NEW_IMAGE'}}")
                .replace('\'', '"');
    }
}
