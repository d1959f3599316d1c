package reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one bare change record or one line of an export, or refuses it with a {@link ReferenceRefusal}. */
public final class ReferenceDecoder {
    private static final Map<String, String> TOP_MEMBERS = Members.known(
            "eventID",
            "eventName",
            "eventSource",
            "eventVersion",
            "eventSourceARN",
            "awsRegion",
            "tableName",
            "recordFormat",
            "userIdentity",
            "dynamodb");
    private static final Map<String, String> CHANGE_MEMBERS = Members.known(
            "ApproximateCreationDateTime",
            "ApproximateCreationDateTimePrecision",
            "Keys",
            "NewImage",
            "OldImage",
            "SequenceNumber",
            "SizeBytes",
            "StreamViewType");
    private static final Map<String, String> IDENTITY_MEMBERS =
            Map.of("type", "type", "Type", "type", "principalId", "principalId", "PrincipalId", "principalId");
    private static final Map<String, String> LINE_MEMBERS = Members.known("Metadata", "Keys", "NewImage", "OldImage");

    private final ReferenceOptions options;
    private final ItemReader items;

    public ReferenceDecoder() {
        this(ReferenceOptions.defaults());
    }

    public ReferenceDecoder(ReferenceOptions options) {
        this.options = options;
        this.items = new ItemReader(options);
    }

    public ReferenceEvent decode(byte[] bytes) {
        if (bytes.length > options.maxRecordBytes()) {
            throw new ReferenceRefusal("RECORD_LIMIT", "bytes");
        }
        if (!(JsonReader.read(bytes) instanceof Json.Obj top)) {
            throw notAnEvent();
        }
        if (top.has("dynamodb")) {
            return changeRecord(top);
        } else if (isEnvelope(top)) {
            throw notAnEvent();
        } else if (top.has("Keys")) {
            return incrementalLine(top);
        } else if (top.has("Item")) {
            return fullLine(top);
        }
        throw notAnEvent();
    }

