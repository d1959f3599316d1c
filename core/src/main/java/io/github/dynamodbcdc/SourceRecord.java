package io.github.dynamodbcdc;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record that a {@link ChangeEventReader} met, good or bad: the event or the failure, and what the envelope knows
 * of it. That is there for bad records too, because whoever answers for a batch must name them.
 *
 * <p>Immutable, and a new one for each record; of a session's reader, the event of {@link #result()} is the session's,
 * and all else here stays.
 */
public final class SourceRecord {
    private final long index;
    private final FoundRecord delivery;
    private final DecodeResult result;
    private final @Nullable String sequenceNumber;
    private final Channel channel;
    private final boolean firehose;

    SourceRecord(long index, FoundRecord delivery, EnvelopeShape shape) {
        this.index = index;
        this.delivery = delivery;
        firehose = shape == EnvelopeShape.FIREHOSE_HTTP || shape == EnvelopeShape.FIREHOSE_TRANSFORM;
        ChangeEvent event = delivery.event;
        DecodeException failure = delivery.failure;
        if (event == null) {
            result = DecodeResult.of(Objects.requireNonNull(failure));
            sequenceNumber = delivery.sequenceNumber;
            channel = delivery.carried ? Channel.KINESIS : Channel.UNKNOWN;
        } else {
            result = DecodeResult.of(event);
            sequenceNumber = delivery.carried ? delivery.sequenceNumber : event.sequenceNumber();
            channel = event.channel();
        }
    }

    /** How many records of the input came before, good and bad ones. */
    public long index() {
        return index;
    }

    /**
     * Where the record begins, in bytes from the first of the input after gzip; of a record that its envelope carries
     * in base64, where the element that carries it begins.
     */
    public long offset() {
        return delivery.offset;
    }

    /** What the record says of its channel; of a bad record KINESIS if an envelope carried it, else UNKNOWN. */
    public Channel channel() {
        return channel;
    }

    /**
     * The sequence number: of the envelope's element on Kinesis, else SequenceNumber of the record, which is looked for
     * in a bad record as far as that is JSON, also in one that is over the limits. Null if there is none.
     */
    public @Nullable String sequenceNumber() {
        return sequenceNumber;
    }

    /** The partition key that Kinesis knows the record by; null if the envelope has none. */
    public @Nullable String partitionKey() {
        return delivery.partitionKey;
    }

    /** recordId, which the answer to a transform of Firehose repeats; null if the envelope has none. */
    public @Nullable String recordId() {
        return delivery.recordId;
    }

    /**
     * approximateArrivalTimestamp, when Kinesis or Firehose received the record, to the nanosecond or as fine as it was
     * sent; null if the envelope has none.
     */
    public @Nullable Instant arrivalTime() {
        return ArrivalTime.parse(delivery.arrival);
    }

    /**
     * What a partial batch answer to Lambda calls the record ({@link BatchResponses#batchItemFailures}): the sequence
     * number. Null if there is none, as always in deliveries of Firehose; Lambda takes an answer with such an
     * identifier for a failure of the whole batch, and sends all of it again ("Configuring partial batch response with
     * Kinesis Data Streams and Lambda").
     */
    public @Nullable String itemIdentifier() {
        return firehose ? null : sequenceNumber;
    }

    /** Returns the event, or why there is none; a failure has no stack trace until {@code orElseThrow()} throws it. */
    public DecodeResult result() {
        return result;
    }

    /** Returns the event; null if the record could not be decoded. The same as {@code result().event()}. */
    public @Nullable ChangeEvent event() {
        return result.event();
    }

    /**
     * Returns why the record could not be decoded; null if it could. The same as {@code result().failure()}: it has no
     * stack trace until {@code result().orElseThrow()} throws it.
     */
    public @Nullable DecodeException failure() {
        return result.failure();
    }

    /**
     * Whether nothing can follow, because nobody can tell where the next record would begin: broken JSON outside of
     * lines and base64, an input that ends too early, gzip that cannot be unpacked. The record is a bad one then.
     */
    public boolean isTerminal() {
        return delivery.terminal;
    }

    /** Which record it is and what became of it; no value of it. */
    @Override
    public String toString() {
        DecodeException failure = result.failure();
        return "SourceRecord[" + index + ", offset " + delivery.offset + ", "
                + (failure == null ? channel : failure.reason()) + (isTerminal() ? ", terminal]" : "]");
    }
}
