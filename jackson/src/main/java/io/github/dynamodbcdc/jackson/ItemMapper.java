package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
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
 * Binds DynamoDB items to your own classes, with Jackson: an {@link Item} is read as if it were the plain JSON that it
 * stands for, straight from the record's bytes, with no tree, map or text in between.
 *
 * <pre>{@code
 * ItemMapper mapper = ItemMapper.of(objectMapper); // immutable and thread-safe: make one and share it
 * Order order = mapper.read(event.newImage(), Order.class);
 * }</pre>
 *
 * <p><b>What becomes what.</b> The ObjectMapper's modules, mix-ins, annotations and features hold. M is an object; L,
 * SS, NS and BS are arrays; S, N and BOOL are string, number and boolean; NULL is null, and an attribute that is absent
 * is a property that is absent. B is a {@code byte[]}, also in a {@code Map<String, Object>}. N is a {@code BigDecimal}
 * or {@code BigInteger} with every digit, and never passes through a double that was not asked for: in {@code Object}
 * and {@code JsonNode} it is an integer or a decimal. This stays so where Jackson buffers a part of the item to read it
 * later ({@code @JsonTypeInfo}, {@code @JsonUnwrapped}, {@code @JsonCreator}), but 5.0 may become 5 there. Properties
 * of type {@code Item} and {@code AttributeValue} are views of the record, and refused where Jackson buffers.
 *
 * <p><b>Exact or refused.</b> 5.0 fits an {@code int}; 1.5 and 3000000000 do not, and are not cut to size: in this one
 * thing the mapper's feature ACCEPT_FLOAT_AS_INT does not hold. To have it so, configure
 * {@code coercionConfigFor(LogicalType.Integer)}, which cuts off fractions for all but {@code short} and {@code byte},
 * but refuses what is too large as before. To {@code double} and {@code float} N is rounded, and refused where it
 * is too large for them.
 *
 * <p><b>Time.</b> java.time's types are read by the module jackson-datatype-jsr310, which {@link #create()} brings and
 * which you add to a mapper of your own. N counts the unit of {@link #epochUnit} since 1970, by default seconds, with a
 * fraction in any unit: for {@code Instant}, {@code OffsetDateTime}, {@code ZonedDateTime}, {@code Date},
 * {@code Calendar}, the dates of java.sql and XMLGregorianCalendar, and as a length for {@code Duration}. An instant
 * outside the years 1 to 9999 is a MISMATCH, mostly a sign of another unit, and so is one that is finer than its type.
 * S is ISO-8601. A property's {@code @JsonFormat}
 * takes precedence: {@code @JsonFormat(without = READ_DATE_TIMESTAMPS_AS_NANOSECONDS)} makes it milliseconds, read and
 * written, and the pattern of a {@code Duration}, such as {@code MINUTES}, is its unit. A mapper
 * of your own without {@code epochUnit} has the units of its features, as Jackson has them: milliseconds for Date and
 * Calendar.
 *
 * <p><b>Strict.</b> The mapper of {@link #create()} refuses as a MISMATCH what Jackson's defaults replace: an S for a
 * number, a boolean or, unless it is one character, a char, whether it is empty or looks like one; N for a boolean, a
 * char or an enum; BOOL for a number; a number that is too large for a double, float or byte; NULL for a primitive, and
 * an attribute that is absent where a record component, a creator's parameter or a property is primitive. A property
 * that states a default ({@code @JsonProperty(defaultValue = "7")}) may be absent, and one that is written as text
 * ({@code @JsonFormat(shape = STRING)}) is read from text. A mapper of your own does what it is
 * configured to do.
 *
 * <p><b>Failures</b> are {@link ItemMappingException}s, whose messages can be logged.
 *
 * <p>Immutable and thread-safe. Reading uses the item's reader ({@link Item#reader()}): of a session's item it is the
 * session's one, so a loop over that reader cannot read the same image by a mapper as well.
 */
public final class ItemMapper {
    /** Refuses names that repeat, which no item can have. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final ObjectMapper mapper;
    private final boolean details;
    /** By class, or by generic type; they hold what Jackson looks up anew for each read otherwise. */
    private final ConcurrentMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    private ItemMapper(ObjectMapper mapper, boolean details) {
        this.mapper = mapper;
        this.details = details;
    }

    /**
     * The unit of the numbers that are times: java.time's instants and durations, {@code Date} and {@code Calendar}. A
     * minor release may add constants.
     */
    public enum EpochUnit {
        /** Seconds since 1970, as Time to Live wants. */
        SECOND,
        /** Milliseconds since 1970. */
        MILLISECOND,
        /** Microseconds since 1970. */
        MICROSECOND,
        /** Nanoseconds since 1970. */
        NANOSECOND,
        /**
         * Each number has the unit that its size implies, as for {@link io.github.dynamodbcdc.CreationTime}: below
         * 10<sup>11</sup> seconds, below 10<sup>14</sup> milliseconds, below 10<sup>17</sup> microseconds, else
         * nanoseconds. Durations count seconds. Times are written in seconds, after the year 5138 in nanoseconds.
         */
        BY_MAGNITUDE
    }

    /**
     * Returns a strict mapper with java.time. Unknown attributes are refused, and so is every value that Jackson's
     * defaults replace by 0, false or null: see the class's "Strict".
     */
    public static ItemMapper create() {
        return of(StrictScalars.mapper()).epochUnit(EpochUnit.SECOND);
    }

    /**
     * A mapper that works as an ObjectMapper does. It is copied: what is done to it later has no effect.
     *
     * @throws IllegalStateException if it is of a subclass that does not override {@code ObjectMapper.copy()}
     */
    public static ItemMapper of(ObjectMapper mapper) {
        ObjectMapper copy = mapper.copy()
                .registerModule(new DynamoDbModule()) // of no effect where the mapper has one
                .registerModule(EpochTimes.module())
                .configure(DeserializationFeature.ACCEPT_FLOAT_AS_INT, false);
        copy.setConfig(copy.getDeserializationConfig().withAttribute(Buffered.OF_AN_ITEM, true));
        return new ItemMapper(copy, false);
    }

    /**
     * A mapper whose exceptions have databind's as their cause, and with it values and attribute names of the item: for
     * development, or where logs may have them.
     */
    public ItemMapper includeDetails() {
        return new ItemMapper(mapper, true);
    }

    /**
     * Returns the same mapper with another unit of the numbers that are times, for reading and writing. A property's
     * own {@code @JsonFormat} takes precedence. The number may have a fraction in any unit.
     */
    public ItemMapper epochUnit(EpochUnit unit) {
        Objects.requireNonNull(unit);
        ObjectMapper changed = mapper.copy();
        changed.setConfig(changed.getDeserializationConfig().withAttribute(EpochTimes.UNIT, unit));
        changed.setConfig(changed.getSerializationConfig().withAttribute(EpochTimes.UNIT, unit));
        return new ItemMapper(changed, details);
    }

    /** Returns the same mapper with this unit of the numbers that are times; see {@link #epochUnit(EpochUnit)}. */
    public ItemMapper epochUnit(TimePrecision unit) {
        return epochUnit(EpochUnit.valueOf(unit.name()));
    }

    /**
     * Reads an item as a class. What is read does not refer to the record, but for properties of type {@code Item} and
     * {@code AttributeValue}. Null only if a deserializer of yours makes it so.
     *
     * @throws ItemMappingException if it does not fit
     */
    public <T> T read(Item item, Class<T> type) {
        return bind(item, type);
    }

    /**
     * Reads an item as a generic type, {@code new TypeReference<Map<String, BigDecimal>>() {}} for example. Otherwise
     * as {@link #read(Item, Class)}.
     *
     * @throws ItemMappingException if it does not fit
     */
    public <T> T read(Item item, TypeReference<T> type) {
        return bind(item, type.getType());
    }

    /**
     * Reads an item as a type that was made by a {@code TypeFactory}. Otherwise as {@link #read(Item, Class)}.
     *
     * @throws ItemMappingException if it does not fit
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // as ObjectMapper has it: a JavaType does not say T
    public <T> T read(Item item, JavaType type) {
        return bind(item, type);
    }

    /**
     * Reads one attribute value as a class, in the same way as a property of that class. Returns null for NULL, unless
     * the class is one that has another value for it. Uses a reader of its own, also for a value of a session's item.
     *
     * @throws ItemMappingException if the value does not fit
     */
    public <T> @Nullable T read(AttributeValue value, Class<T> type) {
        return bind(value, type);
    }

    /**
     * Reads one attribute value as a generic type, {@code new TypeReference<List<BigDecimal>>() {}} for example.
     * Otherwise the same as {@link #read(AttributeValue, Class)}.
     *
     * @throws ItemMappingException if the value does not fit
     */
    public <T> @Nullable T read(AttributeValue value, TypeReference<T> type) {
        return bind(value, type.getType());
    }

    /**
     * Reads one attribute value as a type that was made by a {@code TypeFactory}. Otherwise the same as
     * {@link #read(AttributeValue, Class)}.
     *
     * @throws ItemMappingException if the value does not fit
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // as ObjectMapper has it: a JavaType does not say T
    public <T> @Nullable T read(AttributeValue value, JavaType type) {
        return bind(value, type);
    }

    /**
     * Sets the properties of an object from the attributes that an item has, and returns the object. Properties whose
     * attributes are absent keep their values. A property's own object is replaced, unless it is annotated with
     * {@code @JsonMerge}. A type id must be that of the object's class. After a failure some of the properties may have
     * been set.
     *
     * @param object a bean with setters or fields, a modifiable Map, an ObjectNode
     * @throws ItemMappingException if the item does not fit, or the object cannot be changed: a record, for example
     */
    @SuppressWarnings("ReferenceEquality") // the same object, not an equal one
    public <T> T update(T object, Item item) {
        Class<?> type = object.getClass();
        JsonParser parser = parser(item);
        try {
            ObjectReader updating = reader(type).withValueToUpdate(object).withHandler(new TypeIdOfUpdated(object));
            if (updating.readValue(parser) != object) {
                throw InvalidDefinitionException.from(
                        parser, "Jackson makes a new object and does not update one", mapper.constructType(type));
            }
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
            return reader(type).readValue(parser);
        } catch (IOException | RuntimeException e) {
            throw ItemMappingException.of(what, nameOf(type), e, details);
        }
    }

    private static String nameOf(Type type) {
        return type instanceof JavaType ? ((JavaType) type).toCanonical() : type.getTypeName();
    }

    private ObjectReader reader(Type type) {
        ObjectReader known = readers.get(type);
        return known != null
                ? known
                : readers.computeIfAbsent(type, t -> new ItemReader(mapper.readerFor(mapper.constructType(t))));
    }

    /**
     * A parser of an item as plain JSON, before its first token, to be read by this mapper's ObjectMapper or by any
     * other. For one thread, and as long as the item is valid.
     *
     * <p>The parser's own exceptions hold no value and no name. Those of an ObjectMapper that reads it do: catch them,
     * or use {@link #read(Item, Class)}. B is the token VALUE_EMBEDDED_OBJECT with a {@code byte[]}; N is
     * VALUE_NUMBER_INT wherever its value is an integer.
     */
    public JsonParser parser(Item item) {
        return new ItemParser(item, mapper);
    }

    /**
     * Writes an object as the DynamoDB JSON of an item, for tests and for producers: what {@code read} reads, in UTF-8.
     * Numbers keep their digits; whether DynamoDB takes as many is not checked. A {@code java.util.Set} becomes SS, NS
     * or BS, but an empty or mixed one L; other arrays and collections become L; {@code byte[]} becomes B. An {@code
     * Item} or an {@code AttributeValue}, the object itself or inside of it, keeps its types.
     *
     * <p>The object is written as its class. To write a generic type, whose arguments the class does not have, use
     * {@link #write(Object, TypeReference)}.
     *
     * @param value a bean, record, Map, ObjectNode, Item: whatever Jackson writes as a JSON object
     * @throws ItemMappingException if it does not become an object, has a number that is not finite or a name twice, or
     *     cannot be written
     */
    public byte[] write(Object value) {
        Objects.requireNonNull(value);
        return write(value.getClass().getTypeName(), json -> mapper.writeValue(json, value));
    }

    /**
     * Writes an object as one of its superclasses or interfaces, for example to have the type ids that
     * {@code @JsonTypeInfo} on that type asks for. Otherwise the same as {@link #write(Object)}.
     *
     * @throws ItemMappingException if it cannot be written as an item, or is not of the type
     */
    public byte[] write(Object value, Class<?> type) {
        return writeAs(value, type);
    }

    /**
     * Writes an object as a generic type. {@code new TypeReference<Map<String, Animal>>() {}} writes each value as an
     * {@code Animal}, with the type id that {@code @JsonTypeInfo} on Animal asks for; a Map that is written by its
     * class has none, because it does not know its type arguments. Otherwise the same as {@link #write(Object)}.
     *
     * @throws ItemMappingException if it cannot be written as an item, or is not of the type
     */
    public byte[] write(Object value, TypeReference<?> type) {
        return writeAs(value, type.getType());
    }

    /**
     * Writes an object as a type that was made by a {@code TypeFactory}. Otherwise the same as
     * {@link #write(Object, TypeReference)}.
     *
     * @throws ItemMappingException if it cannot be written as an item, or is not of the type
     */
    public byte[] write(Object value, JavaType type) {
        return writeAs(value, type);
    }

    private byte[] writeAs(Object value, Type type) {
        Objects.requireNonNull(value);
        return write(
                nameOf(type),
                json -> mapper.writerFor(mapper.constructType(type)).writeValue(json, value));
    }

    /**
     * Writes plain JSON as the DynamoDB JSON of an item, token by token, with every digit of its numbers. Arrays become
     * L, because plain JSON has no sets, and strings S: it does not tell binary from text.
     *
     * @param plainJson a parser before or at the object that is to be the item; it is left at its end, and open
     * @throws ItemMappingException if it is no object, not JSON, or has a name twice
     */
    public byte[] write(JsonParser plainJson) {
        return write("plain JSON", json -> {
            if (plainJson.currentToken() == null) {
                plainJson.nextToken();
            }
            if (plainJson.currentToken() == null) {
                json.writeNull(); // refused: no object
            }
            json.copyCurrentStructureExact(plainJson);
        });
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private byte[] write(String what, Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new ItemGenerator(JSON.createGenerator(bytes), mapper)) {
            writing.to(json);
        } catch (IOException | RuntimeException e) {
            throw ItemMappingException.of("writing", what, e, details);
        }
        return bytes.toByteArray();
    }

    /** Nothing of what it has read. */
    @Override
    public String toString() {
        return "ItemMapper" + (details ? "[details]" : "");
    }
}
