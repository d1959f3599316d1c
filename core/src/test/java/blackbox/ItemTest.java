package blackbox;

import static fixtures.Records.item;
import static fixtures.Records.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemTest {
    private static final Item ITEM = item("{'b':{'M':{'x':{'S':'inner'}}},'a':{'NULL':true},'c':{'L':[{'S':'l'}]},"
            + "'d':{'SS':['s']},'x':{'N':'1'}}");

    @Test
    void anAbsentAttributeIsNullAndOneOfTypeNullIsPresent() {
        assertThat(ITEM.get("nope")).isNull();
        assertThat(ITEM.contains("nope")).isFalse();
        assertThat(ITEM.contains("a")).isTrue();
        assertThat(ITEM.require("a").type() == AttributeType.NULL).isTrue();
    }

    @Test
    void requireNamesTheAbsentAttribute() {
        assertThatExceptionOfType(AttributeValueException.class)
                .isThrownBy(() -> ITEM.require("nope"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(AttributeValueException.Reason.ABSENT))
                .withMessage("asked for the attribute \"nope\", which the item does not have");
        assertThatExceptionOfType(AttributeValueException.class)
                .isThrownBy(() -> ITEM.require("nope".repeat(10_000)))
                .satisfies(e -> assertThat(e.getMessage()).contains("nopenope").hasSizeLessThanOrEqualTo(256));
    }

    @Test
    void namesInsideMapsAndListsDoNotBelongToTheItem() {
        assertThat(ITEM.require("x").asInt()).isEqualTo(1);
        assertThat(ITEM.require("b").asItem().require("x").asString()).isEqualTo("inner");
        assertThat(ITEM.require("b").asItem().get("a")).isNull();
    }

    @Test
    void iterationIsInTheOrderOfTheRecord() {
        List<String> byIterator = new ArrayList<>();
        ITEM.iterator().forEachRemaining(entry -> byIterator.add(entry.getKey() + entry.getValue()));
        List<String> byForEach = new ArrayList<>();
        ITEM.forEach((name, value) -> byForEach.add(name + value));
        assertThat(byIterator).containsExactly("bM[1]", "aNULL", "cL[1]", "dSS[1]", "xN");
        assertThat(byForEach).isEqualTo(byIterator);
        assertThat(ITEM.size()).isEqualTo(5);
    }

    @Test
    void theIteratorEndsAndDoesNotRemove() {
        Iterator<Map.Entry<String, AttributeValue>> iterator =
                item("{'a':{'S':''}}").iterator();
        Map.Entry<String, AttributeValue> entry = iterator.next();
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> entry.setValue(entry.getValue())).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aMapMayBeEmpty() {
        Item empty = item("{'m':{'M':{}}}").require("m").asItem();
        assertThat(empty).isEmpty();
        assertThat(empty.size()).isZero();
        assertThat(empty.get("")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "S",
                "N",
                "NULL",
                "M",
                "dynamodb",
                "a.b",
                " ",
                "caf\u00e9",
                "\u65e5\u672c",
                "\ud83d\ude00",
                "\u0000"
            })
    void anAttributeMayHaveAnyName(String name) {
        StringBuilder escaped = new StringBuilder();
        name.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        String raw = name.equals("\u0000") ? escaped.toString() : name;
        for (String spelling : List.of(raw, escaped.toString())) {
            Item item = item("{'before':{'S':''},'" + spelling + "':{'N':'1'},'after':{'S':''}}");
            assertThat(item.require(name).asInt()).isEqualTo(1);
            assertThat(item.contains(name)).isTrue();
            assertThat(item.get(name + "?")).isNull();
            assertThat(item.toMap()).containsKey(name);
        }
    }

    @Test
    void aNameIsFoundByItsTextNotByItsSpelling() {
        Item item = item("{'a\\u0062':{'N':'1'},'a\\\\u0062':{'N':'2'}}");
        assertThat(item.require("ab").asInt()).isEqualTo(1);
        assertThat(item.require("a\\u0062").asInt()).isEqualTo(2);
    }

    @Test
    void itemsAreEqualByMeaningRegardlessOfOrder() {
        Item left = item("{'a':{'N':'1'},'b':{'S':'x'}}");
        Item right = item("{'b':{'S':'x'},'a':{'N':'1.0'}}");
        assertThat(left).isEqualTo(right).hasSameHashCodeAs(right);
        assertThat(left).isNotEqualTo(item("{'a':{'N':'1'}}")).isNotEqualTo(item("{'a':{'N':'1'},'b':{'S':'y'}}"));
        assertThat(value("{'M':{'a':{'N':'1'},'b':{'S':'x'}}}").asItem()).isEqualTo(left);
        assertThat(left).isNotEqualTo(left.toMap()).isNotEqualTo(null);
    }

    @Test
    void toStringHasNoNameAndNoValue() {
        assertThat(item("{'canary':{'S':'canary'}}")).hasToString("Item[1]");
    }

    @SuppressWarnings("NullAway") // as callers without a null checker may do
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNullNameIsRefusedWithAndWithoutAProjection(boolean projected) {
        ChangeEventDecoder.Builder builder = ChangeEventDecoder.builder();
        Item item = item(projected ? builder.attributes("a").build() : builder.build(), "{'a':{'S':'x'}}");
        assertThatNullPointerException().isThrownBy(() -> item.get(null));
        assertThatNullPointerException().isThrownBy(() -> item.require(null));
        assertThatNullPointerException().isThrownBy(() -> item.contains(null));
    }
}
