package example;

import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The guide's recipe for a flat row of a change, as warehouses load them. */
@SuppressWarnings("StatementSwitchToExpressionSwitch") // readers of the guide may be on Java 11
final class WarehouseRow {
    private static final JsonTexts JSON = new JsonTexts();

    private WarehouseRow() {}

    // objects.md: a warehouse row
    static Map<String, @Nullable Object> of(ChangeEvent event) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        Item image = event.newImage();
        Item old = event.oldImage();
        CreationTime time = event.approximateCreationDateTime();
        (image == null ? event.keys() : image).forEach((name, value) -> row.put(name, column(value)));
        row.put("_deleted", event.eventName() == EventName.REMOVE);
        row.put("_ts_us", time == null ? null : time.epochMicros());
        row.put("_old", old == null ? null : JSON.map(old.toMap(JSON)));
        return row;
    }

    private static @Nullable Object column(AttributeValue value) {
        switch (value.type()) {
            case L:
            case M:
            case SS:
            case NS:
            case BS:
                return value.to(JSON);
            default:
                return value.toObject(); // String, BigDecimal, byte[], Boolean or null
        }
    }
    // objects.md: end
}
