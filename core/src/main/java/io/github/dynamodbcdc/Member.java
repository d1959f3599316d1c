package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members of the wire format that mean something, one row each: the object that a member appears in, its name, the
 * kind of record that it belongs to, and what its value is. The name of a member that is read is in this
 * table and nowhere else; {@link BatchResponses} and {@link FirehoseTransformResponse} write the names of their
 * answers, and {@link TypeCodes} has the type descriptors.
 *
 * <p>The names are those of the DynamoDB Streams API ({@code Record}, {@code StreamRecord}, {@code Identity}, {@code
 * GetRecords}), of Kinesis Data Streams for DynamoDB, of DynamoDB's export format, and of the payloads in "Using AWS
 * Lambda with Amazon DynamoDB", "Using AWS Lambda with Amazon Kinesis" and "Data transformation in Amazon Data
 * Firehose"; those of the other carriers are in the documents that {@link Carrier} names.
 */
enum Member {
    // A record. The rows up to WRITE_TIMESTAMP_MICROS are the members of records: see OF_RECORD.
    EVENT_ID(Kind.CHANGE, "eventID", Content.TEXT),
    EVENT_NAME(Kind.CHANGE, "eventName", Content.EVENT_NAME),
    EVENT_SOURCE(Kind.CHANGE, "eventSource", Content.TEXT),
    EVENT_VERSION(Kind.CHANGE, "eventVersion", Content.TEXT_OR_NUMBER),
    EVENT_SOURCE_ARN(Kind.CHANGE, "eventSourceARN", Content.TEXT),
    AWS_REGION(Kind.CHANGE, "awsRegion", Content.TEXT),
    TABLE_NAME(Kind.CHANGE, "tableName", Content.TEXT),
    RECORD_FORMAT(Kind.CHANGE, "recordFormat", Content.TEXT),
    USER_IDENTITY(Kind.CHANGE, "userIdentity", Content.USER_IDENTITY),
    DYNAMODB(Kind.CHANGE, "dynamodb", Content.DYNAMODB),
    // A line of an export.
    EXPORT_METADATA(Kind.INCREMENTAL_EXPORT, "Metadata", Content.METADATA),
    EXPORT_KEYS(Kind.INCREMENTAL_EXPORT, "Keys", Content.KEYS),
    EXPORT_NEW_IMAGE(Kind.INCREMENTAL_EXPORT, "NewImage", Content.NEW_IMAGE),
    EXPORT_OLD_IMAGE(Kind.INCREMENTAL_EXPORT, "OldImage", Content.OLD_IMAGE),
    EXPORT_ITEM(Kind.FULL_EXPORT, "Item", Content.NEW_IMAGE),
    // Members that show that an object is an envelope.
    RECORDS(Kind.ENVELOPE, "Records", Content.RECORDS),
    FIREHOSE_RECORDS(Kind.ENVELOPE, "records", Content.RECORDS),
    REQUEST_ID(Kind.NONE, "requestId", Content.SKIPPED),
    INVOCATION_ID(Kind.NONE, "invocationId", Content.SKIPPED),

    APPROXIMATE_CREATION_DATE_TIME(Scope.DYNAMODB, "ApproximateCreationDateTime", Content.TIME),
    APPROXIMATE_CREATION_DATE_TIME_PRECISION(Scope.DYNAMODB, "ApproximateCreationDateTimePrecision", Content.UNIT),
    KEYS(Scope.DYNAMODB, "Keys", Content.KEYS),
    NEW_IMAGE(Scope.DYNAMODB, "NewImage", Content.NEW_IMAGE),
    OLD_IMAGE(Scope.DYNAMODB, "OldImage", Content.OLD_IMAGE),
    SEQUENCE_NUMBER(Scope.DYNAMODB, "SequenceNumber", Content.TEXT),
    SIZE_BYTES(Scope.DYNAMODB, "SizeBytes", Content.SIZE),
    STREAM_VIEW_TYPE(Scope.DYNAMODB, "StreamViewType", Content.TEXT),

