package io.github.dynamodbcdc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The envelope around the records that a {@link ChangeEventReader} reads: its shape, and the members that apply to all
 * of its records. Every member is optional. A member that is missing or null, is an object or array where a text
 * belongs, or is a text of 4 MiB or more as it is written, counts as absent; the records are still read.
 *
 * <p>Members may follow the records. An envelope is therefore complete only when the iteration has ended or has reached
 * the next value of the input, which has its own envelope. Until then the reader changes the envelope, so only the
 * reader's thread may use it. A JSON mapper would write the two flags alone.
 *
 * <p>The members are documented in "Using AWS Lambda with Amazon DynamoDB", under GetRecords in the Amazon DynamoDB
 * Streams API Reference, in "HTTP endpoint delivery request and response specifications", and in "Data transformation
 * in Amazon Data Firehose".
 */
public final class Envelope {
    /**
     * The longest text of an envelope or carrier that is kept, in bytes with its opening quote. Longer texts are
     * skipped: all useful ones are shorter.
     */
    static final int MAX_TEXT = 1 << 22;

    final Opaque.Marker opaque = Opaque.Marker.INSTANCE;

    private EnvelopeShape shape;
    private @Nullable Envelope inner;
    private final Map<Member, String> members = new LinkedHashMap<>();
    private State state = State.NONE;

    Envelope(EnvelopeShape shape) {
        this.shape = shape;
    }

    /** Changes the shape, because a member or a record has shown it. */
    void become(EnvelopeShape known) {
        shape = known;
    }

