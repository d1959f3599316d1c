package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.util.ClassUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a scalar as its property's {@code @JsonFormat} writes it, in a mapper that refuses the same text or number
 * elsewhere. If {@code @JsonInclude} omits the default of a creator's primitive parameter, an absent attribute is this
 * default.
 */
final class ScalarDeserializer extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    private final transient Reading reading;

    /** The shape that the property's annotation states, or else the class's. */
    private final Shape shape;

    private final transient @Nullable Object absent;

    /** Reads values of one kind of types. */
    interface Reading {
        /** Reads a value in a shape, or leaves it to Jackson's deserializer. */
        @Nullable
        Object read(JsonParser parser, DeserializationContext context, Shape shape, JsonDeserializer<?> jacksons)
                throws IOException;
    }

    ScalarDeserializer(JsonDeserializer<?> delegate, Reading reading, Shape shape) {
        this(delegate, reading, shape, null);
    }

    private ScalarDeserializer(JsonDeserializer<?> delegate, Reading reading, Shape shape, @Nullable Object absent) {
        super(delegate);
        this.reading = reading;
        this.shape = shape;
        this.absent = absent;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
        return new ScalarDeserializer(delegate, reading, shape, absent);
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
            throws JsonMappingException {
        boolean isWrittenAsObject = handledType() == float.class || handledType() == short.class; // by Jackson
        JsonFormat.Value format = findFormatOverrides(
                context, property, isWrittenAsObject ? ClassUtil.wrapperType(handledType()) : handledType());
        boolean omitsDefault = property != null
                && handledType().isPrimitive()
                && OmittedDefaults.areDefaultsOfParameter(context.getConfig(), property);
        return new ScalarDeserializer(
                super.createContextual(context, property).getDelegatee(),
                reading,
                format == null || format.getShape() == Shape.ANY ? shape : format.getShape(),
                omitsDefault ? ClassUtil.defaultValue(handledType()) : null);
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return reading.read(parser, context, shape, _delegatee);
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
        return absent == null ? super.getAbsentValue(context) : absent;
    }

    /** Reads a char as Jackson does; an absent one is {@link #getAbsentValue}. */
    static @Nullable Object readChar(
            JsonParser parser, DeserializationContext context, Shape shape, JsonDeserializer<?> jacksons)
            throws IOException {
        return jacksons.deserialize(parser, context);
    }

    /** Reads a value that is written as a text. */
    static @Nullable Object readText(
            JsonParser parser, DeserializationContext context, Shape shape, JsonDeserializer<?> jacksons)
            throws IOException {
        refuseName(parser, jacksons.handledType());
        return jacksons.deserialize(parser, context);
    }

    /**
     * Refuses a name. A class that delegates its reading to a type gives it the names in an object; Jackson would take
     * the first for the value, and lose what follows.
     */
    static void refuseName(JsonParser parser, Class<?> asked) throws UnfitValueException {
        if (parser.hasToken(JsonToken.FIELD_NAME)) {
            throw new UnfitValueException(parser, asked, "an object for a text");
        }
    }

    /** Reads a boolean, also from the text or the number that a property is written as. */
    static @Nullable Object readBoolean(
            JsonParser parser, DeserializationContext context, Shape shape, JsonDeserializer<?> jacksons)
            throws IOException {
        if (shape == Shape.STRING && parser.hasToken(JsonToken.VALUE_STRING)) {
            switch (parser.getText()) {
                case "true":
                    return true;
                case "false":
                    return false;
                default:
                    throw new UnfitValueException(parser, jacksons.handledType(), "a string for a boolean");
            }
        }
        if (shape.isNumeric() && parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            int number = parser.getIntValue();
            if (number != 0 && number != 1) {
                throw new UnfitValueException(parser, jacksons.handledType(), "a number for a boolean");
            }
            return number == 1;
        }
        return jacksons.deserialize(parser, context);
    }

    /** Reads an enum, also from the ordinal that a property is written as. */
    static @Nullable Object readEnum(
            JsonParser parser, DeserializationContext context, Shape shape, JsonDeserializer<?> jacksons)
            throws IOException {
        boolean isWrittenAsNumber = shape.isNumeric() || shape == Shape.ARRAY;
        if (!isWrittenAsNumber || !parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            return jacksons.deserialize(parser, context);
        }
        Object[] constants = jacksons.handledType().getEnumConstants();
        int ordinal = parser.getIntValue();
        if (ordinal < 0 || ordinal >= constants.length) {
            throw new UnfitValueException(parser, jacksons.handledType(), "a number that no constant has");
        }
        return constants[ordinal];
    }
}
