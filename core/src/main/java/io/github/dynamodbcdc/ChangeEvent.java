package io.github.dynamodbcdc;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change of one item of a DynamoDB table: a record of DynamoDB Streams or of Kinesis Data Streams for DynamoDB, or a
 * line of an export to Amazon S3. The names are those of the service ("Record" and "StreamRecord" in the Amazon DynamoDB
 * Streams API Reference). An optional member that is null in the record is absent.
 *
 * <p><b>Lifetime.</b> The event, its items and their values are views of the array that was given to decode: nothing is
 * copied until a value is asked for, and the caller must not change the array while they are used. If it does, accessors
 * may give other values or throw, and never read outside the slice that was given. {@link #copy()} is the way out. Java
 * values that were handed out, maps included, do not refer to the array.
 *
 * <p><b>Images.</b> The stream's view type determines which images a record has, so a missing NewImage does not mean
 * REMOVE. An absent image is null. An image {@code {}} is absent too: an item always has its key attributes, and
 * emulators write {@code {}} where there is no item. A MODIFY has whole images: an attribute that only OldImage has was
 * removed ({@link #diff()}).
 *
 * <p><b>Order and repeats.</b> DynamoDB Streams delivers a change once and keeps the order of each item's changes. The
 * Kinesis channel may repeat and reorder, and its records have no sequence number: table, Keys, eventName and the time
 * ({@link CreationTime#epochMicros()}), with {@link #eventId()}, tell repeats; of two changes of one item at the same
 * time, the record alone does not tell which was later.
 *
 * <p>Immutable and thread-safe as long as the array is not changed.
 */
public final class ChangeEvent {
    private static final int ARN_PARTS = 6;

    private final RecordIndex index;

    /** The items of a session's event, which are the same objects for each record. */
    private final @Nullable Item keysWindow;

    private final @Nullable Item newImageWindow;
    private final @Nullable Item oldImageWindow;

    ChangeEvent(RecordIndex index) {
        this.index = index;
        keysWindow = null;
        newImageWindow = null;
        oldImageWindow = null;
    }

    /** The event of a session. */
    ChangeEvent(RecordIndex index, AttributeReader reader) {
        this.index = index;
        keysWindow = new Item(index, Item.Window.KEYS, reader);
        newImageWindow = new Item(index, Item.Window.NEW_IMAGE, reader);
        oldImageWindow = new Item(index, Item.Window.OLD_IMAGE, reader);
    }

    /** The index, if there is a record. */
    private RecordIndex index() {
        if (index.keys < 0) {
            throw new IllegalStateException("the session's last record could not be decoded: there is no event");
        }
        return index;
    }

    private @Nullable Item item(int entry, @Nullable Item window) {
        return entry < 0 ? null : window != null ? window : new Item(index, entry);
    }

    /** What happened to the item. UNKNOWN if eventName is missing or another text, which {@link #eventNameText()} has. */
    public EventName eventName() {
        return index().eventName;
    }

    /** The text of eventName; of a line of an export, which has none, the name of {@link #eventName()}. */
    public @Nullable String eventNameText() {
        EventName name = index().eventName;
        return name != EventName.UNKNOWN ? name.name() : index().text(Member.EVENT_NAME);
    }

    /** eventID, which is unique per change; null if absent. */
    public @Nullable String eventId() {
        return index().text(Member.EVENT_ID);
    }

    /** eventSource, {@code aws:dynamodb}; null if absent. */
    public @Nullable String eventSource() {
        return index().text(Member.EVENT_SOURCE);
    }

    /** eventVersion; a JSON number is given as its text. Null if absent, as it always is on Kinesis. */
    public @Nullable String eventVersion() {
        return index().text(Member.EVENT_VERSION);
    }

    /** eventSourceARN, which Lambda adds: the ARN of the stream; null if absent. */
    public @Nullable String eventSourceArn() {
        return index().text(Member.EVENT_SOURCE_ARN);
    }

    /** awsRegion; null if absent. */
    public @Nullable String awsRegion() {
        return index().text(Member.AWS_REGION);
    }

    /** tableName, which Kinesis records have, else the table in {@link #eventSourceArn()}; null if neither is there. */
    public @Nullable String tableName() {
        String name = index().text(Member.TABLE_NAME);
        return name != null ? name : tableOf(eventSourceArn());
    }

    /** The table in {@code arn:aws:dynamodb:region:account:table/NAME/stream/label}. */
    private static @Nullable String tableOf(@Nullable String arn) {
        String[] parts = arn == null ? new String[0] : arn.split(":", ARN_PARTS);
        if (parts.length != ARN_PARTS || !parts[0].equals("arn") || !parts[2].equals("dynamodb")) {
            return null;
        }
        String[] path = parts[ARN_PARTS - 1].split("/", 3);
        return path.length > 1 && path[0].equals("table") && !path[1].isEmpty() ? path[1] : null;
    }

    /** recordFormat, {@code application/json} on Kinesis; null if absent. */
    public @Nullable String recordFormat() {
        return index().text(Member.RECORD_FORMAT);
    }

    /** userIdentity, which Time to Live sets; null if absent. */
    public @Nullable UserIdentity userIdentity() {
        return index().hasText(Member.USER_IDENTITY)
                ? new UserIdentity(index().text(Member.IDENTITY_TYPE), index().text(Member.IDENTITY_PRINCIPAL_ID))
                : null;
    }

    /**
     * Whether Time to Live deleted the item: a REMOVE by the principal {@code dynamodb.amazonaws.com} of type
     * {@code Service}. Only the region where the item expired says so: in the other replicas of a global table the
     * deletion looks like any other.
     */
    public boolean deletedByTimeToLive() {
        return index().eventName == EventName.REMOVE
                && index().textIs(Member.IDENTITY_TYPE, UserIdentity.TIME_TO_LIVE_TYPE)
                && index().textIs(Member.IDENTITY_PRINCIPAL_ID, UserIdentity.TIME_TO_LIVE_PRINCIPAL);
    }

    /**
     * The primary key of the item, never null. Of a line of a full export, the attributes of Item that
     * {@code Builder.keyAttributes} names: empty if it names none.
     */
    public Item keys() {
        return Objects.requireNonNull(item(index().keys, keysWindow));
    }

    /** The item after the change, or the Item of a full export; null if the record has none. */
    public @Nullable Item newImage() {
        RecordIndex record = index();
        if (record.projection != null && !record.projection.newImage) {
            throw Projection.imageLeftOut();
        }
        return item(record.newImage, newImageWindow);
    }

    /** The item before the change; null if the record has none. */
    public @Nullable Item oldImage() {
        RecordIndex record = index();
        if (record.projection != null && !record.projection.oldImage) {
            throw Projection.imageLeftOut();
        }
        return item(record.oldImage, oldImageWindow);
    }

    /**
     * Returns what the change did to the item's attributes. Null unless the record shows it: it has both images, or it is
     * an INSERT with NewImage (all attributes were added) or a REMOVE with OldImage (all were removed). A line of an
     * export without OldImage does not show what the item was before, so its difference is null even though its
     * eventName is INSERT: an export of new images only writes updates the same way.
     */
    public @Nullable ItemDiff diff() {
        Projection projection = index().projection;
        if (projection != null) {
            throw projection.attributes != null ? Projection.attributeLeftOut() : Projection.imageLeftOut();
        }
        Item before = oldImage();
        Item after = newImage();
        boolean known = (before != null && after != null)
                || (after != null && index().eventName == EventName.INSERT && !index().export)
                || (before != null && index().eventName == EventName.REMOVE);
        return known ? ItemDiff.between(before, after) : null;
    }

    /** ApproximateCreationDateTime, or the WriteTimestampMicros of an incremental export; null if there is none. */
    public @Nullable CreationTime approximateCreationDateTime() {
        return index().hasTime ? index().time.toCreationTime() : null;
    }

    /** SequenceNumber, digits of DynamoDB Streams; null if absent, as it always is on Kinesis. */
    public @Nullable String sequenceNumber() {
        return index().text(Member.SEQUENCE_NUMBER);
    }

    /**
     * Compares the sequence numbers of two changes of one item as the integers that they are: up to 40 digits, of
     * different lengths.
     *
     * @return negative, zero or positive as this change is before, the same as or after the other
     * @throws IllegalStateException if either sequence number is absent or not made of digits
     */
    public int compareSequence(ChangeEvent other) {
        String mine = sequenceDigits();
        String others = other.sequenceDigits();
        int byLength = Integer.compare(mine.length(), others.length());
        return byLength != 0 ? byLength : mine.compareTo(others);
    }

    /**
     * Returns a comparator that orders changes by {@link #compareSequence}, the earlier change first, for the
     * changes of one item. Comparing a change whose sequence number is absent or not made of digits throws
     * IllegalStateException, and comparing null throws NullPointerException. {@link Comparator#nullsFirst} accepts a null
     * event, but not an absent sequence number. Stateless and thread-safe.
     */
    public static Comparator<ChangeEvent> sequenceOrder() {
        return ChangeEvent::compareSequence;
    }

    /** The digits of the sequence number without leading zeros. */
    private String sequenceDigits() {
        String text = sequenceNumber();
        if (text == null || text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalStateException("SequenceNumber is absent or not a number: there is no order");
        }
        int zeros = 0;
        while (zeros < text.length() - 1 && text.charAt(zeros) == '0') {
            zeros++;
        }
        return text.substring(zeros);
    }

    /**
     * SizeBytes: the size of Keys and images as DynamoDB counts it. It is evidence of how binary was
     * encoded, and never a reason to refuse a record: null if absent, or if it is not a JSON number written as an integer
     * that fits a long.
     */
    public @Nullable Long sizeBytes() {
        return index().hasSizeBytes ? index().sizeBytes : null;
    }

    /** StreamViewType; null if absent, UNKNOWN for a text that it does not have a constant for. */
    public @Nullable StreamViewType streamViewType() {
        String text = index().text(Member.STREAM_VIEW_TYPE);
        return text == null ? null : StreamViewType.of(text);
    }

    /** The way that the change took out of DynamoDB, as far as the record itself tells. */
    public Channel channel() {
        if (index().export) {
            return Channel.EXPORT;
        }
        if (index().isFromStream()) {
            return Channel.STREAMS;
        }
        return index().isFromKinesis() ? Channel.KINESIS : Channel.UNKNOWN;
    }

    /**
     * How the binary of this record was encoded, SINGLE or DOUBLE: given by {@code Builder.binaryEncoding}, or decided
     * by the rules of {@link BinaryEncoding#AUTO}. Null when the record holds no binary.
     */
    public @Nullable BinaryEncoding binaryEncoding() {
        return index().binaryEncoding;
    }

    /** The same event over a copy of its own bytes: it stays valid whatever becomes of the array. */
    public ChangeEvent copy() {
        return new ChangeEvent(index().copy());
    }

    /** What happened and what is there; never a name or a value of the record. */
    @Override
    public String toString() {
        RecordIndex record = index();
        return "ChangeEvent[" + record.eventName + ", " + channel() + ", keys " + keys() + ", newImage "
                + item(record.newImage, newImageWindow) + ", oldImage " + item(record.oldImage, oldImageWindow) + "]";
    }
}
