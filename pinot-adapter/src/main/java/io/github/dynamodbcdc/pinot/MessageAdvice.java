package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.SourceRecord;
import java.util.Iterator;

/**
 * Advises about a message that is not one event alone: an envelope, an array, several events, or an event inside the
 * message of another service; or gzip. Core's message then recommends its reader or another library, which a table's
 * configuration cannot call. In Pinot, a message is one event. Advises also about an event over a limit, which core's
 * options can raise and no property of a table can.
 */
final class MessageAdvice {
    private static final String ONE_EVENT = "send one event per message";

    private static final byte FIRST_OF_GZIP = 0x1F;

    private MessageAdvice() {}

    /**
     * Returns the advice about a message that the session could not decode; empty where core's own message is enough.
     *
     * @param session the session that failed; afterwards it shows another record, or none
     */
    static String of(DecodeException failure, DecodeSession session, byte[] payload, int offset, int length) {
        switch (failure.reason()) {
            case TRAILING_DATA:
                return "the message must contain one event and nothing else: " + ONE_EVENT;
            case COMPRESSED:
                // Core's message names any other format, and no method of its own.
                return payload[offset] == FIRST_OF_GZIP ? "this is gzip: the producer must not compress the event" : "";
            case AGGREGATED:
                return "Pinot does not deaggregate messages: turn off aggregation in the producer";
            case DEPTH_LIMIT:
            case RECORD_LIMIT:
            case NAME_LIMIT:
            case NUMBER_LIMIT:
                return "the decoder's limits in Pinot are fixed";
            case NOT_AN_EVENT:
                return about(shape(session, payload, offset, length));
            default:
                return "";
        }
    }

    private static String about(EnvelopeShape shape) {
        switch (shape) {
            case BARE:
                return "";
            case SQS:
            case SNS:
            case EVENTBRIDGE:
            case LAMBDA_FAILURE:
            case FIREHOSE_FAILURE:
                return "the message wraps its event (" + shape + "): send the event itself, one event per message";
            default:
                return "the message is an envelope of events (" + shape + "): " + ONE_EVENT;
        }
    }

    private static EnvelopeShape shape(DecodeSession session, byte[] payload, int offset, int length) {
        try (ChangeEventReader reader = session.read(payload, offset, length)) {
            Iterator<SourceRecord> records = reader.records().iterator();
            if (records.hasNext()) {
                records.next(); // the first element may decide the shape
            }
            return reader.envelope().shape();
        }
    }
}
