package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.EnumDeserializer;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleKeyDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.ArrayType;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.type.ReferenceType;
import com.fasterxml.jackson.databind.util.StdDateFormat;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes databind refuse the values that it replaces with 0, false, null or a wrapped number. Uses databind's features
 * where they exist, and otherwise deserializers that wrap databind's.
 */
final class StrictScalars {
    private static final String OUT_OF_RANGE = "a number outside the type's range";

    private static final Pattern DIGITS = Pattern.compile("\\s*[-+]?[0-9]+\\s*");

    private StrictScalars() {}

    static ObjectMapper mapper(Module... modules) {
        SimpleModule keys = new SimpleModule(StrictScalars.class.getName() + ".keys");
        keys.setKeyDeserializers(keys());
        SimpleModule strict = new SimpleModule(StrictScalars.class.getName());
        strict.setDeserializerModifier(new Modifier());
        return JsonMapper.builder()
                .addModules(optionals())
                .addModule(new JavaTimeModule())
                .addModule(keys) // those of later modules take precedence
                .addModules(List.of(modules))
                .addModule(strict)
                .defaultDateFormat(new StdDateFormat().withLenient(false)) // otherwise, 30 February is 2 March
                .enable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS) // a date format disables it
                // An S for a number or a boolean, a number for a boolean and the reverse. An empty S would be 0, false
                // or null.
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .withCoercionConfig(LogicalType.Integer, StrictScalars::refuseBlank)
                .withCoercionConfig(LogicalType.Float, StrictScalars::refuseBlank)
                .withCoercionConfig(LogicalType.Boolean, StrictScalars::refuseBlank)
                .withCoercionConfig(LogicalType.DateTime, StrictScalars::refuseBlank)
                .withCoercionConfig(LogicalType.OtherScalar, StrictScalars::refuseBlank)
                // These types have a value whose text is empty.
                .withCoercionConfig(Locale.class, StrictScalars::takeEmpty)
                .withCoercionConfig(URI.class, StrictScalars::takeEmpty)
                .build();
    }

    /**
     * Returns the module for java.util.Optional, OptionalInt, and so on, if its artifact is on the path, and no other
     * module.
     */
    private static List<Module> optionals() {
        List<Module> modules = new ArrayList<>();
        for (Module found : ObjectMapper.findModules(StrictScalars.class.getClassLoader())) {
            if (found.getClass().getName().equals("com.fasterxml.jackson.datatype.jdk8.Jdk8Module")) {
                modules.add(found);
            }
        }
        return modules;
    }

    private static void takeEmpty(MutableCoercionConfig config) {
        config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.TryConvert);
    }

    /** Refuses an empty string, and a string of white space, which would otherwise be read as null. */
    private static void refuseBlank(MutableCoercionConfig config) {
        config.setAcceptBlankAsEmpty(true);
        config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    }

    /**
     * Returns strict keys. Jackson accepts 1e400 and NaN as a double, 200 as the byte -56, and digits as milliseconds.
     */
    private static SimpleKeyDeserializers keys() {
        SimpleKeyDeserializers keys = new SimpleKeyDeserializers();
        addKeys(keys, Byte.class, (name, context) -> Byte.valueOf(name));
        addKeys(keys, Float.class, (name, context) -> (Float) finite(Float.valueOf(name)));
        addKeys(keys, Double.class, (name, context) -> (Double) finite(Double.valueOf(name)));
        addKeys(keys, Date.class, StrictScalars::date);
        addKeys(keys, Calendar.class, (name, context) -> context.constructCalendar(date(name, context)));
        return keys;
    }

    private static Number finite(Number number) {
        if (!Double.isFinite(number.doubleValue())) {
            throw new NumberFormatException("not finite");
        }
        return number;
    }

    private static Date date(String name, DeserializationContext context) {
        if (DIGITS.matcher(name).matches() || EpochNumber.isFinerThanMillis(name)) {
            throw new IllegalArgumentException("not ISO 8601, or finer than a millisecond");
        }
        Date date = context.parseDate(name);
        if (!TimeKind.MILLIS.isInYears(date, Date.class)) {
            throw new IllegalArgumentException("outside the years 1 to 9999");
        }
        return date;
    }

    private static <T> void addKeys(SimpleKeyDeserializers keys, Class<T> type, KeyParser<T> parser) {
        keys.addDeserializer(type, strictKey(type, parser));
    }

    private static KeyDeserializer strictKey(Class<?> type, KeyParser<?> parser) {
        return new KeyDeserializer() {
            @Override
            public Object deserializeKey(String name, DeserializationContext context) throws IOException {
                Object key = null;
                try {
                    key = parser.parse(name, context);
                } catch (IllegalArgumentException e) {
                    // Refused below, without the parser's message.
                }
                return key == null ? context.handleWeirdKey(type, name, "not a value of the type") : key;
            }
        };
    }

    private interface KeyParser<T> {
        @Nullable
        T parse(String name, DeserializationContext context) throws IOException;
    }

    private static UnfitValueException unfit(JsonParser parser, Class<?> asked, String message) {
        return new UnfitValueException(parser, asked, message);
    }

    private static final class Modifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
            if (deserializer instanceof BeanDeserializerBase) {
                return RequiredProperties.require(deserializer);
            }
            if (deserializer instanceof Creators.Built) {
                Creators.Built built = (Creators.Built) deserializer;
                return built.replaceDelegatee(RequiredProperties.require(built.getDelegatee()));
            }
            // The modifiers of later modules come first.
            if (!EpochTimes.isJacksons(deserializer) && !(deserializer instanceof LocalTimes.Deserializer)) {
                return deserializer;
            }
            Class<?> type = bean.getBeanClass();
            if (type.getName().startsWith("java.time.") && TimeKind.of(type) == null) {
                return new DateTimeDeserializer(deserializer);
            }
            if (type == boolean.class || type == Boolean.class) {
                return new ScalarDeserializer(deserializer, ScalarDeserializer::readBoolean, Shape.ANY);
            }
            if (type == char.class || type == Character.class) {
                return new ScalarDeserializer(deserializer, ScalarDeserializer::readChar, Shape.ANY);
            }
            if (type == TimeZone.class) {
                return new TimeZoneDeserializer(deserializer);
            }
            if (deserializer instanceof FromStringDeserializer) {
                return new ScalarDeserializer(deserializer, ScalarDeserializer::readText, Shape.ANY);
            }
            LogicalType kind = deserializer.logicalType();
            return kind == LogicalType.Integer || kind == LogicalType.Float
                    ? new ScalarDeserializer(deserializer, Numbers::read, Shape.ANY)
                    : deserializer;
        }

        @Override
        public JsonDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config, JavaType type, BeanDescription bean, JsonDeserializer<?> deserializer) {
            // Others have constants of their own, such as months from 1 to 12.
            boolean hasOrdinals =
                    deserializer.getClass() == EnumDeserializer.class && bean.findJsonValueAccessor() == null;
            JsonFormat.Value format = config.getAnnotationIntrospector().findFormat(bean.getClassInfo());
            Shape shape = format == null ? Shape.ANY : format.getShape();
            return hasOrdinals
                    ? new ScalarDeserializer(deserializer, ScalarDeserializer::readEnum, shape)
                    : deserializer;
        }

        @Override
        public JsonDeserializer<?> modifyReferenceDeserializer(
                DeserializationConfig config,
                ReferenceType type,
                BeanDescription bean,
                JsonDeserializer<?> deserializer) {
            return type.hasRawClass(OptionalDouble.class) && EpochTimes.isJacksons(deserializer)
                    ? new ScalarDeserializer(deserializer, Numbers::read, Shape.ANY)
                    : deserializer;
        }

        @Override
        public JsonDeserializer<?> modifyArrayDeserializer(
                DeserializationConfig config, ArrayType type, BeanDescription bean, JsonDeserializer<?> deserializer) {
            Class<?> members = type.getContentType().getRawClass();
            boolean floating = members == double.class || members == float.class;
            return floating && EpochTimes.isJacksons(deserializer)
                    ? new FloatingArrayDeserializer(deserializer)
                    : deserializer;
        }

        /** Refuses an empty name as a key of java.time. Jackson reads it as null. */
        @Override
        public KeyDeserializer modifyKeyDeserializer(
                DeserializationConfig config, JavaType type, KeyDeserializer deserializer) {
            Class<?> key = type.getRawClass();
            return key.getName().startsWith("java.time.") && EpochTimes.isJacksons(deserializer)
                    ? strictKey(key, deserializer::deserializeKey)
                    : deserializer;
        }

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
            RequiredProperties.markIn(builder, new OmittedDefaults(config, bean));
            return builder;
        }
    }

    // --------------------------------------------------------------------------------------- times and numbers

    /**
     * Reads a number. Refuses "NaN" and 1E400, which Jackson accepts as a double or float, and 200, which it accepts as
     * a byte. Reads an S for a property that is written as one, {@code @JsonFormat(shape = STRING)}.
     */
    private static final class Numbers {
        /** More digits than a double can have. Longer numbers are not expanded; the type refuses them. */
        private static final int MAX_DIGITS = 400;

        private static final Pattern NUMBER =
                Pattern.compile("[-+]?[0-9]{1,256}(\\.[0-9]{1,256})?([eE][-+]?[0-9]{1,4})?");

        private Numbers() {}

        static @Nullable Object read(
                JsonParser parser, DeserializationContext context, Shape shape, JsonDeserializer<?> jacksons)
                throws IOException {
            Class<?> type = jacksons.handledType();
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                return ofText(parser, context, shape, jacksons);
            }
            if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                    && (type == byte.class || type == Byte.class)
                    && (byte) parser.getIntValue() != parser.getIntValue()) {
                throw unfit(parser, type, OUT_OF_RANGE);
            }
            Object number = jacksons.deserialize(parser, context);
            if ((number instanceof Double || number instanceof Float)
                    && Double.isInfinite(((Number) number).doubleValue())) {
                throw unfit(parser, type, OUT_OF_RANGE);
            }
            return number;
        }

        private static @Nullable Object ofText(
                JsonParser parser, DeserializationContext context, Shape shape, JsonDeserializer<?> jacksons)
                throws IOException {
            if (shape != Shape.STRING || !NUMBER.matcher(parser.getText()).matches()) {
                throw unfit(parser, jacksons.handledType(), "a string for a number");
            }
            BigDecimal number = new BigDecimal(parser.getText());
            boolean integer = number.scale() <= 0
                    && (long) number.precision() - number.scale() <= MAX_DIGITS
                    && jacksons.handledType() != BigDecimal.class; // 1E+5 keeps its scale
            try (TokenBuffer buffer = new TokenBuffer(parser.getCodec(), false)) {
                if (integer) {
                    buffer.writeNumber(number.toBigInteger());
                } else {
                    buffer.writeNumber(number);
                }
                return read(buffer.asParserOnFirstToken(), context, shape, jacksons);
            }
        }
    }

    /** Reads a time zone. Refuses a text, number or boolean that is none, which the JDK reads as GMT. */
    private static final class TimeZoneDeserializer extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        /** The texts of GMT, and of no offset from it. */
        private static final Pattern GMT = Pattern.compile("GMT([-+]0{1,2}(:?00)?)?");

        TimeZoneDeserializer(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new TimeZoneDeserializer(delegate);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            ScalarDeserializer.refuseName(parser, handledType());
            JsonToken token = parser.currentToken();
            boolean isScalar = token.isScalarValue() && token != JsonToken.VALUE_EMBEDDED_OBJECT;
            String text = isScalar ? parser.getText().trim() : "GMT";
            Object zone = super.deserialize(parser, context);
            if (zone instanceof TimeZone
                    && ((TimeZone) zone).getID().equals("GMT")
                    && !GMT.matcher(text).matches()) {
                throw unfit(parser, handledType(), "a value that is no time zone");
            }
            return zone;
        }
    }

    /** Reads double[] and float[] from numbers only; Jackson also accepts the strings "NaN" and "Infinity". */
    private static final class FloatingArrayDeserializer extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        FloatingArrayDeserializer(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new FloatingArrayDeserializer(delegate);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                throw unfit(parser, handledType(), "a string for numbers"); // Jackson unpacks them from base64
            }
            if (!parser.isExpectedStartArrayToken()) {
                return super.deserialize(parser, context);
            }
            boolean floats = handledType() == float[].class;
            List<Number> members = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                try {
                    members.add(member(parser, floats));
                } catch (JsonMappingException e) {
                    throw JsonMappingException.wrapWithPath(e, members, members.size());
                }
            }
            Object array = Array.newInstance(floats ? float.class : double.class, members.size());
            for (int i = 0; i < members.size(); i++) {
                Array.set(array, i, members.get(i));
            }
            return array;
        }

        private Number member(JsonParser parser, boolean isFloat) throws IOException {
            if (!parser.currentToken().isNumeric()) {
                throw unfit(parser, handledType(), "a member that is not a number");
            }
            Number member = isFloat ? (Number) parser.getFloatValue() : (Number) parser.getDoubleValue();
            if (Double.isInfinite(member.doubleValue())) {
                throw unfit(parser, handledType(), OUT_OF_RANGE);
            }
            return member;
        }
    }
}
