package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dynamodbcdc.DecodeOptions.Leniency;
import io.github.dynamodbcdc.Member.Content;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the members of a change record, writes the record as DynamoDB does, and reads it back, so that no event is
 * built that a decoder with default options would read in another way.
 *
 * <p>{@link ChangeEvent.Builder} is the only subclass, and Javadoc shows the setters as its own. They are not final,
 * because javac then generates them in the subclass too, where reflection may call them.
 */
abstract class RecordWriter {
    private static final DecodeOptions DEFAULTS = options(EnumSet.noneOf(Leniency.class));
    private static final DecodeOptions UNKNOWN_DESCRIPTORS = options(EnumSet.of(Leniency.UNKNOWN_DESCRIPTORS));

    /** The members that are texts, except eventName. */
    private static final Member[] TEXTS = Arrays.stream(Member.values())
            .limit(Member.OF_RECORD)
            .filter(member -> member.content == Content.TEXT || member.content == Content.TEXT_OR_NUMBER)
            .toArray(Member[]::new);

    /** The members of a record in the order of Kinesis. */
    private static final Member[] OF_KINESIS = {
        Member.AWS_REGION,
        Member.EVENT_ID,
        Member.EVENT_NAME,
        Member.USER_IDENTITY,
        Member.RECORD_FORMAT,
        Member.TABLE_NAME,
        Member.DYNAMODB,
        Member.EVENT_SOURCE
    };

    /** The members of a record in the order of DynamoDB Streams, in the payloads of Lambda. */
    private static final Member[] OF_STREAMS = {
        Member.EVENT_ID,
        Member.EVENT_NAME,
        Member.EVENT_VERSION,
        Member.EVENT_SOURCE,
        Member.AWS_REGION,
        Member.RECORD_FORMAT,
        Member.TABLE_NAME,
        Member.USER_IDENTITY,
        Member.DYNAMODB,
        Member.EVENT_SOURCE_ARN
    };

    private static final Member[] OF_DYNAMODB = {
        Member.APPROXIMATE_CREATION_DATE_TIME,
        Member.KEYS,
        Member.NEW_IMAGE,
        Member.OLD_IMAGE,
        Member.SEQUENCE_NUMBER,
        Member.SIZE_BYTES,
        Member.STREAM_VIEW_TYPE,
        Member.APPROXIMATE_CREATION_DATE_TIME_PRECISION
    };

    private static final Member[] OF_IDENTITY = {Member.IDENTITY_TYPE, Member.IDENTITY_PRINCIPAL_ID};

    /** The JSON of the members that are present, except items and objects. */
    private final Map<Member, String> members = new EnumMap<>(Member.class);

    private final Map<Member, ItemWriter.Json> items = new EnumMap<>(Member.class);
    private boolean hasIdentity;

    /** How binary was encoded in the event that was copied; null if none was copied, or it has no binary. */
    private @Nullable BinaryEncoding copied;

    /** Begins a record; null for one without eventName. */
    RecordWriter(@Nullable String eventNameText) {
        set(Member.EVENT_NAME, quoted(eventNameText));
    }

    /** Returns this writer, for the setters. */
    abstract ChangeEvent.Builder self();

    // ------------------------------------------------------------------------------------------------- setters

    /**
     * Sets Keys, the primary key of the item.
     *
     * @param keys values by attribute name; may be empty
     * @return this builder
     * @throws IllegalArgumentException if a value is not in the table above, or the map exceeds the limits
     * @throws NullPointerException if it is null
     */
    public ChangeEvent.Builder keys(Map<String, ?> keys) {
        return item(Member.KEYS, Objects.requireNonNull(keys));
    }

    /**
     * Sets Keys to those of another event.
     *
     * @param keys the Keys of that event; may be empty
     * @return this builder
     * @throws NullPointerException if it is null
     */
    public ChangeEvent.Builder keys(Item keys) {
        return item(Member.KEYS, Objects.requireNonNull(keys));
    }

    /**
     * Sets NewImage.
     *
     * @param image the item after the change; null or empty for none
     * @return this builder
     * @throws IllegalArgumentException if a value is not in the table above, or the map exceeds the limits
     */
    public ChangeEvent.Builder newImage(@Nullable Map<String, ?> image) {
        return item(Member.NEW_IMAGE, image);
    }

