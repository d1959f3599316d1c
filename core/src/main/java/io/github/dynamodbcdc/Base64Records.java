package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import org.jspecify.annotations.Nullable;

/** Reads records that elements of an envelope carry in base64. */
final class Base64Records {
    /** What an element may hold beside its record. */
    private static final int REST_OF_ELEMENT = 1 << 16;

    /** Base64 takes 4 bytes for 3; as many again for the escapes of writers that escape every slash. */
    private static final int BASE64_OF_THREE = 8;

    /** The array of a session is made with room to spare up to this size. */
    private static final int MAX_SPARE = 1 << 20;

    private final StreamScanner scan;
    private final Input input;
    private final RecordDecoder decoder;

    /** What a session's records were decoded from base64 into. */
    private byte[] reused = {};

    /** The eventSourceARN that was met first since this was null. */
    @Nullable
    String eventSourceArn;

    Base64Records(StreamScanner scan, RecordDecoder decoder) {
        this.scan = scan;
        this.input = scan.input;
        this.decoder = decoder;
    }

    /**
     * Reads the element at the input's position; the position is behind it then.
     *
     * @return false, and nothing is read or delivered, if it carries no record, or is larger than an element can be
     * @throws DecodeException if it is not JSON
     */
    boolean read(FoundRecord delivery, boolean firehose) {
        if (input.data[input.p] != '{') {
            return false;
        }
        int most = mostOfElement(decoder.limits());
        for (; ; ) {
            JsonScanner json = scan.here();
            CarrierElement element = new CarrierElement(json, delivery, firehose, eventSourceArn == null);
            try {
                int close = element.read(input.p);
                if (!element.carries()) {
                    delivery.reset(delivery.offset); // what it says of another record means nothing
                    return false;
                }
                eventSourceArn = eventSourceArn == null ? element.eventSourceArn : eventSourceArn;
                delivery.carried = true;
                record(delivery, element);
                input.expect(close - input.p);
                input.p = close;
                return true;
            } catch (NeedMore e) {
                if (input.available() > most) {
                    delivery.reset(delivery.offset);
                    return false;
                }
                input.grow();
            }
        }
    }

    private void record(FoundRecord delivery, CarrierElement element) {
        DecodeException refusal = element.refusal(input.p);
        if (refusal != null) {
            delivery.failure = scan.fault(refusal);
            return;
        }
        byte[] text = input.data;
        int from = element.data + 1;
        int to = element.dataEnd;
        if ((element.dataFlags & Span.ESCAPED) != 0) {
            if (to - from >= 1 << Span.BITS) {
                delivery.failure = new DecodeException(
                        Reason.RECORD_LIMIT,
                        input.offset(from),
                        "",
                        decoder.limits().recordHint());
                return;
            }
            text = JsonText.utf8(text, from, Span.of(0, to - from, element.dataFlags));
            from = 0;
            to = text.length;
        }
        int max = decoder.limits().maxRecordBytes();
        if (Base64Record.room(to - from) - 2 > max) { // the last two may be padding
            delivery.failure = new DecodeException(
                    Reason.RECORD_LIMIT, max, "", decoder.limits().recordHint());
            return;
        }
        byte[] record = room(Base64Record.room(to - from));
        int length = Base64Record.decode(text, from, to, record);
        if (length < 0) {
            delivery.failure = new DecodeException(Reason.BAD_BASE64, input.offset(element.data), "", null);
            return;
        }
        try {
            delivery.event = decoder.whole(record, 0, length, true);
        } catch (DecodeException e) {
            delivery.failure = e;
        }
    }

    /** How many bytes an element takes, at most, whose record is not larger than the limit. */
    static int mostOfElement(DecodeLimits limits) {
        long most = limits.maxRecordBytes() / 3L * BASE64_OF_THREE + REST_OF_ELEMENT;
        return (int) Math.min(most, Integer.MAX_VALUE / 2);
    }

    private byte[] room(int length) {
        if (!decoder.isSession()) {
            return new byte[length];
        }
        if (reused.length < length) {
            reused = new byte[Math.max(length, Math.min(length * 2, MAX_SPARE))];
        }
        return reused;
    }
}
