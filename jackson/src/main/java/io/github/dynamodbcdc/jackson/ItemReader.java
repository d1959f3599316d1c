package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.FormatSchema;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CacheProvider;
import com.fasterxml.jackson.databind.deser.DataFormatReaders;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.DeserializerFactory;
import com.fasterxml.jackson.databind.deser.std.MapDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.TokenBufferSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads items as the mapper's own reader does, except that numbers remain exact or refused where Jackson buffers.
 * Jackson's own buffer converts a number that is too large for a double to infinity, and 200 to the byte -56.
 */
final class ItemReader extends ObjectReader {
    private static final long serialVersionUID = 1L;

    ItemReader(ObjectReader reader) {
        this(reader, reader.getConfig(), reader.getValueType(), null, null);
    }

    private ItemReader(
            ObjectReader base,
            DeserializationConfig config,
            @Nullable JavaType type,
            @Nullable JsonDeserializer<Object> root,
            @Nullable Object valueToUpdate) {
        super(base, config, type, root, valueToUpdate, null, base.getInjectableValues(), null);
    }

    /**
     * Returns a type as the mapper's TypeFactory constructs it. A type of another one may lack what a module adds, for
     * example that OptionalInt is a reference.
     */
    static JavaType typeOf(Type type, ObjectMapper mapper) {
        TypeFactory types = mapper.getTypeFactory();
        if (!(type instanceof JavaType)) {
            return types.constructType(type);
        }
        JavaType known = (JavaType) type;
        if (known.hasHandlers() || known.hasValueHandler()) {
            return known;
        }
        if (known.isArrayType()) {
            return types.constructArrayType(typeOf(known.getContentType(), mapper));
        }
        List<JavaType> arguments = known.getBindings().getTypeParameters();
        JavaType[] own =
                arguments.stream().map(argument -> typeOf(argument, mapper)).toArray(JavaType[]::new);
        return own.length == 0
                ? types.constructType(known.getRawClass())
                : types.constructParametricType(known.getRawClass(), own);
    }

    /**
     * Sets the properties of an object from the attributes of an item. A Map or tree gets values that are read into an
     * empty one, because Jackson would merge them with those that it has.
     */
    @SuppressWarnings({"ReferenceEquality", "unchecked"}) // the same object, not an equal one; any Map has any keys
    void update(Object object, JsonParser parser) throws IOException {
        ObjectReader updating =
                withAttribute(UpdatedProperties.OBJECT, object).withHandler(new TypeIdOfUpdated(object));
        if (object instanceof ObjectNode) {
            ObjectNode read = ((ObjectNode) object).objectNode();
            updating.withValueToUpdate(read).readValue(parser);
            ((ObjectNode) object).setAll(read);
        } else if (object instanceof Map && readsMap(parser)) {
            Map<Object, Object> read = new LinkedHashMap<>();
            updating.withValueToUpdate(read).readValue(parser);
            try {
                ((Map<Object, Object>) object).putAll(read);
            } catch (UnsupportedOperationException e) {
                throw notUpdated(parser, "the Map cannot be changed");
            }
        } else if (updating.withValueToUpdate(object).readValue(parser) != object) {
            throw notUpdated(parser, "Jackson creates a new object instead of updating this one");
        }
    }

    private boolean readsMap(JsonParser parser) throws IOException {
        JsonDeserializer<?> root = _findRootDeserializer(createDeserializationContext(parser));
        return UpdatedProperties.last(root) instanceof MapDeserializer;
    }

    private InvalidDefinitionException notUpdated(JsonParser parser, String why) {
        return InvalidDefinitionException.from(parser, why, getValueType());
    }

    @Override
    protected ObjectReader _new(ObjectReader base, DeserializationConfig config) {
        return new ItemReader(base, config, _valueType, _rootDeserializer, _valueToUpdate);
    }

    @Override
    protected ObjectReader _new(
            ObjectReader base,
            DeserializationConfig config,
            JavaType type,
            JsonDeserializer<Object> root,
            Object valueToUpdate,
            FormatSchema schema,
            InjectableValues values,
            DataFormatReaders formats) {
        return new ItemReader(base, config, type, root, valueToUpdate);
    }

    @Override
    protected DefaultDeserializationContext createDeserializationContext(JsonParser parser) {
        return new Context(_context, _config, parser, _injectableValues);
    }

    /**
     * Accepts the type id of the object that is updated. Jackson treats the type id as a property, which the class
     * lacks, because the class is given and no type id is expected.
     */
    private static final class TypeIdOfUpdated extends DeserializationProblemHandler {
        private final Object updated;

        TypeIdOfUpdated(Object updated) {
            this.updated = updated;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the updated object, not an equal one inside it
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                JsonDeserializer<?> deserializer,
                Object beanOrClass,
                String name)
                throws IOException {
            if (beanOrClass != updated) {
                return false;
            }
            JavaType type = context.constructType(updated.getClass());
            TypeDeserializer typeIds = context.getFactory().findTypeDeserializer(context.getConfig(), type);
            if (typeIds == null || !name.equals(typeIds.getPropertyName())) {
                return false;
            }
            JavaType found = typeIds.getTypeIdResolver().typeFromId(context, parser.getText());
            if (found == null || !found.hasRawClass(updated.getClass())) {
                throw MismatchedInputException.from(parser, type, "the type id is that of another class");
            }
            return true;
        }
    }

