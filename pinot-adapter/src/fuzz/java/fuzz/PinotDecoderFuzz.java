package fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fixture.Columns;
import fixture.Streams;
import generator.Events;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.config.table.UpsertConfig;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a message, in tables with columns of every type: a row, or one of the failures that are declared. */
class PinotDecoderFuzz {
    private static final int MAX_MESSAGE = 512;
    private static final ChangeEventDecoder CORE = ChangeEventDecoder.create();
    private static final Set<DataType> MULTI_VALUE = Set.of(
            DataType.INT, DataType.LONG, DataType.FLOAT, DataType.DOUBLE, DataType.STRING, DataType.TIMESTAMP);
    private static final List<Table> TABLES = tables();

    /** The attributes of the seeds. */
    private static Set<String> attributes() {
        Set<String> names = new LinkedHashSet<>();
        for (byte[] seed : seeds()) {
            CORE.decode(seed).keys().forEach((name, value) -> names.add(name));
            var image = CORE.decode(seed).newImage();
            if (image != null) {
                image.forEach((name, value) -> names.add(name));
            }
        }
        names.removeIf(name -> name.isEmpty() || name.length() > 40 || name.startsWith("$"));
        names.removeAll(List.of("eventName", "SizeBytes", "changed_at", "deleted"));
        return names;
    }

    static List<byte[]> seeds() {
        return Events.seeds();
    }

    /** A decoder for each table, which all inputs share, and a new one for each input. */
    private static final class Table {
        private final DynamoDbMessageDecoder shared;

        Table(int rotation, Map<String, String> properties, boolean isUpsert) {
            shared = initialized(rotation, properties, isUpsert);
        }

        private static DynamoDbMessageDecoder initialized(
                int rotation, Map<String, String> properties, boolean isUpsert) {
            Schema.SchemaBuilder schema = new Schema.SchemaBuilder().setSchemaName("t");
            int i = rotation;
            for (String name : attributes()) {
                DataType type = Columns.types().get(i++ % Columns.types().size());
                if (type == DataType.MAP) {
                    schema.addField(Columns.map(name));
                } else if (i % 3 == 0 && MULTI_VALUE.contains(type)) {
                    schema.addMultiValueDimension(name, type);
                } else {
                    schema.addSingleValueDimension(name, type);
                }
            }
            Schema built = schema.addSingleValueDimension("eventName", DataType.STRING)
                    .addSingleValueDimension("SizeBytes", DataType.LONG)
                    .addSingleValueDimension("changed_at", DataType.LONG)
                    .addSingleValueDimension("deleted", DataType.BOOLEAN)
                    .build();
            Map<String, String> stream = Streams.kinesis(properties);
            TableConfigBuilder config =
                    new TableConfigBuilder(TableType.REALTIME).setTableName("t").setStreamConfigs(stream);
            if (isUpsert) {
                UpsertConfig upsert = new UpsertConfig(UpsertConfig.Mode.FULL);
                upsert.setComparisonColumns(List.of("changed_at"));
                upsert.setDeleteRecordColumn("deleted");
                config.setUpsertConfig(upsert);
                built.setPrimaryKeyColumns(List.of(attributes().iterator().next()));
            }
            TableConfig table = config.build();
            DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder();
            decoder.init(
                    new LinkedHashSet<>(built.getColumnNames()), new StreamConfig("t_REALTIME", stream), table, built);
            return decoder;
        }
    }

    private static List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        for (int rotation = 0; rotation < Columns.types().size(); rotation++) {
            String overflow = List.of("FAIL", "NULL", "SATURATE").get(rotation % 3);
            String mismatch = rotation % 4 == 0 ? "FAIL" : "NULL";
            tables.add(new Table(
                    rotation,
                    Map.of(
                            "dynamodb.timeColumnName", "changed_at",
                            "dynamodb.deleteColumnName", "deleted",
                            "dynamodb.onNumberOverflow", overflow,
                            "dynamodb.onTypeMismatch", mismatch),
                    rotation == 5));
        }
        return tables;
    }

    private static final DynamoDbMessageDecoder WITHOUT_SCHEMA = withoutSchema();

    private static DynamoDbMessageDecoder withoutSchema() {
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder();
        decoder.init(Map.of(), null, "changes");
        return decoder;
    }

    @MethodSource("seeds")
    @FuzzTest
    void aMessageIsARowOrOneOfTheDeclaredFailures(byte[] message) {
        boolean decodes = message.length == 0 || CORE.tryDecode(message).failure() == null;
        List<DynamoDbMessageDecoder> decoders = new ArrayList<>(List.of(WITHOUT_SCHEMA));
        TABLES.forEach(table -> decoders.add(table.shared));
        for (DynamoDbMessageDecoder decoder : decoders) {
            String ofArray = outcome(decoder, message, 0, message.length, decodes);
            byte[] larger = new byte[message.length + 40];
            Arrays.fill(larger, (byte) '}');
            System.arraycopy(message, 0, larger, 20, message.length);
            String ofSlice = outcome(decoder, larger, 20, message.length, decodes);
            if (!ofArray.equals(ofSlice)) {
                throw new AssertionError("of a slice:\n" + ofSlice + "\nbut of an array:\n" + ofArray);
            }
        }
    }

    private static String outcome(
            DynamoDbMessageDecoder decoder, byte[] array, int offset, int length, boolean decodes) {
        GenericRow row = new GenericRow();
        try {
            GenericRow filled = decoder.decode(array, offset, length, row);
            if (filled != row || !decodes) {
                throw new AssertionError("a row of what core refuses");
            }
        } catch (DecodeException e) {
            if (decodes) {
                throw new AssertionError("refused, but core decodes it", e);
            }
            return declared(e);
        } catch (RuntimeException e) {
            if (!e.getClass().getSimpleName().equals("RowException")) {
                throw e;
            }
            return declared(e);
        }
        return text(row.getFieldToValueMap());
    }

    /** Returns the content and the class of a value, and of those in it. */
    private static String text(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> text.append(name).append('=').append(text(member)));
        } else if (value instanceof Object[] members) {
            Arrays.stream(members).forEach(member -> text.append(text(member)));
        } else if (value instanceof byte[] bytes) {
            text.append(Arrays.toString(bytes));
        } else {
            text.append(value);
        }
        return (value == null ? "" : value.getClass().getSimpleName()) + "[" + text + "]";
    }

    private static String declared(RuntimeException failure) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        if (message.isEmpty() || message.length() > MAX_MESSAGE || failure.getCause() != null) {
            throw new AssertionError("not as declared", failure);
        }
        return failure.getClass().getSimpleName() + message;
    }
}
