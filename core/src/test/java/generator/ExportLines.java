package generator;

import java.util.Map;
import java.util.Set;
import reference.Json;
import reference.RefTime;
import reference.RefValue;
import reference.ReferenceEvent;

/** Lines of an export to S3. Their binary is always encoded once. */
final class ExportLines {
    private static final Set<String> CLASSIFYING =
            Set.of("dynamodb", "Records", "records", "Keys", "Item", "Metadata", "NewImage", "OldImage");
    private static final String[] LOOKALIKES = {"eventName", "tableName", "dynamoDB", "SizeBytes", "metadata", "item"};
    private static final long FIRST_MICRO = 157_766_400_000_000L;
    private static final long LAST_MICRO = 92_000_000_000_000_000L;

    private ExportLines() {}

    static ChangeRecords.Written incremental(Chance chance, Images images, boolean isWild) {
        ReferenceEvent.Draft event = draft(images.keys(), images);
        event.newImage = Images.known(images.newImage());
        event.oldImage = Images.known(images.oldImage());
        event.eventNameText = event.newImage == null ? "REMOVE" : event.oldImage == null ? "INSERT" : "MODIFY";
        JsonForm form = new JsonForm(chance, false);
        MemberList line = new MemberList(chance, isWild);
        line.add("Metadata", metadata(event, chance, isWild));
        line.add("Keys", form.item(event.keys));
        line.add("NewImage", images.newImage() == null ? null : form.item(images.newImage()));
        line.add("OldImage", images.oldImage() == null ? null : form.item(images.oldImage()));
        unknown(line, chance);
        return new ChangeRecords.Written(event.toEvent(), line.toObject());
    }

    static ChangeRecords.Written full(Chance chance, Images images, boolean isWild) {
        Map<String, RefValue> image = Images.known(images.newImage());
        Map<String, RefValue> item = image == null ? Map.of("id", new RefValue.Text("1")) : image;
        ReferenceEvent.Draft event = draft(Map.of(), new Images(null, Map.of(), item, null));
        event.newImage = item;
        event.eventNameText = "INSERT";
        event.keysFromItem = true;
        MemberList line = new MemberList(chance, isWild);
        line.add("Item", new JsonForm(chance, false).item(item));
        unknown(line, chance);
        return new ChangeRecords.Written(event.toEvent(), line.toObject());
    }

    private static ReferenceEvent.Draft draft(Map<String, RefValue> keys, Images images) {
        ReferenceEvent.Draft event = new ReferenceEvent.Draft();
        event.channel = "EXPORT";
        event.keys = keys;
        event.binaryEncoding = images.binaries().isEmpty() ? null : "SINGLE";
        return event;
    }

    private static Json metadata(ReferenceEvent.Draft event, Chance chance, boolean isWild) {
        long micros = chance.between(FIRST_MICRO, LAST_MICRO);
        event.time = new RefTime(micros / 1_000_000, (int) (micros % 1_000_000) * 1_000, "MICROSECOND", true);
        String text = String.valueOf(micros);
        MemberList metadata = new MemberList(chance, isWild);
        String asN = chance.of(text, text, "+" + text, "000" + text);
        Json value = chance.oneIn(3)
                ? new Json.Num(text)
                : chance.oneIn(3) ? new Json.Str(asN) : new JsonForm(chance, false).value(new RefValue.Numeral(asN));
        metadata.add("WriteTimestampMicros", value);
        metadata.addUnknown(Set.of("WriteTimestampMicros"), "WriteTimestampMillis", "N");
        return metadata.toObject();
    }

    private static void unknown(MemberList line, Chance chance) {
        line.addUnknown(CLASSIFYING, LOOKALIKES);
        if (chance.oneIn(20)) {
            // Not an array, which would be an envelope.
            line.add("Records", new Json.Num("5"));
        }
    }
}
