package example;

import example.Kcl.KinesisClientRecord;
import example.Kcl.ProcessRecordsInput;
import example.Kcl.ShardRecordProcessor;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;

// README: a consumer of the Kinesis Client Library
final class StationProcessor implements ShardRecordProcessor {
    private static final ItemMapper ITEMS = ItemMapper.create();
    private final DecodeSession session = ChangeEventDecoder.create().newSession(); // one for each shard
    private final Store store;
    private final System.Logger log = System.getLogger("stations");

    StationProcessor(Store store) {
        this.store = store;
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
        for (KinesisClientRecord record : input.records()) {
            try {
                ChangeEvent event = session.decode(record.data());
                Item image = event.newImage();
                if (image != null) {
                    store.save(ITEMS.read(image, Station.class)); // nothing in it refers to the session
                }
            } catch (DecodeException | ItemMappingException e) {
                log.log(System.Logger.Level.WARNING, e.getMessage()); // no value, no attribute name
            }
            input.checkpointer().checkpoint(record.sequenceNumber());
        }
    }
}
// README: end
