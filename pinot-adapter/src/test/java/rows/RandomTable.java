package rows;

import io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.data.ComplexFieldSpec;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;

/** A table with a column of a random type for each of some attributes, and the columns that every event has. */
final class RandomTable {
    private static final String PROPERTY = "stream.kinesis.decoder.prop.";
    private static final List<DataType> TYPES = List.of(
            DataType.INT,
            DataType.LONG,
            DataType.FLOAT,
            DataType.DOUBLE,
            DataType.BIG_DECIMAL,
            DataType.STRING,
            DataType.BYTES,
            DataType.BOOLEAN,
            DataType.TIMESTAMP,
            DataType.JSON,
            DataType.MAP);
    /** Those that Pinot 1.5 has several values of. */
    private static final Set<DataType> MULTI_VALUE = Set.of(
            DataType.INT,
            DataType.LONG,
            DataType.FLOAT,
            DataType.DOUBLE,
            DataType.STRING,
            DataType.BOOLEAN,
            DataType.TIMESTAMP);

    private final List<ReferenceColumn> columns = new ArrayList<>();
    private final Schema schema;
    private final Map<String, String> properties = new HashMap<>();

    RandomTable(Random random, Collection<String> attributes) {
        String overflow = List.of("FAIL", "NULL", "SATURATE").get(random.nextInt(3));
        String mismatch = random.nextInt(8) == 0 ? "FAIL" : "NULL";
        Schema.SchemaBuilder builder = new Schema.SchemaBuilder().setSchemaName("t");
        for (String name : attributes) {
            DataType type = TYPES.get(random.nextInt(TYPES.size()));
            boolean isSingle = !MULTI_VALUE.contains(type) || random.nextInt(4) != 0;
            columns.add(new ReferenceColumn(name, type, isSingle, overflow, mismatch));
            if (type == DataType.MAP) {
                builder.addComplex(name, type, mapFields());
            } else if (isSingle) {
                builder.addSingleValueDimension(name, type);
            } else {
                builder.addMultiValueDimension(name, type);
            }
        }
        schema = builder.addSingleValueDimension("eventName", DataType.STRING)
                .addSingleValueDimension("awsRegion", DataType.STRING)
                .addSingleValueDimension("sequenceNumber", DataType.STRING)
                .addSingleValueDimension("SizeBytes", DataType.LONG)
                .addSingleValueDimension("isTimeToLiveDelete", DataType.BOOLEAN)
                .addSingleValueDimension("ApproximateCreationDateTime", DataType.TIMESTAMP)
                .addSingleValueDimension("changed_at", DataType.LONG)
                .addSingleValueDimension("deleted", DataType.BOOLEAN)
                .build();
        properties.put("streamType", "kinesis");
        properties.put("stream.kinesis.topic.name", "t");
        properties.put("stream.kinesis.decoder.class.name", DynamoDbMessageDecoder.class.getName());
        properties.put(PROPERTY + "dynamodb.timeColumnName", "changed_at");
        properties.put(PROPERTY + "dynamodb.deleteColumnName", "deleted");
        properties.put(PROPERTY + "dynamodb.onNumberOverflow", overflow);
        properties.put(PROPERTY + "dynamodb.onTypeMismatch", mismatch);
    }

    private static Map<String, FieldSpec> mapFields() {
        return Map.of(
                ComplexFieldSpec.KEY_FIELD,
                new DimensionFieldSpec(ComplexFieldSpec.KEY_FIELD, DataType.STRING, true),
                ComplexFieldSpec.VALUE_FIELD,
                new DimensionFieldSpec(ComplexFieldSpec.VALUE_FIELD, DataType.STRING, true));
    }

    List<ReferenceColumn> columns() {
        return columns;
    }

    /** A decoder that was told what a server tells it. */
    DynamoDbMessageDecoder newDecoder() {
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder();
        TableConfig config = new TableConfigBuilder(TableType.REALTIME)
                .setTableName("t")
                .setStreamConfigs(properties)
                .build();
        decoder.init(
                new LinkedHashSet<>(schema.getColumnNames()),
                new StreamConfig("t_REALTIME", properties),
                config,
                schema);
        return decoder;
    }
}
