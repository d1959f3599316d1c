package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Member.Content;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The services and formats that carry records in a member of an object, one row each. A row has the members that can be
 * the payload, and those that prove the object to be of this kind, because payloads have ordinary names. An object that
 * is a change record, a line of an export or an envelope carries nothing. Of several rows that match, the first counts.
 *
 * <p>A carrier is added here, in {@link Member} for members that no other carrier has, and in {@link EnvelopeShape}.
 */
enum Carrier {
    /** "Using AWS Lambda with Amazon Kinesis". */
    LAMBDA_KINESIS(
            EnvelopeShape.LAMBDA_KINESIS,
            "a Kinesis record",
            "aws:kinesis",
            of(Member.CARRIER_KINESIS),
            of(Member.CARRIER_KINESIS)),
    /** GetRecords in the Amazon Kinesis Data Streams API Reference, and "Kinesis stream as a source" of Pipes. */
    KINESIS_RECORDS(
            EnvelopeShape.KINESIS_RECORDS,
            "a Kinesis record",
            "aws:kinesis",
            of(Member.CARRIER_DATA_CAPITAL, Member.CARRIER_DATA),
            of(
                    Member.CARRIER_DATA_CAPITAL,
                    Member.CARRIER_SEQUENCE_NUMBER,
                    Member.CARRIER_PARTITION_KEY,
                    Member.CARRIER_SCHEMA_VERSION),
            of(Member.CARRIER_SEQUENCE_NUMBER, Member.CARRIER_PARTITION_KEY),
            null),
    /** "Data transformation in Amazon Data Firehose", and "HTTP endpoint delivery request and response". */
    FIREHOSE(
            EnvelopeShape.FIREHOSE_HTTP,
            "a Firehose record",
            null,
            of(Member.CARRIER_DATA, Member.CARRIER_KAFKA_VALUE),
            of(Member.CARRIER_RECORD_ID)),
    /** "Using Lambda with Amazon MSK", "Using Lambda with self-managed Apache Kafka". */
    LAMBDA_KAFKA(
            EnvelopeShape.LAMBDA_KAFKA,
            "a Kafka record",
            "aws:kafka",
            of(Member.CARRIER_VALUE),
            of(Member.CARRIER_TOPIC, Member.CARRIER_OFFSET),
            of(Member.CARRIER_TOPIC, Member.CARRIER_PARTITION, Member.CARRIER_OFFSET),
            "this is a Kafka record without a value: a tombstone"),
    /** "Using Lambda with Amazon SQS". */
    SQS(
            EnvelopeShape.SQS,
            "an SQS message",
            "aws:sqs",
            of(Member.CARRIER_BODY),
            of(Member.CARRIER_MESSAGE_ID, Member.CARRIER_RECEIPT_HANDLE),
            of(Member.CARRIER_MESSAGE_ID, Member.CARRIER_RECEIPT_HANDLE),
            "this is an SQS message without a body"),
    /** "Using Lambda with Amazon SNS", and "HTTP/HTTPS notification JSON format" of SNS, as queues get it. */
    SNS(
            EnvelopeShape.SNS,
            "an SNS notification",
            "aws:sns",
            of(Member.CARRIER_SNS, Member.CARRIER_MESSAGE),
            of(Member.CARRIER_SNS, Member.CARRIER_TYPE, Member.CARRIER_TOPIC_ARN)),
    /** "Events in Amazon EventBridge". */
    EVENTBRIDGE(
            EnvelopeShape.EVENTBRIDGE,
            "an EventBridge event",
            null,
            of(Member.CARRIER_DETAIL),
            of(Member.CARRIER_DETAIL_TYPE, Member.CARRIER_SOURCE),
            of(Member.CARRIER_DETAIL_TYPE, Member.CARRIER_SOURCE),
            "this is an EventBridge event without a detail"),
    /** "Retaining discarded batches" of Lambda's event sources, and "Adding a destination". */
    LAMBDA_FAILURE(
            EnvelopeShape.LAMBDA_FAILURE,
            "an on-failure notice",
            null,
            of(Member.CARRIER_PAYLOAD, Member.CARRIER_REQUEST_PAYLOAD),
            of(Member.CARRIER_REQUEST_CONTEXT),
            of(Member.CARRIER_REQUEST_CONTEXT, Member.CARRIER_STREAM_BATCH),
            "this is an on-failure notice without the records"),
    /** "Handle data delivery failures" of Firehose: the objects under the error prefix. */
    FIREHOSE_FAILURE(
            EnvelopeShape.FIREHOSE_FAILURE,
            "a failed Firehose record",
            null,
            of(Member.CARRIER_RAW_DATA),
            of(Member.CARRIER_ATTEMPTS_MADE, Member.CARRIER_ERROR_CODE));

    private static final Carrier[] ALL = values();

