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
abstract class ScalarDeserializer extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    /** The shape that the property's annotation states, or else the class's. */
    final Shape shape;

    private final transient @Nullable Object absent;

    ScalarDeserializer(JsonDeserializer<?> delegate, Shape shape, @Nullable Object absent) {
        super(delegate);
        this.shape = shape;
        this.absent = absent;
    }

    /** Returns a deserializer of the same class. */
    abstract ScalarDeserializer with(JsonDeserializer<?> delegate, Shape newShape, @Nullable Object newAbsent);

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
        return with(delegate, shape, absent);
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
            throws JsonMappingException {
        JsonFormat.Value format = findFormatOverrides(context, property, handledType());
        boolean omitsDefault = property != null
                && handledType().isPrimitive()
                && OmittedDefaults.areDefaultsOfParameter(context.getConfig(), property);
        return with(
                super.createContextual(context, property).getDelegatee(),
                format == null || format.getShape() == Shape.ANY ? shape : format.getShape(),
                omitsDefault ? ClassUtil.defaultValue(handledType()) : null);
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
        return absent == null ? super.getAbsentValue(context) : absent;
    }

    /** Reads a char. */
    static final class OfChar extends ScalarDeserializer {
        private static final long serialVersionUID = 1L;

        OfChar(JsonDeserializer<?> delegate, Shape shape, @Nullable Object absent) {
            super(delegate, shape, absent);
        }

        @Override
        ScalarDeserializer with(JsonDeserializer<?> delegate, Shape newShape, @Nullable Object newAbsent) {
            return new OfChar(delegate, newShape, newAbsent);
        }
    }

    /** Reads a boolean, also from the text or the number that a property is written as. */
    static final class OfBoolean extends ScalarDeserializer {
        private static final long serialVersionUID = 1L;

        OfBoolean(JsonDeserializer<?> delegate, Shape shape, @Nullable Object absent) {
            super(delegate, shape, absent);
        }

        @Override
        ScalarDeserializer with(JsonDeserializer<?> delegate, Shape newShape, @Nullable Object newAbsent) {
            return new OfBoolean(delegate, newShape, newAbsent);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (shape == Shape.STRING && parser.hasToken(JsonToken.VALUE_STRING)) {
                switch (parser.getText()) {
                    case "true":
                        return true;
                    case "false":
                        return false;
                    default:
                        throw new UnfitValueException(parser, handledType(), "a string for a boolean");
                }
            }
            if (shape.isNumeric() && parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
                int number = parser.getIntValue();
                if (number != 0 && number != 1) {
                    throw new UnfitValueException(parser, handledType(), "a number for a boolean");
                }
                return number == 1;
            }
            return super.deserialize(parser, context);
        }
    }

    /** Reads an enum, also from the ordinal that a property is written as. */
    static final class OfEnum extends ScalarDeserializer {
        private static final long serialVersionUID = 1L;

        OfEnum(JsonDeserializer<?> delegate, Shape shape, @Nullable Object absent) {
            super(delegate, shape, absent);
        }

        @Override
        ScalarDeserializer with(JsonDeserializer<?> delegate, Shape newShape, @Nullable Object newAbsent) {
            return new OfEnum(delegate, newShape, newAbsent);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!shape.isNumeric() || !parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
                return super.deserialize(parser, context);
            }
            Object[] constants = handledType().getEnumConstants();
            int ordinal = parser.getIntValue();
            if (ordinal < 0 || ordinal >= constants.length) {
                throw new UnfitValueException(parser, handledType(), "a number that no constant has");
            }
            return constants[ordinal];
        }
    }
}
