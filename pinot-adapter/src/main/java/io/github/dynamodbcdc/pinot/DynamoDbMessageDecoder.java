package io.github.dynamodbcdc.pinot;

import java.util.Map;
import java.util.Set;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.stream.StreamMessageDecoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes one DynamoDB change event into one row of Apache Pinot, of Kinesis, Kafka or any other stream whose messages are
 * such events. A table uses it by its name:
 *
 * <pre>{@code
 * "stream.kinesis.decoder.class.name": "io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder"
 * }</pre>
 *
 * <p><b>Columns.</b> The attributes of Keys and NewImage are columns of their names; Keys win. On REMOVE, which has no
 * NewImage, OldImage takes its place, so that the row that deletes has the other columns too. What an event has beside its
 * attributes is in the columns {@code eventID}, {@code eventName}, {@code eventSource}, {@code eventVersion},
 * {@code eventSourceARN}, {@code awsRegion}, {@code tableName}, {@code recordFormat},
 * {@code ApproximateCreationDateTime}, {@code SequenceNumber}, {@code SizeBytes}, {@code StreamViewType},
 * {@code userIdentityType}, {@code userIdentityPrincipalId} and {@code isTimeToLiveDelete}, spelt so or in lower camel
 * case, and wins over attributes of these names. The row has exactly the fields that Pinot asks for, null for each that the
 * event lacks; if it asks for none, all attributes, and of the other columns {@code eventName},
 * {@code ApproximateCreationDateTime} and those of the schema. A column with a transform is left null for it.
 *
 * <p><b>Values.</b> With a schema (Pinot 1.2 and later), values are exact for the column's type, or treated as the
 * properties say; without one, N is a {@code Long} if it is integral and fits, otherwise a {@code BigDecimal}, S a
 * {@code String}, B a {@code byte[]}, BOOL a {@code Boolean}, NULL null, M a {@code HashMap}, L and the sets an
 * {@code Object[]}. The time of a change has one unit in a column, whatever unit each event came in: milliseconds in
 * TIMESTAMP, the unit of the column's format, ISO-8601 in STRING, and in a plain number {@code dynamodb.timeUnit}, by
 * default microseconds, or milliseconds without a schema.
 *
 * <p><b>Properties.</b> Behind {@code stream.<type>.decoder.prop.}; all are listed in the module's README:
 * {@code dynamodb.timeColumnName}, {@code dynamodb.deleteColumnName}, {@code dynamodb.timeUnit},
 * {@code dynamodb.column.<name>.unit}, {@code dynamodb.envelopePrefix}, {@code dynamodb.image},
 * {@code dynamodb.oldImagePrefix}, {@code dynamodb.fillFromOldImage}, {@code dynamodb.transformedColumns},
 * {@code dynamodb.onNumberOverflow}, {@code dynamodb.onTypeMismatch}, {@code dynamodb.onMissingPrimaryKey},
 * {@code dynamodb.onDecodeError}, {@code dynamodb.tables}, {@code dynamodb.events}, {@code dynamodb.snapshotTime},
 * {@code dynamodb.binaryEncoding}, {@code dynamodb.timePrecision}, {@code dynamodb.leniencies}. One that begins with
 * {@code dynamodb.} and does not exist is refused, as is a configuration that cannot be right.
 *
 * <p><b>Events without a row.</b> The row is marked {@link GenericRow#SKIP_RECORD_KEY} for an empty payload (a
 * tombstone), for an event that a filter leaves out, for an event whose eventName is not INSERT, MODIFY or REMOVE, and in
 * an upsert table for an INSERT or MODIFY without NewImage. A NewImage of {@code {}} counts as no NewImage.
 *
 * <p><b>Failures.</b> A payload that does not decode throws core's {@code DecodeException}; an envelope of events is such a
 * payload, because Pinot takes one event a message. A value that does not fit its column throws another unchecked
 * exception. Pinot logs both and drops the row. On REMOVE in an upsert table such a value becomes null instead, so that the
 * delete is not lost; a value of a key, a comparison column or the table's time column still throws. No message and no log
 * line contains a value of an event, or a name that is not in the configuration.
 *
 * <p>Pinot creates one instance for each partition and calls it from one thread; it is not thread-safe. A row does not
 * refer to the payload.
 */
public final class DynamoDbMessageDecoder implements StreamMessageDecoder<byte[]> {
    private final Logger log;
    private @Nullable RowDecoder rows;

    /** For Pinot, which calls one of the two {@code init} methods next. */
    public DynamoDbMessageDecoder() {
        this(LoggerFactory.getLogger(DynamoDbMessageDecoder.class));
    }

    DynamoDbMessageDecoder(Logger log) {
        this.log = log;
    }

    /**
     * The only form that Pinot before 1.2 knows: no schema, and nothing known of upserts.
     *
     * @param props the decoder's properties, without what stands before {@code dynamodb.}
     * @param fieldsToRead the fields of a row; null or empty: all
     * @throws IllegalArgumentException if a property does not exist or cannot be right; the message says what to change
     */
    @Override
    public void init(Map<String, String> props, @Nullable Set<String> fieldsToRead, String topicName) {
        rows = new RowPlanner(new DecoderOptions(props), TableFacts.unknown(), fieldsToRead, log).plan();
    }

    /**
     * The form that Pinot 1.2 and later call: values are made for the schema's columns.
     *
     * @param fieldsToRead the fields of a row; null or empty: all
     * @throws IllegalArgumentException if a property does not exist or cannot be right for this table; the message says what
     *     to change
     */
    @Override
    public void init(
            @Nullable Set<String> fieldsToRead, StreamConfig streamConfig, TableConfig tableConfig, Schema schema) {
        DecoderOptions options = new DecoderOptions(streamConfig.getDecoderProperties());
        rows = new RowPlanner(options, TableFacts.of(tableConfig, schema), fieldsToRead, log).plan();
    }

    /** Decodes a whole array, as {@link #decode(byte[], int, int, GenericRow)} does. */
    @Override
    public GenericRow decode(byte[] payload, GenericRow destination) {
        return decode(payload, 0, payload.length, destination);
    }

    /**
     * Decodes the event in a part of an array; nothing outside the part is read.
     *
     * @param destination the row to fill, without the fields of an earlier one where all fields are wanted
     * @return {@code destination}, marked {@link GenericRow#SKIP_RECORD_KEY} if the event makes no row; never null
     * @throws IllegalStateException if neither {@code init} was called
     */
    @Override
    public GenericRow decode(byte[] payload, int offset, int length, GenericRow destination) {
        RowDecoder decoder = rows;
        if (decoder == null) {
            throw new IllegalStateException("init must be called before decode");
        }
        return decoder.decode(payload, offset, length, destination);
    }
}
