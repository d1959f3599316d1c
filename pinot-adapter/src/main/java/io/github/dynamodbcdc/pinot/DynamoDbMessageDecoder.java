package io.github.dynamodbcdc.pinot;

import java.util.Map;
import java.util.Objects;
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
 * Decodes one DynamoDB change event from Kinesis, Kafka or any other stream into one row of Apache Pinot. Each message
 * must contain one event. A table configuration names the class:
 *
 * <pre>{@code
 * "stream.kinesis.decoder.class.name": "io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder"
 * }</pre>
 *
 * <p><b>Columns.</b> Each attribute of Keys and NewImage fills the column of its name; Keys win. On REMOVE, which has
 * no NewImage, OldImage takes its place, so that the row of the delete fills its other columns too. The event's own
 * fields fill the columns {@code eventID}, {@code eventName}, {@code eventSource}, {@code eventVersion},
 * {@code eventSourceARN}, {@code awsRegion}, {@code tableName}, {@code recordFormat},
 * {@code ApproximateCreationDateTime}, {@code SequenceNumber}, {@code SizeBytes}, {@code StreamViewType},
 * {@code userIdentityType}, {@code userIdentityPrincipalId} and {@code isTimeToLiveDelete}, in this spelling or in
 * lower camel case. They win over attributes of the same names. The row has the fields that Pinot asks for, with null
 * for each field that the event lacks. It also has the columns of the event and of OldImage for which Pinot does not
 * ask because their names contain the delimiter of its {@code complexTypeConfig}. If Pinot asks for none, the row has
 * all attributes, {@code eventName}, {@code ApproximateCreationDateTime}, and the schema's columns. A column with a
 * transform stays null for its transform, unless {@code dynamodb.timeColumnName} or {@code dynamodb.deleteColumnName}
 * names it; the time column then is null only for an event without a time, to which Pinot applies the transform. No
 * attribute fills one of the fields by which Pinot controls a row: {@code $SKIP_RECORD_KEY$},
 * {@code $MULTIPLE_RECORDS_KEY$}, {@code $INCOMPLETE_RECORD_KEY$} and {@code $SANITIZED_RECORD_KEY$}.
 *
 * <p><b>Values.</b> With a schema (Pinot 1.2 and later), each column gets the attribute's exact value. Exceptions:
 * FLOAT and DOUBLE get the nearest value, TIMESTAMP drops fractions of a millisecond, and BOOLEAN is true for every
 * number except 0. The properties decide about any other value. Without a schema, N is a {@code Long} if it is integral
 * and fits, otherwise a {@code BigDecimal}; S is a {@code String}, B a {@code byte[]}, BOOL a {@code Boolean}, NULL
 * null, M a {@code HashMap}, and L and the sets are an {@code Object[]}. The time of the change has one unit in a
 * column, whatever unit each event used: milliseconds in TIMESTAMP, the unit of the column's format, ISO-8601 in
 * STRING, and {@code dynamodb.timeUnit} in a plain number. The default of {@code dynamodb.timeUnit} is microseconds, or
 * milliseconds without a schema.
 *
 * <p><b>Properties.</b> The keys follow {@code stream.<type>.decoder.prop.}; {@code pinot-adapter/docs/properties.md}
 * describes each: {@code dynamodb.timeColumnName}, {@code dynamodb.deleteColumnName}, {@code dynamodb.timeUnit},
 * {@code dynamodb.column.<name>.unit}, {@code dynamodb.envelopePrefix}, {@code dynamodb.image},
 * {@code dynamodb.oldImagePrefix}, {@code dynamodb.fillFromOldImage}, {@code dynamodb.transformedColumns},
 * {@code dynamodb.onNumberOverflow}, {@code dynamodb.onTypeMismatch}, {@code dynamodb.onMissingPrimaryKey},
 * {@code dynamodb.onDecodeError}, {@code dynamodb.tables}, {@code dynamodb.events}, {@code dynamodb.snapshotTime},
 * {@code dynamodb.binaryEncoding}, {@code dynamodb.timePrecision}, {@code dynamodb.leniencies}. Any other key that
 * begins with {@code dynamodb.} is refused, and so is a configuration that cannot work.
 *
 * <p><b>Events without a row.</b> The row is marked {@link GenericRow#SKIP_RECORD_KEY} for an empty payload (a
 * tombstone), for an event that a filter excludes, for an event whose eventName is not INSERT, MODIFY or REMOVE, and,
 * in an upsert table, for one that is no REMOVE and has no NewImage, unless {@code dynamodb.image} is KEYS or OLD. A
 * NewImage of {@code {}} counts as no NewImage.
 *
 * <p><b>Failures.</b> A payload that does not decode throws core's {@code DecodeException}. An envelope of events is
 * such a payload, because in Pinot a message is one event. A value that does not fit its column throws another
 * unchecked exception. Pinot logs either and drops the row. On REMOVE in an upsert table, a value that does not fit
 * becomes null instead, to keep the delete; a value of a key, a comparison column or the table's time column still
 * throws. So does a value of a comparison column, of the table's time column or, in a table with upsert or dedup, of a
 * key, if Pinot would cut it at its maxLength or at U+0000. No message and no log line contains a value from an event,
 * or a name that is not in the configuration.
 *
 * <p>Pinot creates one instance per partition and calls it from one thread. It is not thread-safe. A row does not refer
 * to the payload.
 */
