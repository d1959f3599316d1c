package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.WritableTypeId;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.dynamodbcdc.jackson.ItemMapper.EpochUnit;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Date;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers as times and writes times as numbers, in the unit of the mapper, in place of Jackson's own treatment of
 * numbers: that has seconds for some types and milliseconds for others, takes every fraction for seconds, and drops the
 * high bits of what is too large. Text stays with Jackson.
 */
final class EpochTimes {
    /**
     * The attribute of a configuration that has the mapper's {@link EpochUnit}; none if its owner set Jackson's
     * features.
     */
    static final Object UNIT = EpochUnit.class;

    private EpochTimes() {}

    static Module module() {
        SimpleModule module = new SimpleModule(EpochTimes.class.getName());
        module.setDeserializerModifier(new DeserializerModifier());
        module.setSerializerModifier(new SerializerModifier());
        return module;
    }

    /** A type that counts time, and what of it is special. */
    private enum Kind {
        INSTANT,
        OFFSET_DATE_TIME,
        ZONED_DATE_TIME,
        DURATION,
        /** Date, its subclass java.sql.Date, Calendar and XMLGregorianCalendar, which count milliseconds. */
        MILLIS,
        /** The one Date that has nanoseconds. */
        TIMESTAMP;

        static @Nullable Kind of(Class<?> type) {
            if (type == Instant.class) {
                return INSTANT;
            }
            if (type == OffsetDateTime.class) {
                return OFFSET_DATE_TIME;
            }
            if (type == ZonedDateTime.class) {
                return ZONED_DATE_TIME;
            }
            if (type == Duration.class) {
                return DURATION;
            }
            // By their names, because a runtime need not have the modules java.sql and java.xml.
            if (type.getName().equals("java.sql.Timestamp")) {
                return TIMESTAMP;
            }
            if (type.getName().equals("javax.xml.datatype.XMLGregorianCalendar")) {
                return MILLIS;
            }
            boolean legacy = Date.class.isAssignableFrom(type) || Calendar.class.isAssignableFrom(type);
            return legacy && type.getName().startsWith("java.") ? MILLIS : null;
        }

        boolean isLegacy() {
            return this == MILLIS || this == TIMESTAMP;
        }
    }

    /** Returns the unit that a property sets by one feature, or else by its counterpart for the other direction. */
    private static @Nullable EpochUnit unit(
            JsonFormat.Value format, JsonFormat.Feature feature, JsonFormat.Feature counterpart) {
        Boolean seconds = format.getFeature(feature);
        if (seconds == null) {
            seconds = format.getFeature(counterpart);
        }
        return seconds == null ? null : seconds ? EpochUnit.SECOND : EpochUnit.MILLISECOND;
    }

    /** Returns whether this class reads the type's numbers. */
    static boolean counts(Class<?> type) {
        return Kind.of(type) != null;
    }

    /**
     * Returns whether a serializer or deserializer is Jackson's and not the user's, who may have rules of their own.
     */
    private static boolean isJacksons(Object object) {
        return object.getClass().getName().startsWith("com.fasterxml.jackson.");
    }

    // ------------------------------------------------------------------------------------------------- reading

