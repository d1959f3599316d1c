package io.github.dynamodbcdc.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;

/**
 * A table of Pinot whose columns every payload can fill: the attributes of {@link Projection}, what happened, and when.
 * No sets, lists or maps, of which Pinot's own path makes other values than DynamoDB's; and the time is a plain number
 * of the record's microseconds, because Pinot would take them for milliseconds in a TIMESTAMP.
 */
final class PinotTable {
    static final String EVENT_NAME = "eventName";
    static final String CREATION_TIME = "ApproximateCreationDateTime";

    static final List<PinotColumn> ATTRIBUTES = List.of(
            new PinotColumn(Projection.UPDATED_AT, "N", DataType.LONG),
            new PinotColumn(Projection.AMOUNT, "N", DataType.DOUBLE),
            new PinotColumn(Projection.ACTIVE, "BOOL", DataType.BOOLEAN),
            new PinotColumn(Projection.STATUS, "S", DataType.STRING),
            new PinotColumn(Projection.ID, "S", DataType.STRING));

    private static final String NAME = "changes";

    private PinotTable() {}

    static Schema schema() {
        Schema.SchemaBuilder schema = new Schema.SchemaBuilder()
                .setSchemaName(NAME)
                .addSingleValueDimension(EVENT_NAME, DataType.STRING)
                .addSingleValueDimension(CREATION_TIME, DataType.LONG);
        for (PinotColumn column : ATTRIBUTES) {
            schema.addSingleValueDimension(column.name(), column.type());
        }
        return schema.build();
    }

    static TableConfig config() {
        return new TableConfigBuilder(TableType.REALTIME).setTableName(NAME).build();
    }

    /** A stream with these properties of its decoder. */
    static StreamConfig stream(String decoderClass, Map<String, String> decoderProperties) {
        Map<String, String> stream = new HashMap<>(Map.of(
                "streamType", "kinesis",
                "stream.kinesis.topic.name", NAME,
                "stream.kinesis.decoder.class.name", decoderClass));
        decoderProperties.forEach((key, value) -> stream.put("stream.kinesis.decoder.prop." + key, value));
        return new StreamConfig(NAME + "_REALTIME", stream);
    }
}
