package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One element of an envelope that carries its record in base64: of a Lambda trigger on Kinesis, where the record is in
 * the member {@code kinesis}, or of a delivery of Firehose, where it is in the element itself ("Using AWS Lambda with
 * Amazon Kinesis", "Data transformation in Amazon Data Firehose").
 */
final class CarrierElement {
    /** Longer than any name that means something, however it is escaped. */
    private static final int LONG_NAME = 256;

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

    private int nameStart;
    private long name;

    /** The {@code eventSourceARN} of the element, if it was wanted. */
    @Nullable
    String eventSourceArn;

    CarrierElement(JsonScanner json, FoundRecord delivery, boolean firehose, boolean wantsArn) {
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
            if (!firehose && is(Member.DYNAMODB.wireName)) {
                carries = false;
                return -1;
            }
            p = json.afterValue(firehose ? ofFirehose(p) : ofLambda(p), '}');
        }
        return p + 1;
    }

    private int ofLambda(int p) {
        if (is("kinesis") && json.peek(p) == '{') {
            carries = true;
            return ofKinesis(p, true);
        }
        if (wantsArn && is("eventSourceARN")) {
            eventSourceArn = anyText(p);
        }
        return json.skip(p, 1);
    }

    private int ofFirehose(int p) {
        if (is("kafkaRecordValue")) {
            return base64(p);
        }
        if (is("kinesisRecordMetadata") && json.peek(p) == '{') {
            return ofKinesis(p, false);
        }
        if (is("recordId")) {
            delivery.recordId = text(p);
        }
        return member(p, true);
    }

    /** The object with what Kinesis knows of the record. */
    private int ofKinesis(int brace, boolean withData) {
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            p = name(p);
            p = json.afterValue(member(p, withData), '}');
        }
        return p + 1;
    }

    private int member(int p, boolean withData) {
        if (withData && is("data")) {
            return base64(p);
        }
        if (is("sequenceNumber")) {
            delivery.sequenceNumber = text(p);
        } else if (is("partitionKey")) {
            delivery.partitionKey = text(p);
        } else if (is("approximateArrivalTimestamp")) {
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
        nameStart = quote + 1;
        name = Span.of(0, Math.min(close - nameStart, LONG_NAME), json.flags);
        return json.expect(json.space(close + 1), ':');
    }

    /** Whether the name that was read last is this one. */
    private boolean is(String text) {
        return JsonText.is(json.data, nameStart, name, text);
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
        return JsonScanner.startsNumber(b) ? JsonText.string(json.data, p, Span.of(0, json.number(p) - p, 0)) : null;
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
