package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Member.Names;
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
            Element element = new Element(json, delivery, firehose, eventSourceArn == null);
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

    private void record(FoundRecord delivery, Element element) {
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
        if (StrictBase64.Decoding.room(to - from) - 2 > max) { // the last two may be padding
            delivery.failure = new DecodeException(
                    Reason.RECORD_LIMIT, max, "", decoder.limits().recordHint());
            return;
        }
        byte[] record = room(StrictBase64.Decoding.room(to - from));
        int length = StrictBase64.Decoding.decode(text, from, to, record);
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

    /**
     * One element of an envelope that carries its record in base64: of a Lambda trigger on Kinesis, where the record is in
     * the member {@code kinesis}, or of a delivery of Firehose, where it is in the element itself ("Using AWS Lambda with
     * Amazon Kinesis", "Data transformation in Amazon Data Firehose").
     */
    static final class Element {
        private final JsonScanner json;
        private final FoundRecord delivery;
        private final boolean firehose;
        private final boolean wantsArn;

        /** The opening quote of the base64; −1 if there is none. */
        int data = -1;

        /** Its closing quote, and what is between both. */
        int dataEnd;

        long dataFlags;

        /** The value that stands where the base64 belongs, and is not a string; −1 for none. */
        int wrong = -1;

        private boolean carries;

        /** What the name that was read last means; null for nothing. */
        private @Nullable Member member;

        /** The {@code eventSourceARN} of the element, if it was wanted. */
        @Nullable
        String eventSourceArn;

        Element(JsonScanner json, FoundRecord delivery, boolean firehose, boolean wantsArn) {
            this.wantsArn = wantsArn;
            this.json = json;
            this.delivery = delivery;
            this.firehose = firehose;
            carries = firehose;
        }

        /** Whether the element is one that carries a record. */
        boolean carries() {
            return carries;
        }

        /**
         * Reads the element whose opening brace is at {@code brace}.
         *
         * @return the position behind it; −1, and nothing more is read, if it is a change record
         */
        int read(int brace) {
            int p = json.space(brace + 1);
            while (json.peek(p) != '}') {
                p = name(p);
                if (!firehose && member == Member.CARRIER_DYNAMODB) {
                    carries = false;
                    return -1;
                }
                p = json.afterValue(firehose ? ofFirehose(p) : ofLambda(p), '}');
            }
            return p + 1;
        }

        private int ofLambda(int p) {
            if (member == Member.CARRIER_KINESIS && json.peek(p) == '{') {
                carries = true;
                return ofKinesis(p, true);
            }
            if (wantsArn && member == Member.CARRIER_EVENT_SOURCE_ARN) {
                eventSourceArn = anyText(p);
            }
            return json.skip(p, 1);
        }

        private int ofFirehose(int p) {
            if (member == Member.CARRIER_KAFKA_VALUE) {
                return base64(p);
            }
            if (member == Member.CARRIER_KINESIS_METADATA && json.peek(p) == '{') {
                return ofKinesis(p, false);
            }
            if (member == Member.CARRIER_RECORD_ID) {
                delivery.recordId = text(p);
            }
            return value(p, true);
        }

        /** The object with what Kinesis knows of the record. */
        private int ofKinesis(int brace, boolean withData) {
            int p = json.space(brace + 1);
            while (json.peek(p) != '}') {
                p = name(p);
                p = json.afterValue(value(p, withData), '}');
            }
            return p + 1;
        }

        private int value(int p, boolean withData) {
            if (withData && member == Member.CARRIER_DATA) {
                return base64(p);
            }
            if (member == Member.CARRIER_SEQUENCE_NUMBER) {
                delivery.sequenceNumber = text(p);
            } else if (member == Member.CARRIER_PARTITION_KEY) {
                delivery.partitionKey = text(p);
            } else if (member == Member.CARRIER_ARRIVAL) {
                delivery.arrival = text(p);
            }
            return json.skip(p, 2);
        }

        private int base64(int p) {
            byte b = json.peek(p);
            if (b != '"') {
                wrong = b == 'n' ? wrong : p;
                return json.skip(p, 2);
            }
            data = p;
            dataEnd = json.string(p + 1);
            dataFlags = json.flags;
            return dataEnd + 1;
        }

        /** From a name's opening quote to the value. */
        private int name(int quote) {
            if (json.peek(quote) != '"') {
                throw json.unexpected(quote);
            }
            int close = json.string(quote + 1);
            member = Names.CARRIER.find(json.data, quote + 1, close, json.flags);
            return json.expect(json.space(close + 1), ':');
        }

        /** The text of a string or number; null for anything else, and if nobody asks. */
        private @Nullable String text(int p) {
            return delivery.detailed ? anyText(p) : null;
        }

        private @Nullable String anyText(int p) {
            byte b = json.peek(p);
            if (b == '"') {
                int close = json.string(p + 1);
                return JsonText.string(json.data, p, Span.of(1, close - p - 1, json.flags));
            }
            return JsonScanner.startsNumber(b)
                    ? JsonText.string(json.data, p, Span.of(0, json.number(p) - p, 0))
                    : null;
        }

        /** Why no record can be taken from the element, at {@code brace}; null if one can. */
        @Nullable
        DecodeException refusal(int brace) {
            if (data >= 0) {
                return null;
            }
            return wrong >= 0 ? json.fail(Reason.WRONG_TYPE, wrong) : json.fail(Reason.MISSING_FIELD, brace);
        }
    }
}