    private static final class Context extends DefaultDeserializationContext {
        private static final long serialVersionUID = 1L;

        Context(
                DefaultDeserializationContext source,
                DeserializationConfig config,
                JsonParser parser,
                @Nullable InjectableValues values) {
            super(source, config, parser, values);
        }

        private Context(DefaultDeserializationContext source, DeserializerFactory factory) {
            super(source, factory);
        }

        private Context(DefaultDeserializationContext source, DeserializationConfig config) {
            super(source, config);
        }

        private Context(DefaultDeserializationContext source, CacheProvider caches) {
            super(source, caches);
        }

        /** Checks object ids too, which Jackson before 2.21 does not do here. */
        @Override
        public @Nullable Object readRootValue(
                JsonParser parser, JavaType type, JsonDeserializer<Object> deserializer, @Nullable Object valueToUpdate)
                throws IOException {
            Object value = super.readRootValue(parser, type, deserializer, valueToUpdate);
            checkUnresolvedObjectId();
            return value;
        }

        @Override
        public TokenBuffer bufferForInputBuffering(JsonParser parser) {
            return new Buffer(parser, this);
        }

        @Override
        public DefaultDeserializationContext with(DeserializerFactory factory) {
            return new Context(this, factory);
        }

        @Override
        public DefaultDeserializationContext withCaches(CacheProvider caches) {
            return new Context(this, caches);
        }

        @Override
        public DefaultDeserializationContext createInstance(
                DeserializationConfig config, JsonParser parser, InjectableValues values) {
            return new Context(this, config, parser, values);
        }

        @Override
        public DefaultDeserializationContext createDummyInstance(DeserializationConfig config) {
            return new Context(this, config);
        }
    }

    /** Is written as Jackson writes a TokenBuffer, whose serializer it finds by the class itself. */
    private static final class Buffer extends TokenBuffer implements JsonSerializable {
        private static final TokenBufferSerializer SERIALIZER = new TokenBufferSerializer();

        private final JsonParser source;

        Buffer(JsonParser parser, DeserializationContext context) {
            super(parser, context);
            source = parser;
        }

        /** Keeps a type id that is also a property as the number or boolean that it is. Jackson buffers its text. */
        @Override
        public void writeString(@Nullable String text) throws IOException {
            JsonToken token = source.currentToken();
            boolean isOther = token != null && (token.isNumeric() || token.isBoolean());
            if (isOther && source.getText().equals(text)) {
                copyCurrentEvent(source);
            } else {
                super.writeString(text);
            }
        }

        @Override
        public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
            SERIALIZER.serialize(this, json, provider);
        }

        @Override
        public void serializeWithType(JsonGenerator json, SerializerProvider provider, TypeSerializer types)
                throws IOException {
            SERIALIZER.serializeWithType(this, json, provider, types);
        }

        @Override
        public JsonParser asParser(ObjectCodec codec) {
            return new BufferParser(super.asParser(codec));
        }

        @Override
        public JsonParser asParser(StreamReadConstraints constraints) {
            return new BufferParser(super.asParser(constraints));
        }

        @Override
        public JsonParser asParser(JsonParser source) {
            return new BufferParser(super.asParser(source));
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static final class BufferParser extends JsonParserDelegate {
        BufferParser(JsonParser parser) {
            super(parser);
        }

        /** Returns a number, or refuses it with an exception to which databind adds the key of a Map. */
        private <T> T inRange(Reading<T> reading) throws IOException {
            try {
                return reading.read();
            } catch (InputCoercionException e) {
                throw UnfitValueException.outOfRange(this, e.getTargetType());
            }
        }

        @Override
        public int getIntValue() throws IOException {
            return inRange(super::getIntValue);
        }

        @Override
        public long getLongValue() throws IOException {
            return inRange(super::getLongValue);
        }

        @Override
        public short getShortValue() throws IOException {
            return inRange(super::getShortValue);
        }

        @Override
        public int getValueAsInt() throws IOException {
            return inRange(super::getValueAsInt);
        }

        @Override
        public long getValueAsLong() throws IOException {
            return inRange(super::getValueAsLong);
        }

        @Override
        public double getDoubleValue() throws IOException {
            double value = super.getDoubleValue();
            if (Double.isInfinite(value)) {
                throw UnfitValueException.outOfRange(this, double.class);
            }
            return value;
        }

        @Override
        public float getFloatValue() throws IOException {
            float value = super.getFloatValue();
            if (Float.isInfinite(value)) {
                throw UnfitValueException.outOfRange(this, float.class);
            }
            return value;
        }

        /** Refuses numbers outside -128 to 127. Jackson accepts up to 255 and makes it negative. */
        @Override
        public byte getByteValue() throws IOException {
            int value = getIntValue();
            if (value != (byte) value) {
                throw UnfitValueException.outOfRange(this, byte.class);
            }
            return (byte) value;
        }

        @Override
        public double getValueAsDouble(double defaultValue) throws IOException {
            JsonToken token = currentToken();
            return token != null && token.isNumeric() ? getDoubleValue() : super.getValueAsDouble(defaultValue);
        }

        @Override
        public double getValueAsDouble() throws IOException {
            return getValueAsDouble(0);
        }
    }
}
