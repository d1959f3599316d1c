package blackbox;

import static fixtures.Records.change;
import static fixtures.Records.decode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.ItemDiff;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemDiffTest {
    private static ItemDiff diff(String before, String after) {
        return Objects.requireNonNull(decode(change("MODIFY", "'OldImage':" + before + ",'NewImage':" + after))
                .diff());
    }

    private static <V> V at(Map<String, V> map, String name) {
        return Objects.requireNonNull(map.get(name));
    }

    @Test
    void attributesAreAddedRemovedOrChanged() {
        ItemDiff diff = diff(
                "{'same':{'S':'x'},'gone':{'S':'g'},'was':{'N':'1'},'alsoGone':{'NULL':true}}",
                "{'new':{'S':'n'},'was':{'N':'2'},'same':{'S':'x'},'alsoNew':{'BOOL':true}}");
        assertThat(diff.added().keySet()).containsExactly("new", "alsoNew");
        assertThat(at(diff.added(), "new").asString()).isEqualTo("n");
        assertThat(diff.removed().keySet()).containsExactly("gone", "alsoGone");
        assertThat(at(diff.removed(), "gone").asString()).isEqualTo("g");
        assertThat(diff.changed().keySet()).containsExactly("was");
        assertThat(at(diff.changed(), "was").before().asInt()).isEqualTo(1);
        assertThat(at(diff.changed(), "was").after().asInt()).isEqualTo(2);
        assertThat(diff.size() == 0).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "MODIFY, old, new, true",
        "INSERT, old, new, true",
        "REMOVE, old, new, true",
        "OTHER, old, new, true",
        "INSERT, -, new, true",
        "REMOVE, old, -, true",
        "MODIFY, -, new, false",
        "MODIFY, old, -, false",
        "REMOVE, -, new, false",
        "INSERT, old, -, false",
        "INSERT, -, -, false",
        "REMOVE, -, -, false",
        "OTHER, -, new, false",
        "OTHER, old, -, false",
    })
    void theDifferenceIsNullUnlessItIsKnown(String eventName, String old, String now, boolean known) {
        String images = (old.equals("old") ? "'OldImage':{'a':{'S':'x'}}" : "'OldImage':null") + ","
                + (now.equals("new") ? "'NewImage':{'a':{'S':'x'}}" : "'NewImage':null");
        ItemDiff diff = decode(change(eventName, images)).diff();
        assertThat(diff != null).isEqualTo(known);
    }

    @Test
    void anInsertAddsAllAndARemoveRemovesAll() {
        ItemDiff insert = decode(change("INSERT", "'NewImage':{'b':{'S':'1'},'a':{'S':'2'}}"))
                .diff();
        assertThat(insert).isNotNull();
        assertThat(insert.added().keySet()).containsExactly("b", "a");
        assertThat(insert.removed()).isEmpty();
        assertThat(insert.changed()).isEmpty();
        ItemDiff remove = decode(change("REMOVE", "'OldImage':{'b':{'S':'1'},'a':{'S':'2'}}"))
                .diff();
        assertThat(remove).isNotNull();
        assertThat(remove.removed().keySet()).containsExactly("b", "a");
        assertThat(remove.added()).isEmpty();
        assertThat(remove.changed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'N':'1'}|{'N':'1.0'}",
                "{'SS':['a','b']}|{'SS':['b','a']}",
                "{'NS':['1','2']}|{'NS':['2.0','1']}",
                "{'S':'a'}|{'S':'\\u0061'}",
                "{'M':{'a':{'N':'1'},'b':{'S':''}}}|{'M':{'b':{'S':''},'a':{'N':'1E0'}}}",
            })
    void valuesOfTheSameMeaningAreNotAChange(String before, String after) {
        assertThat(diff("{'v':" + before + ",'w':{'S':'x'}}", "{'w':{'S':'x'},'v':" + after + "}")
                                .size()
                        == 0)
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'N':'1'}|{'S':'1'}",
                "{'L':[{'S':'a'},{'S':'b'}]}|{'L':[{'S':'b'},{'S':'a'}]}",
                "{'M':{'a':{'M':{'b':{'N':'1'}}}}}|{'M':{'a':{'M':{'b':{'N':'2'}}}}}",
                "{'SS':['a']}|{'SS':['a','b']}",
                "{'NULL':true}|{'BOOL':true}",
            })
    void valuesOfDifferentMeaningAreAChange(String before, String after) {
        ItemDiff diff = diff("{'v':" + before + "}", "{'v':" + after + "}");
        assertThat(diff.changed()).containsOnlyKeys("v");
        assertThat(diff.added()).isEmpty();
        assertThat(diff.removed()).isEmpty();
    }

    @Test
    void anAttributeOfTypeNullIsPresent() {
        String without = "{'k':{'S':''}}";
        String with = "{'k':{'S':''},'v':{'NULL':true}}";
        assertThat(diff(with, without).removed()).containsOnlyKeys("v");
        assertThat(diff(without, with).added()).containsOnlyKeys("v");
        assertThat(diff(with, with).size()).isZero();
    }

    @Test
    void namesAreComparedByTextNotBySpelling() {
        assertThat(diff("{'caf\u00e9':{'S':''}}", "{'caf\\u00e9':{'S':''}}").size() == 0)
                .isTrue();
    }

    @Test
    void theMapsCannotBeChanged() {
        ItemDiff diff = diff("{'a':{'S':''},'c':{'S':'1'}}", "{'b':{'S':''},'c':{'S':'2'}}");
        for (Map<String, ?> map : List.of(diff.added(), diff.removed(), diff.changed())) {
            assertThat(map).hasSize(1);
            assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void toStringHasNoNameAndNoValue() {
        ItemDiff diff = diff("{'canary':{'S':'canary'}}", "{'canary':{'N':'8675309'}}");
        assertThat(diff).hasToString("ItemDiff[added 0, removed 0, changed 1]");
        assertThat(diff.changed().get("canary")).hasToString("S -> N");
    }
}
