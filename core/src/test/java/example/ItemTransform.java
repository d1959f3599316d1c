package example;

import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;

import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/** The guide's transform of Kafka Connect. */
// readers of the guide may be on Java 11
@SuppressWarnings({"StatementSwitchToExpressionSwitch", "PatternMatchingInstanceof"})
// objects.md: a Connect transform
public final class ItemTransform<R extends ConnectRecord<R>> implements Transformation<R> {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final JsonTexts JSON = new JsonTexts();
    private static final Pattern FIELD = Pattern.compile("(.+):(STRING|INT32|INT64|FLOAT64|BOOLEAN|BYTES)");
    private static final ConfigDef CONFIG = define("key", define("value", new ConfigDef()));

    private Schema keySchema = schema(List.of(), false);
    private Schema valueSchema = schema(List.of(), true);

    private static ConfigDef define(String name, ConfigDef config) {
        String text = "the fields of the record's " + name + ", each as name:TYPE, " + FIELD;
        return config.define(name, ConfigDef.Type.LIST, NO_DEFAULT_VALUE, ItemTransform::check, Importance.HIGH, text);
    }

    /** Refuses a configuration before a connector is created from it. */
    private static void check(String name, @Nullable Object fields) {
        boolean isValid = fields instanceof List
                && ((List<?>) fields)
                        .stream()
                                .allMatch(
                                        field -> FIELD.matcher(field.toString()).matches());
        if (!isValid) {
            throw new ConfigException(name, fields, "each field is name:TYPE, " + FIELD);
        }
    }

    @Override
    public ConfigDef config() {
        return CONFIG;
    }

    @Override
    public void configure(Map<String, ?> configs) {
        AbstractConfig config = new AbstractConfig(CONFIG, configs, false);
        keySchema = schema(config.getList("key"), false);
        valueSchema = schema(config.getList("value"), true);
    }

    private static Schema schema(List<String> fields, boolean optional) {
        SchemaBuilder schema = SchemaBuilder.struct().optional();
        for (String field : fields) {
            int colon = field.lastIndexOf(':');
            SchemaBuilder type = SchemaBuilder.type(Schema.Type.valueOf(field.substring(colon + 1)));
            schema.field(field.substring(0, colon), optional ? type.optional().build() : type.build());
        }
        return schema.build();
    }

    @Override
    public R apply(R record) {
        if (record.value() == null) {
            return record; // a tombstone of the topic, with the key that it has there
        }
        if (!(record.value() instanceof byte[])) {
            throw new DataException("value.converter must be org.apache.kafka.connect.converters.ByteArrayConverter");
        }
        try {
            ChangeEvent event = DECODER.decode((byte[]) record.value());
            Item image = event.newImage();
            if (image == null && event.eventName() != EventName.REMOVE) {
                throw new DataException("the stream's view type must include new images");
            }
            Struct key = struct(event.keys(), keySchema);
            Struct value = image == null ? null : struct(image, valueSchema); // null is a tombstone: sinks delete
            return record.newRecord(
                    record.topic(), record.kafkaPartition(), keySchema, key, valueSchema, value, record.timestamp());
        } catch (DecodeException | AttributeValueException e) {
            throw new DataException(e); // errors.tolerance decides; the message has no value and no attribute name
        }
    }

    private static Struct struct(Item item, Schema schema) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            AttributeValue value = item.get(field.name());
            struct.put(field, value == null || value.type() == AttributeType.NULL ? null : convert(value, field));
        }
        return struct;
    }

    private static Object convert(AttributeValue value, Field field) {
        switch (field.schema().type()) {
            case INT32:
                return value.asInt();
            case INT64:
                return value.asLong();
            case FLOAT64:
                return value.asDouble();
            case BOOLEAN:
                return value.asBoolean();
            case BYTES:
                return value.asBytes();
            case STRING:
                return value.type() == AttributeType.S ? value.asString() : value.to(JSON);
            default:
                throw new DataException("a type of field that no attribute has");
        }
    }

    @Override
    public void close() {}
}
// objects.md: end
