package io.github.dynamodbcdc.pinot;

/** Records with what all channels have, their time in microseconds and their binary encoded once. */
final class Change {
    static final String ID = "\"id\":{\"S\":\"k1\"}";
    static final String TIME = "1719039879869591";

    private String eventName = "\"INSERT\"";
    private String time = "\"ApproximateCreationDateTime\":" + TIME + ",";
    private String keys = ID;
    private String images = "";
    private String envelope = ",\"tableName\":\"orders\"";

    static Change of(String eventName) {
        Change change = new Change();
        change.eventName = "\"" + eventName + "\"";
        return change;
    }

    /** An INSERT whose image has these attributes beside the key. */
    static String insert(String attributes) {
        return of("INSERT").newImage(attributes).json();
    }

    Change newImage(String attributes) {
        images += ",\"NewImage\":{" + ID + (attributes.isEmpty() ? "" : "," + attributes) + "}";
        return this;
    }

    Change oldImage(String attributes) {
        images += ",\"OldImage\":{" + ID + (attributes.isEmpty() ? "" : "," + attributes) + "}";
        return this;
    }

    /** In place of all images, members with a comma before each. */
    Change images(String members) {
        images = members;
        return this;
    }

    Change keys(String attributes) {
        keys = attributes;
        return this;
    }

    Change time(String json) {
        time = json.isEmpty() ? "" : "\"ApproximateCreationDateTime\":" + json + ",";
        return this;
    }

    /** In place of the table's name. */
    Change envelope(String members) {
        envelope = members.isEmpty() ? "" : "," + members;
        return this;
    }

    String json() {
        // With an eventVersion, which the Kinesis channel does not have, binary is taken as encoded once.
        return "{\"eventName\":" + eventName + envelope + ",\"eventVersion\":\"1.1\",\"dynamodb\":{" + time
                + "\"Keys\":{" + keys + "}" + images + "}}";
    }
}
