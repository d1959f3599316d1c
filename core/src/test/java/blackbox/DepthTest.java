package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.json;
import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static fixtures.Refusals.assertAt;
import static fixtures.SmallStack.onDocumentedStack;
import static fixtures.SmallStack.onSmallStack;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Refusals;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.PlainValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A million levels are refused at the first level over the limit, and everything within the limit works, on a small
 * stack.
 */
class DepthTest {
    private static final int MILLION = 1_000_000;
    private static final int MAX_ATTRIBUTE_DEPTH = 64;
    private static final int MAX_JSON_DEPTH = 256;

    private static final String IN_VALUE = "{'dynamodb':{'Keys':{},'NewImage':{'x':";

    // ------------------------------------------------------------------------------------------------------ refused

    @ParameterizedTest
    @ValueSource(strings = {"{'M':{'a':", "{'L':["})
    void nestedValuesAreRefusedAtTheFirstLevelOverTheLimit(String level) throws InterruptedException {
        byte[] record = json(IN_VALUE + level.repeat(MILLION));
        // the value directly in the image is level 1
        int offset = IN_VALUE.length() + MAX_ATTRIBUTE_DEPTH * level.length();
        onSmallStack(() -> assertAt(Refusals.refusal(record), Reason.DEPTH_LIMIT, offset));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[ | WRONG_TYPE | 0", "{'a': | UNKNOWN_TYPE | 1"})
    void aNestedNonValueIsRefusedImmediately(String level, Reason reason, int at) throws InterruptedException {
        byte[] record = json(IN_VALUE + level.repeat(MILLION));
        onSmallStack(() -> assertAt(Refusals.refusal(record), reason, IN_VALUE.length() + at));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[ | {'x': | 1",
                "[ | {'dynamodb':{'x': | 2",
                "[ | {'dynamodb':{'Keys':{}},'x': | 1",
                "[ | `` | 0",
                "{'a': | {'x': | 1",
                "{'a': | {'dynamodb':{'x': | 2",
                "{'a': | {'dynamodb':{'Keys':{}},'x': | 1",
                "{'M':{'a': | {'x': | 1",
                "{'M':{'a': | {'dynamodb':{'x': | 2",
                "{'M':{'a': | {'userIdentity':{'x': | 2",
                "{'L':[ | {'x': | 1",
                "{'L':[ | {'dynamodb':{'x': | 2",
                "{'L':[ | {'Metadata':{'x': | 2"
            })
    void skippedMembersAreRefusedAtTheFirstLevelOverTheLimitOfJson(String level, String before, int open)
            throws InterruptedException {
        byte[] record = json(before + level.repeat(MILLION));
        int offset = before.length() - 1;
        // the record's own brace is level 1
        for (int depth = open; depth <= MAX_JSON_DEPTH; depth++) {
            do {
                offset++;
            } while (record[offset] != '{' && record[offset] != '[');
        }
        int expected = offset;
        onSmallStack(() -> assertAt(Refusals.refusal(record), Reason.DEPTH_LIMIT, expected));
    }

    @Test
    void unknownTypesCountTheLevelsAroundThem() {
        ChangeEventDecoder lenient =
                ChangeEventDecoder.builder().unknownDescriptors(true).build();
        // record, dynamodb, NewImage, the value, and two for each M
        for (int maps = 0; maps < MAX_ATTRIBUTE_DEPTH; maps += 21) {
            int around = 4 + 2 * maps;
            String before = IN_VALUE + "{'M':{'a':".repeat(maps) + "{'V':";
            String after = "}" + "}}".repeat(maps) + "}}}";
            int left = MAX_JSON_DEPTH - around;
            lenient.decode(json(before + "[".repeat(left) + "]".repeat(left) + after));
            DecodeException failure =
                    Refusals.refusal(lenient, json(before + "[".repeat(left + 1) + "]".repeat(left + 1) + after));
            assertAt(failure, Reason.DEPTH_LIMIT, before.length() + left);
        }
        // outside an item: the record, Metadata and the value
        String before = "{'NewImage':{},'Metadata':{'WriteTimestampMicros':{'V':";
        DecodeException failure = Refusals.refusal(lenient, json(before + "[".repeat(MAX_JSON_DEPTH)));
        assertAt(failure, Reason.DEPTH_LIMIT, before.length() + MAX_JSON_DEPTH - 3);
    }

    // ----------------------------------------------------------------------------------------------------- accepted

    @Test
    void everythingWorksAtTheLimitOnASmallStack() throws InterruptedException {
        for (Runnable test : everythingAt(MAX_ATTRIBUTE_DEPTH)) {
            onSmallStack(test);
        }
    }

    @Test
    void everythingWorksAtTheHighestLimitOnTheDocumentedStack() throws InterruptedException {
        for (Runnable test : everythingAt(120)) {
            onDocumentedStack(test);
        }
    }

    private static List<Runnable> everythingAt(int depth) {
        List<Runnable> tests = new ArrayList<>();
        ChangeEventDecoder decoder = ChangeEventDecoder.builder()
                .limits(DecodeLimits.defaults().withMaxAttributeDepth(depth))
                .build();
        for (boolean lists : new boolean[] {false, true}) {
            byte[] record = json("{'eventName':'MODIFY','dynamodb':{'Keys':" + nested(lists, depth, "{'S':'k'}")
                    + ",'NewImage':" + nested(lists, depth, "{'N':'1'}")
                    + ",'OldImage':" + nested(lists, depth, "{'N':'1.0'}") + "}}");
            byte[] other = json("{'eventName':'MODIFY','dynamodb':{'Keys':{},'NewImage':"
                    + nested(lists, depth, "{'N':'2'}") + ",'OldImage':" + nested(lists, depth, "{'SS':[]}") + "}}");
            tests.add(() -> {
                assertWorks(decoder.decode(record), true, depth);
                assertWorks(decoder.decode(record).copy(), true, depth);
                assertWorks(decoder.decode(other), false, depth);
            });
        }
        return tests;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32, MAX_ATTRIBUTE_DEPTH, 119})
    void oneLevelOverTheLimitIsRefused(int depth) {
        ChangeEventDecoder decoder = ChangeEventDecoder.builder()
                .limits(DecodeLimits.defaults().withMaxAttributeDepth(depth))
                .build();
        for (boolean lists : new boolean[] {false, true}) {
            String tooDeep = nested(lists, depth + 1, "{'S':'a'}");
            for (String record : List.of(
                    "{'dynamodb':{'Keys':" + tooDeep + "}}",
                    "{'dynamodb':{'OldImage':" + tooDeep + ",'Keys':{}}}",
                    "{'NewImage':" + tooDeep + ",'Keys':{}}",
                    "{'Item':" + tooDeep + "}")) {
                DecodeException failure = Refusals.refusal(decoder, json(record));
                assertAt(failure, Reason.DEPTH_LIMIT, record.indexOf("{'S':'a'}"));
            }
        }
    }

    @Test
    void skippedMembersMayBeNestedUpToTheLimit() throws InterruptedException {
        int left = MAX_JSON_DEPTH - 2;
        byte[] record = json("{'dynamodb':{'Keys':{},'x':" + "[".repeat(left) + "]".repeat(left) + "},'y':"
                + "{'a':".repeat(left) + "[]" + "}".repeat(left) + "}");
        onSmallStack(() -> assertThat(DECODER.decode(record).keys()).isEmpty());
    }

    private static void assertWorks(ChangeEvent event, boolean isSame, int depth) {
        Item after = newImage(event);
        Item before = oldImage(event);
        assertThat(event.toString()).hasSizeLessThan(200);
        assertThat(after.toString()).hasSizeLessThan(200);
        assertThat(after.require("a").toString()).hasSizeLessThan(200);
        assertThat(after.equals(before)).isEqualTo(isSame);
        assertThat(after.require("a").equals(before.require("a"))).isEqualTo(isSame);
        if (isSame) {
            assertThat(after.hashCode()).isEqualTo(before.hashCode());
            assertThat(after.require("a").hashCode())
                    .isEqualTo(before.require("a").hashCode());
        }
        ItemDiff diff = Objects.requireNonNull(event.diff());
        assertThat(diff.size() == 0).isEqualTo(isSame);
        assertThat(diff.toString()).hasSizeLessThan(200);
        assertThat(diff.changes().isEmpty()).isEqualTo(isSame);
        assertThat(diff.mergePatch().isEmpty()).isEqualTo(isSame);
        diff.changes().forEach(change -> assertThat(change.segments()).hasSize(depth));
        assertThat(event.itemKey() == null).isEqualTo(!isSame);
        Map<String, ?> plain = after.toMap();
        assertThat(plain.equals(after.toMap())).isTrue();
        assertThat(plain.hashCode()).isEqualTo(after.toMap().hashCode());
        assertThat(plain.toString()).hasSizeGreaterThan(depth);
        assertThat(after.toMap(PlainValues.defaults().mutable())).isEqualTo(plain);
    }

    /** An item whose attribute {@code a} is a value of this depth: the leaf within M or L. */
    private static String nested(boolean lists, int depth, String leaf) {
        return lists
                ? "{'a':" + "{'L':[".repeat(depth - 1) + leaf + "]}".repeat(depth - 1) + "}"
                : "{'a':" + "{'M':{'a':".repeat(depth - 1) + leaf + "}}".repeat(depth - 1) + "}";
    }
}
