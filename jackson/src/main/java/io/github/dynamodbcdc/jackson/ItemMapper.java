package io.github.dynamodbcdc.jackson;

import static com.fasterxml.jackson.databind.cfg.JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.ClassUtil;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.TimePrecision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Binds DynamoDB items to your own classes with Jackson. An {@link Item} is read as if it were plain JSON, directly
 * from the record's bytes, without an intermediate tree, map or text.
 *
 * <pre>{@code
 * ItemMapper mapper = ItemMapper.of(objectMapper); // immutable and thread-safe: create one and share it
 * Item image = event.newImage(); // null after a REMOVE, and if the stream's view type omits it
 * Order order = image == null ? null : mapper.read(image, Order.class);
 * }</pre>
 *
 * <p><b>Mapping.</b> The ObjectMapper's modules, mix-ins, annotations and features apply. M is an object; L, SS, NS and
 * BS are arrays; S, N and BOOL are string, number and boolean; NULL is null, and an absent attribute is an absent
 * property. B is a {@code byte[]}, also in a {@code Map<String, Object>}, and an embedded object without text for a
 * deserializer of your own. N is a {@code BigDecimal} or {@code BigInteger} with every digit and is converted to double
 * only for a property of that type: in {@code Object} and {@code JsonNode} it is an integer or a decimal. The same
 * holds where Jackson buffers a part of the item ({@code @JsonTypeInfo}, {@code @JsonUnwrapped}, {@code @JsonCreator}),
 * but 5.0 may become 5 there. Properties of type {@code Item} and {@code AttributeValue} are views of the record, and
 * are refused where Jackson buffers.
 *
 * <p><b>Exact or refused.</b> 5.0 fits an {@code int}; 1.5 and 3000000000 do not, and are not truncated, because the
 * mapper's feature ACCEPT_FLOAT_AS_INT is turned off. To truncate, configure {@code
 * coercionConfigFor(LogicalType.Integer)}: it removes fractions for all types except {@code short} and {@code byte},
 * but numbers outside the range are still refused. For {@code double} and {@code float}, N is rounded to the nearest
 * number, which may be 0, or refused if its magnitude is outside their range.
 *
 * <p><b>Time.</b> The module jackson-datatype-jsr310 reads the types of java.time. {@link #create()} includes it; add
 * it to your own mapper. N is a number of units of {@link #epochUnit} since 1970, by default seconds, and can have a
 * fraction in any unit. This applies to {@code Instant}, {@code OffsetDateTime}, {@code ZonedDateTime}, {@code Date},
 * {@code Calendar}, {@code java.sql.Date}, {@code java.sql.Timestamp} and XMLGregorianCalendar, which is written only
 * if it is a whole date since 1582-10-15. For {@code Duration}, N is its length. An instant outside the years 1 to 9999
 * is a MISMATCH, and so is an instant that is finer than its type. S is ISO-8601, or the text of a number in the same
 * unit, also in a strict mapper. The older types have your mapper's date format, if there is one. A property's {@code
 * @JsonFormat} takes precedence: {@code @JsonFormat(without = READ_DATE_TIMESTAMPS_AS_NANOSECONDS)}, or the feature's
 * counterpart, sets milliseconds for reading and writing, also for the fraction that ends the array of a {@code
 * LocalTime}, {@code LocalDateTime} or {@code OffsetTime}, and the pattern of a {@code Duration}, such as {@code
 * MINUTES}, sets its unit. Any other pattern is parsed as the JDK does, which changes 30 February unless the format has
 * {@code lenient = OptBoolean.FALSE}. A mapper of your own without {@code epochUnit} reads and writes in the units of
 * its Jackson features: milliseconds for Date and Calendar, and seconds for java.time. If it turns
 * READ_DATE_TIMESTAMPS_AS_NANOSECONDS off, integers are milliseconds for java.time too.
 *
 * <p><b>Strict.</b> The mapper of {@link #create()} refuses the values that Jackson's defaults replace, each as a
 * MISMATCH: an S for a number or a boolean, even if it is empty or contains one; an S for a char, unless it is one
 * character; an N for a boolean, a char or an enum; a BOOL for a number; a number that is outside the range of a
 * double, float or byte; a date that does not exist, except as a key of java.sql; a text for a {@code LocalDate},
 * {@code LocalTime} or {@code LocalDateTime} that also states a time, a date or Z, unless its format states that it is
 * lenient; a time zone that does not exist; an empty name as a key of java.time; NULL for a primitive; and an absent
 * attribute where a record component, a creator's parameter or a property is primitive. A property that states a
 * default ({@code @JsonProperty(defaultValue = "7")}) may be absent and then keeps its initial value. So may one whose
 * default {@code @JsonInclude(NON_DEFAULT)} omits, if reading, without a builder, has the same default. What
 * {@code @JsonFormat(shape = STRING)} writes as text, or NUMBER as 0, 1, an ordinal (without a creator) or a day, is
 * read from that. Your own mapper behaves as it is configured, except that an N outside its type's range is always
 * refused. It decides about keys, and about numbers in an S except those of times.
 *
 * <p><b>Modules.</b> In a named module, open the packages of these classes to Jackson, and to no other module: {@code
 * opens com.example.orders to com.fasterxml.jackson.databind;}. Otherwise reading a class that is not public, or whose
 * package is not exported, is a BAD_DEFINITION.
 *
 * <p><b>Failures</b> are {@link ItemMappingException}s, whose messages can be logged.
 *
 * <p>Immutable and thread-safe. Reading uses the item's reader ({@link Item#reader()}). The items of a session share
 * the session's reader, so a loop over that reader must not read the same image with a mapper.
 */
public final class ItemMapper {
    /** Refuses repeated names, which an item cannot have. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
            .streamWriteConstraints( // the mapper's own count levels of the object, which are two of the item
                    StreamWriteConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .build())
            .build();

    /** The attribute of a configuration that belongs to an ItemMapper. */
    static final Object READS_ITEMS = new Object();

    private final ObjectMapper mapper;
    private final boolean details;
    /** By class or generic type. A reader caches what Jackson would otherwise look up for each read. */
    private final ConcurrentMap<Type, ItemReader> readers = new ConcurrentHashMap<>();

    private ItemMapper(ObjectMapper mapper, boolean details) {
        this.mapper = mapper;
        this.details = details;
    }

    /**
     * The unit of numbers that are read or written as times: java.time's instants and durations, {@code Date} and
     * {@code Calendar}. A minor release may add constants.
     */
    public enum EpochUnit {
        /** Seconds since 1970, the unit that Time to Live requires. */
        SECOND(TimePrecision.SECOND),
        /** Milliseconds since 1970. */
        MILLISECOND(TimePrecision.MILLISECOND),
        /** Microseconds since 1970. */
        MICROSECOND(TimePrecision.MICROSECOND),
        /** Nanoseconds since 1970. */
        NANOSECOND(TimePrecision.NANOSECOND),
        /**
         * The unit that the magnitude of each number implies, as for {@link io.github.dynamodbcdc.CreationTime}: below
         * 10<sup>11</sup> seconds, below 10<sup>14</sup> milliseconds, below 10<sup>17</sup> microseconds, otherwise
         * nanoseconds. Durations are in seconds. Times are written in seconds, or after the year 5138 in nanoseconds.
         */
        BY_MAGNITUDE(null);

        /** The unit of every number, or null for {@link #BY_MAGNITUDE}. */
        final @Nullable TimePrecision precision;

        EpochUnit(@Nullable TimePrecision precision) {
            this.precision = precision;
        }
    }

    /**
     * {@return a strict mapper that supports java.time} It refuses unknown attributes, except in a class with
     * {@code @JsonUnwrapped}, where Jackson ignores them, and every value that Jackson's defaults would replace with 0,
     * false or null: see "Strict" above.
     */
    public static ItemMapper create() {
        return create(new Module[0]);
    }

    /**
     * {@return the mapper of {@link #create()} with further modules, for example for the types of another library} A
     * module's own deserializers of numbers and times behave as they are written; the strict rules hold for Jackson's.
     *
     * @param modules modules of Jackson
     * @throws NullPointerException if a module is null
     */
    public static ItemMapper create(Module... modules) {
        return of(StrictScalars.mapper(modules)).epochUnit(EpochUnit.SECOND);
    }

    /**
     * {@return a mapper with an ObjectMapper's configuration, except that numbers and times stay exact}
     * ACCEPT_FLOAT_AS_INT is off, numbers outside a type's range are refused, and fractions in a JsonNode keep trailing
     * zeros if the mapper does not set STRIP_TRAILING_BIGDECIMAL_ZEROES.
     *
     * @param mapper copied, so later changes to it have no effect
     * @throws IllegalStateException if its class is a subclass that does not override {@code ObjectMapper.copy()}
     */
    public static ItemMapper of(ObjectMapper mapper) {
        ObjectMapper copy = mapper.copy()
                .registerModule(new DynamoDbModule()) // has no effect if the mapper already has one
                .registerModules(EpochTimes.module(), UpdatedProperties.module(), Creators.module())
                .configure(DeserializationFeature.ACCEPT_FLOAT_AS_INT, false);
        if (!copy.getDeserializationConfig().getDatatypeFeatures().isExplicitlySet(STRIP_TRAILING_BIGDECIMAL_ZEROES)) {
            copy.configure(STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
        }
        copy.setConfig(copy.getDeserializationConfig().withAttribute(READS_ITEMS, true));
        boolean millis = !copy.isEnabled(DeserializationFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS);
        copy.setConfig(copy.getSerializationConfig().withAttribute(EpochTimes.INTEGERS_ARE_MILLIS, millis));
        return new ItemMapper(copy, false);
    }

    /**
     * {@return the same mapper, but with databind's exception as the cause of each exception} The cause contains values
     * and attribute names of the item: use it for development, or where logs may contain them.
     */
    public ItemMapper includeDetails() {
        return new ItemMapper(mapper, true);
    }

    /**
     * {@return the same mapper with another unit for times as numbers, for reading and writing} The number can have a
     * fraction in any unit.
     *
     * @param unit the unit of all such numbers, except those of properties whose own {@code @JsonFormat} takes
     *     precedence
     * @throws NullPointerException if the unit is null
     */
    public ItemMapper epochUnit(EpochUnit unit) {
        Objects.requireNonNull(unit);
        ObjectMapper changed = mapper.copy();
        changed.setConfig(changed.getDeserializationConfig().withAttribute(EpochTimes.UNIT, unit));
        changed.setConfig(changed.getSerializationConfig().withAttribute(EpochTimes.UNIT, unit));
        return new ItemMapper(changed, details);
    }

    /**
     * {@return the same mapper with another unit for times as numbers, as {@link #epochUnit(EpochUnit)}}
     *
     * @param unit the unit of all such numbers, with the same exception
     * @throws NullPointerException if the unit is null
     */
    public ItemMapper epochUnit(TimePrecision unit) {
        return epochUnit(EpochUnit.valueOf(unit.name()));
    }

    /**
     * Reads an item as a class. The result does not refer to the record, except for properties of type {@code Item} and
     * {@code AttributeValue}.
     *
     * @param <T> the type to read
     * @param item the item, such as Keys or an image
     * @param type a class that Jackson can read
     * @return the object; null only if your own deserializer returns null
     * @throws ItemMappingException if the item does not fit
     * @throws NullPointerException if an argument is null
     */
    public <T> T read(Item item, Class<T> type) {
        return bind(item, type);
    }

    /**
     * Reads an item as a generic type. Otherwise the same as {@link #read(Item, Class)}.
     *
     * @param <T> the type to read
     * @param item the item, such as Keys or an image
     * @param type for example {@code new TypeReference<Map<String, BigDecimal>>() {}}
     * @return the object; null only if your own deserializer returns null
     * @throws ItemMappingException if the item does not fit
     */
    public <T> T read(Item item, TypeReference<T> type) {
        return bind(item, type.getType());
    }

    /**
     * Reads an item as a type from a {@code TypeFactory}. Otherwise the same as {@link #read(Item, Class)}.
     *
     * @param <T> the type to read, which is not checked
     * @param item the item, such as Keys or an image
     * @param type a type of any {@code TypeFactory}
     * @return the object; null only if your own deserializer returns null
     * @throws ItemMappingException if the item does not fit
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // as in ObjectMapper: a JavaType has no type argument
    public <T> T read(Item item, JavaType type) {
        return bind(item, type);
    }

    /**
     * Reads one attribute value as a property of that class is read. NULL is the class's own value for null. Uses a
     * separate reader, also for a value of a session's item.
     *
     * @param <T> the type to read
     * @param value a value of any type of DynamoDB
     * @param type the class that such a property would have
     * @return the object; null for NULL, unless the class has another value for it
     * @throws ItemMappingException if the value does not fit
     * @throws NullPointerException if an argument is null
     */
    public <T> @Nullable T read(AttributeValue value, Class<T> type) {
        return bind(value, type);
    }

    /**
     * Reads one attribute value as a generic type. Otherwise the same as {@link #read(AttributeValue, Class)}.
     *
     * @param <T> the type to read
     * @param value a value of any type of DynamoDB
     * @param type for example {@code new TypeReference<List<BigDecimal>>() {}}
     * @return the object; null for NULL, unless the type has another value for it
     * @throws ItemMappingException if the value does not fit
     */
    public <T> @Nullable T read(AttributeValue value, TypeReference<T> type) {
        return bind(value, type.getType());
    }

    /**
     * Reads one attribute value as a type from a {@code TypeFactory}. Otherwise the same as
     * {@link #read(AttributeValue, Class)}.
     *
     * @param <T> the type to read, which is not checked
     * @param value a value of any type of DynamoDB
     * @param type a type of any {@code TypeFactory}
     * @return the object; null for NULL, unless the type has another value for it
     * @throws ItemMappingException if the value does not fit
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // as in ObjectMapper: a JavaType has no type argument
    public <T> @Nullable T read(AttributeValue value, JavaType type) {
        return bind(value, type);
    }

    /**
     * Sets the properties of an object from the attributes of an item. Properties whose attributes are absent keep
     * their values. The object that is a property's value is replaced, also a collection in a Map or ObjectNode, unless
     * the property is annotated with {@code @JsonMerge}. An {@code @JsonUnwrapped} value is updated; one that is null,
     * has no getter or whose class has a creator or a builder is replaced if the item has one of its attributes. A type
     * id must be that of the object's class. After a failure, some of the properties may have been set.
     *
     * @param <T> the type of the object
     * @param object a bean with setters or fields, a modifiable Map, or an ObjectNode
     * @param item the item, such as Keys or an image
     * @return the same object
     * @throws ItemMappingException if the item does not fit, or the object cannot be changed, such as a record
     * @throws NullPointerException if an argument is null
     */
    public <T> T update(T object, Item item) {
        Class<?> type = object.getClass();
        JsonParser parser = parser(item);
        try {
            reader(type).update(object, parser);
            return object;
        } catch (IOException | RuntimeException e) {
            throw ItemMappingException.of("an item into", nameOf(type), e, details);
        }
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T bind(Item item, Type type) {
        return bind("an item as", parser(item), type);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T bind(AttributeValue value, Type type) {
        return bind("a value as", new ItemParser(value, mapper), type);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T bind(String what, JsonParser parser, Type type) {
        try {
            T object = reader(type).readValue(parser);
            requireType(parser, type, object);
            return object;
        } catch (IOException | RuntimeException e) {
            throw ItemMappingException.of(what, nameOf(type), e, details);
        }
    }

    /** Refuses the {@code byte[]} that some of Jackson's deserializers return for binary, whatever their type is. */
    private static void requireType(JsonParser parser, Type type, @Nullable Object object) throws IOException {
        if (object != null && type instanceof Class) {
            Class<?> wanted =
                    ((Class<?>) type).isPrimitive() ? ClassUtil.wrapperType((Class<?>) type) : (Class<?>) type;
            if (!wanted.isInstance(object)) {
                throw new UnfitValueException(parser, wanted, "a value that Jackson reads as another class");
            }
        }
    }

    private static String nameOf(Type type) {
        return type instanceof JavaType ? ((JavaType) type).toCanonical() : type.getTypeName();
    }

    private ItemReader reader(Type type) {
        ItemReader known = readers.get(type);
        return known != null
                ? known
                : readers.computeIfAbsent(type, t -> new ItemReader(mapper.readerFor(ItemReader.typeOf(t, mapper))));
    }

    /**
     * {@return a parser of an item as plain JSON, before its first token} This mapper's ObjectMapper or any other can
     * read it. The parser is for one thread, and is valid as long as the item.
     *
     * <p>The parser's own exceptions contain no value and no name. Those of an ObjectMapper that reads it do: catch
     * them, or use {@link #read(Item, Class)}. B is the token VALUE_EMBEDDED_OBJECT with a {@code byte[]}. N is
     * VALUE_NUMBER_INT if its value is an integer, unless that has more than 126 digits and N an exponent or a point.
     *
     * @param item an item, such as Keys or an image
     */
    public JsonParser parser(Item item) {
        return new ItemParser(item, mapper);
    }

    /**
     * Writes an object as an item, which {@code read} reads; for tests and producers. Exceptions: what
     * {@code @JsonInclude} or a null {@code @JsonUnwrapped} property omits is absent; {@link #create()} refuses absent
     * primitives, except as "Strict" says. A Map with {@code @JsonAnySetter} alone is written as one attribute and not
     * read; add {@code @JsonAnyGetter}. A property with a getter alone is unknown to {@code read} without
     * {@code @JsonProperty(access = READ_ONLY)}. What a feature of your mapper changes, such as WRAP_ROOT_VALUE or
     * WRITE_ENUM_KEYS_USING_INDEX, needs the feature for reading. Instants outside the years 1 to 9999 are written, and
     * not read; so is a key of a Map that is a java.sql.Timestamp, or not finite under {@link #create()}. A
     * java.sql.Timestamp that is written as text has milliseconds. Numbers keep their digits; whether DynamoDB accepts
     * that many, or an object that deep, is not checked. StreamWriteConstraints limit the depth, not counting an Item
     * or AttributeValue. A {@code java.util.Set} becomes SS, NS or BS, or L if it is empty or mixed; other arrays and
     * collections become L; {@code byte[]} becomes B. An {@code Item} or {@code AttributeValue} keeps its types.
     *
     * <p>The object is written as its class. To write a generic type, whose type arguments the class lacks, use {@link
     * #write(Object, TypeReference)}.
     *
     * @param value a bean, record, Map, ObjectNode, Item or anything else that Jackson writes as a JSON object
     * @return the DynamoDB JSON of the item, in UTF-8
     * @throws ItemMappingException if it does not become an object, or cannot be written, or contains a number that is
     *     not finite (a key of a Map may be), a repeated or too long name, or half of a surrogate pair
     * @throws NullPointerException if the object is null
     */
    public byte[] write(Object value) {
        Objects.requireNonNull(value);
        boolean isItem = value instanceof AttributeValue && ((AttributeValue) value).type() == AttributeType.M;
        Object written = isItem ? ((AttributeValue) value).asItem() : value;
        return write(value.getClass().getTypeName(), json -> mapper.writeValue(json, written));
    }

    /**
     * Writes an object as one of its superclasses or interfaces, for example to write the type ids that
     * {@code @JsonTypeInfo} on that type requests. Otherwise the same as {@link #write(Object)}.
     *
     * @param value as for {@link #write(Object)}
     * @param type a superclass or interface of the object, or its class
     * @return the DynamoDB JSON of the item, in UTF-8
     * @throws ItemMappingException if it cannot be written as an item, or is not of the type
     * @throws NullPointerException if the object is null
     */
    public byte[] write(Object value, Class<?> type) {
        return writeAs(value, type);
    }

    /**
     * Writes an object as a generic type. {@code new TypeReference<Map<String, Animal>>() {}} writes each value as an
     * {@code Animal}, with the type id that {@code @JsonTypeInfo} on Animal requests; a Map that is written as its
     * class has no type ids, because the class lacks its type arguments. Otherwise the same as {@link #write(Object)}.
     *
     * @param value as for {@link #write(Object)}
     * @param type a generic type that the object is of
     * @return the DynamoDB JSON of the item, in UTF-8
     * @throws ItemMappingException if it cannot be written as an item, or is not of the type
     * @throws NullPointerException if the object is null
     */
    public byte[] write(Object value, TypeReference<?> type) {
        return writeAs(value, type.getType());
    }

    /**
     * Writes an object as a type from a {@code TypeFactory}. Otherwise the same as
     * {@link #write(Object, TypeReference)}.
     *
     * @param value as for {@link #write(Object)}
     * @param type a type of any {@code TypeFactory} that the object is of
     * @return the DynamoDB JSON of the item, in UTF-8
     * @throws ItemMappingException if it cannot be written as an item, or is not of the type
     * @throws NullPointerException if the object is null
     */
    public byte[] write(Object value, JavaType type) {
        return writeAs(value, type);
    }

    private byte[] writeAs(Object value, Type type) {
        Objects.requireNonNull(value);
        return write(
                nameOf(type),
                json -> mapper.writerFor(ItemReader.typeOf(type, mapper)).writeValue(json, value));
    }

    /**
     * Writes plain JSON as an item, token by token, with every digit of its numbers. Arrays become L, because plain
     * JSON has no sets. Strings become S, because plain JSON does not distinguish binary from text.
     *
     * @param plainJson a parser before or at the start of the object to write as an item; afterwards it is at the end
     *     of the object, and open. One that is at the end of an object advances to what follows, so that the next call
     *     writes the next object
     * @return the DynamoDB JSON of the item, in UTF-8
     * @throws ItemMappingException if the input is not an object or not JSON, or contains a repeated name, a name
     *     longer than DynamoDB allows or half of a surrogate pair
     * @throws NullPointerException if the parser is null
     */
    public byte[] write(JsonParser plainJson) {
        Objects.requireNonNull(plainJson);
        return write("plain JSON", json -> RecordJson.copyItem(plainJson, json));
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private byte[] write(String what, Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ItemGenerator json = new ItemGenerator(JSON.createGenerator(bytes), mapper)) {
            writing.to(json);
            json.requireItem();
        } catch (IOException | RuntimeException e) {
            throw ItemMappingException.of("writing", what, e, details);
        }
        return bytes.toByteArray();
    }

    /** {@return a text that contains no data of any item} */
    @Override
    public String toString() {
        return "ItemMapper" + (details ? "[details]" : "");
    }
}