    // Two spellings: Lambda and Kinesis write lower camel case, the Streams API writes capitals.
    IDENTITY_TYPE(Scope.USER_IDENTITY, "type", Content.TEXT),
    IDENTITY_TYPE_CAPITAL(Scope.USER_IDENTITY, "Type", Content.TEXT),
    IDENTITY_PRINCIPAL_ID(Scope.USER_IDENTITY, "principalId", Content.TEXT),
    IDENTITY_PRINCIPAL_ID_CAPITAL(Scope.USER_IDENTITY, "PrincipalId", Content.TEXT),

    WRITE_TIMESTAMP_MICROS(Scope.METADATA, "WriteTimestampMicros", Content.WRITE_TIME),

    // Beside the records of an envelope.
    ENVELOPE_REQUEST_ID(Scope.ENVELOPE, "requestId", Content.TEXT),
    ENVELOPE_TIMESTAMP(Scope.ENVELOPE, "timestamp", Content.TEXT),
    ENVELOPE_INVOCATION_ID(Scope.ENVELOPE, "invocationId", Content.TEXT),
    DELIVERY_STREAM_ARN(Scope.ENVELOPE, "deliveryStreamArn", Content.TEXT),
    SOURCE_KINESIS_STREAM_ARN(Scope.ENVELOPE, "sourceKinesisStreamArn", Content.TEXT),
    REGION(Scope.ENVELOPE, "region", Content.TEXT),
    ENVELOPE_EVENT_SOURCE_ARN(Scope.ENVELOPE, "eventSourceARN", Content.TEXT),
    KAFKA_EVENT_SOURCE_ARN(Scope.ENVELOPE, "eventSourceArn", Content.TEXT),
    NEXT_SHARD_ITERATOR(Scope.ENVELOPE, "NextShardIterator", Content.TEXT),
    SHARD_ID(Scope.ENVELOPE, "shardId", Content.TEXT),
    IS_FINAL_INVOKE_FOR_WINDOW(Scope.ENVELOPE, "isFinalInvokeForWindow", Content.TEXT),
    IS_WINDOW_TERMINATED_EARLY(Scope.ENVELOPE, "isWindowTerminatedEarly", Content.TEXT),
    WINDOW(Scope.ENVELOPE, "window", Content.WINDOW),
    STATE(Scope.ENVELOPE, "state", Content.STATE),
    LATE_DYNAMODB(Scope.ENVELOPE, "dynamodb", Content.SKIPPED),

    WINDOW_START(Scope.WINDOW, "start", Content.TEXT),
    WINDOW_END(Scope.WINDOW, "end", Content.TEXT),

