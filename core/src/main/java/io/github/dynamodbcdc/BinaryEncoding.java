package io.github.dynamodbcdc;

/**
 * How often B and BS are base64-encoded. A minor release may add constants.
 *
 * <p>DynamoDB's JSON has binary data as base64. Kinesis Data Streams for DynamoDB encodes it a second time; DynamoDB
 * Streams and what is fed by it do not. That binary inside lists and maps and in Keys is encoded twice as well is an
 * assumption: no published record shows it.
 */
public enum BinaryEncoding {
    /**
     * Decided once per record, over all its binary, by the first of these that applies. A record with a member that only
     * a DynamoDB stream writes, or a line of an export: once. Any member that is not standard base64 inside: once.
     * {@code SizeBytes} equals the size of Keys and images under exactly one of both readings: that one. A time in
     * seconds, which AWS never sends on Kinesis: once. {@code tableName} or {@code recordFormat}, or an envelope of Kinesis
     * or Firehose around the record: twice. Else: once.
     *
     * <p>Behind an emulator {@link #SINGLE} is the safe choice: emulators encode once on every channel.
     */
    AUTO,
    /** Once. */
    SINGLE,
    /** Twice; text inside that is not standard base64 is BAD_BASE64. */
    DOUBLE
}
