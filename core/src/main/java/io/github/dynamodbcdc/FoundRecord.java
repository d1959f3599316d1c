package io.github.dynamodbcdc;

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
        arrival = outer.arrival() == null ? arrival() : outer.arrival();
        messageId = outer.messageId == null ? messageId : outer.messageId;
        eventId = outer.eventId == null ? eventId : outer.eventId;
        inArray = outer.inArray;
        topic = outer.topic == null ? topic : outer.topic;
        partition = outer.partition == null ? partition : outer.partition;
        streamOffset = outer.streamOffset == null ? streamOffset : outer.streamOffset;
    }

    /** Returns the time of arrival in the object that carried the record, as text; null if it has none. */
    @Nullable
    String arrival() {
        return arrival == null ? timestamp : arrival;
    }

    /** Notes what carried the record. */
    void carriedBy(Carrier found) {
        carrier = found;
        viaKinesis = found.isKinesisOrFirehose();
        inKinesisRecord = found.identifier() == Member.CARRIER_SEQUENCE_NUMBER;
    }

    /** Sets a failure that no record can follow. */
    void terminate(DecodeException fault) {
        failure = fault;
        terminal = true;
    }
}
