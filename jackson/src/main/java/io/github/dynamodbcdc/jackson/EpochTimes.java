package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.impl.UnsupportedTypeSerializer;
import com.fasterxml.jackson.databind.ser.std.JsonValueSerializer;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import io.github.dynamodbcdc.jackson.ItemMapper.EpochUnit;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers as times and writes times as numbers, in the mapper's unit. Jackson itself uses seconds for some types
 * and milliseconds for others, reads every number with a fraction as seconds, and drops the high bits of numbers that
 * are too large. Text is left to Jackson.
 */
final class EpochTimes {
    /**
     * The attribute of a configuration that holds the mapper's {@link EpochUnit}; absent if Jackson's features decide.
     */
    static final Object UNIT = EpochUnit.class;

    /**
     * The attribute of a configuration for writing that says whether integers are read as milliseconds, where neither
     * the mapper nor the property has a unit of its own.
     */
    static final Object INTEGERS_ARE_MILLIS = new Object();

    private EpochTimes() {}

    static Module module() {
        SimpleModule module = new SimpleModule(EpochTimes.class.getName());
        module.setDeserializerModifier(new DeserializerModifier());
        module.setSerializerModifier(new SerializerModifier());
        return module;
    }

    /** Returns the unit that a property sets by a feature, or else by the counterpart for the other direction. */
    static @Nullable EpochUnit propertyUnit(
            JsonFormat.Value format, JsonFormat.Feature feature, JsonFormat.Feature counterpart) {
        Boolean seconds = format.getFeature(feature);
        if (seconds == null) {
            seconds = format.getFeature(counterpart);
        }
        return seconds == null ? null : seconds ? EpochUnit.SECOND : EpochUnit.MILLISECOND;
    }

    /** Returns the unit in which a property's numbers are read; null if it states none. */
    static @Nullable EpochUnit unitForReading(JsonFormat.Value format) {
        return propertyUnit(
                format,
                JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS,
                JsonFormat.Feature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS);
    }

    /** Returns the unit that the pattern of a Duration names; null if it names none, which Jackson refuses earlier. */
    static @Nullable Duration length(JsonFormat.Value format) {
        for (ChronoUnit unit : ChronoUnit.values()) {
            if (format.hasPattern() && unit.name().equals(format.getPattern())) {
                return unit.getDuration();
            }
        }
        return null;
    }

    /**
     * Returns whether a serializer or deserializer is Jackson's for its type. The user's own may treat numbers
     * differently. Jackson's classes that convert to another type are the user's too, because only the user names them.
     */
    static boolean isJacksons(Object object) {
        boolean converts = object instanceof StdDelegatingDeserializer
                || object instanceof StdDelegatingSerializer
                || object instanceof ToStringSerializerBase
                || object instanceof JsonValueSerializer;
        return !converts && object.getClass().getName().startsWith("com.fasterxml.jackson.");
    }

    private static final class DeserializerModifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
            if (!isJacksons(deserializer)) {
                return deserializer;
            }
            TimeKind kind = TimeKind.of(bean.getBeanClass());
            if (kind != null) {
                return new EpochDeserializer(deserializer, kind, JsonFormat.Value.empty());
            }
            boolean isLocal = bean.getBeanClass().getName().startsWith("java.time.");
            return isLocal ? new LocalTimes.Deserializer(deserializer) : deserializer;
        }
    }

    private static final class SerializerModifier extends BeanSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("unchecked") // whatever the type is, the serializer was found for it
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
            TimeKind kind = TimeKind.of(bean.getBeanClass());
            Class<?> handled = serializer.handledType();
            // The class of an XMLGregorianCalendar is not public. That of a @JsonValue handles another class.
            if (kind == null && handled != null && handled.isAssignableFrom(bean.getBeanClass())) {
                kind = TimeKind.of(handled);
            }
            boolean lacksModule = serializer instanceof UnsupportedTypeSerializer;
            if (lacksModule || !isJacksons(serializer)) {
                return serializer;
            }
            if (LocalTimes.isOne(bean.getBeanClass())) {
                return new LocalTimes.Serializer((JsonSerializer<Object>) serializer);
            }
            if (kind == null) {
                return serializer;
            }
            return new EpochSerializer((JsonSerializer<Object>) serializer, kind, JsonFormat.Value.empty());
        }
    }
}
