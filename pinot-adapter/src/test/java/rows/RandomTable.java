package rows;

import fixture.Columns;
import fixture.Streams;
import io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;

/** A table with a column of a random type for each of the given attributes, and the columns that every event fills. */
final class RandomTable {
    /** The types that Pinot 1.5 supports in multi-value columns. */
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
    private final Map<String, String> stream;

    RandomTable(Random random, Collection<String> attributes) {
        String overflow = List.of("FAIL", "NULL", "SATURATE").get(random.nextInt(3));
        String mismatch = random.nextInt(8) == 0 ? "FAIL" : "NULL";
        Schema.SchemaBuilder builder = new Schema.SchemaBuilder().setSchemaName("t");
        for (String name : attributes) {
            DataType type = Columns.types().get(random.nextInt(Columns.types().size()));
            boolean isSingle = !MULTI_VALUE.contains(type) || random.nextInt(4) != 0;
            columns.add(new ReferenceColumn(name, type, isSingle, overflow, mismatch));
            if (type == DataType.MAP) {
                builder.addField(Columns.map(name));
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
        stream = Streams.kinesis(Map.of(
                "dynamodb.timeColumnName",
                "changed_at",
                "dynamodb.deleteColumnName",
                "deleted",
                "dynamodb.onNumberOverflow",
                overflow,
                "dynamodb.onTypeMismatch",
                mismatch));
    }

    List<ReferenceColumn> columns() {
        return columns;
    }

    /** Returns a decoder that is initialized as a server does. */
    DynamoDbMessageDecoder newDecoder() {
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder();
        TableConfig config = new TableConfigBuilder(TableType.REALTIME)
                .setTableName("t")
                .setStreamConfigs(stream)
                .build();
        decoder.init(
                new LinkedHashSet<>(schema.getColumnNames()), new StreamConfig("t_REALTIME", stream), config, schema);
        return decoder;
    }
}
