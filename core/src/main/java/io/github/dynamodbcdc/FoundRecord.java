package io.github.dynamodbcdc;

import io.github.dynamodbcdc.Envelope.ArrivalTime;
import io.github.dynamodbcdc.Member.Content;
import io.github.dynamodbcdc.Member.Names;
import io.github.dynamodbcdc.Member.Scope;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The result of reading a record: its event or failure, and the identifiers that its envelope gives it. */
final class FoundRecord {
    /** Whether the identifiers that carriers give the record are wanted. */
    final boolean detailed;

    /** The event; null if the record could not be decoded. */
    @Nullable
    ChangeEvent event;

    /** The failure; null if the record was decoded. */
    @Nullable
    DecodeException failure;

    /** Whether no record can follow. */
    boolean terminal;

    /** The offset of the first byte of the record, or of the outermost object that carries it. */
    long offset;

    /** What carried the record, the outermost of several; null if nothing did. */
    @Nullable
    Carrier carrier;

    /** Whether Kinesis or Firehose carried the record in some layer. */
    boolean viaKinesis;

    /** Whether a Kinesis record carried the record in some layer, so that only its sequence number counts. */
    boolean inKinesisRecord;

    /** The sequence number, from the object that carried the record or found in a bad record; null if unknown. */
    @Nullable
    String sequenceNumber;

    /** The partition key of Kinesis, from the object that carried the record; null if it has none. */
    @Nullable
    String partitionKey;

    /** The member {@code recordId} of a Firehose record; null if it has none. */
    @Nullable
    String recordId;

    /**
     * The member {@code timestamp} of the object that carried the record, which is the time of arrival if the object
     * has no other; null if absent.
     */
    private @Nullable String timestamp;

    private @Nullable String arrival;

    /** The message id of SQS or SNS; null if the record was in no message. */
    @Nullable
    String messageId;

    /** The event id of the object that carried the record, or of a bad record in an array; null if unknown. */
    @Nullable
    String eventId;

    /** Whether the record, or what carried it, is an element of an array at the top of the input. */
    boolean inArray;

    /** The topic of Kafka; null if no Kafka record carried the record. */
    @Nullable
    String topic;

    /** The partition of the topic, as text; null if there is none. */
    @Nullable
    String partition;

    /** The offset in the partition, as text; null if there is none. */
    @Nullable
    String streamOffset;

    FoundRecord(boolean detailed) {
        this.detailed = detailed;
    }

    /** Clears all but {@link #detailed} for the next record. */
    void reset(long recordOffset) {
        event = null;
        failure = null;
        terminal = false;
        offset = recordOffset;
        inArray = false;
        forgetIdentifiers();
    }

    /** Clears the identifiers, because they are not those of a carried record. */
    void forgetIdentifiers() {
        carrier = null;
        viaKinesis = false;
        inKinesisRecord = false;
        sequenceNumber = null;
        partitionKey = null;
        recordId = null;
        arrival = null;
        timestamp = null;
        messageId = null;
        eventId = null;
        topic = null;
        partition = null;
        streamOffset = null;
    }

    /** Keeps a member of the object that carries the record, if it is an identifier. If repeated, the first counts. */
    void keep(Member member, @Nullable String value) {
        switch (member.usual()) {
            case CARRIER_SEQUENCE_NUMBER:
                sequenceNumber = sequenceNumber == null ? value : sequenceNumber;
                break;
            case CARRIER_PARTITION_KEY:
                partitionKey = partitionKey == null ? value : partitionKey;
                break;
            case CARRIER_RECORD_ID:
                recordId = recordId == null ? value : recordId;
                break;
            case CARRIER_ARRIVAL:
                arrival = arrival == null ? value : arrival;
                break;
            case CARRIER_TIMESTAMP:
                timestamp = timestamp == null ? value : timestamp;
                break;
            case CARRIER_MESSAGE_ID:
                messageId = messageId == null ? value : messageId;
                break;
            case CARRIER_EVENT_ID:
                eventId = eventId == null ? value : eventId;
                break;
            case CARRIER_TOPIC:
                topic = topic == null ? value : topic;
                break;
            case CARRIER_PARTITION:
                partition = partition == null ? value : partition;
                break;
            case CARRIER_OFFSET:
                streamOffset = streamOffset == null ? value : streamOffset;
                break;
            default:
        }
    }

