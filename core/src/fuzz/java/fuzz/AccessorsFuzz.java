package fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fixtures.EventAccessors;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.PlainValues;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Every question to whatever decodes: an answer, or the exception that is documented for it. */
class AccessorsFuzz {
    private static final ChangeEventDecoder STRICT = ChangeEventDecoder.create();
    private static final ChangeEventDecoder LENIENT = ChangeEventDecoder.builder()
            .unknownDescriptors(true)
            .numbersAsJson(true)
            .emptyValueAsMap(true)
            .descriptorAliases(true)
            .build();

    private static final List<PlainValues> POLICIES = List.of(
            PlainValues.defaults(),
            PlainValues.defaults()
                    .withNumbers(PlainValues.Numbers.NARROWEST)
                    .withBinary(PlainValues.Binary.BYTE_BUFFER)
                    .mutable(),
            PlainValues.defaults()
                    .withNumbers(PlainValues.Numbers.TEXT)
                    .withSets(PlainValues.Sets.LIST)
                    .withBinary(PlainValues.Binary.BASE64)
                    .withNulls(PlainValues.Nulls.DROP));
    private static final PlainValues DOUBLES = PlainValues.defaults().withNumbers(PlainValues.Numbers.DOUBLE);

    static List<byte[]> seeds() {
        return Seeds.records();
    }

