package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.SourceRecord;
import java.util.Iterator;

/**
 * Advises about a message that contains more than one event: an envelope, an array, several events. Core's message then
 * recommends its reader, which a table's configuration cannot call. In Pinot, a message is one event.
 */
final class MessageAdvice {
    private static final String ONE_EVENT = "send one event per message";

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
            case NOT_AN_EVENT:
                EnvelopeShape shape = shape(session, payload, offset, length);
                return shape == EnvelopeShape.BARE
                        ? ""
                        : "the message is an envelope of events (" + shape + "): " + ONE_EVENT;
            default:
                return "";
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