    /** Takes the carrier, the offset and the identifiers of the object around the one that carried this record. */
    void in(FoundRecord outer) {
        offset = outer.offset;
        carrier = outer.carrier;
        viaKinesis |= outer.viaKinesis;
        boolean ofOuter = outer.sequenceNumber != null || outer.inKinesisRecord;
        sequenceNumber = ofOuter ? outer.sequenceNumber : sequenceNumber;
        inKinesisRecord |= outer.inKinesisRecord;
        partitionKey = outer.partitionKey == null ? partitionKey : outer.partitionKey;
        recordId = outer.recordId == null ? recordId : outer.recordId;
        boolean hasTime = outer.arrival != null || outer.timestamp != null;
        arrival = hasTime ? outer.arrival : arrival;
        timestamp = hasTime ? outer.timestamp : timestamp;
        messageId = outer.messageId == null ? messageId : outer.messageId;
        eventId = outer.eventId == null ? eventId : outer.eventId;
        inArray = outer.inArray;
        topic = outer.topic == null ? topic : outer.topic;
        partition = outer.partition == null ? partition : outer.partition;
        streamOffset = outer.streamOffset == null ? streamOffset : outer.streamOffset;
    }

    /** Returns the time of arrival in the object that carried the record; null if it has none. */
    @Nullable
    Instant arrivalTime() {
        Instant time = ArrivalTime.parse(arrival == null ? timestamp : arrival);
        return time == null ? Envelope.instant(arrival) : time; // the AWS CLI makes ISO-8601 of it
    }

    /** Notes what carried the record. Forgets identifiers that such a carrier does not give. */
    void carriedBy(Carrier found) {
        carrier = found;
        viaKinesis = found.isKinesisOrFirehose();
        inKinesisRecord = found.identifier() == Member.CARRIER_SEQUENCE_NUMBER;
        if (!viaKinesis) { // a notification of a FIFO topic has a SequenceNumber too
            sequenceNumber = null;
            partitionKey = null;
            recordId = null;
            arrival = null;
        }
        if (!found.isOfKafka()) { // an on-failure notice has a timestamp too
            timestamp = null;
            topic = null;
            partition = null;
            streamOffset = null;
        }
        messageId = found.isMessage() ? messageId : null;
    }

    /** Sets a failure that no record can follow. */
    void terminate(DecodeException fault) {
        failure = fault;
        terminal = true;
    }

    /** The members of one carrier, read in one pass. */
    static final class CarrierObject {
        final Carrier.Evidence evidence = new Carrier.Evidence();

        /**
         * Where the value of each member that can be a payload begins; −1 if the member is absent, or is an object
         * without a payload.
         */
        final int[] starts = new int[Member.PAYLOADS];

        /** Where these values end. */
        final int[] ends = new int[Member.PAYLOADS];

        /** The flags of these values that are strings, as in {@link JsonScanner#flags}. */
        final long[] flags = new long[Member.PAYLOADS];

        /** The {@code eventSourceARN}; null if it has none or it is not wanted. */
        @Nullable
        String eventSourceArn;

        /** Whether a payload is read now, or was when a failure came. */
        boolean inPayload;

        private JsonScanner json = new JsonScanner();
        private FoundRecord record = new FoundRecord(false);
        private boolean wantsArn;

        /**
         * Reads the object at {@code brace}, and keeps its identifiers in {@code record}.
         *
         * @return the position after it; −1 if it is a record or an envelope, which is not read to its end
         */
        int read(JsonScanner scanner, int brace, FoundRecord found, @Nullable Carrier usual, boolean arn) {
            json = scanner;
            record = found;
            wantsArn = arn;
            eventSourceArn = null;
            inPayload = false;
            evidence.reset();
            Arrays.fill(starts, -1);
            boolean certain = usual != null && usual.hasEnvelope();
            int p = json.space(brace + 1);
            while (json.peek(p) != '}') {
                int quote = p;
                int close = name(p);
                Member member = Names.ELEMENT.find(json.data, p + 1, close, json.flags);
                p = json.expect(json.space(close + 1), ':');
                if (member == null) {
                    p = json.skip(p, 1);
                } else if (member.scope == Scope.CARRIER) {
                    evidence.add(member, json, p); // before its value is read, which may have a fault
                    p = value(member, p, quote);
                } else if (certain || !decides(member, json.peek(p))) {
                    p = json.skip(p, 1);
                } else {
                    return -1;
                }
                p = json.afterValue(p, '}');
            }
            return p + 1;
        }