    @MethodSource("seeds")
    @FuzzTest
    void everyQuestionHasItsAnswerOrItsException(byte[] record) {
        for (ChangeEventDecoder decoder : List.of(STRICT, LENIENT)) {
            ChangeEvent event = decoder.tryDecode(record).event();
            ChangeEvent windowed = decoder.newSession().tryDecode(record).event();
            if (event == null || windowed == null) {
                continue;
            }
            ask(event);
            ask(windowed);
            ChangeEvent copy = windowed.copy();
            require(copy.keys().equals(event.keys()), "the keys of a copy");
            require(Objects.equals(copy.newImage(), event.newImage()), "the image of a copy");
            require(EventAccessors.of(copy).equals(EventAccessors.of(event)), "the members of a copy");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static void ask(ChangeEvent event) {
        EventAccessors.of(event);
        require(!event.toString().isEmpty(), "toString");
        CreationTime time = event.approximateCreationDateTime();
        if (time != null) {
            require(time.compareTo(time) == 0 && time.equals(time), "a time equals itself");
            require(time.epochMillis() == Math.floorDiv(time.epochMicros(), 1_000), "epochMillis");
            require(time.toInstant().getEpochSecond() == time.epochSecond(), "toInstant");
            require(event.creationEpochMicros(0) == time.epochMicros(), "creationEpochMicros");
        }
        answer(IllegalStateException.class, () -> event.compareSequence(event));
        ask(event.keys());
        ask(event.newImage());
        ask(event.oldImage());
        ask(event.diff());
        answer(IllegalStateException.class, event::toBytes);
    }

    private static void ask(@Nullable ItemDiff diff) {
        if (diff == null) {
            return;
        }
        require(diff.toString() != null, "toString");
        require(
                diff.size()
                        == diff.added().size()
                                + diff.removed().size()
                                + diff.changed().size(),
                "size");
        require(diff.changes().isEmpty() == (diff.size() == 0), "changes");
        diff.changes().forEach(change -> {
            require(!Objects.equals(change.before(), change.after()), "a change");
            require(change.path().length() + change.pointer().length() > 0, "a path");
            require(!change.segments().isEmpty() && !change.toString().isEmpty(), "segments");
        });
        answer(AttributeValueException.class, diff::mergePatch);
        answer(AttributeValueException.class, () -> diff.mergePatch(POLICIES.get(1)));
    }

    private static void ask(@Nullable Item item) {
        if (item == null) {
            return;
        }
        Map<String, AttributeValue> all = new HashMap<>();
        item.forEach((name, value) -> {
            ask(value);
            require(item.contains(name) && item.require(name).equals(value), "found by its name");
            all.put(name, value);
        });
        require(all.size() == item.size(), "size");
        require(item.equals(item) && item.hashCode() == item.hashCode(), "equal to itself");
        require(item.toString() != null && !item.projected(), "toString");
        for (PlainValues policy : POLICIES) {
            Map<String, @Nullable Object> map = item.toMap(policy);
            require(map.size() <= item.size() && map.toString() != null, "toMap");
            map.forEach((name, value) -> require(all.containsKey(name), "toMap's names"));
        }
        answer(AttributeValueException.class, () -> item.toMap(DOUBLES));
        read(item.reader());
    }

    private static void read(AttributeReader reader) {
        while (reader.next()) {
            AttributeType type = reader.type();
            require(reader.value().type() == type, "the reader's type");
            answer(AttributeValueException.class, reader::longValue);
            answer(AttributeValueException.class, reader::doubleValue);
            answer(AttributeValueException.class, reader::decimalValue);
            answer(AttributeValueException.class, reader::bytesValue);
            if (type == AttributeType.S || type == AttributeType.N) {
                byte[] text = new byte[reader.utf8Length()];
                require(reader.copyUtf8To(text, 0) == text.length, "copyUtf8To");
            }
            if (type == AttributeType.L || type == AttributeType.M) {
                reader.enter();
                read(reader);
                reader.leave();
            }
        }
    }

    /** The accessors that answer for a value of this type; every other one throws WRONG_TYPE. */
    private static final Map<AttributeType, Function<AttributeValue, Object>> ANSWERS = Map.of(
            AttributeType.S,
            AttributeValue::asString,
            AttributeType.BOOL,
            AttributeValue::asBoolean,
            AttributeType.SS,
            value -> value.asStringSet().toString(),
            AttributeType.NS,
            value -> Arrays.asList(value.asNumberSet().size(), value.asNumberTexts()),
            AttributeType.BS,
            value -> value.asBinarySet().size(),
            AttributeType.L,
            AttributeValue::asList,
            AttributeType.M,
            AttributeValue::asItem,
            AttributeType.UNKNOWN,
            AttributeValue::unknownJson);

    private static void ask(AttributeValue value) {
        AttributeType type = value.type();
        ANSWERS.forEach((of, question) -> {
            if (of == type) {
                require(question.apply(value) != null, "an answer");
            } else {
                refuses(() -> question.apply(value));
            }
        });
        if (type == AttributeType.N) {
            number(value);
        } else {
            refuses(value::asLong);
            refuses(value::asDouble);
            refuses(value::numberText);
        }
        if (type == AttributeType.B) {
            require(value.asBytes().length >= 0, "asBytes");
        } else {
            refuses(value::asBytes);
        }
        require(value.equals(value) && value.hashCode() == value.hashCode(), "equal to itself");
        require(!value.toString().isEmpty(), "toString");
        POLICIES.forEach(value::toObject);
        if (type == AttributeType.L) {
            value.asList().forEach(AccessorsFuzz::ask);
        } else if (type == AttributeType.M) {
            ask(value.asItem());
        }
        read(value.reader());
    }

    private static void number(AttributeValue value) {
        BigDecimal exact = new BigDecimal(value.numberText());
        require(value.asBigDecimal().compareTo(exact) == 0, "asBigDecimal");
        boolean isIntegral = exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0;
        require(value.integral() == isIntegral, "integral");
        Object asLong = answer(AttributeValueException.class, value::asLong);
        if (asLong != null) {
            require(exact.compareTo(BigDecimal.valueOf((Long) asLong)) == 0, "asLong");
        }
        Object asDouble = answer(AttributeValueException.class, value::asDouble);
        if (asDouble != null) {
            require(asDouble.equals(exact.signum() == 0 ? asDouble : exact.doubleValue()), "asDouble");
        }
        answer(AttributeValueException.class, value::asInt);
    }

    private interface Question {
        @Nullable
        Object ask();
    }

    /** Returns the answer, or null if there is none and the exception is this one. */
    private static @Nullable Object answer(Class<? extends RuntimeException> documented, Question question) {
        try {
            return question.ask();
        } catch (RuntimeException e) {
            if (e.getClass() != documented) {
                throw e;
            }
            return null;
        }
    }

    private static void refuses(Question question) {
        try {
            question.ask();
        } catch (AttributeValueException e) {
            require(e.reason() == AttributeValueException.Reason.WRONG_TYPE, "WRONG_TYPE");
            return;
        }
        throw new AssertionError("an answer for another type");
    }
}
