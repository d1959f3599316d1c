package reference;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change event as plain values. Closed vocabularies are represented by the names of their constants.
 *
 * @param keysFromItem whether the Keys were taken from the Item of a full export, where their order means nothing
 */
public record ReferenceEvent(
        String eventName,
        @Nullable String eventNameText,
        @Nullable String eventId,
        @Nullable String eventSource,
        @Nullable String eventVersion,
        @Nullable String eventSourceArn,
        @Nullable String awsRegion,
        @Nullable String tableName,
        @Nullable String recordFormat,
        @Nullable RefIdentity userIdentity,
        Map<String, RefValue> keys,
        @Nullable Map<String, RefValue> newImage,
        @Nullable Map<String, RefValue> oldImage,
        @Nullable RefTime time,
        @Nullable String sequenceNumber,
        @Nullable Long sizeBytes,
        @Nullable String streamViewType,
        String channel,
        @Nullable String binaryEncoding,
        boolean keysFromItem) {

    public boolean isTimeToLiveDelete() {
        return eventName.equals("REMOVE") && new RefIdentity("Service", "dynamodb.amazonaws.com").equals(userIdentity);
    }

    /** The event while it is being built. */
    public static final class Draft {
        public @Nullable String eventNameText;
        public @Nullable String eventId;
        public @Nullable String eventSource;
        public @Nullable String eventVersion;
        public @Nullable String eventSourceArn;
        public @Nullable String awsRegion;
        public @Nullable String tableName;
        public @Nullable String recordFormat;
        public @Nullable RefIdentity userIdentity;
        public Map<String, RefValue> keys = Map.of();
        public @Nullable Map<String, RefValue> newImage;
        public @Nullable Map<String, RefValue> oldImage;
        public @Nullable RefTime time;
        public @Nullable String sequenceNumber;
        public @Nullable Long sizeBytes;
        public @Nullable String streamViewType;
        public String channel = "UNKNOWN";
        public @Nullable String binaryEncoding;
        public boolean keysFromItem;

        public ReferenceEvent toEvent() {
            return new ReferenceEvent(
                    eventNameOf(eventNameText),
                    eventNameText,
                    eventId,
                    eventSource,
                    eventVersion,
                    eventSourceArn,
                    awsRegion,
                    tableName,
                    recordFormat,
                    userIdentity,
                    keys,
                    newImage,
                    oldImage,
                    time,
                    sequenceNumber,
                    sizeBytes,
                    streamViewType,
                    channel,
                    binaryEncoding,
                    keysFromItem);
        }

        private static String eventNameOf(@Nullable String text) {
            boolean known = "INSERT".equals(text) || "MODIFY".equals(text) || "REMOVE".equals(text);
            return known && text != null ? text : "UNKNOWN";
        }
    }
}
