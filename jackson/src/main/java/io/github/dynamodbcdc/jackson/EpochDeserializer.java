package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.deser.BeanDeserializerFactory;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.util.StdDateFormat;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.jackson.ItemMapper.EpochUnit;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a time from a number in the unit of the property or the mapper. Jackson's own deserializer reads text. */
final class EpochDeserializer extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    /** Texts that Jackson reads as numbers, and those of N. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?0*[0-9]{1,4})?");

    /** As for N by default. The JDK converts a text to a number in time quadratic in its length. */
    private static final int MAX_LENGTH = DecodeLimits.defaults().maxNumberLength();

    private final TimeKind kind;

    @SuppressWarnings("serial") // deserializers are serializable in name only
    private final JsonFormat.Value format;

    /** Whether Jackson's deserializer reads digits as milliseconds; null until a text of digits comes. */
    private transient volatile @Nullable Boolean readsMillis;

    EpochDeserializer(JsonDeserializer<?> delegate, TimeKind kind, JsonFormat.Value format) {
        super(delegate);
        this.kind = kind;
        this.format = format;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
        return new EpochDeserializer(delegate, kind, format);
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
            throws JsonMappingException {
        EpochDeserializer contextual = (EpochDeserializer) super.createContextual(context, property);
        JsonFormat.Value own = findFormatOverrides(context, property, handledType());
        return own == null ? contextual : new EpochDeserializer(contextual._delegatee, kind, own);
    }

    /** Returns whether a format of the user's reads texts, in which digits can mean anything. */
    private boolean isOwnText(DeserializationContext context) {
        if (format.hasPattern()) {
            return kind != TimeKind.DURATION;
        }
        if (!kind.isLegacy()) {
            return false;
        }
        if (!(context.getConfig().getDateFormat() instanceof StdDateFormat)) {
            return true;
        }
        Boolean reads = readsMillis;
        if (reads == null) {
            reads = readsMillis(context.getConfig());
            readsMillis = reads;
        }
        return !reads;
    }

    /**
     * Returns whether Jackson's deserializer reads digits as milliseconds. A module can give it another format, which
     * no method returns.
     */
    private boolean readsMillis(DeserializationConfig config) {
        long millis = 86_400_001; // a millisecond, which no calendar date has
        try (TokenBuffer buffer = new TokenBuffer(null, false)) {
            buffer.writeString(Long.toString(millis));
            JsonParser parser = buffer.asParserOnFirstToken();
            Object time = _delegatee.deserialize(
                    parser,
                    new DefaultDeserializationContext.Impl(BeanDeserializerFactory.instance)
                            .createInstance(config.withNoProblemHandlers(), parser, null));
            return time != null && kind.epochMilli(time, handledType()) == millis;
        } catch (IOException | RuntimeException refused) {
            return false;
        }
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        UnfitValueException.refuseBinary(parser, handledType());
        BigDecimal number = number(parser);
        if (number != null && isText(parser) && isOwnText(context)) {
            if (kind == TimeKind.XML && format.hasPattern()) { // which Jackson writes, and does not read
                throw new UnfitValueException(parser, handledType(), "a string in a format that is only written");
            }
            number = null;
        }
        if (number == null) {
            refuseNull(parser, context);
            return ofText(parser, context);
        }
        Duration length = kind == TimeKind.DURATION ? EpochTimes.length(format) : null;
        EpochUnit unit = unit(context, EpochNumber.isInteger(number));
        BigInteger nanos = length == null ? EpochNumber.nanos(number, unit) : EpochNumber.nanos(number, length);
        if (kind == TimeKind.DURATION) {
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
                return ZonedDateTime.ofInstant(instant, zone(context).normalized()); // as Jackson reads an S
            default:
                if (kind == TimeKind.TIMESTAMP) {
                    return TimeKind.withNanos(
                            ofMillis(instant.toEpochMilli(), parser, context), EpochNumber.nanoOfSecond(nanos));
                }
                if (kind == TimeKind.XML && instant.isBefore(TimeKind.GREGORIAN)) {
                    throw unfit(parser, "an instant before the Gregorian calendar", unit);
                }
                if (!EpochNumber.isWholeMillis(nanos)) {
                    throw unfit(parser, "an instant finer than a millisecond", unit);
                }
                return ofMillis(instant.toEpochMilli(), parser, context);
        }
    }

    /** Returns the time of a text, as Jackson reads it, but not one that is changed or outside the years 1 to 9999. */
    private @Nullable Object ofText(JsonParser parser, DeserializationContext context) throws IOException {
        String text = kind.isLegacy() && isText(parser) ? parser.getText() : "";
        boolean isFiner = EpochNumber.isFinerThanMillis(text) && !isOwnText(context);
        if (isFiner && kind != TimeKind.TIMESTAMP) {
            throw new UnfitValueException(parser, handledType(), "an instant finer than a millisecond");
        }
        Object time = super.deserialize(parser, context);
        UnfitValueException.refuseBinary(time, parser, handledType());
        if (time != null && !kind.isInYears(time, handledType())) {
            throw new UnfitValueException(parser, handledType(), "an instant outside the years 1 to 9999");
        }
        return isFiner ? TimeKind.withNanos(time, EpochNumber.nanoOfSecond(text)) : time;
    }

    /** Refuses the S "null", which Jackson reads as no date, if the mapper does not coerce scalars. */
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

    /** Returns the number that is the current value; null if it is another text, which Jackson reads. */
    private @Nullable BigDecimal number(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isNumeric()) {
            return parser.getDecimalValue();
        }
        String text = isText(parser) ? parser.getText().trim() : "";
        if (!NUMBER.matcher(text).matches()) {
            return null;
        }
        if (text.length() > MAX_LENGTH) {
            throw new UnfitValueException(parser, handledType(), "a string of too many digits");
        }
        return new BigDecimal(text);
    }

    /** Returns the unit of a number: the property's, else the mapper's, else the one of Jackson's features. */
    private EpochUnit unit(DeserializationContext context, boolean integer) {
        EpochUnit own = EpochTimes.unitForReading(format);
        if (own != null && (!kind.isLegacy() || context.getAttribute(EpochTimes.UNIT) != null)) {
            return own;
        }
        EpochUnit unit = (EpochUnit) context.getAttribute(EpochTimes.UNIT);
        if (unit != null) {
            return unit == EpochUnit.BY_MAGNITUDE && kind == TimeKind.DURATION ? EpochUnit.SECOND : unit;
        }
        boolean millis = kind.isLegacy()
                || (integer && !context.isEnabled(DeserializationFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS));
        return millis ? EpochUnit.MILLISECOND : EpochUnit.SECOND;
    }

    private ZoneId zone(DeserializationContext context) {
        return (format.hasTimeZone() ? format.getTimeZone() : context.getTimeZone()).toZoneId();
    }

    /** Returns a legacy object, which Jackson creates because it knows the subclasses and calendars. */
    private @Nullable Object ofMillis(long millis, JsonParser parser, DeserializationContext context)
            throws IOException {
        try (TokenBuffer buffer = new TokenBuffer(parser.getCodec(), false)) {
            buffer.writeNumber(millis);
            return super.deserialize(buffer.asParserOnFirstToken(), context);
        }
    }

    private UnfitValueException unfit(JsonParser parser, String found, EpochUnit unit) {
        return new UnfitValueException(parser, handledType(), found + "; epochUnit is " + unit);
    }
}
