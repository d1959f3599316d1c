package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyMetadata;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.dynamodbcdc.jackson.ItemMapper.EpochUnit;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the times that are no instants, whose arrays end in a fraction of a second: [1, 2, 3, 4] has four
 * nanoseconds, or milliseconds where the property or the mapper reads milliseconds. Jackson writes the one and reads
 * the other if the features for reading and writing differ, and drops what is finer than a millisecond.
 */
final class LocalTimes {
    private static final Set<Class<?>> TYPES = Set.of(LocalTime.class, LocalDateTime.class, OffsetTime.class);

    /** Where Jackson reads milliseconds, it reads a larger fraction as nanoseconds. */
    private static final int MAX_MILLIS = 999;

    private static final int NANOS_PER_MILLI = 1_000_000;

    private LocalTimes() {}

    static boolean isOne(Class<?> type) {
        return TYPES.contains(type);
    }

    /** The property with a feature of its {@code @JsonFormat} that is on or off. */
    private static final class Formatted extends BeanProperty.Std {
        private static final long serialVersionUID = 1L;

        private final transient JsonFormat.Value format;

        /** Creates a copy; the property is null for an object that is no property's. */
        Formatted(@Nullable BeanProperty property, JavaType type, JsonFormat.Value format) {
            super(
                    property == null ? PropertyName.NO_NAME : property.getFullName(),
                    property == null ? type : property.getType(),
                    property == null ? null : property.getWrapperName(),
                    property == null ? null : property.getMember(),
                    property == null ? PropertyMetadata.STD_OPTIONAL : property.getMetadata());
            this.format = format;
        }

        @Override
        public JsonFormat.Value findPropertyFormat(MapperConfig<?> config, Class<?> base) {
            return format;
        }
    }

    private static JsonFormat.Value with(JsonFormat.Value format, JsonFormat.Feature feature, boolean on) {
        JsonFormat.Value empty = JsonFormat.Value.empty();
        return format.withOverrides(on ? empty.withFeature(feature) : empty.withoutFeature(feature));
    }

    /**
     * Reads arrays in the unit of the property, whichever of its two features states it. Refuses B, which Jackson puts
     * into a field or list of any type, and a number that is no integer. ItemParser does that itself, but the parser of
     * a TokenBuffer drops the fraction.
     */
    static final class Deserializer extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        Deserializer(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new Deserializer(delegate);
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
                throws JsonMappingException {
            JsonFormat.Value format = findFormatOverrides(context, property, handledType());
            EpochUnit unit = format == null ? null : EpochTimes.unitForReading(format);
            if (format == null || unit == null) {
                return super.createContextual(context, property);
            }
            return super.createContextual(
                    context,
                    new Formatted(
                            property,
                            context.constructType(handledType()),
                            with(
                                    format,
                                    JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS,
                                    unit == EpochUnit.SECOND)));
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            UnfitValueException.refuseBinary(parser, handledType());
            if (!parser.hasToken(JsonToken.START_ARRAY) || parser instanceof ItemParser) {
                Object time = super.deserialize(parser, context);
                UnfitValueException.refuseBinary(time, parser, handledType());
                return time;
            }
            try (TokenBuffer array = context.bufferAsCopyOfValue(parser)) {
                JsonParser members = array.asParser(parser);
                for (JsonToken token = members.nextToken(); token != null; token = members.nextToken()) {
                    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                        throw new UnfitValueException(parser, handledType(), "a number that is no integer");
                    }
                }
                JsonParser again = array.asParser(parser);
                again.nextToken();
                Object time = super.deserialize(again, context);
                UnfitValueException.refuseBinary(time, parser, handledType());
                return time;
            }
        }
    }

    /** Writes arrays in the unit in which they are read. */
    static final class Serializer extends JsonSerializer<Object> implements ContextualSerializer {
        private final JsonSerializer<Object> nanos;
        private final JsonSerializer<Object> millis;
        private final @Nullable EpochUnit own;

        Serializer(JsonSerializer<Object> delegate) {
            this(delegate, delegate, null);
        }

        private Serializer(JsonSerializer<Object> nanos, JsonSerializer<Object> millis, @Nullable EpochUnit own) {
            this.nanos = nanos;
            this.millis = millis;
            this.own = own;
        }

        @Override
        public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty property)
                throws JsonMappingException {
            JsonFormat.Value format = property == null
                    ? provider.getDefaultPropertyFormat(nanos.handledType())
                    : property.findPropertyFormat(provider.getConfig(), nanos.handledType());
            return new Serializer(
                    contextual(provider, property, format, true),
                    contextual(provider, property, format, false),
                    EpochTimes.unitForReading(format));
        }

        @SuppressWarnings("unchecked")
        private JsonSerializer<Object> contextual(
                SerializerProvider provider, @Nullable BeanProperty property, JsonFormat.Value format, boolean asNanos)
                throws JsonMappingException {
            JsonFormat.Feature feature = JsonFormat.Feature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS;
            JavaType type = provider.constructType(nanos.handledType());
            return (JsonSerializer<Object>) provider.handleSecondaryContextualization(
                    nanos, new Formatted(property, type, with(format, feature, asNanos)));
        }

        @Override
        public Class<Object> handledType() {
            return nanos.handledType();
        }

        @Override
        public void serialize(Object time, JsonGenerator json, SerializerProvider provider) throws IOException {
            serializer(time, provider).serialize(time, json, provider);
        }

        @Override
        public void serializeWithType(
                Object time, JsonGenerator json, SerializerProvider provider, TypeSerializer types) throws IOException {
            serializer(time, provider).serializeWithType(time, json, provider, types);
        }

        private JsonSerializer<Object> serializer(Object time, SerializerProvider provider) throws IOException {
            boolean readsMillis = own == null
                    ? Boolean.TRUE.equals(provider.getAttribute(EpochTimes.INTEGERS_ARE_MILLIS))
                    : own == EpochUnit.MILLISECOND;
            int fraction = ((TemporalAccessor) time).get(ChronoField.NANO_OF_SECOND);
            if (readsMillis && fraction % NANOS_PER_MILLI == 0) {
                return millis;
            }
            if (readsMillis && fraction <= MAX_MILLIS && writesArray(time, provider)) {
                throw new UnfitValueException(
                        null, handledType(), "a fraction of a second that would be read as milliseconds");
            }
            return nanos;
        }

        private boolean writesArray(Object time, SerializerProvider provider) throws IOException {
            try (TokenBuffer buffer = new TokenBuffer(null, false)) {
                nanos.serialize(time, buffer, provider);
                return buffer.firstToken() == JsonToken.START_ARRAY;
            }
        }
    }
}
