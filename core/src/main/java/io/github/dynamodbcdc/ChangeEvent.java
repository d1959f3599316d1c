package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeOptions.Projection;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change of one item of a DynamoDB table: a record of DynamoDB Streams or of Kinesis Data Streams for DynamoDB, or a
 * line of an export to Amazon S3. The names are those of the service ("Record" and "StreamRecord" in the Amazon
 * DynamoDB Streams API Reference). An optional member that is null in the record counts as absent.
 *
 * <p><b>Lifetime.</b> The event, its items and their values are views of the array that was decoded: nothing is copied
 * until a value is requested, and the caller must not change the array while the views are in use. If it does,
 * accessors may return other values or throw, but never read outside the given part of the array. {@link #copy()}
 * returns an event that does not depend on the array. Returned Java values, maps included, do not refer to it.
 *
 * <p><b>Images.</b> The stream's view type determines which images a record has, so a missing NewImage does not mean
 * REMOVE. An absent image is null. An image {@code {}} is absent too: an item always has its key attributes, and
 * emulators write {@code {}} where there is no item. The images of a MODIFY are complete: an attribute that only
 * OldImage has was removed ({@link #diff()}).
 *
 * <p><b>Order and repeats.</b> DynamoDB Streams delivers a change once and keeps the order of each item's changes. The
 * Kinesis channel may repeat and reorder changes, and its records have no sequence number. To detect repeats there,
 * compare {@link #itemKey()}, eventName, the time ({@link CreationTime#epochMicros()}) and {@link #eventId()}. Of two
 * changes of one item at the same time, the records do not show which was later.
 *
 * <p>Immutable and thread-safe while the array does not change. The event of a {@link DecodeSession} is neither: it
 * shows the session's latest record, and is for the session's thread only. If that record could not be decoded, every
 * accessor throws {@link IllegalStateException}.
 */
public final class ChangeEvent {
    private final RecordIndex index;
    private final MemberTexts texts;

    /** The items of a session's event, the same objects for each record. */
    private final @Nullable Item keysWindow;

    private final @Nullable Item newImageWindow;
    private final @Nullable Item oldImageWindow;

    ChangeEvent(RecordIndex index) {
        this.index = index;
        texts = MemberTexts.FRESH;
        keysWindow = null;
        newImageWindow = null;
        oldImageWindow = null;
    }

    /** Makes the event of a session. */
    ChangeEvent(RecordIndex index, AttributeReader reader) {
        this.index = index;
        texts = MemberTexts.ofSession();
        keysWindow = new Item(index, Item.Window.KEYS, reader);
        newImageWindow = new Item(index, Item.Window.NEW_IMAGE, reader);
        oldImageWindow = new Item(index, Item.Window.OLD_IMAGE, reader);
    }

    /** Returns the index; throws if it has no record. */
    private RecordIndex index() {
        if (index.keys < 0) {
            throw new IllegalStateException("the session's last record could not be decoded: there is no event");
        }
        return index;
    }

    /** Returns the index; throws if a projection left anything out. */
    private RecordIndex complete() {
        Projection projection = index().projection;
        if (projection != null) {
            throw projection.partsLeftOut();
        }
        return index;
    }

    private @Nullable Item item(int entry, @Nullable Item window) {
        return entry < 0 ? null : window != null ? window : new Item(index, entry);
    }

    /** {@return what happened to the item; UNKNOWN if eventName is missing or another text} */
    public EventName eventName() {
        return index().eventName;
    }

    /** {@return the text of eventName, or the name of {@link #eventName()} for a line of an export; null if absent} */
    public @Nullable String eventNameText() {
        EventName name = index().eventName;
        return name != EventName.UNKNOWN ? name.name() : texts.text(index(), Member.EVENT_NAME);
    }

    /** {@return eventID, which is unique per change; null if absent} */
    public @Nullable String eventId() {
        return index().text(Member.EVENT_ID);
    }

    /** {@return eventSource, {@code aws:dynamodb}; null if absent} */
    public @Nullable String eventSource() {
        return texts.text(index(), Member.EVENT_SOURCE);
    }

    /**
     * {@return eventVersion, or the text of the number if it is a JSON number; null if absent, as always on Kinesis}
     */
    public @Nullable String eventVersion() {
        return texts.text(index(), Member.EVENT_VERSION);
    }

    /** {@return eventSourceARN, the ARN of the stream, which Lambda adds; null if absent} */
    public @Nullable String eventSourceArn() {
        return texts.text(index(), Member.EVENT_SOURCE_ARN);
    }

    /** {@return awsRegion; null if absent} */
    public @Nullable String awsRegion() {
        return texts.text(index(), Member.AWS_REGION);
    }

    /** {@return tableName, which Kinesis records have, else the table in {@link #eventSourceArn()}; null if absent} */
    public @Nullable String tableName() {
        return texts.tableName(index());
    }

    /** {@return recordFormat, {@code application/json} on Kinesis; null if absent} */
    public @Nullable String recordFormat() {
        return texts.text(index(), Member.RECORD_FORMAT);
    }

    /** {@return userIdentity, which Time to Live sets; null if absent} */
    public @Nullable UserIdentity userIdentity() {
        return index().hasText(Member.USER_IDENTITY)
                ? new UserIdentity(
                        texts.text(index(), Member.IDENTITY_TYPE), texts.text(index(), Member.IDENTITY_PRINCIPAL_ID))
                : null;
    }

    /**
     * {@return whether Time to Live deleted the item: a REMOVE by the principal {@code dynamodb.amazonaws.com} of type
     * {@code Service}} Only records of the region where the item expired show it: in the other replicas of a global
     * table the deletion looks like any other.
     */
    public boolean deletedByTimeToLive() {
        return index().eventName == EventName.REMOVE
                && is(Member.IDENTITY_TYPE, UserIdentity.TIME_TO_LIVE_TYPE)
                && is(Member.IDENTITY_PRINCIPAL_ID, UserIdentity.TIME_TO_LIVE_PRINCIPAL);
    }

    private boolean is(Member member, String text) {
        return index().hasText(member) && JsonText.is(index().data, index().base, index().textSpan(member), text);
    }

    /**
     * {@return the primary key of the item; never null} For a line of a full export, the attributes of Item that
     * {@code ChangeEventDecoder.Builder.keyAttributes} names; empty by default.
     */
    public Item keys() {
        return Objects.requireNonNull(item(index().keys, keysWindow));
    }

    /**
     * Returns one text for the table and the Keys: equal for two changes of one item, different for different items. It
     * does not depend on the channel, the order of the attributes, the spelling of numbers (1, 1.0, 1E0), or how binary
     * was encoded. Use it to partition changes by item, as the key of a Kafka record.
     *
     * <pre>
     * bike-stations/station_id=S:FRA-0117
     * bike-reservations/reserved_at=N:1741935660&amp;rider_id=S:r-58211
     * </pre>
     *
     * <p>The attributes are sorted by name ({@link String#compareTo}). The table, the names and S are UTF-8,
     * percent-encoded as in a URI. B is URL-safe base64 without padding. A number has no exponent if its last digit
     * except 0 is at most 40 places from the units digit; otherwise it is all its digits and an exponent, such as
     * 25E98. The text is ASCII and contains the values of Keys, so treat it as data. If the record does not name its
     * table, it begins with the slash, and is comparable within one stream only. Account and region are not part of it.
     *
     * @return the text; null if the record has no Keys, as in a full export without {@code Builder.keyAttributes},
     *     because one text for all items would look like one item
     */
    public @Nullable String itemKey() {
        Item keys = keys();
        return keys.size() == 0 ? null : CanonicalText.of(tableName(), index, keys.container());
    }

    private @Nullable Item image(boolean isProjected, int entry, @Nullable Item window) {
        if (!isProjected) {
            throw Projection.imageLeftOut();
        }
        return item(entry, window);
    }

    /**
     * {@return the item after the change, or the Item of a full export; null if the record has none}
     *
     * @throws IllegalStateException if a projection left this image out
     */
    public @Nullable Item newImage() {
        Projection projection = index().projection;
        return image(projection == null || projection.newImage, index.newImage, newImageWindow);
    }

    /**
     * {@return the item before the change; null if the record has none}
     *
     * @throws IllegalStateException if a projection left this image out
     */
    public @Nullable Item oldImage() {
        Projection projection = index().projection;
        return image(projection == null || projection.oldImage, index.oldImage, oldImageWindow);
    }

    /**
     * {@return the difference that the change made to the item's attributes; null unless the record shows it} The
     * record shows it if it has both images, or is an INSERT with NewImage (all attributes were added) or a REMOVE with
     * OldImage (all were removed). A line of an export without OldImage does not show it, because updates may be
     * written the same way.
     *
     * @throws IllegalStateException if a projection left out an image or attributes
     */
    public @Nullable ItemDiff diff() {
        RecordIndex record = complete();
        Item before = oldImage();
        Item after = newImage();
        boolean known = (before != null && after != null)
                || (after != null && record.eventName == EventName.INSERT && !record.export)
                || (before != null && record.eventName == EventName.REMOVE);
        return known ? ItemDiff.between(before, after) : null;
    }

    /** {@return ApproximateCreationDateTime, or WriteTimestampMicros of an incremental export; null if absent} */
    public @Nullable CreationTime approximateCreationDateTime() {
        return index().hasTime ? index().time.toCreationTime() : null;
    }

    /**
     * {@return the {@link CreationTime#epochMicros()} of the time, without creating an object}
     *
     * @param ifAbsent what to return for a record without a time
     */
    public long creationEpochMicros(long ifAbsent) {
        return index().hasTime ? index().time.epochMicros() : ifAbsent;
    }

    /** {@return SequenceNumber, which consists of digits on DynamoDB Streams; null if absent, as always on Kinesis} */
    public @Nullable String sequenceNumber() {
        return index().text(Member.SEQUENCE_NUMBER);
    }

    /**
     * Compares the sequence numbers of two changes of one item as integers, of any number of digits. Those of DynamoDB
     * have up to 40 digits, and not all the same number.
     *
     * @param other a change of the same item
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
     * {@return a comparator of the changes of one item by {@link #compareSequence}, the earlier change first} Comparing
     * null throws NullPointerException. Stateless and thread-safe.
     */
    public static Comparator<ChangeEvent> sequenceOrder() {
        return ChangeEvent::compareSequence;
    }

    private String sequenceDigits() {
        String text = sequenceNumber();
        int digits = 0;
        int zeros = 0;
        while (text != null && digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            zeros += zeros == digits && text.charAt(digits) == '0' ? 1 : 0;
            digits++;
        }
        if (text == null || digits == 0 || digits < text.length()) {
            throw new IllegalStateException("SequenceNumber is absent or not a number: it cannot be compared");
        }
        return text.substring(Math.min(zeros, digits - 1));
    }

    /**
     * {@return SizeBytes, the size of Keys and images in bytes as DynamoDB counts it; null if absent, or if it is not a
     * JSON number written as an integer that fits a long} It helps to decide how binary was encoded
     * ({@link BinaryEncoding#AUTO}), and a malformed value does not refuse the record.
     */
    public @Nullable Long sizeBytes() {
        return index().hasSizeBytes ? index().sizeBytes : null;
    }

    /** {@return StreamViewType; null if absent, UNKNOWN for a text without a constant} */
    public @Nullable StreamViewType streamViewType() {
        String text = texts.text(index(), Member.STREAM_VIEW_TYPE);
        return text == null ? null : StreamViewType.of(text);
    }

    /** {@return the channel through which the change left DynamoDB, as far as the record itself shows it} */
    public Channel channel() {
        return index().channel();
    }

    /**
     * {@return how the binary of this record was encoded, SINGLE or DOUBLE; null if the record contains no binary} It
     * is what {@code Builder.binaryEncoding} says, or what the rules of {@link BinaryEncoding#AUTO} decide.
     */
    public @Nullable BinaryEncoding binaryEncoding() {
        return index().binaryEncoding;
    }

    /** {@return the same event over its own copy of the record's bytes, valid whatever the array or session does} */
    public ChangeEvent copy() {
        return new ChangeEvent(index().copy());
    }

    /**
     * {@return a builder for an event from Java objects}
     *
     * @param name what happened to the item; UNKNOWN for a record without an eventName
     * @throws NullPointerException if it is null
     */
    public static Builder builder(EventName name) {
        return new Builder(name == EventName.UNKNOWN ? null : name.name());
    }

    /**
     * {@return a builder for an event from Java objects, with any text as its eventName}
     *
     * @param eventNameText the text; null for a record without an eventName
     * @throws IllegalArgumentException if the text has an unpaired surrogate
     */
    public static Builder builder(@Nullable String eventNameText) {
        return new Builder(eventNameText);
    }

    /**
     * {@return a builder with everything that this event says; members that the decoder skipped are lost} A line of an
     * export becomes a change record: its channel is UNKNOWN, and an INSERT of it has a {@link #diff()}. A unit of the
     * time that only {@code Builder.timePrecision} stated is lost if a decoder without it would read another time.
     *
     * @throws IllegalStateException if a projection left out an image or attributes
     * @throws IllegalArgumentException if it exceeds the default {@link DecodeLimits}, because its decoder had others
     */
    public Builder toBuilder() {
        Builder builder = new Builder(eventNameText());
        builder.copy(complete());
        return builder;
    }

    /**
     * {@return the event as a record in JSON, in a new array: {@code toBuilder().toBytes()}}
     *
     * @throws IllegalStateException as {@link #toBuilder()} and {@link Builder#toBytes()}
     * @throws IllegalArgumentException as {@link #toBuilder()}
     */
    public byte[] toBytes() {
        return toBuilder().toBytes();
    }

    /** {@return the eventName, the channel and the numbers of attributes; never a name or a value of the record} */
    @Override
    public String toString() {
        RecordIndex record = index();
        return "ChangeEvent[" + record.eventName + ", " + channel() + ", keys " + keys() + ", newImage "
                + item(record.newImage, newImageWindow) + ", oldImage " + item(record.oldImage, oldImageWindow) + "]";
    }

    /**
     * Builds an event from Java objects: from those of an SDK, and for tests. Only {@code keys} is required. A member
     * that is not set, or set to null, is absent. The members determine the {@link #channel()}.
     *
     * <table>
     * <caption>Attribute values from Java values</caption>
     * <tr><td>String</td><td>S</td></tr>
     * <tr><td>BigDecimal, BigInteger, Long, Integer, Short, Byte</td><td>N, with the digits and the scale</td></tr>
     * <tr><td>Double, Float</td><td>N, the shortest decimal that is this number; not NaN or infinite</td></tr>
     * <tr><td>byte[], ByteBuffer between position and limit</td><td>B</td></tr>
     * <tr><td>Boolean; null</td><td>BOOL; NULL</td></tr>
     * <tr><td>Set of strings, of numbers or of binary; not empty</td><td>SS, NS or BS</td></tr>
     * <tr><td>any other Collection</td><td>L</td></tr>
     * <tr><td>Map whose keys are Strings, {@link Item}</td><td>M</td></tr>
     * <tr><td>{@link AttributeValue}</td><td>the same value, of any type</td></tr>
     * </table>
     *
     * <p>For the text of a number, use {@code new BigDecimal(text)}. Values are copied when they are set. Methods throw
     * {@link IllegalArgumentException} for values that are not in the table, unpaired surrogates, and items beyond
     * {@link DecodeLimits#defaults()}. Its message never contains a value or a name. The members of a Set are written
     * as they are, also two that are one for DynamoDB, such as 1 and 1.0 or two equal arrays. Not thread-safe.
     */
    public static final class Builder extends RecordWriter {
        private Builder(@Nullable String eventNameText) {
            super(eventNameText);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * {@return a new event, which is the one that a decoder with default options decodes from {@link #toBytes()}}
         *
         * @throws IllegalStateException as {@link #toBytes()}
         */
        public ChangeEvent build() {
            return new ChangeEvent(index());
        }

        /**
         * {@return the record in JSON, as DynamoDB writes it: members in the order of its channel, numbers as strings,
         * binary in base64, twice on Kinesis} Binary is encoded otherwise where {@link BinaryEncoding#AUTO} would not
         * read it back, as on Kinesis with a time in seconds. To decode a value of type UNKNOWN, a decoder needs the
         * option {@code unknownDescriptors}.
         *
         * @throws IllegalStateException if Keys are missing, the record is over the limit of its size, or SizeBytes
         *     contradicts the binary, so that a decoder would read it otherwise
         */
        public byte[] toBytes() {
            return index().data;
        }
    }
}
