package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/** The result of reading a record: its event or failure, and the identifiers that its envelope gives it. */
final class FoundRecord {
    /** Whether the identifiers of base64 elements are wanted. */
    final boolean detailed;

    /** The event; null if the record could not be decoded. */
    @Nullable
    ChangeEvent event;

    /** The failure; null if the record was decoded. */
    @Nullable
    DecodeException failure;

    /** Whether no record can follow. */
    boolean terminal;

    /** The offset of the first byte of the record, or of the element that carries it in base64. */
    long offset;

    /** Whether an envelope of Kinesis or Firehose carried the record in base64. */
    boolean carried;

    /** The sequence number, from the element in base64 or found in a bad record; null if unknown. */
    @Nullable
    String sequenceNumber;

    /** The member {@code partitionKey} of the element; null if it has none. */
    @Nullable
    String partitionKey;

    /** The member {@code recordId} of the element; null if it has none. */
    @Nullable
    String recordId;

    /** The member {@code approximateArrivalTimestamp} of the element, as text; null if it has none. */
    @Nullable
    String arrival;

    FoundRecord(boolean detailed) {
        this.detailed = detailed;
    }

    /** Clears all but {@link #detailed} for the next record. */
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

    /** Sets a failure that no record can follow. */
    void terminate(DecodeException fault) {
        failure = fault;
        terminal = true;
    }
}
