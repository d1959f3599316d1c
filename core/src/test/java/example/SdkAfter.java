package example;

import software.amazon.awssdk.services.dynamodb.model.Record;

/** Reads a record of AWS SDK 2 through the recipe of docs/objects.md, for docs/migrating.md. */
final class SdkAfter {
    private SdkAfter() {}

    // migrating.md: the same as an event
    static void read(Record record) {
        StationChanges.read(SdkRecords.toEvent(record));
    }
    // migrating.md: end
}
