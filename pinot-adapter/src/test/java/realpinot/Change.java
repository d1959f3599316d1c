package realpinot;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** The bytes of change records as Kinesis delivers them, from members in DynamoDB's JSON. */
final class Change {
    private final String eventName;
    private final String keys;
    private String tableName = "stock";
    private @Nullable String time;
    private @Nullable String precision;
    private @Nullable String newImage;
    private @Nullable String oldImage;

    private Change(String eventName, String keys) {
        this.eventName = eventName;
        this.keys = keys;
    }

    /** Of an item whose key is the attribute {@code id}. */
    static Change of(String eventName, String id) {
        return withKeys(eventName, "\"id\":{\"S\":\"" + id + "\"}");
    }

    static Change withKeys(String eventName, String keys) {
        return new Change(eventName, keys);
    }

    Change ofTable(String name) {
        tableName = name;
        return this;
    }

    /** A time as the stream writes it; its unit by magnitude. */
    Change at(long number) {
        time = String.valueOf(number);
        return this;
    }

    /** The precision that the stream states. */
    Change stated(String unit) {
        precision = unit;
        return this;
    }

    /** The attributes of NewImage, those of Keys included without being named. */
    Change now(String attributes) {
        newImage = attributes;
        return this;
    }

    /** The attributes of OldImage, those of Keys included without being named. */
    Change before(String attributes) {
        oldImage = attributes;
        return this;
    }

    byte[] bytes() {
        StringBuilder change = new StringBuilder("\"Keys\":{" + keys + "}");
        append(change, "ApproximateCreationDateTime", time);
        append(change, "NewImage", image(newImage));
        append(change, "OldImage", image(oldImage));
        append(change, "ApproximateCreationDateTimePrecision", precision == null ? null : "\"" + precision + "\"");
        String record = "{\"eventName\":\"" + eventName + "\",\"tableName\":\"" + tableName
                + "\",\"recordFormat\":\"application/json\",\"userIdentity\":null,\"dynamodb\":{" + change + "}}";
        return record.getBytes(UTF_8);
    }

    private @Nullable String image(@Nullable String attributes) {
        return attributes == null ? null : "{" + keys + (attributes.isEmpty() ? "" : "," + attributes) + "}";
    }

    private static void append(StringBuilder change, String name, @Nullable String value) {
        if (value != null) {
            change.append(",\"").append(name).append("\":").append(value);
        }
    }
}
