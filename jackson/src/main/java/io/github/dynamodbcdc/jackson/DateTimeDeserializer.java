package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.LocalDateDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.LocalDateTimeDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.LocalTimeDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a type of java.time that is no instant. Refuses B, an empty array, which Jackson reads as null, and a text of
 * which Jackson would drop a part. Reads a number for a LocalDate that is written as one, {@code @JsonFormat(shape =
 * NUMBER_INT)}.
 */
final class DateTimeDeserializer extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    /**
     * The texts of which Jackson drops a part: the time, the date or the Z. The keys are Jackson's deserializers
     * without a pattern of their own.
     */
    private static final Map<JsonDeserializer<?>, Pattern> DROPPED = Map.of(
            LocalDateDeserializer.INSTANCE, Pattern.compile("T"),
            LocalTimeDeserializer.INSTANCE, Pattern.compile("T"),
            LocalDateTimeDeserializer.INSTANCE, Pattern.compile("Z\\s*$"));

    /** What a text must not contain; null if Jackson reads the whole text. */
    private final transient @Nullable Pattern dropped;

    private final JsonFormat.Shape shape;

    DateTimeDeserializer(JsonDeserializer<?> delegate) {
        this(delegate, DROPPED.get(UpdatedProperties.last(delegate)), JsonFormat.Shape.ANY);
    }

    private DateTimeDeserializer(JsonDeserializer<?> delegate, @Nullable Pattern dropped, JsonFormat.Shape shape) {
        super(delegate);
        this.dropped = dropped;
        this.shape = shape;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
        return new DateTimeDeserializer(delegate, dropped, shape);
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
            throws JsonMappingException {
        JsonDeserializer<?> contextual = super.createContextual(context, property);
        JsonFormat.Value format = findFormatOverrides(context, property, handledType());
        if (format == null) {
            return contextual;
        }
        boolean isOwn = format.hasPattern() || Boolean.TRUE.equals(format.getLenient());
        return new DateTimeDeserializer(contextual.getDelegatee(), isOwn ? null : dropped, format.getShape());
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        UnfitValueException.refuseBinary(parser, handledType());
        if (dropped != null
                && parser.hasToken(JsonToken.VALUE_STRING)
                && dropped.matcher(parser.getText()).find()) {
            throw unfit(parser, "a text that states more than the type holds");
        }
        boolean isDay = handledType() == LocalDate.class && shape == JsonFormat.Shape.NUMBER_INT;
        Object time = isDay && parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                ? ofDay(parser)
                : super.deserialize(parser, context);
        if (time == null) {
            throw unfit(parser, "a value without a time");
        }
        return time;
    }

    private LocalDate ofDay(JsonParser parser) throws IOException {
        try {
            return LocalDate.ofEpochDay(parser.getLongValue());
        } catch (DateTimeException e) {
            throw unfit(parser, "a number outside the type's range");
        }
    }

    private UnfitValueException unfit(JsonParser parser, String message) {
        return new UnfitValueException(parser, handledType(), message);
    }
}
