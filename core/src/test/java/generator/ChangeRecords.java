package generator;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import reference.Json;
import reference.RefIdentity;
import reference.ReferenceEvent;

/** Bare change records, as a stream, Kinesis, or a source without distinctive members sends them. */
final class ChangeRecords {
    /** An event, and its JSON. */
    record Written(ReferenceEvent event, Json json) {}

    private static final Set<String> TOP_MEMBERS = Set.of(
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
    private static final Set<String> CHANGE_MEMBERS = Set.of(
            "ApproximateCreationDateTime",
            "ApproximateCreationDateTimePrecision",
            "Keys",
            "NewImage",
            "OldImage",
            "SequenceNumber",
            "SizeBytes",
            "StreamViewType");
    private static final Set<String> IDENTITY_MEMBERS = Set.of("type", "Type", "principalId", "PrincipalId");

    private final Chance chance;
    private final boolean isWild;
    private final ReferenceEvent.Draft event = new ReferenceEvent.Draft();
    private final MemberList top;
    private final MemberList change;

    private ChangeRecords(Chance chance, boolean isWild) {
        this.chance = chance;
        this.isWild = isWild;
        this.top = new MemberList(chance, isWild);
        this.change = new MemberList(chance, isWild);
    }

    static Written write(Chance chance, Images images, String channel, boolean isWild) {
        return new ChangeRecords(chance, isWild).write(images, channel);
    }

    private Written write(Images images, String channel) {
        BinaryPlan plan = BinaryPlan.of(chance, images, channel);
        event.channel = channel;
        common(images.eventName());
        if (channel.equals("STREAMS")) {
            streamsMarks();
        }
        if (channel.equals("KINESIS")) {
            kinesisMarks();
        }
        identity();
        time(channel, plan);
        images(images, plan);
        sizeBytes(plan);
        top.add("dynamodb", change.toObject());
        change.addUnknown(CHANGE_MEMBERS, "keys", "eventName", "Item", "newImage", "sequenceNumber");
        top.addUnknown(
                TOP_MEMBERS, "Records", "records", "Keys", "Item", "Metadata", "eventname", "NewImage", "kinesis");
        return new Written(event.toEvent(), top.toObject());
    }

    private void common(@Nullable String eventName) {
        event.eventNameText = eventName;
        event.eventId = chance.oneIn(8) ? null : Texts.word(chance, 32);
        event.eventSource = chance.oneIn(8) ? null : "aws:dynamodb";
        event.awsRegion = chance.oneIn(8) ? null : chance.of("eu-west-1", "us-east-1", Texts.string(chance));
        top.add("awsRegion", event.awsRegion);
        top.add("eventID", event.eventId);
        top.add("eventName", event.eventNameText);
        top.add("eventSource", event.eventSource);
    }

    /** Adds at least one of the four members that identify a stream's record. */
    private void streamsMarks() {
        event.eventVersion = maybe(chance.of("1.1", "1.0", "1"));
        event.eventSourceArn = maybe(chance.of(
                "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2024-06-22T07:04:39.869",
                "arn:aws-cn:dynamodb:cn-north-1:123456789012:table/a.b-c_d/stream/x",
                "arn:aws:kinesis:eu-west-1:123456789012:stream/orders"));
        event.sequenceNumber = maybe(Texts.digits(chance, chance.between(1, 40)));
        event.streamViewType =
                maybe(chance.of("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "NEW_KIND", ""));
        if (event.eventVersion == null && event.eventSourceArn == null && event.streamViewType == null) {
            event.sequenceNumber = Texts.digits(chance, 21);
        }
        top.add("eventVersion", version(event.eventVersion));
        top.add("eventSourceARN", event.eventSourceArn);
        change.add("SequenceNumber", event.sequenceNumber);
        change.add("StreamViewType", event.streamViewType);
        event.tableName = chance.oneIn(6) ? "emulated" : null;
        top.add("tableName", event.tableName);
        String arn = event.eventSourceArn;
        if (event.tableName == null && arn != null && arn.contains(":table/")) {
            event.tableName = arn.contains("orders") ? "orders" : "a.b-c_d";
        }
    }

    private void kinesisMarks() {
        event.tableName = maybe(chance.of("orders", "", Texts.string(chance)));
        event.recordFormat = event.tableName == null ? "application/json" : maybe("application/json");
        top.add("tableName", event.tableName);
        top.add("recordFormat", event.recordFormat);
    }

    private void identity() {
        if (chance.oneIn(2)) {
            top.add("userIdentity", (Json) null);
            return;
        }
        boolean isService = chance.oneIn(2);
        String type = maybe(isService ? "Service" : Texts.string(chance));
        String principal = maybe(isService ? "dynamodb.amazonaws.com" : Texts.string(chance));
        MemberList identity = new MemberList(chance, isWild);
        identity.add(chance.of("type", "Type"), type);
        identity.add(chance.of("principalId", "PrincipalId"), principal);
        identity.addUnknown(IDENTITY_MEMBERS, "TYPE", "principalID", "dynamodb");
        event.userIdentity = new RefIdentity(type, principal);
        top.add("userIdentity", identity.toObject());
    }

    private void time(String channel, BinaryPlan plan) {
        Times times;
        do {
            times = anyTime(channel);
        } while (!plan.allowsTime().test(times.unit()));
        event.time = times.time();
        change.add("ApproximateCreationDateTime", times.written());
        change.add("ApproximateCreationDateTimePrecision", times.stated());
    }

    private Times anyTime(String channel) {
        return switch (chance.between(0, 9)) {
            case 0 -> Times.absent(chance);
            case 1 -> Times.iso(chance);
            case 2 -> Times.fraction(chance, chance.of("SECOND", "MILLISECOND", "MICROSECOND"));
            case 3 -> Times.zero(chance);
            case 4, 5 -> Times.number(chance, chance.of("SECOND", "MILLISECOND", "MICROSECOND", "NANOSECOND"));
            default ->
                Times.number(
                        chance,
                        channel.equals("STREAMS") ? "SECOND" : chance.of("MILLISECOND", "MICROSECOND", "SECOND"));
        };
    }

    private void images(Images images, BinaryPlan plan) {
        JsonForm form = new JsonForm(chance, plan.isTwice());
        event.keys = images.keys();
        event.newImage = Images.known(images.newImage());
        event.oldImage = Images.known(images.oldImage());
        event.binaryEncoding = images.binaries().isEmpty() ? null : plan.isTwice() ? "DOUBLE" : "SINGLE";
        change.add("Keys", form.item(event.keys));
        change.add("NewImage", images.newImage() == null ? null : form.item(images.newImage()));
        change.add("OldImage", images.oldImage() == null ? null : form.item(images.oldImage()));
    }

    private void sizeBytes(BinaryPlan plan) {
        event.sizeBytes = plan.sizeBytes();
        if (event.sizeBytes != null) {
            change.add("SizeBytes", new Json.Num(String.valueOf(event.sizeBytes)));
        } else {
            change.add(
                    "SizeBytes",
                    isWild && chance.oneIn(3)
                            ? new Json.Num(chance.of("1.0", "1e3", "9223372036854775808", "-9223372036854775809"))
                            : null);
        }
    }

    private @Nullable String maybe(String text) {
        return chance.oneIn(5) ? null : text;
    }

    private @Nullable Json version(@Nullable String version) {
        if (version == null) {
            return null;
        }
        return chance.oneIn(4) ? new Json.Num(version) : new Json.Str(version);
    }
}