    // An object that carries records: an element of an envelope, or a value of its own. The first rows are payloads.
    CARRIER_KINESIS(Scope.CARRIER, "kinesis", Content.CARRIER),
    CARRIER_SNS(Scope.CARRIER, "Sns", Content.CARRIER),
    CARRIER_DATA(Scope.CARRIER, "data", Content.BASE64),
    CARRIER_DATA_CAPITAL(Scope.CARRIER, "Data", Content.BASE64),
    CARRIER_KAFKA_VALUE(Scope.CARRIER, "kafkaRecordValue", Content.BASE64),
    CARRIER_VALUE(Scope.CARRIER, "value", Content.BASE64),
    CARRIER_RAW_DATA(Scope.CARRIER, "rawData", Content.BASE64),
    CARRIER_BODY(Scope.CARRIER, "body", Content.PAYLOAD),
    CARRIER_MESSAGE(Scope.CARRIER, "Message", Content.PAYLOAD),
    CARRIER_DETAIL(Scope.CARRIER, "detail", Content.PAYLOAD),
    CARRIER_PAYLOAD(Scope.CARRIER, "payload", Content.PAYLOAD),
    CARRIER_REQUEST_PAYLOAD(Scope.CARRIER, "requestPayload", Content.PAYLOAD),
    // Identifiers of what is carried.
    CARRIER_KINESIS_METADATA(Scope.CARRIER, "kinesisRecordMetadata", Content.IDENTIFIERS),
    CARRIER_RECORD_ID(Scope.CARRIER, "recordId", Content.TEXT),
    CARRIER_SEQUENCE_NUMBER(Scope.CARRIER, "sequenceNumber", Content.TEXT),
    CARRIER_SEQUENCE_NUMBER_CAPITAL(Scope.CARRIER, "SequenceNumber", Content.TEXT),
    CARRIER_PARTITION_KEY(Scope.CARRIER, "partitionKey", Content.TEXT),
    CARRIER_PARTITION_KEY_CAPITAL(Scope.CARRIER, "PartitionKey", Content.TEXT),
    CARRIER_ARRIVAL(Scope.CARRIER, "approximateArrivalTimestamp", Content.TEXT),
    CARRIER_ARRIVAL_CAPITAL(Scope.CARRIER, "ApproximateArrivalTimestamp", Content.TEXT),
    CARRIER_MESSAGE_ID(Scope.CARRIER, "messageId", Content.TEXT),
    CARRIER_MESSAGE_ID_CAPITAL(Scope.CARRIER, "MessageId", Content.TEXT),
    CARRIER_EVENT_ID(Scope.CARRIER, "eventID", Content.TEXT),
    CARRIER_TOPIC(Scope.CARRIER, "topic", Content.TEXT),
    CARRIER_PARTITION(Scope.CARRIER, "partition", Content.TEXT),
    CARRIER_OFFSET(Scope.CARRIER, "offset", Content.TEXT),
    CARRIER_TIMESTAMP(Scope.CARRIER, "timestamp", Content.TEXT),
    CARRIER_EVENT_SOURCE_ARN(Scope.CARRIER, "eventSourceARN", Content.TEXT),
    // Members that show what carries.
    CARRIER_EVENT_SOURCE(Scope.CARRIER, "eventSource", Content.SKIPPED),
    CARRIER_SCHEMA_VERSION(Scope.CARRIER, "kinesisSchemaVersion", Content.SKIPPED),
    CARRIER_RECEIPT_HANDLE(Scope.CARRIER, "receiptHandle", Content.SKIPPED),
    CARRIER_TYPE(Scope.CARRIER, "Type", Content.SKIPPED),
    CARRIER_TOPIC_ARN(Scope.CARRIER, "TopicArn", Content.SKIPPED),
    CARRIER_DETAIL_TYPE(Scope.CARRIER, "detail-type", Content.SKIPPED),
    CARRIER_SOURCE(Scope.CARRIER, "source", Content.SKIPPED),
    CARRIER_REQUEST_CONTEXT(Scope.CARRIER, "requestContext", Content.SKIPPED),
    CARRIER_STREAM_BATCH(Scope.CARRIER, "DDBStreamBatchInfo", Content.SKIPPED),
    CARRIER_KINESIS_BATCH(Scope.CARRIER, "KinesisBatchInfo", Content.SKIPPED),
    CARRIER_KAFKA_BATCH(Scope.CARRIER, "KafkaBatchInfo", Content.SKIPPED),
    CARRIER_ATTEMPTS_MADE(Scope.CARRIER, "attemptsMade", Content.SKIPPED),
    CARRIER_ERROR_CODE(Scope.CARRIER, "errorCode", Content.SKIPPED);

    /** The members that only records of DynamoDB Streams have. */
    static final Member[] ONLY_STREAMS = {EVENT_VERSION, EVENT_SOURCE_ARN, SEQUENCE_NUMBER, STREAM_VIEW_TYPE};

    /** The members that records of Kinesis have, and those of DynamoDB Streams have not. */
    static final Member[] ONLY_KINESIS = {TABLE_NAME, RECORD_FORMAT};

    /** How many members records have: those come first, so that one bit each fits a long. */
    @SuppressWarnings("EnumOrdinal") // the order of the rows is the point, and a test holds it
    static final int OF_RECORD = WRITE_TIMESTAMP_MICROS.ordinal() + 1;

    @SuppressWarnings("EnumOrdinal") // as above
    private static final int FIRST_OF_CARRIER = CARRIER_KINESIS.ordinal();

