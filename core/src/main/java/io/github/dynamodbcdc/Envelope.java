package io.github.dynamodbcdc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the records that a {@link ChangeEventReader} reads: which shape it has, and what it says of all its
 * records. Every member is optional, and absent if it is null or of another JSON type: an envelope that says less than
 * usual does not cost its records.
 *
 * <p>Members may follow the records, so an envelope is complete once the iteration has ended, or has come to the next
 * value of the input, which has an envelope of its own.
 *
 * <p>The members are those of "Using AWS Lambda with Amazon DynamoDB", of GetRecords in the Amazon DynamoDB Streams API
 * Reference, of "HTTP endpoint delivery request and response specifications" and of "Data transformation in Amazon Data
 * Firehose". It is changed while its reader reads, and belongs to the reader's thread until then.
 */
public final class Envelope {
    final Opaque.Marker opaque = Opaque.Marker.INSTANCE;
    /** A text of an envelope that has more bytes is passed over: everything useful is shorter. */
    static final int MAX_TEXT = 1 << 22;

    private EnvelopeShape shape;
    private final Map<Member, String> members = new EnumMap<>(Member.class);
    private final Map<String, String> state = new LinkedHashMap<>();

    /** How long the texts of the state are together; negative once they were too long. */
    private int stateLength;

    Envelope(EnvelopeShape shape) {
        this.shape = shape;
    }

    void become(EnvelopeShape known) {
        shape = known;
    }

    void put(Member member, @Nullable String value) {
        if (value != null) {
            members.put(member, value);
        }
    }

    void putIfAbsent(Member member, @Nullable String value) {
        if (!members.containsKey(member)) {
            put(member, value);
        }
    }

    void putState(String name, @Nullable String value) {
        if (value == null || stateLength < 0) {
            return;
        }
        state.put(name, value);
        stateLength += name.length() + value.length();
        if (stateLength > MAX_TEXT) {
            state.clear();
            stateLength = -1;
        }
    }

    /** The shape, as far as it is known: RECORDS until a record of Kinesis is met, FIREHOSE_HTTP until invocationId is. */
    public EnvelopeShape shape() {
        return shape;
    }

    /** requestId of a delivery of Firehose to an HTTP endpoint, which the answer must repeat; the same when it retries. */
    public @Nullable String requestId() {
        return members.get(Member.ENVELOPE_REQUEST_ID);
    }

    /** timestamp of a delivery of Firehose to an HTTP endpoint: when it made the request. */
    public @Nullable Instant timestamp() {
        return ArrivalTime.parse(members.get(Member.ENVELOPE_TIMESTAMP));
    }

    /** invocationId of a transform of Firehose. */
    public @Nullable String invocationId() {
        return members.get(Member.ENVELOPE_INVOCATION_ID);
    }

    /** deliveryStreamArn of a transform of Firehose. */
    public @Nullable String deliveryStreamArn() {
        return members.get(Member.DELIVERY_STREAM_ARN);
    }

    /**
     * The ARN of the stream: eventSourceARN beside the records of a tumbling window, of a record of Lambda on Kinesis, or
     * sourceKinesisStreamArn of a transform of Firehose. Records of DynamoDB Streams tell it themselves
     * ({@link ChangeEvent#eventSourceArn()}).
     */
    public @Nullable String streamArn() {
        String arn = members.get(Member.ENVELOPE_EVENT_SOURCE_ARN);
        return arn != null ? arn : members.get(Member.SOURCE_KINESIS_STREAM_ARN);
    }

    /** region of a transform of Firehose. */
    public @Nullable String region() {
        return members.get(Member.REGION);
    }

    /** NextShardIterator of a GetRecords response; null at the end of a closed shard. */
    public @Nullable String nextShardIterator() {
        return members.get(Member.NEXT_SHARD_ITERATOR);
    }

    /** shardId of a tumbling window. */
    public @Nullable String shardId() {
        return members.get(Member.SHARD_ID);
    }

    /** Where a tumbling window starts; null if there is none, or it is no ISO-8601 time. */
    public @Nullable Instant windowStart() {
        return instant(members.get(Member.WINDOW_START));
    }

    /** Where a tumbling window ends, which is not in it; null if there is none, or it is no ISO-8601 time. */
    public @Nullable Instant windowEnd() {
        return instant(members.get(Member.WINDOW_END));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * The state that the last invocation for a tumbling window answered with, its scalars as texts; empty if there is
     * none, or if it has more than 4 MiB of characters, where Lambda allows 1 MB for a shard. Unmodifiable.
     */
    public Map<String, String> state() {
        return Collections.unmodifiableMap(state);
    }

    /** isFinalInvokeForWindow: whether a tumbling window ends with this invocation; false if absent. */
    public boolean isFinalInvokeForWindow() {
        return "true".equals(members.get(Member.IS_FINAL_INVOKE_FOR_WINDOW));
    }

    /** isWindowTerminatedEarly: whether a tumbling window ended because its state grew too large; false if absent. */
    public boolean isWindowTerminatedEarly() {
        return "true".equals(members.get(Member.IS_WINDOW_TERMINATED_EARLY));
    }

    /** The shape, and nothing that the envelope says. */
    @Override
    public String toString() {
        return "Envelope[" + shape + "]";
    }

    /** A time of an envelope: seconds with a fraction as Lambda writes them, milliseconds as Firehose does. */
    static final class ArrivalTime {
        /** Short enough, and with an exponent small enough, that nothing large comes of it. */
        private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}(?:\\.[0-9]{1,20})?(?:[eE]\\+?[0-9]{1,2})?");

        /** From here on a number is milliseconds: as seconds it would be the year 5138. */
        private static final BigDecimal MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);

        /** As nanoseconds it still fits a long. */
        private static final BigDecimal LATEST_SECOND = BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000_000 - 1);

        private ArrivalTime() {}

        /** The time that a number's text means; null if there is none, or it is no such number. */
        static @Nullable Instant parse(@Nullable String text) {
            if (text == null || !NUMBER.matcher(text).matches()) {
                return null;
            }
            BigDecimal number = new BigDecimal(text);
            BigDecimal seconds = number.compareTo(MILLISECONDS) < 0 ? number : number.movePointLeft(3);
            if (seconds.compareTo(LATEST_SECOND) > 0) {
                return null;
            }
            long nanos =
                    seconds.movePointRight(9).setScale(0, RoundingMode.FLOOR).longValueExact();
            return Instant.ofEpochSecond(0, nanos);
        }
    }
}
