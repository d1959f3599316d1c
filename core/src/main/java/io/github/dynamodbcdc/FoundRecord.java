package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/** What was found where a record was expected: the event or the failure, and what the envelope knows beside it. */
final class FoundRecord {
    @Nullable
    ChangeEvent event;

    @Nullable
    DecodeException failure;

    /** Nothing can follow. */
    boolean terminal;

    /** Of the first byte of the record, or of the element that carries it. */
    long offset;

    /** An envelope of Kinesis or Firehose carried the record in base64. */
    boolean carried;

    @Nullable
    String sequenceNumber;

    @Nullable
    String partitionKey;

    @Nullable
    String recordId;

    @Nullable
    String arrival;

    /** Whether anybody asks for the texts. */
    final boolean detailed;

    FoundRecord(boolean detailed) {
        this.detailed = detailed;
    }

    void reset(long recordOffset) {
        event = null;
        failure = null;
        terminal = false;
        offset = recordOffset;
        carried = false;
        sequenceNumber = null;
        partitionKey = null;
        recordId = null;
        arrival = null;
    }

    void terminate(DecodeException fault) {
        failure = fault;
        terminal = true;
    }
}
