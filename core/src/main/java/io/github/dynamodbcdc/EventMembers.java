package io.github.dynamodbcdc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The members of a record beside its items. {@link ChangeEvent} is the only subclass; Javadoc shows these methods as
 * its own. They are not final, because javac then generates them in ChangeEvent too, where reflection may call them.
 */
abstract class EventMembers {
    final RecordIndex index;
    private final Texts texts;

    EventMembers(RecordIndex index, Texts texts) {
        this.index = index;
        this.texts = texts;
    }

    /** Returns the index; throws if it has no record. */
    final RecordIndex index() {
        if (index.keys < 0) {
            throw new IllegalStateException("the session's last record could not be decoded: there is no event");
        }
        return index;
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

    /** Returns SequenceNumber without leading zeros; throws if it is absent or not made of digits. */
    final String sequenceDigits() {
        String text = sequenceNumber();
        if (text == null || text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalStateException("SequenceNumber is absent or not a number: it cannot be compared");
        }
        return text.replaceFirst("^0+(?=.)", "");
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

    /**
     * Reads the members of a record that are texts. A session keeps the latest text of each member and returns it again
     * if the next record has the same text, because the table, the region and the stream rarely change.
     */
    static final class Texts {
        /** Keeps no text. Thread-safe. */
        static final Texts FRESH = new Texts(null);

        /** Longer texts are not kept, in characters: ARNs are shorter. */
        private static final int MAX_KEPT = 256;

        private static final Pattern ARN_OF_TABLE =
                Pattern.compile("(?s)arn:[^:]*:dynamodb:[^:]*:[^:]*:table/([^/]+)(?:/.*)?");

        /** By the ordinal of the member; null if nothing is kept. */
        private final @Nullable String @Nullable [] latest;

        /** One object, so that threads that share a session by mistake never combine two ARNs. */
        private @Nullable TableOfArn latestTable;

        private Texts(@Nullable String @Nullable [] latest) {
            this.latest = latest;
        }

        /** Returns the texts of a session, for its thread. */
        static Texts ofSession() {
            return new Texts(new @Nullable String[Member.OF_RECORD]);
        }

        /** Returns the text of a member whose value recurs; null if it is absent. */
        @Nullable
        String text(RecordIndex index, Member member) {
            if (latest == null || !index.hasText(member)) {
                return index.text(member);
            }
            int slot = RecordIndex.slot(member);
            String text = latest[slot];
            if (text == null || !JsonText.is(index.data, index.base, index.textSpan(member), text)) {
                text = index.text(member);
                latest[slot] = text == null || text.length() > MAX_KEPT ? null : text;
            }
            return text;
        }

        /** Returns tableName, else the table in eventSourceARN; null if the record has neither. */
        @Nullable
        String tableName(RecordIndex index) {
            String name = text(index, Member.TABLE_NAME);
            return name != null ? name : tableOf(text(index, Member.EVENT_SOURCE_ARN));
        }

        @SuppressWarnings("ReferenceEquality") // the same String that was kept; an equal one is parsed again
        private @Nullable String tableOf(@Nullable String arn) {
            if (arn == null) {
                return null;
            }
            if (latest == null || arn.length() > MAX_KEPT) {
                return parse(arn);
            }
            TableOfArn known = latestTable;
            if (known == null || known.arn != arn) {
                known = new TableOfArn(arn, parse(arn));
                latestTable = known;
            }
            return known.table;
        }

        private static @Nullable String parse(String arn) {
            Matcher table = ARN_OF_TABLE.matcher(arn);
            return table.matches() ? table.group(1) : null;
        }

        private static final class TableOfArn {
            final String arn;
            final @Nullable String table;

            TableOfArn(String arn, @Nullable String table) {
                this.arn = arn;
                this.table = table;
            }
        }
    }
}