public final class DynamoDbMessageDecoder implements StreamMessageDecoder<byte[]> {
    private final Logger log;
    private @Nullable RowDecoder rows;

    /** Creates a decoder, which must be initialized with one of the two {@code init} methods. */
    public DynamoDbMessageDecoder() {
        this(LoggerFactory.getLogger(DynamoDbMessageDecoder.class));
    }

    DynamoDbMessageDecoder(Logger log) {
        this.log = log;
    }

    /**
     * Initializes the decoder without a schema and without knowledge of upserts. Pinot before 1.2 has only this form.
     *
     * @param props the decoder's properties, whose keys begin with {@code dynamodb.}
     * @param fieldsToRead the fields of a row; null or empty for all
     * @param topicName ignored
     * @throws IllegalArgumentException if a property is unknown or cannot work; the message says what to change
     */
    @Override
    public void init(Map<String, String> props, @Nullable Set<String> fieldsToRead, String topicName) {
        rows = new RowPlanner(new DecoderOptions(props), TableFacts.unknown(), fieldsToRead, log).plan();
    }

    /**
     * Initializes the decoder for the columns of a schema. Pinot 1.2 and later call this form.
     *
     * @param fieldsToRead the fields of a row; null or empty for all
     * @param streamConfig has the decoder's properties, whose keys begin with {@code dynamodb.}
     * @param tableConfig has the upsert mode, the comparison, delete and time columns, and the transforms
     * @param schema has the type and the format of each column, and the primary key
     * @throws IllegalArgumentException if a property is unknown or cannot work for this table; the message says what to
     *     change
     */
    @Override
    public void init(
            @Nullable Set<String> fieldsToRead, StreamConfig streamConfig, TableConfig tableConfig, Schema schema) {
        DecoderOptions options = new DecoderOptions(streamConfig.getDecoderProperties());
        rows = new RowPlanner(options, TableFacts.of(tableConfig, schema), fieldsToRead, log).plan();
    }

    /**
     * Decodes the event in a whole array, as {@link #decode(byte[], int, int, GenericRow)} does.
     *
     * @param payload the event, and nothing else
     * @param destination the row to fill, under the same condition
     * @return {@code destination}, marked in the same way; never null
     * @throws IllegalStateException if no {@code init} was called
     * @throws RuntimeException if the event must not become a row; see the class
     */
    @Override
    public GenericRow decode(byte[] payload, GenericRow destination) {
        return decode(payload, 0, payload.length, destination);
    }

    /**
     * Decodes the event in a slice of an array. Bytes outside the slice are not read. A slice without bytes is a
     * tombstone.
     *
     * @param payload the array that contains the event
     * @param offset the index of the first byte of the event
     * @param length the number of bytes of the event
     * @param destination the row to fill; where Pinot asks for no fields in particular, it must not contain those of an
     *     earlier event
     * @return {@code destination}, marked {@link GenericRow#SKIP_RECORD_KEY} if the event makes no row; never null
     * @throws IllegalStateException if no {@code init} was called
     * @throws IndexOutOfBoundsException if the slice is not inside the array; then the row is not changed
     * @throws RuntimeException if the event must not become a row; see the class
     */
    @Override
    public GenericRow decode(byte[] payload, int offset, int length, GenericRow destination) {
        RowDecoder decoder = rows;
        if (decoder == null) {
            throw new IllegalStateException("init must be called before decode");
        }
        Objects.checkFromIndexSize(offset, length, payload.length);
        return decoder.decode(payload, offset, length, destination);
    }
}
