package example;

import static example.YourCode.park;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;
import java.util.ArrayList;
import java.util.List;

/** The function for a Kinesis stream in docs/migrating.md, which decodes the records of Lambda's class. */
// migrating.md: the same with Lambda's class
public final class KinesisAfter implements RequestHandler<KinesisEvent, StreamsEventResponse> {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        List<BatchItemFailure> failed = new ArrayList<>();
        for (KinesisEventRecord record : event.getRecords()) {
            String sequenceNumber = record.getKinesis().getSequenceNumber();
            DecodeResult result = DECODER.tryDecode(record.getKinesis().getData());
            DecodeException failure = result.failure();
            if (failure != null) {
                park(sequenceNumber, failure); // a retry would fail the same way
                continue;
            }
            try {
                StationChanges.read(result.orElseThrow());
            } catch (AttributeValueException e) {
                park(sequenceNumber, null); // a sound record of another shape: a retry would fail the same way
            } catch (RuntimeException e) {
                failed.add(new BatchItemFailure(sequenceNumber)); // the sink failed: a retry may succeed
                break;
            }
        }
        return new StreamsEventResponse(failed);
    }
}
// migrating.md: end