    private static final class DeserializerModifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
            Kind kind = Kind.of(bean.getBeanClass());
            return kind == null || !isJacksons(deserializer)
                    ? deserializer
                    : new Deserializer(deserializer, kind, JsonFormat.Value.empty());
        }
    }

    private static final class Deserializer extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        /** Texts that Jackson takes for numbers. */
        private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+(\\.[0-9]*)?");

        private final Kind kind;

        @SuppressWarnings("serial") // deserializers are serializable in name only
        private final JsonFormat.Value format;

        Deserializer(JsonDeserializer<?> delegate, Kind kind, JsonFormat.Value format) {
            super(delegate);
            this.kind = kind;
            this.format = format;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new Deserializer(delegate, kind, format);
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
                throws JsonMappingException {
            Deserializer contextual = (Deserializer) super.createContextual(context, property);
            JsonFormat.Value own = findFormatOverrides(context, property, handledType());
            return own == null ? contextual : new Deserializer(contextual._delegatee, kind, own);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            BigDecimal number = number(parser);
            if (number == null || (format.hasPattern() && isText(parser))) {
                refuseNull(parser, context);
                return super.deserialize(parser, context);
            }
            Duration length = kind == Kind.DURATION && format.hasPattern() ? length(format.getPattern()) : null;
            EpochUnit unit = unit(context, isInteger(number));
            BigInteger nanos = length == null ? EpochNumber.nanos(number, unit) : EpochNumber.nanos(number, length);
            if (kind == Kind.DURATION) {
                if (nanos == null) {
                    throw unfit(parser, "a duration that is too long, or finer than a nanosecond", unit);
                }
                return Duration.ofSeconds(EpochNumber.seconds(nanos).longValueExact(), EpochNumber.nanoOfSecond(nanos));
            }
            Instant instant = nanos == null ? null : EpochNumber.instant(nanos);
            if (nanos == null || instant == null) {
                throw unfit(parser, "an instant outside the years 1 to 9999, or finer than a nanosecond", unit);
            }
            switch (kind) {
                case INSTANT:
                    return instant;
                case OFFSET_DATE_TIME:
                    return OffsetDateTime.ofInstant(instant, zone(context));
                case ZONED_DATE_TIME:
                    return ZonedDateTime.ofInstant(instant, zone(context));
                default:
                    if (kind == Kind.TIMESTAMP) {
                        return withNanos(
                                ofMillis(instant.toEpochMilli(), parser, context), EpochNumber.nanoOfSecond(nanos));
                    }
                    if (!EpochNumber.isWholeMillis(nanos)) {
                        throw unfit(parser, "an instant finer than a millisecond", unit);
                    }
                    return ofMillis(instant.toEpochMilli(), parser, context);
            }
        }

        /** Returns the unit that the pattern of a Duration names; null if it names none, which Jackson has refused. */
        private static @Nullable Duration length(String pattern) {
            for (ChronoUnit unit : ChronoUnit.values()) {
                if (unit.name().equals(pattern)) {
                    return unit.getDuration();
                }
            }
            return null;
        }

        /** Refuses the S "null", which Jackson takes for no date, if the mapper takes no scalar for another one. */
        private void refuseNull(JsonParser parser, DeserializationContext context) throws IOException {
            if (kind.isLegacy()
                    && isText(parser)
                    && parser.getText().trim().equals("null")
                    && !context.isEnabled(MapperFeature.ALLOW_COERCION_OF_SCALARS)) {
                throw new UnfitValueException(parser, handledType(), "a string that is not ISO 8601");
            }
        }

        private static boolean isText(JsonParser parser) {
            return parser.hasToken(JsonToken.VALUE_STRING);
        }

        private static @Nullable BigDecimal number(JsonParser parser) throws IOException {
            JsonToken token = parser.currentToken();
            if (token.isNumeric()) {
                return parser.getDecimalValue();
            }
            String text = isText(parser) ? parser.getText().trim() : "";
            return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
        }

        private static boolean isInteger(BigDecimal number) {
            return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
        }

        /** Returns the unit of a number: the property's, the mapper's, else what Jackson's features say. */
        private EpochUnit unit(DeserializationContext context, boolean integer) {
            EpochUnit own = EpochTimes.unit(
                    format,
                    JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS,
                    JsonFormat.Feature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS);
            if (own != null && (!kind.isLegacy() || context.getAttribute(UNIT) != null)) {
                return own;
            }
            EpochUnit unit = (EpochUnit) context.getAttribute(UNIT);
            if (unit != null) {
                return unit == EpochUnit.BY_MAGNITUDE && kind == Kind.DURATION ? EpochUnit.SECOND : unit;
            }
            boolean millis = kind.isLegacy()
                    || (integer && !context.isEnabled(DeserializationFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS));
            return millis ? EpochUnit.MILLISECOND : EpochUnit.SECOND;
        }

        private ZoneId zone(DeserializationContext context) {
            return (format.hasTimeZone() ? format.getTimeZone() : context.getTimeZone()).toZoneId();
        }

        /** Lets Jackson make the legacy object, which it knows subclasses and calendars of. */
        private @Nullable Object ofMillis(long millis, JsonParser parser, DeserializationContext context)
                throws IOException {
            try (TokenBuffer buffer = new TokenBuffer(parser.getCodec(), false)) {
                buffer.writeNumber(millis);
                return super.deserialize(buffer.asParserOnFirstToken(), context);
            }
        }

        private static @Nullable Object withNanos(@Nullable Object timestamp, int nanos) {
            if (timestamp != null) {
                try {
                    timestamp.getClass().getMethod("setNanos", int.class).invoke(timestamp, nanos);
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError("java.sql.Timestamp", e);
                }
            }
            return timestamp;
        }

        private UnfitValueException unfit(JsonParser parser, String found, EpochUnit unit) {
            return new UnfitValueException(parser, handledType(), found + "; epochUnit is " + unit);
        }
    }

    // ------------------------------------------------------------------------------------------------- writing

    private static final class SerializerModifier extends BeanSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("unchecked") // whatever the type is, the serializer was found for it
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
            Kind kind = Kind.of(bean.getBeanClass());
            if (kind == null && serializer.handledType() != null) {
                kind = Kind.of(serializer.handledType()); // the class of an XMLGregorianCalendar is not public
            }
            if (kind == null
                    || !isJacksons(serializer)
                    || config.getAttributes().getAttribute(UNIT) == null) {
                return serializer;
            }
            return new Serializer((JsonSerializer<Object>) serializer, kind, JsonFormat.Value.empty());
        }
    }

    private static final class Serializer extends JsonSerializer<Object> implements ContextualSerializer {
        private final JsonSerializer<Object> delegate;
        private final Kind kind;
        private final JsonFormat.Value format;

        Serializer(JsonSerializer<Object> delegate, Kind kind, JsonFormat.Value format) {
            this.delegate = delegate;
            this.kind = kind;
            this.format = format;
        }

        @Override
        @SuppressWarnings("unchecked")
        public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty property)
                throws JsonMappingException {
            JsonSerializer<?> contextual = provider.handleSecondaryContextualization(delegate, property);
            JsonFormat.Value own = property == null
                    ? JsonFormat.Value.empty()
                    : property.findPropertyFormat(provider.getConfig(), delegate.handledType());
            return new Serializer((JsonSerializer<Object>) contextual, kind, own);
        }

        @Override
        public void serialize(Object time, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (isNumber(provider)) {
                json.writeNumber(EpochNumber.number(nanos(time, provider), unit(provider)));
            } else {
                delegate.serialize(time, json, provider);
            }
        }

        @Override
        public void serializeWithType(
                Object time, JsonGenerator json, SerializerProvider provider, TypeSerializer types) throws IOException {
            if (isNumber(provider)) {
                WritableTypeId type = types.writeTypePrefix(json, types.typeId(time, JsonToken.VALUE_NUMBER_FLOAT));
                serialize(time, json, provider);
                types.writeTypeSuffix(json, type);
            } else {
                delegate.serializeWithType(time, json, provider, types);
            }
        }

        private boolean isNumber(SerializerProvider provider) {
            if (format.hasPattern() || format.getShape() == JsonFormat.Shape.STRING) {
                return false;
            }
            return format.getShape().isNumeric()
                    || provider.isEnabled(
                            kind == Kind.DURATION
                                    ? SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS
                                    : SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        }

        private EpochUnit unit(SerializerProvider provider) {
            EpochUnit own = EpochTimes.unit(
                    format,
                    JsonFormat.Feature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS,
                    JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS);
            if (own != null) {
                return own;
            }
            EpochUnit unit = (EpochUnit) provider.getAttribute(UNIT);
            return unit == null || (unit == EpochUnit.BY_MAGNITUDE && kind == Kind.DURATION) ? EpochUnit.SECOND : unit;
        }

        private BigInteger nanos(Object time, SerializerProvider provider) throws IOException {
            switch (kind) {
                case INSTANT:
                    return nanos((Instant) time);
                case OFFSET_DATE_TIME:
                    return nanos(((OffsetDateTime) time).toInstant());
                case ZONED_DATE_TIME:
                    return nanos(((ZonedDateTime) time).toInstant());
                case DURATION:
                    Duration duration = (Duration) time;
                    return EpochNumber.nanos(duration.getSeconds(), duration.getNano());
                case TIMESTAMP:
                    return nanos(((Date) time).toInstant());
                default:
                    // The milliseconds that Jackson writes, which knows subclasses and calendars.
                    try (TokenBuffer millis = new TokenBuffer(null, false)) {
                        delegate.serialize(time, millis, provider);
                        return nanos(Instant.ofEpochMilli(
                                millis.asParserOnFirstToken().getLongValue()));
                    }
            }
        }

        private static BigInteger nanos(Instant instant) {
            return EpochNumber.nanos(instant.getEpochSecond(), instant.getNano());
        }
    }
}
