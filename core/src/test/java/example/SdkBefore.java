package example;

import static example.Stations.save;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Reads a record of AWS SDK 2 as is usual, for docs/migrating.md. */
@SuppressWarnings("NullAway") // as such code is
final class SdkBefore {
    private SdkBefore() {}

    // migrating.md: a record of the SDK
    static void read(Record record) {
        StreamRecord change = record.dynamodb();
        if (change.hasNewImage()) {
            Map<String, AttributeValue> image = change.newImage();
            AttributeValue notice = image.get("notice");
            save(
                    change.keys().get("station_id").s(),
                    Integer.parseInt(image.get("bikes").n()),
                    notice == null ? null : notice.s(),
                    image.get("firmware").b().asByteArray(),
                    change.approximateCreationDateTime().toEpochMilli());
        }
    }
    // migrating.md: end
}
