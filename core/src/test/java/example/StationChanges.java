package example;

import static example.Stations.save;

import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.Item;

/** What each of the functions in docs/migrating.md becomes. */
final class StationChanges {
    private StationChanges() {}

    // migrating.md: the values of an event
    static void read(ChangeEvent event) {
        Item image = event.newImage();
        CreationTime time = event.approximateCreationDateTime();
        if (image != null && time != null) {
            AttributeValue notice = image.get("notice"); // null if it is absent; NULL is a value
            save(
                    event.keys().require("station_id").asString(),
                    image.require("bikes").asInt(),
                    notice == null || notice.type() == AttributeType.NULL ? null : notice.asString(),
                    image.require("firmware").asBytes(),
                    time.epochMillis());
        }
    }
    // migrating.md: end
}
