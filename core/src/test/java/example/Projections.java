package example;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.StreamViewType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Java code of docs/projection.md. */
final class Projections {
    private Projections() {}

    // projection.md: some attributes of one image
    static final ChangeEventDecoder STATIONS = ChangeEventDecoder.builder()
            .attributes("name", "bikes") // of both images
            .images(StreamViewType.NEW_IMAGE) // of which only the new one can be seen
            .build();

    static Map<String, @Nullable Object> row(byte[] record) {
        ChangeEvent event = STATIONS.decode(record);
        Map<String, @Nullable Object> row = new LinkedHashMap<>(event.keys().toMap()); // complete: never projected
        Item image = event.newImage();
        if (image != null) {
            row.putAll(image.toMap()); // name and bikes at most; an attribute that is absent is not in the map
        }
        return row;
    }
    // projection.md: end

    // projection.md: a full export
    static final ChangeEventDecoder EXPORT = ChangeEventDecoder.builder()
            .keyAttributes("station_id") // which a line of a full export does not name
            .attributes("bikes") // keys() has station_id all the same
            .build();
    // projection.md: end

    // projection.md: what changed
    static final ChangeEventDecoder NAMES =
            ChangeEventDecoder.builder().attributes("name").build();

    /** Returns whether the change is one of the visible attributes: equality compares only these. */
    static boolean concerns(ChangeEvent event) {
        return !Objects.equals(event.oldImage(), event.newImage());
    }
    // projection.md: end

    // projection.md: a consumer of any event
    static Map<String, @Nullable Object> wholeItem(Item image) {
        if (image.projected()) { // otherwise a row that replaces another would lose columns
            throw new IllegalArgumentException("the decoder leaves out attributes");
        }
        return image.toMap();
    }
    // projection.md: end
}
