package blackbox;

import static fixtures.CanaryEvents.assertNoCanary;
import static fixtures.Records.DECODER;
import static fixtures.Records.json;
import static fixtures.Sampling.EXHAUSTIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fixtures.CanaryEvents;
import fixtures.Records;
import fixtures.Refusals;
import generator.Mutations;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text that is likely to be logged contains a value or an attribute name. */
class LeakTest {
    private final Set<String> texts = new HashSet<>();

    @Test
    void theRecordsContainTheCanariesAndACanaryInATextIsFound() {
        for (byte[] record : CanaryEvents.ALL) {
            String text = new String(record, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> assertNoCanary(text)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void noFailureOfATruncatedRecordRevealsItsContent() {
        for (byte[] record : CanaryEvents.ALL) {
            for (byte[] truncated : Mutations.truncations(record)) {
                check(DECODER, truncated);
            }
        }
        assertThat(texts).isNotEmpty();
    }

    @Test
    void noFailureOfAChangedRecordRevealsItsContent() {
        for (byte[] record : CanaryEvents.ALL) {
            if (EXHAUSTIVE) {
                Mutations.singleByteChanges(record).forEach(changed -> check(DECODER, changed));
            } else {
                Mutations.sampleOfSingleByteChanges(record, 6_000, 1).forEach(changed -> check(DECODER, changed));
            }
            Mutations.sampleOfEdits(record, 4_000, 1).forEach(changed -> check(DECODER, changed));
        }
        // constant except for offsets and indexes, so there are few
        assertThat(texts).hasSizeBetween(20, 2_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'dynamodb':{'Keys':{'qzxjvkwq':{'S':'qzxjvkwq'}},'ApproximateCreationDateTime':'qzxjvkwq'}}",
                "{'dynamodb':{'Keys':{'qzxjvkwq':{'qzxjvkwq':'qzxjvkwq'}}}}",
                "{'dynamodb':{'Keys':{'qzxjvkwq':{'N':'qzxjvkwq'}}}}",
                "{'dynamodb':{'Keys':{'qzxjvkwq':{'N':'8675309886753098'},'qzxjvkwq':{}}}}",
                "{'dynamodb':{'Keys':{'qzxjvkwq':{'S':'86753098','wqzjxkvz':'86753098'}}}}",
                "{'dynamodb':{'Keys':{'qzxjvkwq':'qzxjvkwq'}}}",
                "{'dynamodb':{'Keys':{'qzxjvkwq':{'S':qzxjvkwq}}}}",
                "{'dynamodb':{'qzxjvkwq':{'qzxjvkwq':qzxjvkwq}}}",
                "{'Item':{'qzxjvkwq':{'B':'qzxjvkwq!'}}}",
                "{'Metadata':{'WriteTimestampMicros':{'N':'qzxjvkwq'}},'Keys':{}}",
                "{'Metadata':{'WriteTimestampMicros':{'N':'8675309886753098867530988675309886753098'}},'Keys':{}}",
                "{'qzxjvkwq':'qzxjvkwq'}",
                "'qzxjvkwq'",
                "qzxjvkwq",
                "{'dynamodb':{'Keys':{}}} qzxjvkwq"
            })
    void noFailureRevealsTheWrongValueOrName(String record) {
        assertThat(check(DECODER, json(record))).isNotNull();
    }

    @Test
    void noFailureUnderAnOptionRevealsTheValueOrName() {
        ChangeEventDecoder lenient = ChangeEventDecoder.builder()
                .emptyValueAsMap(true)
                .numbersAsJson(true)
                .descriptorAliases(true)
                .unknownDescriptors(true)
                .keyAttributes("wqzjxkvz")
                .binaryEncoding(BinaryEncoding.DOUBLE)
                .build();
        assertThat(check(lenient, json("{'Item':{'qzxjvkwq':{'S':'qzxjvkwq'}}}")))
                .isNotNull();
        assertThat(check(
                        lenient,
                        json("{'Item':{'wqzjxkvz':{'B':'cXp4anZrd3E='},'s':{'BS':['Y1hwNGFuWnJkM0U9','IQ==']}}}")))
                .isNotNull();
        assertThat(check(lenient, json("{'Item':{'wqzjxkvz':{'qzxjvkwq':1,'S':'qzxjvkwq'}}}")))
                .isNotNull();
        assertThat(check(lenient, json("{'Item':{'wqzjxkvz':{'n':86753098.}}}")))
                .isNotNull();
        for (byte[] record : CanaryEvents.ALL) {
            Mutations.sampleOfSingleByteChanges(record, 2_000, 2).forEach(changed -> check(lenient, changed));
        }
    }

    @Test
    void noRefusedConversionRevealsTheValueOrName() {
        Item image = Records.newImage(DECODER.decode(CanaryEvents.KINESIS));
        List<Function<AttributeValue, Object>> conversions = List.of(
                AttributeValue::asString,
                AttributeValue::asBigDecimal,
                AttributeValue::asLong,
                AttributeValue::asInt,
                AttributeValue::asDouble,
                AttributeValue::numberText,
                AttributeValue::asBytes,
                AttributeValue::asBoolean,
                AttributeValue::asItem,
                AttributeValue::asList,
                AttributeValue::asStringSet,
                AttributeValue::asNumberSet,
                AttributeValue::asBinarySet);
        int refused = 0;
        for (var attribute : image) {
            for (Function<AttributeValue, Object> conversion : conversions) {
                refused += isRefusedWithoutALeak(attribute.getValue(), conversion) ? 1 : 0;
            }
        }
        // every value is of one type, and thirteen conversions are of nine
        assertThat(refused).isGreaterThan(image.size() * 7);
        AttributeValue large = Records.value("{'N':'8675309886753098867530988675309886753098'}");
        assertThat(isRefusedWithoutALeak(large, AttributeValue::asLong)).isTrue();
        assertThat(isRefusedWithoutALeak(large, AttributeValue::asInt)).isTrue();
        assertThatThrownBy(() -> image.require("absent"))
                .isInstanceOfSatisfying(AttributeValueException.class, LeakTest::assertNothingLeaks);
    }

    private static boolean isRefusedWithoutALeak(AttributeValue value, Function<AttributeValue, Object> conversion) {
        AttributeValueException refusal = catchThrowableOfType(
                AttributeValueException.class,
                () -> assertThat(conversion.apply(value)).isNotNull());
        if (refusal != null) {
            assertNothingLeaks(refusal);
        }
        return refusal != null;
    }

    @Test
    void noTextOfAnEventOrItsPartsRevealsAValueOrName() {
        for (byte[] record : CanaryEvents.ALL) {
            DecodeResult result = DECODER.tryDecode(record);
            ChangeEvent event = result.orElseThrow();
            assertNoCanary(result.toString());
            assertNoCanary(event.toString());
            assertNoCanary(String.valueOf(event.userIdentity()));
            for (Item item : new Item[] {event.keys(), event.newImage(), event.oldImage()}) {
                if (item != null) {
                    assertNoCanary(item.toString());
                    item.forEach((name, value) -> assertNoCanary(value.toString()));
                }
            }
            ItemDiff diff = event.diff();
            if (diff != null) {
                assertNoCanary(diff.toString());
                diff.changed().values().forEach(change -> assertNoCanary(change.toString()));
            }
        }
    }

    private @Nullable DecodeException check(ChangeEventDecoder decoder, byte[] record) {
        DecodeResult result = decoder.tryDecode(record);
        DecodeException failure = result.failure();
        if (failure != null) {
            Refusals.assertDeclared(failure, record.length);
            assertNoCanary(failure.path());
            assertNoCanary(result.toString());
            assertNothingLeaks(failure);
            texts.add(String.valueOf(failure.getMessage()).replaceAll("[0-9]+", "#"));
        }
        return failure;
    }

    private static void assertNothingLeaks(RuntimeException failure) {
        assertNoCanary(String.valueOf(failure.getMessage()));
        assertNoCanary(failure.toString());
        assertThat(failure.getCause()).isNull();
        assertThat(failure.getSuppressed()).isEmpty();
    }
}