    private static boolean isEnvelope(Json.Obj top) {
        if (top.all("Records").stream().anyMatch(Json.Arr.class::isInstance)) {
            return true;
        }
        for (Json records : top.all("records")) {
            if (records instanceof Json.Arr array) {
                boolean isFirehose = array.elements().isEmpty()
                        ? top.has("requestId") || top.has("invocationId")
                        : array.elements().stream().anyMatch(ReferenceDecoder::isFirehoseRecord);
                if (isFirehose) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isFirehoseRecord(Json element) {
        return element instanceof Json.Obj record && (record.has("data") || record.has("kafkaRecordValue"));
    }

    private ReferenceEvent changeRecord(Json.Obj topObject) {
        Members top = new Members(topObject, TOP_MEMBERS);
        Members change = new Members(Members.requireObject(top.require("dynamodb"), "dynamodb"), CHANGE_MEMBERS);
        ReferenceEvent.Draft event = new ReferenceEvent.Draft();
        event.eventNameText = top.text("eventName");
        event.eventId = top.text("eventID");
        event.eventSource = top.text("eventSource");
        event.eventVersion = top.textOrNumber("eventVersion");
        event.eventSourceArn = top.text("eventSourceARN");
        event.awsRegion = top.text("awsRegion");
        event.tableName = top.text("tableName");
        event.recordFormat = top.text("recordFormat");
        event.userIdentity = identity(top.get("userIdentity"));
        event.keys = items.item(change.require("Keys"));
        event.newImage = image(change.get("NewImage"));
        event.oldImage = image(change.get("OldImage"));
        event.sequenceNumber = change.text("SequenceNumber");
        event.sizeBytes = change.integer("SizeBytes");
        event.streamViewType = change.text("StreamViewType");
        boolean isMarkedKinesis = event.tableName != null || event.recordFormat != null;
        event.channel = isMarkedStreams(event) ? "STREAMS" : isMarkedKinesis ? "KINESIS" : "UNKNOWN";
        if (event.tableName == null && event.eventSourceArn != null) {
            event.tableName = tableNameIn(event.eventSourceArn);
        }

        String stated = change.text("ApproximateCreationDateTimePrecision");
        Json at = change.get("ApproximateCreationDateTime");
        TimeReader.Reading reading = at == null ? null : TimeReader.read(at, stated, options.timePrecision());
        event.time = reading == null ? null : reading.time();
        new BinaryRule(event, options).apply(isMarkedKinesis, reading == null ? null : reading.unit());
        return event.toEvent();
    }

    private static boolean isMarkedStreams(ReferenceEvent.Draft event) {
        return event.eventVersion != null
                || event.eventSourceArn != null
                || event.sequenceNumber != null
                || event.streamViewType != null;
    }

    private ReferenceEvent incrementalLine(Json.Obj lineObject) {
        Members line = new Members(lineObject, LINE_MEMBERS);
        ReferenceEvent.Draft event = new ReferenceEvent.Draft();
        event.channel = "EXPORT";
        event.time = writeTime(line.require("Metadata"));
        event.keys = items.item(line.require("Keys"));
        event.newImage = image(line.get("NewImage"));
        event.oldImage = image(line.get("OldImage"));
        event.eventNameText = event.newImage == null ? "REMOVE" : event.oldImage == null ? "INSERT" : "MODIFY";
        new BinaryRule(event, options).apply(false, null);
        return event.toEvent();
    }

    /** {@code {"WriteTimestampMicros":{"N":"…"}}}, or a number or its text there: always microseconds. */
    private RefTime writeTime(Json metadata) {
        String name = "WriteTimestampMicros";
        Json value = new Members(Members.requireObject(metadata, "Metadata"), Members.known(name)).require(name);
        if (value instanceof Json.Num number) {
            return TimeReader.number(number.text(), TimeReader.Unit.MICROSECOND, null)
                    .time();
        }
        if (value instanceof Json.Str text) {
            return TimeReader.attributeNumber(text.text(), TimeReader.Unit.MICROSECOND, null)
                    .time();
        }
        if (items.single(value) instanceof RefValue.Numeral number) {
            return TimeReader.attributeNumber(number.text(), TimeReader.Unit.MICROSECOND, null)
                    .time();
        }
        throw new ReferenceRefusal("WRONG_TYPE", name);
    }

    private ReferenceEvent fullLine(Json.Obj lineObject) {
        Map<String, RefValue> item = image(new Members(lineObject, Members.known("Item")).require("Item"));
        if (item == null) {
            throw new ReferenceRefusal("MISSING_FIELD", "Item");
        }
        ReferenceEvent.Draft event = new ReferenceEvent.Draft();
        event.channel = "EXPORT";
        event.eventNameText = "INSERT";
        event.newImage = item;
        event.keys = keysIn(item, options.keyAttributes());
        event.keysFromItem = true;
        new BinaryRule(event, options).apply(false, null);
        return event.toEvent();
    }

    private static Map<String, RefValue> keysIn(Map<String, RefValue> item, List<String> names) {
        Map<String, RefValue> keys = new LinkedHashMap<>();
        for (String name : names) {
            RefValue value = item.get(name);
            if (value == null) {
                throw new ReferenceRefusal("MISSING_FIELD", "key attribute");
            }
            keys.put(name, value);
        }
        return keys;
    }

    private @Nullable Map<String, RefValue> image(@Nullable Json node) {
        Map<String, RefValue> item = node == null ? Map.of() : items.item(node);
        return item.isEmpty() ? null : item;
    }

    private static @Nullable RefIdentity identity(@Nullable Json node) {
        if (node == null) {
            return null;
        }
        Members identity = new Members(Members.requireObject(node, "userIdentity"), IDENTITY_MEMBERS);
        return new RefIdentity(identity.text("type"), identity.text("principalId"));
    }

    /** {@code arn:aws:dynamodb:region:account:table/NAME/stream/…} */
    private static @Nullable String tableNameIn(String arn) {
        String[] parts = arn.split(":", 6);
        if (parts.length < 6 || !parts[0].equals("arn") || !parts[2].equals("dynamodb")) {
            return null;
        }
        String[] resource = parts[5].split("/", -1);
        return resource.length > 1 && resource[0].equals("table") && !resource[1].isEmpty() ? resource[1] : null;
    }

    private static ReferenceRefusal notAnEvent() {
        return new ReferenceRefusal("NOT_AN_EVENT", "no record or export line");
    }
}
