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
 * A Pinot table whose columns every payload can fill: the attributes of {@link ProjectedRow}, the event name and the
 * time. It has no sets, lists or maps, because Pinot's own path converts them to values that differ from DynamoDB's.
 * The time is a plain number of the record's microseconds, because Pinot would read them as milliseconds in a
 * TIMESTAMP.
 */
final class PinotTable {
    static final String EVENT_NAME = "eventName";
    static final String CREATION_TIME = "ApproximateCreationDateTime";

    static final List<Column> ATTRIBUTES = List.of(
            new Column(ProjectedRow.UPDATED_AT, "N", DataType.LONG),
            new Column(ProjectedRow.AMOUNT, "N", DataType.DOUBLE),
            new Column(ProjectedRow.ACTIVE, "BOOL", DataType.BOOLEAN),
            new Column(ProjectedRow.STATUS, "S", DataType.STRING),
            new Column(ProjectedRow.ID, "S", DataType.STRING));

    private static final String NAME = "changes";

    /** A column that an attribute fills. */
    record Column(String name, String typeDescriptor, DataType type) {}

    private PinotTable() {}

    static Schema schema() {
        Schema.SchemaBuilder schema = new Schema.SchemaBuilder()
                .setSchemaName(NAME)
                .addSingleValueDimension(EVENT_NAME, DataType.STRING)
                .addSingleValueDimension(CREATION_TIME, DataType.LONG);
        for (Column column : ATTRIBUTES) {
            schema.addSingleValueDimension(column.name(), column.type());
        }
        return schema.build();
    }

    static TableConfig config() {
        return new TableConfigBuilder(TableType.REALTIME).setTableName(NAME).build();
    }

    /** Returns a stream whose decoder has these properties. */
    static StreamConfig stream(String decoderClass, Map<String, String> decoderProperties) {
        Map<String, String> stream = new HashMap<>(Map.of(
                "streamType", "kinesis",
                "stream.kinesis.topic.name", NAME,
                "stream.kinesis.decoder.class.name", decoderClass));
        decoderProperties.forEach((key, value) -> stream.put("stream.kinesis.decoder.prop." + key, value));
        return new StreamConfig(NAME + "_REALTIME", stream);
    }
}