    /**
     * Sets NewImage to an image of another event.
     *
     * @param image the image; null or empty for none. If it is projected, the new event has the attributes that are
     *     kept, and its image is not projected
     * @return this builder
     */
    public ChangeEvent.Builder newImage(@Nullable Item image) {
        return item(Member.NEW_IMAGE, image);
    }

    /**
     * Sets OldImage.
     *
     * @param image the item before the change; null or empty for none
     * @return this builder
     * @throws IllegalArgumentException if a value is not in the table above, or the map exceeds the limits
     */
    public ChangeEvent.Builder oldImage(@Nullable Map<String, ?> image) {
        return item(Member.OLD_IMAGE, image);
    }

    /**
     * Sets OldImage to an image of another event.
     *
     * @param image the image; null or empty for none. If it is projected, the new event has the attributes that are
     *     kept, and its image is not projected
     * @return this builder
     */
    public ChangeEvent.Builder oldImage(@Nullable Item image) {
        return item(Member.OLD_IMAGE, image);
    }

    /**
     * Sets eventID.
     *
     * @param id unique per change; null for none
     * @return this builder
     */
    public ChangeEvent.Builder eventId(@Nullable String id) {
        return text(Member.EVENT_ID, id);
    }

    /**
     * Sets eventSource.
     *
     * @param source {@code aws:dynamodb} in records of DynamoDB; null for none
     * @return this builder
     */
    public ChangeEvent.Builder eventSource(@Nullable String source) {
        return text(Member.EVENT_SOURCE, source);
    }

    /**
     * Sets eventVersion, which only DynamoDB Streams has.
     *
     * @param version such as {@code 1.1}; null for none
     * @return this builder
     */
    public ChangeEvent.Builder eventVersion(@Nullable String version) {
        return text(Member.EVENT_VERSION, version);
    }

    /**
     * Sets eventSourceARN, which only DynamoDB Streams has.
     *
     * @param arn the ARN of the stream, with {@link ChangeEvent#tableName()} in it; null for none
     * @return this builder
     */
    public ChangeEvent.Builder eventSourceArn(@Nullable String arn) {
        return text(Member.EVENT_SOURCE_ARN, arn);
    }

    /**
     * Sets awsRegion.
     *
     * @param region such as {@code eu-west-1}; null for none
     * @return this builder
     */
    public ChangeEvent.Builder awsRegion(@Nullable String region) {
        return text(Member.AWS_REGION, region);
    }

    /**
     * Sets tableName, which Kinesis records have.
     *
     * @param name the name of the table without account and region; null for none
     * @return this builder
     */
    public ChangeEvent.Builder tableName(@Nullable String name) {
        return text(Member.TABLE_NAME, name);
    }

    /**
     * Sets recordFormat.
     *
     * @param format {@code application/json} in Kinesis records; null for none
     * @return this builder
     */
    public ChangeEvent.Builder recordFormat(@Nullable String format) {
        return text(Member.RECORD_FORMAT, format);
    }

    /**
     * Sets userIdentity.
     *
     * @param type {@code Service} for Time to Live; null for no type
     * @param principalId {@code dynamodb.amazonaws.com} for Time to Live; null for no principal
     * @return this builder
     */
    public ChangeEvent.Builder userIdentity(@Nullable String type, @Nullable String principalId) {
        set(Member.IDENTITY_TYPE, quoted(type));
        set(Member.IDENTITY_PRINCIPAL_ID, quoted(principalId));
        hasIdentity = true;
        return self();
    }

    /**
     * Sets SequenceNumber, which only DynamoDB Streams has.
     *
     * @param number digits, if {@link ChangeEvent#compareSequence} is to accept it; null for none
     * @return this builder
     */
    public ChangeEvent.Builder sequenceNumber(@Nullable String number) {
        return text(Member.SEQUENCE_NUMBER, number);
    }

    /**
     * Sets SizeBytes. A decoder of a Kinesis record takes it as evidence about binary.
     *
     * @param size the size in bytes, which the builder does not calculate; null for none
     * @return this builder
     */
    public ChangeEvent.Builder sizeBytes(@Nullable Long size) {
        set(Member.SIZE_BYTES, size == null ? null : size.toString());
        return self();
    }

    /**
     * Sets StreamViewType, which only DynamoDB Streams has.
     *
     * @param type what the stream writes; null for none
     * @return this builder
     */
    public ChangeEvent.Builder streamViewType(@Nullable StreamViewType type) {
        return text(Member.STREAM_VIEW_TYPE, type == null ? null : type.name());
    }

