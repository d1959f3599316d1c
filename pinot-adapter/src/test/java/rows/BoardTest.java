package rows;

import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Board;
import fixtures.Outcome;
import fixtures.Records;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import reference.ReferenceOptions;

/**
 * The rows of the reliability board through Pinot's interface, without a schema: a refused record throws the decoder's
 * failure and leaves no row, and an accepted one makes a row of the same values.
 *
 * <p>Core's tests compare the decoder with the reference. The adapter has no property for limits, so the row about the
 * limit of a record is not here, and neither are records of more than its default, which a broker does not deliver.
 */
class BoardTest {
    /** The fields of the event that a row has without a schema, whatever the attributes are. */
    private static final List<String> OF_EVENT = List.of("eventName", "ApproximateCreationDateTime");

    private static final PlainValues LISTS = PlainValues.defaults().withSets(PlainValues.Sets.LIST);

    private static final byte[] BEFORE = Records.json("{'a':\\");
    private static final byte[] AFTER = Records.json("1'}}}}]}}}} ,'S':'a'}}}}");

    @TestFactory
    Stream<DynamicTest> everyInputOfARowMakesItsRowOrFailsAsTheDecoderDoes() {
        return Stream.of(Board.values())
                .filter(row -> row != Board.R20_LIMITS)
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> {
                    ReferenceOptions options = row.options();
                    ChangeEventDecoder decoder = ChangeEventDecoder.builder()
                            .binaryEncoding(BinaryEncoding.valueOf(options.binaryEncoding()))
                            .build();
                    DynamoDbMessageDecoder rows = new DynamoDbMessageDecoder();
                    rows.init(Map.of("dynamodb.binaryEncoding", options.binaryEncoding()), null, "topic");
                    for (Board.Input input : row.inputs().toList()) {
                        if (input.bytes().length == 0) {
                            continue; // A tombstone, which is skipped.
                        }
                        Outcome expected = Outcome.of(decoder.tryDecode(input.bytes()));
                        try {
                            check(rows, input.bytes(), expected);
                        } catch (RuntimeException | AssertionError e) {
                            throw new AssertionError(input.name() + ": " + expected, e);
                        }
                    }
                }));
    }

    /** Pinot's consumers pass a message as a part of an array, and older ones as a whole array. */
    private static void check(DynamoDbMessageDecoder rows, byte[] record, Outcome expected) {
        GenericRow whole = new GenericRow();
        GenericRow part = new GenericRow();
        ChangeEvent event = expected.event();
        if (event == null) {
            DecodeException failure = failure(() -> rows.decode(record, whole));
            DecodeException ofPart = failure(
                    () -> rows.decode(Records.concat(BEFORE, record, AFTER), BEFORE.length, record.length, part));
            DecodeException plain = Objects.requireNonNull(expected.failure());
            for (DecodeException actual : List.of(failure, ofPart)) {
                assertThat(actual.reason() + " at " + actual.offset())
                        .isEqualTo(plain.reason() + " at " + plain.offset());
            }
            assertThat(whole.getFieldToValueMap()).isEmpty();
            assertThat(part.getFieldToValueMap()).isEmpty();
            return;
        }
        rows.decode(record, whole);
        rows.decode(Records.concat(BEFORE, record, AFTER), BEFORE.length, record.length, part);
        boolean isSkipped = event.eventName() == EventName.UNKNOWN;
        for (GenericRow row : List.of(whole, part)) {
            assertThat(Boolean.TRUE.equals(row.getValue(GenericRow.SKIP_RECORD_KEY)))
                    .isEqualTo(isSkipped);
            if (!isSkipped) {
                Map<String, @Nullable Object> values = new HashMap<>(row.getFieldToValueMap());
                Map<String, @Nullable Object> attributes = attributes(event);
                values.keySet().removeAll(OF_EVENT);
                attributes.keySet().removeAll(OF_EVENT);
                assertThat(plain(values)).isEqualTo(attributes);
                assertThat(row.getValue("eventName"))
                        .isEqualTo(event.eventName().name());
            }
        }
    }

    private static DecodeException failure(Runnable decoding) {
        try {
            decoding.run();
        } catch (DecodeException e) {
            return e;
        }
        throw new AssertionError("a row, and no failure");
    }

    private static Map<String, @Nullable Object> attributes(ChangeEvent event) {
        Map<String, @Nullable Object> attributes = new HashMap<>();
        Item image = event.eventName() == EventName.REMOVE ? event.oldImage() : event.newImage();
        if (image != null) {
            image.forEach((name, value) -> attributes.put(name, plain(value)));
        }
        event.keys().forEach((name, value) -> attributes.put(name, plain(value)));
        return attributes;
    }

    /** Returns a value that is equal by content. */
    private static @Nullable Object plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.asString();
            case N -> number(value.asBigDecimal());
            case B -> bytes(value.asBytes());
            case BOOL -> value.asBoolean();
            // Members that are equal stay, as they were delivered.
            case NS ->
                value.asNumberTexts().stream()
                        .map(text -> number(new BigDecimal(text)))
                        .toList();
            case SS, BS ->
                ((List<?>) Objects.requireNonNull(value.toObject(LISTS)))
                        .stream().map(member -> plain((Object) member)).toList();
            case L -> {
                List<@Nullable Object> list = new ArrayList<>();
                value.asList().forEach(element -> list.add(plain(element)));
                yield list;
            }
            case M -> {
                Map<String, @Nullable Object> map = new HashMap<>();
                value.asItem().forEach((name, attribute) -> map.put(name, plain(attribute)));
                yield map;
            }
            default -> null;
        };
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> plain = new HashMap<>();
            map.forEach((name, entry) -> plain.put(name, plain(entry)));
            return plain;
        } else if (value instanceof Object[] array) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Object element : array) {
                list.add(plain(element));
            }
            return list;
        } else if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes(bytes);
        } else if (value instanceof byte[] bytes) {
            return bytes(bytes);
        } else if (value instanceof Long number) {
            return number(BigDecimal.valueOf(number));
        } else if (value instanceof BigDecimal number) {
            return number(number);
        }
        return value;
    }

    private static String number(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
    }

    private static String bytes(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
