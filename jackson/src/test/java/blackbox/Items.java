package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;

/** Items and events from their JSON. */
final class Items {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    private Items() {}

    /** The item of DynamoDB JSON; apostrophes stand for quotation marks. */
    static Item item(String json) {
        return exact(json.replace('\'', '"'));
    }

    static Item exact(String json) {
        // In a record, {} is an image that is absent.
        return requireNonNull(event("{\"Item\":{\"m\":{\"M\":" + json + "}}}").newImage())
                .require("m")
                .asItem();
    }

    static ChangeEvent event(String json) {
        return DECODER.decode(json.getBytes(UTF_8));
    }

    /** A change record of DynamoDB Streams with this new image; apostrophes stand for quotation marks. */
    static String streamRecord(String newImage) {
        return ("{'eventID':'e1','eventName':'INSERT','eventVersion':'1.1','eventSource':'aws:dynamodb',"
                        + "'awsRegion':'eu-central-1','dynamodb':{'ApproximateCreationDateTime':1741938077,'Keys':{},"
                        + "'NewImage':" + newImage + ",'SequenceNumber':'17','StreamViewType':'NEW_IMAGE'}}")
                .replace('\'', '"');
    }
}