    /** The number of the members of carriers that can be a payload. */
    @SuppressWarnings("EnumOrdinal") // as above
    static final int PAYLOADS = CARRIER_REQUEST_PAYLOAD.ordinal() + 1 - FIRST_OF_CARRIER;

    /** The kind of a record, which decides what its members mean. */
    enum Kind {
        /** Not known yet: each member is read as if the record were of its kind. */
        UNDECIDED,
        /** {@code dynamodb} is present. */
        CHANGE,
        /** A line of an incremental export: {@code Keys} at the top. */
        INCREMENTAL_EXPORT,
        /** A line of a full export: {@code Item}. */
        FULL_EXPORT,
        /** {@code Records} or {@code records}: contains records and is not one. */
        ENVELOPE,
        /** None of these. */
        NONE
    }

    /** The object that a member appears in. */
    enum Scope {
        RECORD,
        DYNAMODB,
        USER_IDENTITY,
        METADATA,
        ENVELOPE,
        WINDOW,
        CARRIER
    }

    /** The type of a member's value, which selects the code that reads it. */
    enum Content {
        TEXT,
        TEXT_OR_NUMBER,
        EVENT_NAME,
        UNIT,
        TIME,
        WRITE_TIME,
        SIZE,
        KEYS,
        NEW_IMAGE,
        OLD_IMAGE,
        /** Objects with members of their own. */
        DYNAMODB,
        USER_IDENTITY,
        METADATA,
        WINDOW,
        /** An object of a carrier that contains its payload and identifiers. */
        CARRIER,
        /** An object of a carrier that contains identifiers. */
        IDENTIFIERS,
        /** An object whose members are the user's. */
        STATE,
        RECORDS,
        /** Records in base64. */
        BASE64,
        /** Records as JSON, or as JSON in a string. */
        PAYLOAD,
        SKIPPED
    }

    final Scope scope;
    final String wireName;

    /**
     * The kind of record that the member belongs to; UNDECIDED for all, NONE if it only helps to detect an envelope.
     */
    final Kind kind;

    final Content content;

    /** A member of a record or an envelope. */
    Member(Kind kind, String wireName, Content content) {
        this.scope = Scope.RECORD;
        this.kind = kind;
        this.wireName = wireName;
        this.content = content;
    }

    /** A member of an object in it, or beside it. */
    Member(Scope scope, String wireName, Content content) {
        this.scope = scope;
        this.kind = Kind.UNDECIDED;
        this.wireName = wireName;
        this.content = content;
    }

    /** Returns the member under its usual name. */
    Member usual() {
        switch (this) {
            case IDENTITY_TYPE_CAPITAL:
                return IDENTITY_TYPE;
            case IDENTITY_PRINCIPAL_ID_CAPITAL:
                return IDENTITY_PRINCIPAL_ID;
            case CARRIER_SEQUENCE_NUMBER_CAPITAL:
                return CARRIER_SEQUENCE_NUMBER;
            case CARRIER_PARTITION_KEY_CAPITAL:
                return CARRIER_PARTITION_KEY;
            case CARRIER_ARRIVAL_CAPITAL:
                return CARRIER_ARRIVAL;
            case CARRIER_MESSAGE_ID_CAPITAL:
                return CARRIER_MESSAGE_ID;
            case CARRIER_KINESIS_BATCH:
            case CARRIER_KAFKA_BATCH:
                return CARRIER_STREAM_BATCH;
            default:
                return this;
        }
    }

    /** Returns the bit of this member of a record. */
    @SuppressWarnings("EnumOrdinal") // an EnumSet of one long
    long bit() {
        return 1L << ordinal();
    }

    /** Returns the place of this member of a carrier; below {@link #PAYLOADS} if it can be a payload. */
    @SuppressWarnings("EnumOrdinal") // the order of the rows is the point
    int ofCarrier() {
        return ordinal() - FIRST_OF_CARRIER;
    }

    /** Returns the bits of these members. */
    static long bits(Member... members) {
        long bits = 0;
        for (Member member : members) {
            bits |= member.bit();
        }
        return bits;
    }

