package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.WritableTypeId;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.dynamodbcdc.jackson.ItemMapper.EpochUnit;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a time as a number in the unit of the property or the mapper, or as Jackson does if it is to be text. */
final class EpochSerializer extends JsonSerializer<Object> implements ContextualSerializer {
    /** The beginning of a text that states a whole date of the years to 9999. */
    private static final Pattern XML_DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private final JsonSerializer<Object> delegate;
    private final TimeKind kind;
    private final JsonFormat.Value format;

    EpochSerializer(JsonSerializer<Object> delegate, TimeKind kind, JsonFormat.Value format) {
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
                ? provider.getDefaultPropertyFormat(delegate.handledType())
                : property.findPropertyFormat(provider.getConfig(), delegate.handledType());
        return new EpochSerializer((JsonSerializer<Object>) contextual, kind, own);
    }

    @Override
    public void serialize(Object time, JsonGenerator json, SerializerProvider provider) throws IOException {
        requireWholeXml(time);
        if (isNumber(provider)) {
            BigInteger nanos = nanos(time, provider);
            if (nanos == null) {
                delegate.serialize(time, json, provider);
                return;
            }
            Duration length = length();
            json.writeNumber(
                    length == null
                            ? EpochNumber.number(nanos, unit(nanos, provider))
                            : EpochNumber.number(nanos, length));
        } else {
            delegate.serialize(time, json, provider);
        }
    }

    @Override
    public void serializeWithType(Object time, JsonGenerator json, SerializerProvider provider, TypeSerializer types)
            throws IOException {
        if (isNumber(provider)) {
            WritableTypeId type = types.writeTypePrefix(json, types.typeId(time, JsonToken.VALUE_NUMBER_FLOAT));
            serialize(time, json, provider);
            types.writeTypeSuffix(json, type);
        } else {
            requireWholeXml(time);
            delegate.serializeWithType(time, json, provider, types);
        }
    }

    /** Refuses an XMLGregorianCalendar that is not written with all that it states, or not read. */
    private void requireWholeXml(Object time) throws JsonMappingException {
        if (kind == TimeKind.XML && !hasOwnText()) {
            String text = text(time);
            boolean isDate = XML_DATE.matcher(text).lookingAt();
            if (!isDate
                    || EpochNumber.isFinerThanMillis(text)
                    || !TimeKind.isGregorianXml(time, delegate.handledType())) {
                throw new UnfitValueException(
                        null,
                        delegate.handledType(),
                        "a calendar without a date, before the Gregorian one, after 9999, or finer than a millisecond");
            }
        }
    }

    /** Returns the text that XML has for a calendar; an empty one if nothing of it is set. */
    private static String text(Object time) {
        try {
            return time.toString();
        } catch (IllegalStateException e) {
            return "";
        }
    }

    private boolean isNumber(SerializerProvider provider) {
        boolean byJackson =
                kind.isLegacy() && kind != TimeKind.TIMESTAMP && provider.getAttribute(EpochTimes.UNIT) == null;
        if (byJackson || format.getShape() == JsonFormat.Shape.STRING || hasOwnText()) {
            return false;
        }
        return format.getShape().isNumeric()
                || provider.isEnabled(
                        kind == TimeKind.DURATION
                                ? SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS
                                : SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    /** Returns whether a pattern is that of a text. It has no effect beside a numeric shape. */
    private boolean hasOwnText() {
        return format.hasPattern() && length() == null && !format.getShape().isNumeric();
    }

    /** Returns the unit that the pattern of a duration names; null if there is none. */
    private @Nullable Duration length() {
        return kind == TimeKind.DURATION ? EpochTimes.length(format) : null;
    }

    /** Returns the unit in which {@link EpochDeserializer} reads this number. Jackson's own two can differ. */
    private EpochUnit unit(BigInteger nanos, SerializerProvider provider) {
        EpochUnit own = EpochTimes.propertyUnit(
                format,
                JsonFormat.Feature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS,
                JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS);
        EpochUnit unit = (EpochUnit) provider.getAttribute(EpochTimes.UNIT);
        if (unit == null && kind.isLegacy()) {
            return EpochUnit.MILLISECOND;
        }
        if (own != null) {
            return own;
        }
        if (unit == null) {
            boolean millis = Boolean.TRUE.equals(provider.getAttribute(EpochTimes.INTEGERS_ARE_MILLIS));
            return millis && EpochNumber.isWholeMillis(nanos) ? EpochUnit.MILLISECOND : EpochUnit.SECOND;
        }
        return unit == EpochUnit.BY_MAGNITUDE && kind == TimeKind.DURATION ? EpochUnit.SECOND : unit;
    }

    /** Returns the time in nanoseconds; null if the user's own DateSerializer or CalendarSerializer writes a text. */
    private @Nullable BigInteger nanos(Object time, SerializerProvider provider) throws IOException {
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
            default:
                // Jackson writes the milliseconds, because it knows the subclasses and calendars.
                try (TokenBuffer millis = new TokenBuffer(null, false)) {
                    delegate.serialize(time, millis, provider);
                    JsonParser number = millis.asParserOnFirstToken();
                    if (!number.hasToken(JsonToken.VALUE_NUMBER_INT)) {
                        return null;
                    }
                    return nanos(
                            kind == TimeKind.TIMESTAMP
                                    ? ((Date) time).toInstant()
                                    : Instant.ofEpochMilli(number.getLongValue()));
                }
        }
    }

    private static BigInteger nanos(Instant instant) {
        return EpochNumber.nanos(instant.getEpochSecond(), instant.getNano());
    }
}