    /** Sets the envelope that the record read last is in, inside this one. */
    void contain(@Nullable Envelope envelope) {
        inner = envelope;
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

    /** Sets the state of a tumbling window, as JSON that is valid; null if it is too long. */
    void putState(byte @Nullable [] json) {
        state = json == null ? State.NONE : new State(json);
    }

    /**
     * {@return the shape as far as it is known} An envelope of elements that carry records is RECORDS or ARRAY until
     * the first of them was read, and a FIREHOSE_TRANSFORM envelope is FIREHOSE_HTTP until its {@code invocationId} was
     * read.
     */
    public EnvelopeShape shape() {
        return shape;
    }

    /**
     * {@return the envelope in the payload of this one that contains the record that was read last; null if the payload
     * is a record, or several} A message of SQS may contain a notification of SNS that contains a Lambda payload.
     */
    public @Nullable Envelope inner() {
        return inner;
    }

    /**
     * {@return the member {@code requestId} of a Firehose delivery to an HTTP endpoint; null if absent} The response
     * must repeat it. It is the same when Firehose retries the delivery.
     */
    public @Nullable String requestId() {
        return members.get(Member.ENVELOPE_REQUEST_ID);
    }

    /**
     * {@return the time at which Firehose made the request to an HTTP endpoint, from the member {@code timestamp} in
     * milliseconds; null if absent or not a time}
     */
    public @Nullable Instant timestamp() {
        return ArrivalTime.parse(members.get(Member.ENVELOPE_TIMESTAMP));
    }

    /** {@return the member {@code invocationId} of a Firehose transform; null if absent} */
    public @Nullable String invocationId() {
        return members.get(Member.ENVELOPE_INVOCATION_ID);
    }

    /** {@return the member {@code deliveryStreamArn} of a Firehose transform; null if absent} */
    public @Nullable String deliveryStreamArn() {
        return members.get(Member.DELIVERY_STREAM_ARN);
    }

    /**
     * {@return the ARN of the stream, queue or cluster; null if absent} Its source is {@code eventSourceARN} of a
     * tumbling window, else {@code eventSourceARN} of the first element that carries records, else
     * {@code eventSourceArn} of a Kafka trigger, else {@code sourceKinesisStreamArn} of a Firehose transform. Records
     * of DynamoDB Streams contain it themselves ({@link ChangeEvent#eventSourceArn()}).
     */
    public @Nullable String streamArn() {
        String arn = members.get(Member.ENVELOPE_EVENT_SOURCE_ARN);
        arn = arn != null ? arn : members.get(Member.KAFKA_EVENT_SOURCE_ARN);
        return arn != null ? arn : members.get(Member.SOURCE_KINESIS_STREAM_ARN);
    }

    /** {@return the member {@code region} of a Firehose transform; null if absent} */
    public @Nullable String region() {
        return members.get(Member.REGION);
    }

    /** {@return the member {@code NextShardIterator} of a GetRecords response; null at the end of a closed shard} */
    public @Nullable String nextShardIterator() {
        return members.get(Member.NEXT_SHARD_ITERATOR);
    }

    /** {@return the member {@code shardId} of a tumbling window; null if absent} */
    public @Nullable String shardId() {
        return members.get(Member.SHARD_ID);
    }

    /**
     * {@return the start of a tumbling window, inclusive, from {@code window.start}; null if absent or not an ISO-8601
     * time with an offset}
     */
    public @Nullable Instant windowStart() {
        return instant(members.get(Member.WINDOW_START));
    }

    /**
     * {@return the end of a tumbling window, exclusive, from {@code window.end}; null if absent or not an ISO-8601 time
     * with an offset}
     */
    public @Nullable Instant windowEnd() {
        return instant(members.get(Member.WINDOW_END));
    }

    /** Returns the time of an ISO-8601 text; null if there is none or it is not such a text. */
    static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * Returns the state that the previous invocation for a tumbling window returned, from the member {@code state}.
     * Strings, numbers and booleans are values as texts; nulls, objects and arrays are left out, and
     * {@link #stateValues()} has them. The map is never null, and empty if there is no state or if it has more than
     * 4 Mi (4,194,304) bytes. Lambda allows 1 MB for a shard.
     *
     * @return an unmodifiable map in the order of the envelope
     */
    public Map<String, String> state() {
        return state.texts;
    }

    /**
     * Returns the same state with all its values: String, BigDecimal, Boolean, null, List and Map, as
     * {@link BatchResponses#timeWindowResponse} takes them if they nest up to 64 levels. A number with more than 1,000
     * characters, or with an exponent that no BigDecimal has, is its text. Of values with the same name, the last
     * counts.
     *
     * @return an unmodifiable map in the order of the envelope; empty as {@link #state()} is
     */
    public Map<String, @Nullable Object> stateValues() {
        return state.values;
    }

    /**
     * {@return whether a tumbling window ends with this invocation, from the member {@code isFinalInvokeForWindow}, a
     * boolean or its text; false if absent}
     */
    public boolean isFinalInvokeForWindow() {
        return "true".equals(members.get(Member.IS_FINAL_INVOKE_FOR_WINDOW));
    }

    /**
     * {@return whether a tumbling window ended because its state grew too large, from the member
     * {@code isWindowTerminatedEarly}; false if absent}
     */
    public boolean isWindowTerminatedEarly() {
        return "true".equals(members.get(Member.IS_WINDOW_TERMINATED_EARLY));
    }

    /** {@return the shape as text, without any value of the envelope} */
    @Override
    public String toString() {
        return "Envelope[" + shape + "]";
    }

    /** The state of a tumbling window, read from JSON that is valid. */
    private static final class State {
        private static final int MAX_NUMBER = 1000;

        static final State NONE = new State(new byte[] {'{', '}'});

        private final JsonScanner json = new JsonScanner();
        private int p;

        final Map<String, String> texts;
        final Map<String, @Nullable Object> values;

        State(byte[] data) {
            json.reset(data, 0, data.length);
            Map<String, String> scalars = new LinkedHashMap<>();
            values = object(scalars);
            texts = Collections.unmodifiableMap(scalars);
            json.reset(new byte[0], 0, 0); // the envelope outlives the bytes, which are up to 4 MiB
        }

        /** Reads an object; if {@code scalars} is given, its strings, numbers and booleans as texts too. */
        private Map<String, @Nullable Object> object(@Nullable Map<String, String> scalars) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            p = json.space(p + 1);
            while (json.peek(p) != '}') {
                String name = string();
                p = json.expect(json.space(p), ':');
                int from = p;
                Object value = value();
                object.put(name, value);
                if (scalars != null && value != null && !(value instanceof Map) && !(value instanceof List)) {
                    scalars.put(name, value instanceof String ? (String) value : literal(from));
                } else if (scalars != null) {
                    scalars.remove(name);
                }
                p = json.afterValue(p, '}');
            }
            p++;
            return Collections.unmodifiableMap(object);
        }

        private List<@Nullable Object> array() {
            List<@Nullable Object> array = new ArrayList<>();
            p = json.space(p + 1);
            while (json.peek(p) != ']') {
                array.add(value());
                p = json.afterValue(p, ']');
            }
            p++;
            return Collections.unmodifiableList(array);
        }

        private @Nullable Object value() {
            byte first = json.peek(p);
            switch (first) {
                case '{':
                    return object(null);
                case '[':
                    return array();
                case '"':
                    return string();
                default:
                    int from = p;
                    p = json.skip(p, 0);
                    return first == 'n' ? null : first == 't' || first == 'f' ? (Object) (first == 't') : number(from);
            }
        }

        /** Returns the number that ends at the position; its text if it is long, because conversion is quadratic. */
        private Object number(int from) {
            String text = literal(from);
            try {
                return text.length() > MAX_NUMBER ? text : new BigDecimal(text);
            } catch (NumberFormatException e) {
                return text; // an exponent beyond those of BigDecimal
            }
        }

        private String literal(int from) {
            return JsonText.string(json.data, 0, Span.of(from, p - from, 0));
        }

        private String string() {
            int close = json.string(p + 1);
            String text = JsonText.string(json.data, 0, Span.of(p + 1, close - p - 1, json.flags));
            p = close + 1;
            return text;
        }
    }

    /** Parses a time of an envelope: seconds with a fraction as Lambda writes it, or milliseconds as Firehose does. */
    static final class ArrivalTime {
        /** The accepted numbers. Their length and exponent are limited, so no large number can result. */
        private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}(?:\\.[0-9]{1,20})?(?:[eE]\\+?[0-9]{1,2})?");

        /** The latest second that, in nanoseconds, fits a long. */
        private static final BigDecimal LATEST_SECOND = BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000_000 - 1);

        private ArrivalTime() {}

        /** Returns the time of a number's text, to the nanosecond; null if there is none or it is not such a number. */
        static @Nullable Instant parse(@Nullable String text) {
            if (text == null || !NUMBER.matcher(text).matches()) {
                return null;
            }
            BigDecimal number = new BigDecimal(text);
            BigDecimal seconds =
                    TimePrecision.ofMagnitude(number) == TimePrecision.SECOND ? number : number.movePointLeft(3);
            if (seconds.compareTo(LATEST_SECOND) > 0) {
                return null;
            }
            long nanos =
                    seconds.movePointRight(9).setScale(0, RoundingMode.FLOOR).longValueExact();
            return Instant.ofEpochSecond(0, nanos);
        }
    }
}