    /** The carrier that an element of an array {@code Records} is if only the ordinary name of its payload shows it. */
    static final Carrier USUAL_OF_RECORDS = SQS;

    /** How many carriers may be around a record. */
    static final int MAX_LAYERS = 4;

    /** The shape of an envelope of such objects. */
    final EnvelopeShape shape;

    /** The object in words, for messages. */
    private final String words;

    /** The eventSource of its objects; null if they have none. */
    private final @Nullable String eventSource;

    /** The members that can be the payload, one bit each. */
    private final long payloads;

    /** The members of which one proves that a payload is this carrier's. */
    private final long proofs;

    /** The members that together prove the object to be of this kind without a payload; 0 for none. */
    private final long sufficient;

    /** The message for an object without a payload; null if a payload is a required member. */
    private final @Nullable String emptyText;

    Carrier(EnvelopeShape shape, String words, @Nullable String eventSource, long payloads, long proofs) {
        this(shape, words, eventSource, payloads, proofs, 0, null);
    }

    Carrier(
            EnvelopeShape shape,
            String words,
            @Nullable String eventSource,
            long payloads,
            long proofs,
            long sufficient,
            @Nullable String emptyText) {
        this.shape = shape;
        this.words = words;
        this.eventSource = eventSource;
        this.payloads = payloads;
        this.proofs = proofs;
        this.sufficient = sufficient;
        this.emptyText = emptyText;
    }

    private static long of(Member... members) {
        long bits = 0;
        for (Member member : members) {
            bits |= bit(member);
        }
        return bits;
    }

    private static long bit(Member member) {
        return 1L << member.ofCarrier();
    }

    /** Returns whether the records in it came through Kinesis, which indicates how their binary is encoded. */
    boolean isKinesisOrFirehose() {
        return this == LAMBDA_KINESIS || this == KINESIS_RECORDS || this == FIREHOSE || this == FIREHOSE_FAILURE;
    }

    /** Returns whether its records have a topic, a partition and an offset. */
    boolean isOfKafka() {
        return this == LAMBDA_KAFKA || this == FIREHOSE;
    }

    /** Returns whether its records have a message id. */
    boolean isMessage() {
        return this == SQS || this == SNS;
    }

    /** Returns the member that identifies its records in an answer to Lambda; null if there is no such answer. */
    @Nullable
    Member identifier() {
        switch (this) {
            case LAMBDA_KINESIS:
            case KINESIS_RECORDS:
                return Member.CARRIER_SEQUENCE_NUMBER;
            case SQS:
                return Member.CARRIER_MESSAGE_ID;
            case LAMBDA_KAFKA:
                return Member.CARRIER_OFFSET;
            default:
                return null;
        }
    }

    /** Returns whether an envelope's own member shows that all its elements are such objects. */
    boolean hasEnvelope() {
        return this == FIREHOSE || this == LAMBDA_KAFKA;
    }

    /** Returns whether the object can be larger than memory, because one object carries a whole batch. */
    boolean isBatch() {
        return this == EVENTBRIDGE || this == LAMBDA_FAILURE;
    }

    /** Returns whether this member can be the payload. */
    boolean isPayload(Member member) {
        return (payloads & bit(member)) != 0;
    }

    /** Returns whether this member of an element of {@code records} shows that the element is of this kind. */
    boolean isShownBy(Member member) {
        return ((payloads | sufficient) & bit(member)) != 0;
    }

    /** Returns the member that is the payload, of those that were seen; null for none. */
    @Nullable
    Member payload(Evidence evidence) {
        long present = payloads & evidence.seen;
        return present == 0 ? null : Evidence.first(present);
    }

    /** Returns the member whose value is what is carried, by the payload that was seen, or usually if it is null. */
    Member content(@Nullable Member payload) {
        Member member = payload == null ? Evidence.first(payloads) : payload;
        return member.content == Content.CARRIER ? inside(member) : member;
    }

    /** Returns the payload in an object of a carrier. */
    static Member inside(Member member) {
        return member == Member.CARRIER_SNS ? Member.CARRIER_MESSAGE : Member.CARRIER_DATA;
    }

    /** Returns the failure of such an object at this offset that has no payload. */
    DecodeException withoutPayload(long offset) {
        Member content = content(null);
        DecodeException failure = emptyText == null
                ? new DecodeException(Reason.MISSING_FIELD, offset, "", content.wireName)
                : new DecodeException(Reason.NOT_AN_EVENT, offset, "", emptyText);
        return emptyText == null ? failure.in(layer(content)) : failure;
    }

    /** Returns the failure of an object with this payload, and a second one at this offset. */
    DecodeException withSecondPayload(Member payload, long offset) {
        return new DecodeException(Reason.DUPLICATE_FIELD, offset, "", null).in(layer(content(payload)));
    }

