package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.concat;
import static fixtures.Records.json;
import static fixtures.Records.newImage;
import static fixtures.Records.ofValue;
import static fixtures.Records.value;
import static fixtures.Refusals.assertAt;
import static fixtures.Refusals.assertFault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Refusals;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit: values just inside and just outside it, raised and lowered, and how far it can be raised. */
class LimitsTest {
    private static final DecodeLimits DEFAULTS = DecodeLimits.defaults();

    private static ChangeEventDecoder with(DecodeLimits limits) {
        return ChangeEventDecoder.builder().limits(limits).build();
    }

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        assertThat(DEFAULTS.maxRecordBytes()).isEqualTo(16 << 20);
        assertThat(DEFAULTS.maxAttributeDepth()).isEqualTo(64);
        assertThat(DEFAULTS.maxNumberLength()).isEqualTo(256);
        assertThat(DEFAULTS.maxExponentDigits()).isEqualTo(4);
    }

    /** A setter, its largest argument, and the getter. */
    record Limit(String name, int most, IntFunction<DecodeLimits> with, ToIntFunction<DecodeLimits> get) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Limit> limits() {
        return List.of(
                new Limit("record", 256 << 20, DEFAULTS::withMaxRecordBytes, DecodeLimits::maxRecordBytes),
                new Limit("depth", 120, DEFAULTS::withMaxAttributeDepth, DecodeLimits::maxAttributeDepth),
                new Limit("number", 65_536, DEFAULTS::withMaxNumberLength, DecodeLimits::maxNumberLength),
                new Limit("exponent", 6, DEFAULTS::withMaxExponentDigits, DecodeLimits::maxExponentDigits));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void aLimitCanBeRaisedToItsMaximumOnly(Limit limit) {
        assertThat(limit.get().applyAsInt(limit.with().apply(limit.most()))).isEqualTo(limit.most());
        assertThat(limit.get().applyAsInt(limit.with().apply(1))).isEqualTo(1);
        for (int refused : new int[] {0, -1, Integer.MIN_VALUE, limit.most() + 1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> limit.with().apply(refused)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("limits")
    void aLimitIsSetWithoutTouchingTheOthersOrTheDefaults(Limit limit) {
        DecodeLimits raised = limit.with().apply(limit.most());
        for (Limit other : limits()) {
            int expected = other.name().equals(limit.name())
                    ? limit.most()
                    : other.get().applyAsInt(DEFAULTS);
            assertThat(other.get().applyAsInt(raised)).isEqualTo(expected);
        }
        assertThat(limit.get().applyAsInt(DecodeLimits.defaults())).isNotEqualTo(limit.most());
    }

    // ------------------------------------------------------------------------------------------------------- record

    @ParameterizedTest
    @ValueSource(ints = {16 << 20, 100, (16 << 20) + 1, 20 << 20})
    void aRecordMayHaveExactlyTheLimitInBytes(int limit) {
        ChangeEventDecoder decoder = with(DEFAULTS.withMaxRecordBytes(limit));
        byte[] record = sized(limit + 1);
        ChangeEvent event = decoder.decode(record, 0, limit - 1);
        assertThat(event.keys().require("k").asString()).hasSize(limit - 1 - empty().length);
        assertAt(Refusals.refusal(decoder, record), Reason.RECORD_LIMIT, limit);
        assertAt(
                Objects.requireNonNull(
                        decoder.tryDecode(ByteBuffer.wrap(record)).failure()),
                Reason.RECORD_LIMIT,
                limit);
        assertAt(
                Objects.requireNonNull(decoder.tryDecode(ByteBuffer.allocateDirect(record.length)
                                .put(record)
                                .flip())
                        .failure()),
                Reason.RECORD_LIMIT,
                limit);
    }

    /** Returns a record of this length, of which the last two bytes are white space. */
    private static byte[] sized(int length) {
        byte[] text = new byte[length - 2 - empty().length];
        Arrays.fill(text, (byte) 'x');
        return concat(json("{'dynamodb':{'Keys':{'k':{'S':'"), text, json("'}}}}  "));
    }

    private static byte[] empty() {
        return json("{'dynamodb':{'Keys':{'k':{'S':''}}}}");
    }

    @Test
    void whiteSpaceAndAByteOrderMarkCountAsBytesOfTheRecord() {
        ChangeEventDecoder decoder = with(DEFAULTS.withMaxRecordBytes(empty().length));
        decoder.decode(empty());
        for (byte[] longer : List.of(concat(empty(), json(" ")), concat(json("\uFEFF"), empty()))) {
            assertAt(Refusals.refusal(decoder, longer), Reason.RECORD_LIMIT, empty().length);
        }
    }

    // -------------------------------------------------------------------------------------------------------- names

    @ParameterizedTest
    @CsvSource({
        "a, 65535",
        "é, 32767",
        "€, 21845",
        "😀, 16383",
        "\\u0061, 65535",
        "\\u00e9, 32767",
        "\\ud83d\\ude00, 16383"
    })
    void aNameIsLimitedInUtf8BytesAfterUnescaping(String character, int most) {
        String fits = "'" + character.repeat(most) + "':{'S':''}";
        String over = "«'" + character.repeat(most + 1) + "':{'S':''}";
        for (String place : List.of(
                "{'dynamodb':{'Keys':{%s}}}",
                "{'dynamodb':{'Keys':{},'NewImage':{%s}}}",
                "{'dynamodb':{'Keys':{},'NewImage':{'m':{'M':{'l':{'L':[{'M':{%s}}]}}}}}}",
                "{'Item':{%s}}")) {
            DECODER.decode(json(place.formatted(fits)));
            assertFault(Reason.NAME_LIMIT, place.formatted(over));
        }
    }

    @Test
    void namesThatAreNotAttributesHaveNoLimit() {
        String name = "x".repeat(70_000);
        ChangeEvent event = DECODER.decode(json("{'" + name + "':1,'dynamodb':{'Keys':{},'" + name + "':{'" + name
                + "':2}},'userIdentity':{'" + name + "':1}}"));
        assertThat(event.keys()).isEmpty();
    }

    @Test
    void textIsLimitedByTheRecordOnly() {
        String text = "y".repeat(10_000_000);
        AttributeValue value = value("{'SS':['" + text + "']}");
        assertThat(value.asStringSet().iterator().next()).isEqualTo(text);
    }

    // -------------------------------------------------------------------------------------------------------- depth

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, 120})
    void attributesMayBeNestedToTheLimit(int limit) {
        ChangeEventDecoder decoder = with(DEFAULTS.withMaxAttributeDepth(limit));
        String open = "{'L':[".repeat(limit - 1);
        String close = "]}".repeat(limit - 1);
        value(decoder, open + "{'SS':['a']}" + close);
        value(decoder, open + "{'M':{}}" + close);
        assertFault(decoder, Reason.DEPTH_LIMIT, ofValue(open + "{'L':[«{'S':''}]}" + close));
        assertFault(decoder, Reason.DEPTH_LIMIT, ofValue(open + "{'M':{'a':«{'S':''}}}" + close));
    }

    @Test
    void theDepthOfSkippedMembersIsLimitedSeparatelyFromAttributes() {
        ChangeEventDecoder decoder = with(DEFAULTS.withMaxAttributeDepth(1));
        String nested = "[".repeat(250) + "]".repeat(250);
        assertThat(decoder.decode(json("{'x':" + nested + ",'dynamodb':{'Keys':{},'x':" + nested + "}}"))
                        .keys())
                .isEmpty();
    }

    @Test
    void jsonMayBeNestedTo256LevelsIncludingTheRecord() {
        assertNesting("{'x':", 255, ",'dynamodb':{'Keys':{}}}");
        assertNesting("{'dynamodb':{'Keys':{},'x':", 254, "}}");
        assertNesting("{'dynamodb':{'Keys':{}},'userIdentity':{'x':", 254, "}}");
        assertNesting("{'Keys':{},'Metadata':{'WriteTimestampMicros':1,'x':", 254, "}}");
        assertNesting("{'Item':{'k':{'S':''}},'Metadata':", 255, "}");
    }

    private static void assertNesting(String before, int levels, String after) {
        for (String open : List.of("[", "{'a':")) {
            String close = open.equals("[") ? "]" : "}";
            String nested = open.repeat(levels - 1) + "[" + "]" + close.repeat(levels - 1);
            DECODER.decode(json(before + nested + after));
            String over = open.repeat(levels) + "«[" + "]" + close.repeat(levels);
            assertFault(Reason.DEPTH_LIMIT, before + over + after);
        }
    }

    // ------------------------------------------------------------------------------------------------------ numbers

    @ParameterizedTest
    @CsvSource({"1, 1, 12", "2, 10, 100", "256, 1, 1", "300, 1, 1", "65536, 1, 1"})
    void aNumberMayHaveTheLimitInCharacters(int limit, String shortText, String longText) {
        ChangeEventDecoder decoder = with(DEFAULTS.withMaxNumberLength(limit));
        String fits = limit < 3 ? shortText : "7".repeat(limit);
        String over = limit < 3 ? longText : "7".repeat(limit + 1);
        assertThat(value(decoder, "{'N':'" + fits + "'}").numberText()).isEqualTo(fits);
        assertThat(value(decoder, "{'NS':['" + fits + "']}").asNumberSet()).hasSize(1);
        String marked = over.substring(0, limit) + "«" + over.substring(limit);
        assertFault(decoder, Reason.NUMBER_LIMIT, ofValue("{'N':'" + marked + "'}"));
        assertFault(decoder, Reason.NUMBER_LIMIT, ofValue("{'NS':['" + marked + "']}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 6})
    void anExponentMayHaveTheLimitInDigitsWithoutLeadingZeros(int limit) {
        ChangeEventDecoder decoder = with(DEFAULTS.withMaxExponentDigits(limit));
        String digits = "9".repeat(limit);
        for (String before : List.of("1e", "1E+", "-1.5e-", "1e000", "0e", "7e-00")) {
            String fits = before + digits;
            assertThat(value(decoder, "{'N':'" + fits + "'}").numberText()).isEqualTo(fits);
            assertFault(decoder, Reason.NUMBER_LIMIT, ofValue("{'N':'" + fits + "«9'}"));
            assertFault(decoder, Reason.NUMBER_LIMIT, ofValue("{'N':'" + fits + "«0'}"));
        }
    }

    // ----------------------------------------------------------------------------------------------------- messages

    @TestFactory
    Stream<DynamicTest> theMessageNamesTheOptionThatWouldAcceptTheInput() {
        String nested = "{'L':[".repeat(64) + "{'S':''}" + "]}".repeat(64);
        return Stream.of(
                names("limits", "a record", with(DEFAULTS.withMaxRecordBytes(10)), "{'dynamodb':{'Keys':{}}}"),
                names("limits", "65 levels", DECODER, ofValue(nested)),
                names("limits", "257 characters", DECODER, ofValue("{'N':'" + "1".repeat(257) + "'}")),
                names("limits", "an exponent of 5 digits", DECODER, ofValue("{'N':'1e10000'}")),
                names("emptyValueAsMap", "no type", DECODER, ofValue("{}")),
                names("numbersAsJson", "a bare N", DECODER, ofValue("{'N':1}")),
                names("numbersAsJson", "a bare member of NS", DECODER, ofValue("{'NS':[1]}")),
                names("descriptorAliases", "lower case", DECODER, ofValue("{'s':'a'}")),
                names("unknownDescriptors", "another type", DECODER, ofValue("{'V':'a'}")));
    }

    private static DynamicTest names(String option, String what, ChangeEventDecoder decoder, String record) {
        return DynamicTest.dynamicTest(
                what + ": " + option,
                () -> assertThat(Refusals.refusal(decoder, json(record))).hasMessageContaining(option));
    }

    @Test
    void aRaisedLimitAcceptsLargerInputsOfItsKindOnly() {
        ChangeEventDecoder raised = with(DEFAULTS.withMaxRecordBytes(256 << 20)
                .withMaxAttributeDepth(120)
                .withMaxNumberLength(65_536)
                .withMaxExponentDigits(6));
        assertThat(newImage(raised.decode(json(ofValue("{'N':'" + "1".repeat(257) + "e999999'}"))))
                        .contains("a"))
                .isTrue();
        assertFault(raised, Reason.DEPTH_LIMIT, "{'x':" + "[".repeat(255) + "«[");
        assertFault(raised, Reason.NAME_LIMIT, "{'dynamodb':{'Keys':{«'" + "a".repeat(65_536) + "':");
        assertFault(raised, Reason.BAD_NUMBER, ofValue("{'N':'1«x'}"));
    }
}