        /**
         * Returns whether the members in these bytes show that the object at {@code p} carries the record, which then
         * has the identifiers that the object gives it. If the object has a fault, the members before it count.
         *
         * @param to the end of the bytes that belong to the object
         * @param usual what the elements of the envelope usually are; null if nothing is known
         */
        boolean identify(
                FoundRecord refused, JsonScanner scanner, byte[] data, int p, int to, @Nullable Carrier usual) {
            refused.forgetIdentifiers();
            evidence.reset();
            scanner.reset(data, p, to, true);
            boolean carries = true;
            try {
                int brace = scanner.space(p);
                carries = scanner.peek(brace) == '{' && read(scanner, brace, refused, usual, false) >= 0;
            } catch (NeedMore | DecodeException e) {
                // What was read counts.
            }
            Carrier found = carries ? evidence.carrier(usual) : null;
            if (found == null) {
                refused.forgetIdentifiers();
                return false;
            }
            refused.carriedBy(found);
            return true;
        }

        /** Returns whether this member makes the object a record or an envelope, whatever else it has. */
        private static boolean decides(Member member, byte value) {
            switch (member) {
                case DYNAMODB:
                    return true;
                case EXPORT_KEYS:
                case EXPORT_ITEM:
                    return value == '{';
                default:
                    return member.content == Content.RECORDS && value == '[';
            }
        }

        private int name(int quote) {
            if (json.peek(quote) != '"') {
                throw json.unexpected(quote);
            }
            return json.string(quote + 1);
        }

        private int value(Member member, int p, int quote) {
            switch (member.content) {
                case CARRIER:
                case IDENTIFIERS:
                    return json.peek(p) == '{' ? members(member, p, quote) : json.skip(p, 1);
                case BASE64:
                case PAYLOAD:
                    return json.peek(p) == 'n' ? json.skip(p, 1) : payload(member, p, quote);
                default:
                    return identifier(member, p, 1);
            }
        }

        /** Reads an object that contains identifiers, and may contain the payload. */
        private int members(Member outer, int brace, int quoteOfOuter) {
            Member content = outer.content == Content.CARRIER ? Carrier.inside(outer) : null;
            if (content != null) {
                evidence.addName(outer, quoteOfOuter);
            }
            int p = json.space(brace + 1);
            while (json.peek(p) != '}') {
                int quote = p;
                int close = name(p);
                Member member = Names.CARRIER.find(json.data, p + 1, close, json.flags);
                p = json.expect(json.space(close + 1), ':');
                if (member == null) {
                    p = json.skip(p, 2);
                } else if (member == content && json.peek(p) != 'n') {
                    p = payload(outer, p, starts[outer.ofCarrier()] < 0 ? -1 : quote);
                } else {
                    p = identifier(member, p, 2);
                }
                p = json.afterValue(p, '}');
            }
            return p + 1;
        }

        /**
         * Passes over a payload, in which the nesting of objects around it does not count.
         *
         * @param quote the position of its name; −1 for the first payload of an object whose own name was noted
         */
        private int payload(Member member, int p, int quote) {
            evidence.addName(member, quote);
            int place = member.ofCarrier();
            starts[place] = p;
            json.flags = 0;
            inPayload = true;
            ends[place] = json.peek(p) == '"' ? json.string(p + 1) + 1 : json.skip(p, 0);
            inPayload = false;
            flags[place] = json.flags;
            return ends[place];
        }

        private int identifier(Member member, int p, int depth) {
            if (member.content == Content.TEXT) {
                if (member == Member.CARRIER_EVENT_SOURCE_ARN) {
                    eventSourceArn = wantsArn && eventSourceArn == null ? text(p) : eventSourceArn;
                } else if (record.detailed && (member != Member.CARRIER_EVENT_ID || record.inArray)) {
                    record.keep(member, text(p)); // the event id identifies elements of an array only
                }
            }
            return json.skip(p, depth);
        }

        /** Returns the text of a string or number; null for other values, and for texts that are too long. */
        private @Nullable String text(int p) {
            byte b = json.peek(p);
            if (b != '"' && !JsonScanner.startsNumber(b)) {
                return null;
            }
            boolean quoted = b == '"';
            int from = quoted ? p + 1 : p;
            int close = quoted ? json.string(from) : json.number(from);
            json.peek(close); // a number may be cut where the bytes end
            long flags = quoted ? json.flags : 0;
            return close - p > Envelope.MAX_TEXT
                    ? null
                    : JsonText.string(json.data, from, Span.of(0, close - from, flags));
        }
    }
}
