package example;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import example.Lambda.Context;
import example.Lambda.RequestStreamHandler;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

// README: a Lambda handler
final class StationHandler implements RequestStreamHandler {
    record StreamBatch(@JsonProperty("Records") List<ChangeEvent> records) {}

    static final JsonMapper JSON =
            JsonMapper.builder().addModule(new DynamoDbModule()).build();
    static final ItemMapper ITEMS = ItemMapper.create(); // or of(your ObjectMapper); immutable and thread-safe

    private final Store store;

    StationHandler(Store store) {
        this.store = store;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        for (ChangeEvent event : JSON.readValue(input, StreamBatch.class).records()) {
            Item image = event.newImage();
            if (image != null) {
                store.save(ITEMS.read(image, Station.class));
            } else if (event.eventName() == EventName.REMOVE) {
                store.delete(ITEMS.read(event.keys(), Station.Key.class));
            }
        }
    }
}
// README: end
