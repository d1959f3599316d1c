package example;

import static example.Stations.save;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A function as it is usually written with aws-lambda-java-events, for docs/migrating.md. */
@SuppressWarnings({"JavaUtilDate", "NullAway"}) // as such code is
// migrating.md: a function with Lambda's classes
public final class LambdaBefore implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
        List<BatchItemFailure> failed = new ArrayList<>();
        for (DynamodbStreamRecord record : event.getRecords()) {
            try {
                read(record);
            } catch (RuntimeException e) {
                failed.add(new BatchItemFailure(record.getDynamodb().getSequenceNumber()));
                break; // Lambda sends this record and all later ones again
            }
        }
        return new StreamsEventResponse(failed);
    }

    static void read(DynamodbStreamRecord record) {
        StreamRecord change = record.getDynamodb();
        Map<String, AttributeValue> image = change.getNewImage();
        if (image != null) {
            AttributeValue notice = image.get("notice");
            ByteBuffer firmware = image.get("firmware").getB();
            byte[] bytes = new byte[firmware.remaining()];
            firmware.duplicate().get(bytes);
            save(
                    change.getKeys().get("station_id").getS(),
                    Integer.parseInt(image.get("bikes").getN()),
                    notice == null ? null : notice.getS(),
                    bytes,
                    change.getApproximateCreationDateTime().getTime());
        }
    }
}
// migrating.md: end
