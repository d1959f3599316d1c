package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import com.fasterxml.jackson.databind.util.AccessPattern;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Jackson module that enables an {@code ObjectMapper} to write and read {@link ChangeEvent}s, {@link Item}s and
 * {@link AttributeValue}s, at any depth:
 *
 * <pre>{@code
 * ObjectMapper mapper = JsonMapper.builder().addModule(new DynamoDbModule()).build();
 * byte[] json = mapper.writeValueAsBytes(event.newImage());
 * Item item = mapper.readValue(json, Item.class); // equals what was written
 * }</pre>
 *
 * <p>By default they are written as <b>DynamoDB JSON</b>, with each value under its type descriptor; after {@link
 * #plainJson()} as <b>plain JSON</b>. Reading always expects DynamoDB JSON, because plain JSON lacks the types. To
 * convert plain JSON to an item, see {@link ItemMapper#write(com.fasterxml.jackson.core.JsonParser)}. A property with
 * type ids cannot hold these classes: one with {@code @JsonTypeInfo}, or an Object under default typing.
 *
 * <p><b>Round trips.</b> Items and values equal what was written, and numbers keep the text that they were delivered
 * with. An event is written as a record of its channel and decodes to an event with the same content: B is encoded once
 * or twice as it was ({@link ChangeEvent#binaryEncoding()}), which a decoder finds by itself unless the event came from
 * one with another {@code binaryEncoding}, and the time keeps its unit. Members of the record that the event does not
 * expose are not written, and neither is the text of an unknown stream view type. With
 * {@code WRITE_NUMBERS_AS_STRINGS}, SizeBytes becomes a text, which decodes as absent. The Keys of a line of a full
 * export are those that the reading decoder names. Writing an event whose images were omitted by a projection throws an
 * {@code IllegalStateException}, which Jackson may wrap.
 *
 * <p>Reading copies the input token by token and decodes the copy. It is as strict as {@link ChangeEventDecoder}, and
 * the result does not refer to the input. The mapper's own limits (StreamReadConstraints) also apply, for example names
 * of at most 50,000 characters. JSON that cannot be decoded is a {@code JsonMappingException}, whose message has the
 * reason, the path inside the value that is read, and the decoder's message. Its cause is the {@link
 * io.github.dynamodbcdc.DecodeException}, whose offset refers to the copy. Jackson may add names of the properties and
 * keys that lead to the value. {@link ItemMapper} reads a property of type {@code Item} or {@code AttributeValue} as a
 * view of the record, without a copy; it is valid as long as the item.
 *
 * <p>Values of {@code AttributeType.UNKNOWN} are omitted; one that is written on its own becomes null.
 *
 * <p>Immutable and thread-safe. A mapper accepts one DynamoDbModule; Jackson ignores a second one.
 */
public final class DynamoDbModule extends Module {
    private final boolean plain;
    private final ChangeEventDecoder decoder;

    /** Creates a module for DynamoDB JSON that decodes with the defaults of {@link ChangeEventDecoder#create()}. */
    public DynamoDbModule() {
        this(false, ChangeEventDecoder.create());
    }

    private DynamoDbModule(boolean plain, ChangeEventDecoder decoder) {
        this.plain = plain;
        this.decoder = decoder;
    }

    /**
     * {@return a module that writes plain JSON} M becomes an object and L an array, in the delivered order; S becomes a
     * string, BOOL true or false, and NULL null; SS, NS and BS become arrays; B becomes base64 text in the mapper's
     * variant. N becomes a number with every significant digit, without a conversion to double.
     *
     * <p>An event keeps the members of its record ("Record" in the Amazon DynamoDB Streams API Reference), but its
     * {@code Keys}, {@code NewImage} and {@code OldImage} are plain and its time is ISO-8601 text. A line of an export
     * is written as such a record.
     */
    public DynamoDbModule plainJson() {
        return new DynamoDbModule(true, decoder);
    }

    /**
     * {@return a module that reads with the options of a decoder: limits, leniencies and the encoding of binary}
     *
     * @param decoder has these options; its projection and its key attributes apply to events, but not to items and
     *     values on their own
     * @throws NullPointerException if the decoder is null
     */
    public DynamoDbModule decoder(ChangeEventDecoder decoder) {
        return new DynamoDbModule(plain, Objects.requireNonNull(decoder));
    }

    /** {@return the name of this class} */
    @Override
    public String getModuleName() {
        return DynamoDbModule.class.getName();
    }

    /** {@return an unknown version; Jackson uses it only for display} */
    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    /** Registers serializers and deserializers. Called by the mapper that the module is added to. */
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

    // ------------------------------------------------------------------------------------------------- writing

    /** Without it, Jackson would write an Item as an array of its entries, because it is iterable. */
    private static final class ItemSerializer extends JsonSerializer<Item> {
        private final boolean plain;

        ItemSerializer(boolean plain) {
            this.plain = plain;
        }

        @Override
        public void serialize(Item item, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (json instanceof ItemGenerator) {
                ((ItemGenerator) json).writeItem(item);
            } else {
                (plain ? ItemJson.plain(json, provider) : ItemJson.typed(json, false)).item(item);
            }
        }
    }

    private static final class AttributeValueSerializer extends JsonSerializer<AttributeValue> {
        private final boolean plain;

        AttributeValueSerializer(boolean plain) {
            this.plain = plain;
        }

        @Override
        public void serialize(AttributeValue value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            if (json instanceof ItemGenerator) {
                ((ItemGenerator) json).writeAttributeValue(value);
            } else {
                (plain ? ItemJson.plain(json, provider) : ItemJson.typed(json, false)).value(value);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------- reading

    private static final class ChangeEventDeserializer extends JsonDeserializer<ChangeEvent> {
        private final RecordJson records;

        ChangeEventDeserializer(RecordJson records) {
            this.records = records;
        }

        @Override
        public ChangeEvent deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return records.event(parser);
        }
    }

    /** Reads DynamoDB JSON; from an item that an ItemMapper reads, the M itself. */
    private static final class ItemDeserializer extends JsonDeserializer<Item> {
        private final RecordJson records;

        ItemDeserializer(RecordJson records) {
            this.records = records;
        }

        @Override
        public Item deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!(parser instanceof ItemParser)) {
                Buffered.refuse(parser, context, Item.class);
                return records.item(parser);
            }
            Item item = ((ItemParser) parser).item();
            if (item == null) {
                throw MismatchedInputException.from(
                        parser, Item.class, "asked for an item, found an attribute value that is not an M");
            }
            parser.skipChildren();
            return item;
        }
    }

    /** Reads DynamoDB JSON; from an item that an ItemMapper reads, the value itself. */
    private static final class AttributeValueDeserializer extends JsonDeserializer<AttributeValue> {
        private static final String NAME = "value";

        private final RecordJson records;

        AttributeValueDeserializer(RecordJson records) {
            this.records = records;
        }

        @Override
        public AttributeValue deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!(parser instanceof ItemParser)) {
                Buffered.refuse(parser, context, AttributeValue.class);
                return records.itemOf(NAME, parser).require(NAME);
            }
            AttributeValue value = ((ItemParser) parser).attributeValue();
            if (value == null) {
                throw MismatchedInputException.from(
                        parser, AttributeValue.class, "asked for an attribute value, found an item");
            }
            parser.skipChildren();
            return value;
        }

        /** Returns a NULL as a value, because null means an absent attribute. */
        @Override
        public @Nullable AttributeValue getNullValue(DeserializationContext context) throws JsonMappingException {
            JsonParser parser = context.getParser();
            // While Jackson reads from a buffer, the context's parser is at another token.
            if (parser instanceof ItemParser && parser.currentToken() == JsonToken.VALUE_NULL) {
                return ((ItemParser) parser).attributeValue();
            }
            Buffered.refuse(parser, context, AttributeValue.class);
            return null;
        }

        @Override
        public AccessPattern getNullAccessPattern() {
            return AccessPattern.DYNAMIC;
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }

    /**
     * Refuses views of the record where Jackson has buffered a part of the item as plain JSON and reads it with another
     * parser than the item's own. The types are lost there, and the buffer must not be read as DynamoDB JSON, although
     * an M with an attribute named "S" looks like it.
     */
    private static final class Buffered {
        private Buffered() {}

        static void refuse(JsonParser parser, DeserializationContext context, Class<?> asked)
                throws JsonMappingException {
            if (context.getAttribute(ItemMapper.READS_ITEMS) != null
                    || readsAnItem(context.getParser())
                    || readsAnItem(parser)) {
                throw MismatchedInputException.from(
                        parser, asked, "DynamoDB's types are lost where Jackson buffers, for example for a type id");
            }
        }

        /**
         * Any mapper can read an item's parser, wrapped or not, and its context begins with that parser. A buffer that
         * other code filled from that parser has the parser's codec.
         */
        private static boolean readsAnItem(@Nullable JsonParser parser) {
            JsonParser inner = parser;
            while (inner instanceof JsonParserDelegate) {
                inner = ((JsonParserDelegate) inner).delegate();
            }
            return inner instanceof ItemParser || (inner != null && belongsToItemMapper(inner.getCodec()));
        }

        private static boolean belongsToItemMapper(@Nullable ObjectCodec codec) {
            return codec instanceof ObjectMapper
                    && ((ObjectMapper) codec)
                                    .getDeserializationConfig()
                                    .getAttributes()
                                    .getAttribute(ItemMapper.READS_ITEMS)
                            != null;
        }
    }
}
