package io.github.dynamodbcdc;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record that a {@link ChangeEventReader} found, good or bad: its event or failure, and what the envelope says
 * about it. Bad records have the envelope's information too, because the answer to a batch must name them.
 *
 * <p>Immutable; each record has a new one. With a session's reader, {@link #event()} is the session's event; everything
 * else stays valid. To write a record as JSON, write its event: a JSON mapper would write {@link #isTerminal} alone.
 */
public final class SourceRecord {
    private final long index;
    private final FoundRecord found;
    private final DecodeResult result;
    private final @Nullable String sequenceNumber;
    private final @Nullable String eventId;
    private final Channel channel;

    SourceRecord(long index, FoundRecord found) {
        this.index = index;
        this.found = found;
        ChangeEvent event = found.event;
        DecodeException failure = found.failure;
        if (event == null) {
            result = DecodeResult.of(Objects.requireNonNull(failure));
            sequenceNumber = found.sequenceNumber;
            eventId = found.eventId;
            channel = found.viaKinesis ? Channel.KINESIS : Channel.UNKNOWN;
        } else {
            result = DecodeResult.of(event);
            eventId = found.eventId == null && found.inArray && found.carrier == null ? event.eventId() : found.eventId;
            boolean ofCarrier = found.inKinesisRecord || found.sequenceNumber != null;
            sequenceNumber = ofCarrier ? found.sequenceNumber : event.sequenceNumber();
            channel = event.channel();
        }
    }

    /** {@return the number of records before this one in the input, good and bad} */
    public long index() {
        return index;
    }

    /**
     * {@return where the record begins, in bytes from the first byte of the input, after gzip is unpacked} For a record
     * that is carried by an element or an object ({@link EnvelopeShape}), this is where the carrier begins. Where an
     * array, an envelope or gzip is broken and no record begins, it is the offset of the fault.
     */
    public long offset() {
        return found.offset;
    }

    /**
     * {@return the channel that the record shows; for a bad record, KINESIS if Kinesis or Firehose carried it, else
     * UNKNOWN}
     */
    public Channel channel() {
        return channel;
    }

    /**
     * {@return the sequence number; null if there is none} It is that of the Kinesis record, if one carried the record,
     * else SequenceNumber of the record. In a bad record it is found if the record is JSON up to there, even if the
     * record is over the limits. What carries a broken record is decided by the members before the fault. If Kinesis
     * records are nested, it is the outermost one's, as for all identifiers here.
     */
    public @Nullable String sequenceNumber() {
        return sequenceNumber;
    }

    /** {@return the partition key of the record on Kinesis; null if it was not on Kinesis} */
    public @Nullable String partitionKey() {
        return found.partitionKey;
    }

    /** {@return recordId, which the answer to a transform of Firehose repeats; null if the envelope has none} */
    public @Nullable String recordId() {
        return found.recordId;
    }

    /** {@return the id of the message of SQS, or of SNS, that contained the record; null if none did} */
    public @Nullable String messageId() {
        return found.messageId;
    }

    /** {@return the topic of Kafka that the record was in; null if it was in none} */
    public @Nullable String topic() {
        return found.topic;
    }

    /** {@return the partition of {@link #topic()}; null if there is none, or it does not fit an int} */
    public @Nullable Integer partition() {
        Long partition = parse(found.partition);
        return partition == null || partition != partition.intValue() ? null : Integer.valueOf(partition.intValue());
    }

    /** {@return the record's offset in {@link #partition()}; null if there is none} Not {@link #offset()}. */
    public @Nullable Long streamOffset() {
        return parse(found.streamOffset);
    }

    private static @Nullable Long parse(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * {@return when Kinesis, Firehose or Kafka received the record; null if there is no such time} It is
     * {@code approximateArrivalTimestamp}, also as the ISO-8601 text that the AWS CLI makes of it, or {@code timestamp}
     * of a Kafka record, in the precision in which it was sent, nanoseconds at most.
     */
    public @Nullable Instant arrivalTime() {
        return found.arrivalTime();
    }

    /**
     * {@return the identifier of the record in a partial batch answer to Lambda
     * ({@link BatchResponses#batchItemFailures}); null if there is none} The outermost carrier decides: the message id
     * for a queue of SQS, the sequence number for a stream of Kinesis or DynamoDB, and for an array of Pipes the event
     * id ("Amazon EventBridge Pipes batching and concurrency"), or the sequence number if there is none. All records of
     * one message or Kinesis record have the same one. There is none for Kafka, whose records are identified by topic,
     * partition and offset, and for senders that take no such answer: Firehose, SNS, EventBridge and on-failure
     * notices. If an answer contains null, Lambda treats the whole batch as failed and sends it again ("Configuring
     * partial batch response with Kinesis Data Streams and Lambda").
     */
    public @Nullable String itemIdentifier() {
        Carrier carrier = found.carrier;
        Member identifier = carrier == null ? Member.CARRIER_SEQUENCE_NUMBER : carrier.identifier();
        if (identifier == Member.CARRIER_SEQUENCE_NUMBER) {
            return found.inArray && eventId != null ? eventId : sequenceNumber;
        }
        return identifier == Member.CARRIER_MESSAGE_ID ? messageId() : null;
    }

    /** Returns whether the outermost carrier is Kafka, whose records an answer names by partition and offset. */
    boolean isOfKafka() {
        return found.carrier != null && found.carrier.identifier() == Member.CARRIER_OFFSET;
    }

    /** {@return the event or the failure; a failure has no stack trace until {@code orElseThrow()} throws it} */
    public DecodeResult result() {
        return result;
    }

    /** {@return the event; null if the record could not be decoded} The same as {@code result().event()}. */
    public @Nullable ChangeEvent event() {
        return result.event();
    }

    /**
     * {@return why the record could not be decoded; null if it could} The same as {@code result().failure()}: it has no
     * stack trace until {@code result().orElseThrow()} throws it.
     */
    public @Nullable DecodeException failure() {
        return result.failure();
    }

    /**
     * {@return whether no record can follow, because the start of the next one cannot be found: broken JSON that is
     * neither on a line of its own nor in a string or base64, an input that ends too early or in a bad line without a
     * line break, or gzip that cannot be unpacked} Such a record is always a bad one.
     */
    public boolean isTerminal() {
        return found.terminal;
    }

    /** {@return the record's position and result; never a value of it} */
    @Override
    public String toString() {
        DecodeException failure = result.failure();
        return "SourceRecord[" + index + ", offset " + found.offset + ", "
                + (failure == null ? channel : failure.reason()) + (isTerminal() ? ", terminal]" : "]");
    }
}
