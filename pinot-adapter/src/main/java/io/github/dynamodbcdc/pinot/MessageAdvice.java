package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.SourceRecord;
import java.util.Iterator;

/**
 * Advice about a message that holds more than an event: an envelope, an array, several events. Core's message names its
 * reader there, which a table's configuration cannot call; in Pinot, a message is one event.
 */
final class MessageAdvice {
    private static final String ONE_EVENT = "send one event a message";

    private MessageAdvice() {}

    /**
     * Returns the advice about a message that the session could not decode; empty where core's own words serve.
     *
     * @param session shows another record afterwards, or none
     */
    static String of(DecodeException failure, DecodeSession session, byte[] payload, int offset, int length) {
        switch (failure.reason()) {
            case TRAILING_DATA:
                return "an event must be all that the message holds: " + ONE_EVENT;
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