    /** Returns whether the value is Keys, an image or an Item. */
    boolean isItem() {
        return content == Content.KEYS || content == Content.NEW_IMAGE || content == Content.OLD_IMAGE;
    }

    /** The members of one scope, found by their names. */
    static final class Names {
        static final Names RECORD = new Names(Scope.RECORD);
        static final Names DYNAMODB = new Names(Scope.DYNAMODB);
        static final Names USER_IDENTITY = new Names(Scope.USER_IDENTITY);
        static final Names METADATA = new Names(Scope.METADATA);
        static final Names ENVELOPE = new Names(Scope.ENVELOPE);
        static final Names WINDOW = new Names(Scope.WINDOW);
        static final Names CARRIER = new Names(Scope.CARRIER);

        /** The members of carriers, and those that make an object a record or an envelope instead. */
        static final Names ELEMENT =
                new Names(Scope.CARRIER, Member.DYNAMODB, EXPORT_KEYS, EXPORT_ITEM, RECORDS, FIREHOSE_RECORDS);

        /** By the length of the name, so that a name is compared with few. */
        private final Member[][] members;

        private final byte[][][] names;

        private Names(Scope scope, Member... others) {
            Member[] all = Stream.concat(
                            Arrays.stream(values()).filter(member -> member.scope == scope), Arrays.stream(others))
                    .toArray(Member[]::new);
            int longest = Arrays.stream(all)
                    .mapToInt(member -> member.wireName.length())
                    .max()
                    .orElse(0);
            members = new Member[longest + 1][];
            names = new byte[longest + 1][][];
            for (int i = 0; i <= longest; i++) {
                int length = i;
                members[i] = Arrays.stream(all)
                        .filter(member -> member.wireName.length() == length)
                        .toArray(Member[]::new);
                names[i] = Arrays.stream(members[i])
                        .map(member -> member.wireName.getBytes(US_ASCII))
                        .toArray(byte[][]::new);
            }
        }

        /**
         * Returns the member that the content of a name spells, after unescaping; null if there is none.
         *
         * @param anyCase whether a name that differs in its case only is that member too
         */
        @Nullable
        Member find(byte[] data, int from, int to, long flags, boolean anyCase) {
            Member member = find(data, from, to, flags);
            return member != null || !anyCase ? member : findInAnyCase(data, from, to);
        }

        private @Nullable Member findInAnyCase(byte[] data, int from, int to) {
            for (Member[] ofOneLength : members) {
                for (Member member : ofOneLength) {
                    if (JsonText.isInAnyCase(data, from, to, member.wireName)) {
                        return member;
                    }
                }
            }
            return null;
        }

        /** Returns the member that the content of a name spells, after unescaping; null if there is none. */
        @Nullable
        Member find(byte[] data, int from, int to, long flags) {
            int length = to - from;
            if ((flags & Span.ESCAPED) != 0) {
                // An escape takes six bytes for one. A name can be longer than a span can say.
                return length > 6 * members.length ? null : findEscaped(data, from, Span.of(0, length, flags));
            }
            if (length >= members.length) {
                return null;
            }
            byte[][] candidates = names[length];
            for (int i = 0; i < candidates.length; i++) {
                byte[] name = candidates[i];
                if (name[0] == data[from] && Arrays.equals(name, 0, length, data, from, to)) {
                    return members[length][i];
                }
            }
            return null;
        }

        private @Nullable Member findEscaped(byte[] data, int from, long name) {
            int length = JsonText.utf8Length(data, from, name);
            if (length < members.length) {
                for (Member member : members[length]) {
                    if (JsonText.is(data, from, name, member.wireName)) {
                        return member;
                    }
                }
            }
            return null;
        }

        /** Returns the member of this name; null if there is none, or no name. */
        @Nullable
        Member find(@Nullable String name, boolean anyCase) {
            int length = name == null ? members.length : name.length();
            if (length >= members.length) {
                return null;
            }
            for (Member member : members[length]) {
                if (anyCase ? member.wireName.equalsIgnoreCase(name) : member.wireName.equals(name)) {
                    return member;
                }
            }
            return null;
        }
    }
}
