package io.github.dynamodbcdc;

/**
 * How often B and BS are base64-encoded. A minor release may add constants.
 *
 * <p>DynamoDB's JSON contains binary data as base64. Kinesis Data Streams for DynamoDB encodes it a second time;
 * DynamoDB Streams and its consumers do not. It is an assumption that Kinesis also encodes binary inside lists, maps
 * and Keys twice: no published record shows it.
 */
public enum BinaryEncoding {
    /**
     * Decided once per record, for all its binary, by the first of these rules that applies:
     *
     * <ol>
     *   <li>The record has a member that only DynamoDB Streams writes, or is a line of an export: once.
     *   <li>A B, or a member of a BS, is not standard base64 inside its base64: once.
     *   <li>{@code SizeBytes} equals the size of Keys and images under exactly one of the two readings: that reading.
     *       Values of unknown type have no known size, so beside them SizeBytes decides nothing.
     *   <li>The time is in seconds, which AWS never sends on Kinesis: once.
     *   <li>The record has {@code tableName} or {@code recordFormat}, or is in an envelope of Kinesis or Firehose:
     *         twice.
     *   <li>Any other record: once.
     * </ol>
     *
     * <p>With an emulator, choose {@link #SINGLE}: emulators encode once on every channel.
     */
    AUTO,
    /** Once. */
    SINGLE,
    /** Twice; if the text inside is not standard base64, the record is BAD_BASE64. */
    DOUBLE
}