    /**
     * Sets ApproximateCreationDateTime to {@link CreationTime#of(Instant, TimePrecision)}.
     *
     * @param time rounded down to the unit; null for none
     * @param unit what the number counts
     * @return this builder
     * @throws IllegalArgumentException if the microseconds of the time do not fit a long
     */
    public ChangeEvent.Builder approximateCreationDateTime(@Nullable Instant time, TimePrecision unit) {
        return approximateCreationDateTime(time == null ? null : CreationTime.of(time, unit));
    }

    /**
     * Sets ApproximateCreationDateTime, as a number of its unit. If the number would be read as another time, as those
     * near 1970 or thousands of years from now can be ({@link CreationTime}), it is ISO-8601 text, which has no unit.
     *
     * @param time the time; null for none
     * @return this builder
     */
    public ChangeEvent.Builder approximateCreationDateTime(@Nullable CreationTime time) {
        time(time, time == null ? null : time.precision());
        return self();
    }

    // ------------------------------------------------------------------------------------------------- members

    private void set(Member member, @Nullable String json) {
        if (json == null) {
            members.remove(member);
        } else {
            members.put(member, json);
        }
    }

    private static @Nullable String quoted(@Nullable String text) {
        if (text == null) {
            return null;
        }
        StringBuilder json = new StringBuilder();
        JsonOutput.appendText(json, text);
        return json.toString();
    }

    private ChangeEvent.Builder text(Member member, @Nullable String text) {
        set(member, quoted(text));
        return self();
    }

    private ChangeEvent.Builder item(Member member, @Nullable Object item) {
        put(member, item == null ? null : ItemWriter.write(item));
        return self();
    }

    /** Sets Keys or an image; null for absent, and an image without attributes is absent too. */
    private void put(Member member, ItemWriter.@Nullable Json item) {
        if (item == null || (item.isEmpty() && member != Member.KEYS)) {
            items.remove(member);
        } else {
            items.put(member, item);
        }
    }

    /** Sets all members to those of a record, except eventName and the members that only export lines have. */
    void copy(RecordIndex index) {
        for (Member member : TEXTS) {
            set(member, quoted(index.text(member)));
        }
        hasIdentity = index.hasText(Member.USER_IDENTITY);
        set(Member.SIZE_BYTES, index.hasSizeBytes ? Long.toString(index.sizeBytes) : null);
        time(index.hasTime ? index.time.toCreationTime() : null, index.time.unit);
        copy(Member.KEYS, index, index.keys);
        copy(Member.NEW_IMAGE, index, index.newImage);
        copy(Member.OLD_IMAGE, index, index.oldImage);
        copied = index.binaryEncoding;
    }

    private void copy(Member member, RecordIndex index, int item) {
        put(member, item < 0 ? null : ItemWriter.write(index, item));
    }

    // ---------------------------------------------------------------------------------------------------- time

    /**
     * Sets the time: a number, or ISO-8601 if the number would be read as another time.
     *
     * @param unit the unit of the number; null for ISO-8601
     */
    private void time(@Nullable CreationTime time, @Nullable TimePrecision unit) {
        set(Member.APPROXIMATE_CREATION_DATE_TIME_PRECISION, null);
        if (time == null) {
            set(Member.APPROXIMATE_CREATION_DATE_TIME, null);
            return;
        }
        String number = unit == null ? "" : number(time, unit);
        if (unit == null || !isReadAs(time, number, time.stated() ? unit : null)) {
            set(Member.APPROXIMATE_CREATION_DATE_TIME, quoted(time.toString()));
            return;
        }
        set(Member.APPROXIMATE_CREATION_DATE_TIME, number);
        if (time.stated()) {
            set(Member.APPROXIMATE_CREATION_DATE_TIME_PRECISION, quoted(unit.name()));
        }
    }