    /** Returns the failure of an object at this offset that has as many carriers around it as there may be. */
    static DecodeException tooMany(long offset) {
        return new DecodeException(Reason.NOT_AN_EVENT, offset, "", "more than " + MAX_LAYERS + " carriers");
    }

    /** Returns where the payload is, in words for messages. */
    String layer(Member content) {
        return "in " + content.wireName + " of " + words;
    }

    /** The members of one object that were seen so far. */
    static final class Evidence {
        private static final Member[] PAYLOADS = Arrays.stream(Member.values())
                .filter(member -> member.scope == Member.Scope.CARRIER && member.ofCarrier() < Member.PAYLOADS)
                .toArray(Member[]::new);

        /** The members that show a carrier by a text or number. */
        private static final long SCALARS = Arrays.stream(ALL)
                        .mapToLong(carrier -> carrier.proofs | carrier.sufficient)
                        .reduce(0, (bits, more) -> bits | more)
                & ~of(Member.CARRIER_KINESIS, Member.CARRIER_SNS, Member.CARRIER_DATA_CAPITAL)
                & ~of(Member.CARRIER_REQUEST_CONTEXT, Member.CARRIER_STREAM_BATCH);

        /** The members that are payload and proof, so that no other proof is needed. */
        private static final long PROVEN = of(Member.CARRIER_KINESIS);

        private long seen;

        /** For each member that can be a payload, the positions of its first and its second name; −1 if absent. */
        private final int[] names = new int[2 * Member.PAYLOADS];

        /** The first carrier with the object's eventSource. */
        private @Nullable Carrier source;

        private static Member first(long bits) {
            return PAYLOADS[Long.numberOfTrailingZeros(bits)];
        }

        /** Begins another object. */
        void reset() {
            seen = 0;
            source = null;
            Arrays.fill(names, -1);
        }

        /** Notes a member that can be a payload and is present, by the position of its name. */
        void addName(Member member, int quote) {
            int first = 2 * member.ofCarrier();
            int free = names[first] < 0 ? first : first + 1;
            names[free] = names[free] < 0 ? quote : names[free];
        }

        /** Returns the position of the name of the second payload of this carrier; −1 if it has only one or none. */
        int secondPayload(Carrier carrier) {
            int first = Integer.MAX_VALUE;
            int second = Integer.MAX_VALUE;
            for (int i = 0; i < names.length; i++) {
                if (names[i] >= 0 && (carrier.payloads & 1L << (i / 2)) != 0) {
                    second = Math.min(second, Math.max(first, names[i]));
                    first = Math.min(first, names[i]);
                }
            }
            return second == Integer.MAX_VALUE ? -1 : second;
        }

        /** Notes a member of the object, unless its value shows that it is absent or has another meaning. */
        void add(Member member, JsonScanner json, int value) {
            byte first = json.peek(value);
            boolean isSource = isAdded(member, first) && member == Member.CARRIER_EVENT_SOURCE && first == '"';
            if (isSource && (seen & PROVEN) == 0) {
                int close = json.string(value + 1);
                addSource(JsonText.string(json.data, value, Span.of(1, close - value - 1, json.flags)));
            }
        }

        /** Notes the text of the object's eventSource; null if it is not a text. */
        void addSource(@Nullable String text) {
            source = null;
            for (Carrier carrier : ALL) {
                if (source == null && carrier.eventSource != null && carrier.eventSource.equals(text)) {
                    source = carrier;
                }
            }
        }

        /** Notes a member by the first byte of its value; returns false if it is absent or has another meaning. */
        boolean isAdded(Member member, byte first) {
            if (first == 'n' || (member.content == Content.CARRIER && first != '{')) {
                return false;
            }
            long bit = bit(member.usual());
            // In an item, all members are objects, whatever their names.
            if ((bit & SCALARS) != 0 && (first == '{' || first == '[')) {
                return false;
            }
            seen |= bit;
            return true;
        }

        /**
         * Returns what the object carries records as; null if it does not.
         *
         * @param usual what the elements of the envelope usually are, for which a payload suffices; null if unknown
         */
        @Nullable
        Carrier carrier(@Nullable Carrier usual) {
            if (usual != null && usual.hasEnvelope()) {
                return usual;
            }
            for (Carrier carrier : ALL) {
                if ((seen & carrier.payloads) != 0 && isProven(carrier)) {
                    return carrier;
                }
            }
            for (Carrier carrier : ALL) { // one that lacks its payload
                if (carrier.sufficient != 0 && (seen & carrier.sufficient) == carrier.sufficient) {
                    return carrier;
                }
            }
            return usual != null && (seen & usual.payloads) != 0 ? usual : null;
        }

        private boolean isProven(Carrier carrier) {
            return (seen & carrier.proofs) != 0
                    || (source != null && Objects.equals(source.eventSource, carrier.eventSource));
        }
    }
}
