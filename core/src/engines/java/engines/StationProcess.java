package engines;

import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeSession;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Maps records to changes, and sends the records that it cannot use to a side output. */
@SuppressWarnings({"NullAway.Init", "serial", "ArrayRecordComponent"}) // open initializes the session
// docs/engines.md: a side output
public final class StationProcess extends ProcessFunction<byte[], StationChange> {
    public record BadRecord(byte[] bytes, String failure) {}

    public static final OutputTag<BadRecord> BAD = new OutputTag<>("bad records") {};

    private final ChangeEventDecoder decoder;
    private transient DecodeSession session;

    public StationProcess(ChangeEventDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public void open(OpenContext context) {
        session = decoder.newSession();
    }

    @Override
    public void processElement(byte[] message, Context context, Collector<StationChange> out) {
        StationChange change;
        try {
            change = StationChange.of(session.decode(message));
        } catch (DecodeException | AttributeValueException e) {
            context.output(BAD, new BadRecord(message, String.valueOf(e.getMessage()))); // without values and names
            return;
        }
        out.collect(change);
    }
}
// docs/engines.md: end
