package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Member.Names;
import org.jspecify.annotations.Nullable;

/** Reads records that the elements of an envelope carry in base64. */
final class Base64Records {
    /** The most bytes of an element without its record. */
    private static final int REST_OF_ELEMENT = 1 << 16;

    /** The most base64 bytes for 3 bytes: 4 characters, and 4 more for writers that escape every slash. */
    private static final int BASE64_OF_THREE = 8;

    /** The largest array of a session that is allocated with room to spare, in bytes. */
    private static final int MAX_SPARE = 1 << 20;

    private final StreamScanner scan;
    private final Input input;
    private final RecordDecoder decoder;

    /** The array into which a session decodes its records. */
    private byte[] reused = {};

    /** The first eventSourceARN since this was set to null; null if there was none. */
    @Nullable
    String eventSourceArn;

    Base64Records(StreamScanner scan, RecordDecoder decoder) {
        this.scan = scan;
        this.input = scan.input;
        this.decoder = decoder;
    }

    /**
     * Reads the element at the input's position and moves after it.
     *
     * @param record receives the event or the failure, and the identifiers
     * @param firehose whether the elements are those of Firehose
     * @return false, and nothing is read, if the element carries no record or is larger than an element can be
     * @throws DecodeException if it is not JSON
     */
    boolean read(FoundRecord record, boolean firehose) {
        if (input.data[input.p] != '{') {
            return false;
        }
        int most = mostOfElement(decoder.limits());
        for (; ; ) {
            JsonScanner json = scan.here();
            Element element = new Element(json, record, firehose, eventSourceArn == null);
            try {
                int close = element.read(input.p);
                if (!element.carriesRecord()) {
                    record.reset(record.offset); // its identifiers are not those of a record in base64
                    return false;
                }
                eventSourceArn = eventSourceArn == null ? element.eventSourceArn : eventSourceArn;
                record.carried = true;
                decode(record, element);
                input.expect(close - input.p);
                input.p = close;
                return true;
            } catch (NeedMore e) {
                if (input.available() > most) {
                    record.reset(record.offset);
                    return false;
                }
                input.grow();
            }
        }
    }

    /** Decodes the base64 of an element, and the record in it, into {@code record}. */
    private void decode(FoundRecord record, Element element) {
        DecodeException refusal = element.refusal(input.p);
        if (refusal != null) {
            record.failure = scan.fault(refusal);
            return;
        }
        byte[] text = input.data;
        int from = element.data + 1;
        int to = element.dataEnd;
        if ((element.dataFlags & Span.ESCAPED) != 0) {
            if (to - from >= 1 << Span.BITS) {
                record.failure = new DecodeException(
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
        if (StrictBase64.Decoding.room(to - from) - 2 > max) { // the last two characters may be padding
            record.failure = new DecodeException(
                    Reason.RECORD_LIMIT, max, "", decoder.limits().recordHint());
            return;
        }
        byte[] decoded = room(StrictBase64.Decoding.room(to - from));
        int length = StrictBase64.Decoding.decode(text, from, to, decoded);
        if (length < 0) {
            record.failure = new DecodeException(Reason.BAD_BASE64, input.offset(element.data), "", null);
            return;
        }
        try {
            record.event = decoder.whole(decoded, 0, length, true);
        } catch (DecodeException e) {
            record.failure = e;
        }
    }

    /** Returns the most bytes that an element can have whose record is not larger than the limit. */
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
     * One element of an envelope that carries its record in base64. For a Lambda trigger on Kinesis, the record is in
     * the member {@code kinesis} ("Using AWS Lambda with Amazon Kinesis"). For Firehose, it is in the element itself
     * ("Data transformation in Amazon Data Firehose").
     */
    static final class Element {
        private final JsonScanner json;
        private final FoundRecord record;
        private final boolean firehose;
        private final boolean wantsArn;

        // out parameters

        /** The position of the opening quote of the base64; −1 if there is none. */
        int data = -1;

        /** The position of the closing quote of the base64. */
        int dataEnd;

        /** The flags of the base64 as a string, as in {@link JsonScanner#flags}. */
        long dataFlags;

        /** The position of a value that is in place of the base64 but is not a string; −1 for none. */
        int wrong = -1;

        /** The {@code eventSourceARN} of the element; null if it has none or it is not wanted. */
        @Nullable
        String eventSourceArn;

        private boolean carriesRecord;

        /** The member whose name {@link #name} read last; null if it is unknown. */
        private @Nullable Member member;

        Element(JsonScanner json, FoundRecord record, boolean firehose, boolean wantsArn) {
            this.wantsArn = wantsArn;
            this.json = json;
            this.record = record;
            this.firehose = firehose;
            carriesRecord = firehose;
        }

        /** Returns whether the element carries a record. */
        boolean carriesRecord() {
            return carriesRecord;
        }

        /**
         * Reads the element whose opening brace is at {@code brace}.
         *
         * @return the position after it; −1 if it is a change record, which is not read to its end
         */
        int read(int brace) {
            int p = json.space(brace + 1);
            while (json.peek(p) != '}') {
                p = name(p);
                if (!firehose && member == Member.CARRIER_DYNAMODB) {
                    carriesRecord = false;
                    return -1;
                }
                p = json.afterValue(firehose ? ofFirehose(p) : ofLambda(p), '}');
            }
            return p + 1;
        }

        private int ofLambda(int p) {
            if (member == Member.CARRIER_KINESIS && json.peek(p) == '{') {
                carriesRecord = true;
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
                record.recordId = text(p);
            }
            return value(p, true);
        }

        /** Reads the object that contains the identifiers that Kinesis gives the record. */
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
                record.sequenceNumber = text(p);
            } else if (member == Member.CARRIER_PARTITION_KEY) {
                record.partitionKey = text(p);
            } else if (member == Member.CARRIER_ARRIVAL) {
                record.arrival = text(p);
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

        /** Returns the position of the value, from that of the name's opening quote; sets {@link #member}. */
        private int name(int quote) {
            if (json.peek(quote) != '"') {
                throw json.unexpected(quote);
            }
            int close = json.string(quote + 1);
            member = Names.CARRIER.find(json.data, quote + 1, close, json.flags);
            return json.expect(json.space(close + 1), ':');
        }

        /** Returns the text of a string or number; null for other values, and if the texts are not wanted. */
        private @Nullable String text(int p) {
            return record.detailed ? anyText(p) : null;
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

        /** Returns why the element whose opening brace is at {@code brace} has no base64; null if it has. */
        @Nullable
        DecodeException refusal(int brace) {
            if (data >= 0) {
                return null;
            }
            return wrong >= 0 ? json.fail(Reason.WRONG_TYPE, wrong) : json.fail(Reason.MISSING_FIELD, brace);
        }
    }
}
