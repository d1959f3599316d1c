package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.util.ArrayList;
import java.util.List;

/** A function for a Kinesis stream as it is usually written, for docs/migrating.md. */
// migrating.md: a function for Kinesis
public final class KinesisBefore implements RequestHandler<KinesisEvent, StreamsEventResponse> {
    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        List<BatchItemFailure> failed = new ArrayList<>();
        for (KinesisEventRecord record : event.getRecords()) {
            try {
                JacksonBefore.read(record.getKinesis().getData().array());
            } catch (Exception e) { // a record that fails on every retry blocks its shard
                failed.add(new BatchItemFailure(record.getKinesis().getSequenceNumber()));
                break;
            }
        }
        return new StreamsEventResponse(failed);
    }
}
// migrating.md: end
