package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.util.Objects;

/**
 * Lets an {@code ObjectMapper} write and read {@link ChangeEvent}s, {@link Item}s and {@link AttributeValue}s, wherever
 * they occur in what it writes or reads:
 *
 * <pre>{@code
 * ObjectMapper mapper = JsonMapper.builder().addModule(new DynamoDbModule()).build();
 * byte[] json = mapper.writeValueAsBytes(event.newImage());
 * Item item = mapper.readValue(json, Item.class); // equals what was written
 * }</pre>
 *
 * <p>They are written as <b>DynamoDB JSON</b>, every value under its type descriptor, or after {@link #plainJson()} as
 * <b>plain JSON</b>; see there. What is read is DynamoDB JSON always, because plain JSON does not tell the types: to
 * make an item of it, see {@link ItemMapper#write(com.fasterxml.jackson.core.JsonParser)}.
 *
 * <p><b>What round trips.</b> Items and values are equal to what was written, numbers with the text that they were
 * delivered with; only in an NS that is written without its item 5E3 may become 5E+3. An event is written as a record
 * of the channel that it came from, and decodes to the same event: B is encoded once or twice as it was ({@link
 * ChangeEvent#binaryEncoding()}) and the time is in its unit. Members that the record had and the event does not show
 * are not written, nor is the text of a stream view type that is unknown. The Keys of a line of a full export are those
 * that the reading decoder names. An event whose images were left out by a projection is not written: {@code
 * IllegalStateException}, in what Jackson makes of it.
 *
 * <p>What is read is copied, token by token, and decoded: it is as strict as {@link ChangeEventDecoder} and does not
 * refer to the input. The mapper's own limits (StreamReadConstraints) hold as well, for example names of 50,000
 * characters. JSON that cannot be decoded is a {@code JsonMappingException}. Its message has the reason, the path
 * inside what is read and what the decoder says; its cause is the {@link io.github.dynamodbcdc.DecodeException}, whose
 * offset is one of the copy. Jackson itself may add names of the properties and keys on the way. {@link ItemMapper}
 * reads an {@code Item} or an {@code AttributeValue} that is a property of your class as the view that it is, without a
 * copy, and valid as long as the item.
 *
 * <p>Values of {@code AttributeType.UNKNOWN} are left out; one that is written on its own is null.
 *
 * <p>Immutable and thread-safe. A mapper takes only one of them: of a second, Jackson takes no notice.
 */
public final class DynamoDbModule extends Module {
    private final boolean plain;
    private final ChangeEventDecoder decoder;

    /** Writes and reads DynamoDB JSON, with the defaults of {@link ChangeEventDecoder#create()}. */
    public DynamoDbModule() {
        this(false, ChangeEventDecoder.create());
    }

    private DynamoDbModule(boolean plain, ChangeEventDecoder decoder) {
        this.plain = plain;
        this.decoder = decoder;
    }

    /**
     * A module that writes plain JSON. M becomes an object and L an array, in the delivered order; S a string, BOOL
     * true or false, NULL null; SS, NS and BS arrays; B base64 text in the mapper's variant. N becomes a number with
     * every digit that counts, never by way of a double.
     *
     * <p>An event keeps the members of its record ("Record" in the Amazon DynamoDB Streams API Reference), but its
     * {@code Keys}, {@code NewImage} and {@code OldImage} are plain and its time is ISO-8601 text. A line of an export
     * becomes such a record.
     */
    public DynamoDbModule plainJson() {
        return new DynamoDbModule(true, decoder);
    }

    /**
     * A module that reads with the options of this decoder: limits, leniencies, how often binary is encoded. One whose
     * projection leaves out new images cannot read items.
     */
    public DynamoDbModule decoder(ChangeEventDecoder decoder) {
        return new DynamoDbModule(plain, Objects.requireNonNull(decoder));
    }

    /** The name of this class. */
    @Override
    public String getModuleName() {
        return DynamoDbModule.class.getName();
    }

    /** Unknown: Jackson only shows it. */
    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    /** Called by the mapper that the module is added to. */
    @Override
    public void setupModule(SetupContext context) {
        SimpleSerializers serializers = new SimpleSerializers();
        serializers.addSerializer(ChangeEvent.class, new ChangeEventSerializer(plain));
        serializers.addSerializer(Item.class, new ItemSerializer(plain));
        serializers.addSerializer(AttributeValue.class, new AttributeValueSerializer(plain));
        context.addSerializers(serializers);

        RecordJson records = new RecordJson(decoder);
        SimpleDeserializers deserializers = new SimpleDeserializers();
        deserializers.addDeserializer(ChangeEvent.class, new ChangeEventDeserializer(records));
        deserializers.addDeserializer(Item.class, new ItemDeserializer(records));
        deserializers.addDeserializer(AttributeValue.class, new AttributeValueDeserializer(records));
        context.addDeserializers(deserializers);
    }
}