    /** Returns the number. One with a unit finer than the precision had digits below a nanosecond, and has again. */
    private static String number(CreationTime time, TimePrecision unit) {
        int finer = time.precision().compareTo(unit) < 0 ? 1 : 0;
        return BigDecimal.valueOf(time.epochSecond())
                .add(BigDecimal.valueOf(time.nano() * 10L + finer, TimePrecision.NANOSECOND.fractionDigits() + 1))
                .movePointRight(unit.fractionDigits())
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Returns whether a number is read as this time, with its precision. */
    private static boolean isReadAs(CreationTime time, String number, @Nullable TimePrecision stated) {
        byte[] text = number.getBytes(US_ASCII);
        CreationTime.Fields read = new CreationTime.Fields();
        long span = Span.of(0, text.length, 0);
        return CreationTimeParser.parse(text, 0, span, CreationTimeParser.Form.NUMBER, stated, null, false, read)
                && read.toCreationTime().equals(time)
                && read.precision == time.precision()
                && read.stated == time.stated();
    }

    // ------------------------------------------------------------------------------------------------- writing

    /**
     * Writes the record and reads it back. Its binary is base64 twice on the channel of Kinesis, else once, unless a
     * decoder would take that for the other.
     *
     * @return the index of the record, which has an array of its own
     * @throws IllegalStateException if there are no Keys, or no record can say what was set
     */
    RecordIndex index() {
        if (!items.containsKey(Member.KEYS)) {
            throw new IllegalStateException("a change record must have Keys: call keys(…) with the primary key");
        }
        boolean twice = copied != null ? copied == BinaryEncoding.DOUBLE : isOfKinesis();
        RecordIndex index = index(twice);
        if (!isReadAs(index, twice)) {
            twice = !twice;
            index = index(twice);
        }
        if (!isReadAs(index, twice)) {
            throw new IllegalStateException("with this SizeBytes, a decoder would read the binary as encoded "
                    + (twice ? "once" : "twice") + ": leave SizeBytes out, or set the size of Keys and images");
        }
        return index;
    }

    private static boolean isReadAs(RecordIndex index, boolean twice) {
        BinaryEncoding read = index.binaryEncoding;
        return read == null || read == (twice ? BinaryEncoding.DOUBLE : BinaryEncoding.SINGLE);
    }

    private static DecodeOptions options(EnumSet<Leniency> leniencies) {
        return new DecodeOptions(DecodeLimits.defaults(), BinaryEncoding.AUTO, null, new String[0], null, leniencies);
    }

    private RecordIndex index(boolean twice) {
        byte[] record = json(twice).getBytes(UTF_8);
        boolean hasUnknown = items.values().stream().anyMatch(item -> item.hasUnknown);
        DecodeOptions options = hasUnknown ? UNKNOWN_DESCRIPTORS : DEFAULTS;
        MapNames.Cache mapNames = new MapNames.Cache(options.hash);
        try {
            return new RecordIndexer(options, mapNames, null, true, record.length).index(record, 0, record.length);
        } catch (DecodeException e) {
            throw new IllegalStateException("a decoder with default options would refuse the record: " + e.reason(), e);
        }
    }

    private boolean isOfKinesis() {
        return !isOfStreams() && hasAny(Member.ONLY_KINESIS);
    }

    private boolean isOfStreams() {
        return hasAny(Member.ONLY_STREAMS);
    }

    private boolean hasAny(Member[] wanted) {
        return Arrays.stream(wanted).anyMatch(members::containsKey);
    }

    private String json(boolean twice) {
        StringBuilder json = new StringBuilder();
        appendObject(json, isOfStreams() ? OF_STREAMS : OF_KINESIS, twice);
        return json.toString();
    }

    private void appendObject(StringBuilder json, Member[] order, boolean twice) {
        char separator = '{';
        for (Member member : order) {
            if (isPresent(member)) {
                json.append(separator).append('"').append(member.wireName).append("\":");
                appendValue(json, member, twice);
                separator = ',';
            }
        }
        json.append(separator == '{' ? "{}" : "}");
    }

    private boolean isPresent(Member member) {
        switch (member) {
            case DYNAMODB:
                return true;
            case USER_IDENTITY:
                return hasIdentity || isOfKinesis(); // there it is null if absent
            default:
                return members.containsKey(member) || items.containsKey(member);
        }
    }

    private void appendValue(StringBuilder json, Member member, boolean twice) {
        ItemWriter.Json item = items.get(member);
        if (item != null) {
            item.appendTo(json, twice);
        } else if (member == Member.DYNAMODB) {
            appendObject(json, OF_DYNAMODB, twice);
        } else if (member == Member.USER_IDENTITY && hasIdentity) {
            appendObject(json, OF_IDENTITY, twice);
        } else {
            json.append(members.get(member)); // null for userIdentity
        }
    }
}
