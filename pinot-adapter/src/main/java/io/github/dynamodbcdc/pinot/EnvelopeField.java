package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.StreamViewType;
import io.github.dynamodbcdc.UserIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of the event itself, as opposed to its attributes. A column has the field's name on the wire, or that name in
 * lower camel case.
 */
final class EnvelopeField {
    /** Emitted with {@link #CREATION_TIME} whenever all fields are wanted, because transforms use both. */
    static final String EVENT_NAME = "eventName";

    private static final String EVENT_ID = "eventID";

    /** The fields that all changes of an item have in common. */
    private static final Set<String> OF_THE_STREAM = Set.of(
            "eventSource",
            "eventVersion",
            "eventSourceARN",
            "awsRegion",
            "tableName",
            "recordFormat",
            "StreamViewType");

    /** Those of them that no setting of the stream can change while the item exists. */
    private static final Set<String> OF_THE_ITEM = Set.of("eventSource", "eventSourceARN", "awsRegion", "tableName");

    static final String CREATION_TIME = "ApproximateCreationDateTime";

    /** The kinds of values. */
    enum Kind {
        /** Texts. */
        TEXT,
        /** Texts of up to 40 digits. */
        SEQUENCE,
        /** Longs. */
        COUNT,
        /** True or false. */
        FLAG,
        /** The time of the change, which {@link ChangeTime} converts. */
        TIME
    }

    private static final Map<String, EnvelopeField> BY_NAME = byName(List.of(
            new EnvelopeField(Kind.TEXT, ChangeEvent::eventId, EVENT_ID, "eventId"),
            new EnvelopeField(Kind.TEXT, ChangeEvent::eventNameText, EVENT_NAME),
            new EnvelopeField(Kind.TEXT, ChangeEvent::eventSource, "eventSource"),
            new EnvelopeField(Kind.TEXT, ChangeEvent::eventVersion, "eventVersion"),
            new EnvelopeField(Kind.TEXT, ChangeEvent::eventSourceArn, "eventSourceARN", "eventSourceArn"),
            new EnvelopeField(Kind.TEXT, ChangeEvent::awsRegion, "awsRegion"),
            new EnvelopeField(Kind.TEXT, ChangeEvent::tableName, "tableName"),
            new EnvelopeField(Kind.TEXT, ChangeEvent::recordFormat, "recordFormat"),
            new EnvelopeField(Kind.TIME, event -> null, CREATION_TIME, "approximateCreationDateTime"),
            new EnvelopeField(Kind.SEQUENCE, ChangeEvent::sequenceNumber, "SequenceNumber", "sequenceNumber"),
            new EnvelopeField(Kind.COUNT, ChangeEvent::sizeBytes, "SizeBytes", "sizeBytes"),
            new EnvelopeField(Kind.TEXT, EnvelopeField::streamViewType, "StreamViewType", "streamViewType"),
            new EnvelopeField(Kind.TEXT, EnvelopeField::userIdentityType, "userIdentityType"),
            new EnvelopeField(Kind.TEXT, EnvelopeField::userIdentityPrincipalId, "userIdentityPrincipalId"),
            new EnvelopeField(Kind.FLAG, ChangeEvent::deletedByTimeToLive, "isTimeToLiveDelete")));

    final Kind kind;
    private final Function<ChangeEvent, @Nullable Object> value;
    private final String[] names;

    private EnvelopeField(Kind kind, Function<ChangeEvent, @Nullable Object> value, String... names) {
        this.kind = kind;
        this.value = value;
        this.names = names;
    }

    private static Map<String, EnvelopeField> byName(List<EnvelopeField> fields) {
        Map<String, EnvelopeField> byName = new HashMap<>();
        for (EnvelopeField field : fields) {
            for (String name : field.names) {
                byName.put(name, field);
            }
        }
        return byName;
    }

    /** Returns the field of a name in either spelling; null for any other name. */
    static @Nullable EnvelopeField named(String name) {
        return BY_NAME.get(name);
    }

    /** Returns whether any two changes of an item differ in this field. */
    boolean differsByChange() {
        return kind == Kind.SEQUENCE || kind == Kind.TIME || this == BY_NAME.get(EVENT_ID);
    }

    /** Returns whether two changes of an item may differ in this field. */
    boolean mayDifferByChange() {
        return !OF_THE_STREAM.contains(names[0]);
    }

    /** Returns whether all changes of an item have the same value. */
    boolean isSameForItem() {
        return OF_THE_ITEM.contains(names[0]);
    }

    /** Returns the value; null if the event has none, and for the time. */
    @Nullable
    Object of(ChangeEvent event) {
        return value.apply(event);
    }

    private static @Nullable Object streamViewType(ChangeEvent event) {
        StreamViewType type = event.streamViewType();
        return type == null ? null : type.name();
    }

    private static @Nullable Object userIdentityType(ChangeEvent event) {
        UserIdentity identity = event.userIdentity();
        return identity == null ? null : identity.type();
    }

    private static @Nullable Object userIdentityPrincipalId(ChangeEvent event) {
        UserIdentity identity = event.userIdentity();
        return identity == null ? null : identity.principalId();
    }
}
