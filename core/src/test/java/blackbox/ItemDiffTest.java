package blackbox;

import static fixtures.Records.ACCEPTS_UNKNOWN;
import static fixtures.Records.change;
import static fixtures.Records.decode;
import static fixtures.Records.json;
import static fixtures.SmallStack.onSmallStack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Records;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.PathChange;
import io.github.dynamodbcdc.PlainValues;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
        assertThat(diff.size()).isEqualTo(5);
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

    // ---------------------------------------------------------------------------------------------- inside values

    private static List<String> changes(String before, String after) {
        return diff(before, after).changes().stream()
                .map(change -> change.kind() + " " + change.path())
                .collect(Collectors.toList());
    }

    @Test
    void whatDiffersInsideMapsAndListsIsShownByItsPath() {
        String before = "{'n':{'N':'9'},'m':{'M':{'a':{'N':'1'},'b':{'S':'x'},'in':{'M':{'deep':{'S':'x'}}}}},"
                + "'l':{'L':[{'M':{'c':{'N':'87'}}},{'S':'y'},{'NULL':true}]},'gone':{'S':''}}";
        String after = "{'n':{'N':'4'},'m':{'M':{'in':{'M':{'deep':{'S':'z'}}},'a':{'N':'1.0'},'new':{'S':''}}},"
                + "'l':{'L':[{'M':{'c':{'N':'85'}}},{'S':'y'},{'M':{}},{'S':'w'}]},'promo':{'M':{'x':{'N':'1'}}}}";
        assertThat(changes(before, after))
                .containsExactly(
                        "CHANGED n",
                        "CHANGED m.in.deep",
                        "ADDED m.new",
                        "REMOVED m.b",
                        "CHANGED l[0].c",
                        "CHANGED l[2]",
                        "ADDED l[3]",
                        "ADDED promo",
                        "REMOVED gone");
        PathChange charge = diff(before, after).changes().get(4);
        assertThat(charge.segments()).containsExactly("l", 0, "c");
        assertThat(charge.pointer()).isEqualTo("/l/0/c");
        assertThat(Objects.requireNonNull(charge.before()).asInt()).isEqualTo(87);
        assertThat(Objects.requireNonNull(charge.after()).asInt()).isEqualTo(85);
    }

    @Test
    void listsAreComparedByPositionAndRemovedMembersComeLastFirst() {
        assertThat(changes("{'l':{'L':[{'S':'a'},{'S':'b'}]}}", "{'l':{'L':[{'S':'x'},{'S':'a'},{'S':'b'}]}}"))
                .containsExactly("CHANGED l[0]", "CHANGED l[1]", "ADDED l[2]");
        assertThat(changes("{'l':{'L':[{'S':'a'},{'S':'b'},{'S':'c'}]}}", "{'l':{'L':[{'S':'c'}]}}"))
                .containsExactly("CHANGED l[0]", "REMOVED l[2]", "REMOVED l[1]");
        assertThat(changes("{'l':{'L':[{'S':'a'},{'S':'b'}]}}", "{'l':{'L':[]}}"))
                .containsExactly("REMOVED l[1]", "REMOVED l[0]");
    }

    @Test
    void valuesOfTwoTypesAndSetsDifferAsAWhole() {
        assertThat(changes("{'v':{'M':{'a':{'S':''}}}}", "{'v':{'L':[]}}")).containsExactly("CHANGED v");
        assertThat(changes("{'v':{'SS':['a','b']}}", "{'v':{'SS':['b']}}")).containsExactly("CHANGED v");
        assertThat(changes("{'v':{'M':{'a':{'S':''}}}}", "{'v':{'M':{}}}")).containsExactly("REMOVED v.a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a_1-x | a_1-x",
                "a bé | a bé",
                "0 | 0",
                "a.b | [\"a.b\"]",
                "a[0] | [\"a[0]\"]",
                "`` | [\"\"]",
                "\\\" | [\"\\\"\"]",
                "\\\\ | [\"\\\\\"]",
                "\\n | [\"\\u000a\"]",
                "\\u202e | [\"\\u202e\"]",
                "\\udb40\\udc41 | [\"\\udb40\\udc41\"]",
            })
    void aNameThatCouldBeMistakenForAPathIsInBracketsAndQuotes(String name, String path) {
        assertThat(changes("{'k':{'S':''}}", "{'k':{'S':''},'" + name + "':{'S':''}}"))
                .containsExactly("ADDED " + path);
        assertThat(changes("{'m':{'M':{}}}", "{'m':{'M':{'" + name + "':{'S':''}}}}"))
                .containsExactly("ADDED m" + (path.startsWith("[") ? "" : ".") + path);
    }

    @Test
    void aPointerIsEscapedAsJsonPointersAre() {
        ItemDiff diff = diff("{'a/b~1':{'M':{}}}", "{'a/b~1':{'M':{'':{'S':''}}}}");
        assertThat(diff.changes().get(0).pointer()).isEqualTo("/a~1b~01/");
    }

    @Test
    void anImageWithoutTheOtherIsAChangeOfEveryAttribute() {
        ItemDiff insert = Objects.requireNonNull(
                decode(change("INSERT", "'NewImage':{'b':{'S':'1'},'a':{'M':{'x':{'NULL':true}}}}"))
                        .diff());
        assertThat(insert.changes()).map(PathChange::path).containsExactly("b", "a");
        assertThat(insert.changes()).map(PathChange::kind).containsOnly(PathChange.Kind.ADDED);
        assertThat(insert.mergePatch()).hasToString("{b=1, a={x=null}}");
        ItemDiff remove = Objects.requireNonNull(decode(change("REMOVE", "'OldImage':{'b':{'S':'1'},'a':{'S':'2'}}"))
                .diff());
        assertThat(remove.changes()).map(PathChange::kind).containsOnly(PathChange.Kind.REMOVED);
        assertThat(remove.mergePatch()).hasToString("{b=null, a=null}");
    }

    @Test
    void theChangesShowNoNameAndNoValueAndCannotBeChanged() {
        List<PathChange> changes = diff("{'canary':{'M':{'canary':{'S':'canary'}}}}", "{'canary':{'M':{}}}")
                .changes();
        assertThat(changes).hasToString("[PathChange[REMOVED at depth 2, S]]");
        assertThatThrownBy(changes::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> changes.get(0).segments().set(0, ""))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    // -------------------------------------------------------------------------------------------------- the patch

    @Test
    void theMergePatchHasNewValuesNestedPatchesAndNullsForWhatWasRemoved() {
        ItemDiff diff = diff(
                "{'same':{'N':'1'},'n':{'N':'1'},'m':{'M':{'a':{'N':'1'},'b':{'N':'2'}}},'l':{'L':[{'S':'x'}]},"
                        + "'gone':{'M':{}}}",
                "{'same':{'N':'1.0'},'n':{'N':'2'},'m':{'M':{'b':{'N':'3'}}},'l':{'L':[{'S':'x'},{'NULL':true}]},"
                        + "'new':{'BOOL':true}}");
        assertThat(diff.mergePatch()).hasToString("{n=2, m={b=3, a=null}, l=[x, null], new=true, gone=null}");
        assertThat(diff.mergePatch(PlainValues.defaults().withNumbers(PlainValues.Numbers.TEXT))
                        .get("n"))
                .isEqualTo("2");
        assertThatThrownBy(() -> diff.mergePatch().clear()).isInstanceOf(UnsupportedOperationException.class);
        Map<String, @Nullable Object> mutable =
                diff.mergePatch(PlainValues.defaults().mutable());
        mutable.clear();
        assertThat(mutable).isEmpty();
    }

    @Test
    void anAttributeThatBecomesNullIsRemovedByTheMergePatchAndKeptByTheChanges() {
        ItemDiff diff = diff("{'v':{'S':'x'}}", "{'v':{'NULL':true}}");
        assertThat(diff.mergePatch()).hasToString("{v=null}");
        PathChange change = diff.changes().get(0);
        assertThat(change.kind()).isEqualTo(PathChange.Kind.CHANGED);
        assertThat(Objects.requireNonNull(change.after()).toObject()).isNull();
    }

    @Test
    void aValueOfUnknownTypeCountsAsRemovedInThePatch() {
        byte[] record = json(change("MODIFY", "'OldImage':{'v':{'S':'x'}},'NewImage':{'v':{'XS':['y']}}"));
        ItemDiff diff = Objects.requireNonNull(ACCEPTS_UNKNOWN.decode(record).diff());
        assertThat(diff.mergePatch()).hasToString("{v=null}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'X':1}|{'X':1}|false",
                "{'X':1}|{'Y':1}|true",
                "{'X':1}|{'X':2}|true",
                "{'X':1}|{ 'X' : 1 }|false",
                "{'\u00e9':1}|{'\\u00e9':1}|false",
                "{'a\\'X':1}|{'b\\'X':1}|true",
                "{'a\\'X':[1]}|{'\\u0061\\u0022X':[1]}|false",
                "{'':1}|{'X':1}|true"
            })
    void valuesOfUnknownTypeDifferByTheirDescriptorToo(String before, String after, boolean differ) {
        byte[] record = json(change("MODIFY", "'OldImage':{'v':" + before + "},'NewImage':{'v':" + after + "}"));
        ChangeEvent event = ACCEPTS_UNKNOWN.decode(record);
        assertThat(Objects.requireNonNull(event.diff()).changes()).hasSize(differ ? 1 : 0);
        assertThat(Objects.requireNonNull(event.copy().diff()).changed()).hasSize(differ ? 1 : 0);
        assertThat(Records.newImage(event).equals(event.oldImage())).isEqualTo(!differ);
    }

    // --------------------------------------------------------------------------------------------- hostile values

    /** Quadratic work would take hours. */
    @Test
    @Timeout(60)
    void theTimeIsLinearInLargeListsAndMapsInAnyOrder() {
        int many = 100_000;
        List<String> members =
                IntStream.range(0, many).mapToObj(i -> "{'N':'" + i + "'}").collect(Collectors.toList());
        String list = String.join(",", members);
        ItemDiff lists = diff("{'l':{'L':[" + list + "]}}", "{'l':{'L':[{'N':'-1'}," + list + "]}}");
        assertThat(lists.changes()).hasSize(many + 1);
        assertThat(lists.mergePatch()).containsOnlyKeys("l");

        List<String> names = IntStream.range(0, many)
                .mapToObj(i -> "'name" + i + "':{'N':'1'}")
                .collect(Collectors.toList());
        String ordered = String.join(",", names);
        Collections.reverse(names);
        names.set(many / 2, "'name':{'N':'1'}");
        ItemDiff maps = diff("{'m':{'M':{" + ordered + "}}}", "{'m':{'M':{" + String.join(",", names) + "}}}");
        assertThat(maps.changes()).hasSize(2);
    }

    @Test
    void aDifferenceAtTheDeepestLevelIsFoundOnASmallStack() throws InterruptedException {
        int levels = 60;
        String open = "{'M':{'a':";
        String before = open.repeat(levels) + "{'S':'x'}" + "}}".repeat(levels);
        String after = open.repeat(levels) + "{'S':'y'}" + "}}".repeat(levels);
        ItemDiff diff = diff("{'a':" + before + "}", "{'a':" + after + "}");
        onSmallStack(() -> {
            assertThat(diff.changes()).hasSize(1);
            assertThat(diff.changes().get(0).segments()).hasSize(levels + 1).containsOnly("a");
            assertThat(diff.mergePatch().toString()).hasSize(3 * (levels + 1) + 1 + levels + 1);
        });
    }
}
