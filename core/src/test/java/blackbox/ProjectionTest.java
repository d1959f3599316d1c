package blackbox;

import static fixtures.Records.change;
import static fixtures.Records.json;
import static fixtures.Records.kinesis;
import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static fixtures.Records.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Records;
import fixtures.Refusals;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import io.github.dynamodbcdc.StreamViewType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Omitted attributes are validated and skipped, and are not absent. The others are the same as without projection. */
class ProjectionTest {
    private static final PlainValues VERBATIM = PlainValues.defaults()
            .withNumbers(PlainValues.Numbers.TEXT)
            .withSets(PlainValues.Sets.LIST)
            .withBinary(PlainValues.Binary.BASE64);

    /** The ways to decode, which all project alike. */
    enum Way {
        DECODE,
        DECODE_AND_COPY,
        SESSION,
        SESSION_AND_COPY,
        SESSION_THAT_KNOWS;

        /** Returns this way to decode, with one decoder or one session of it. */
        Function<byte[], ChangeEvent> of(ChangeEventDecoder decoder) {
            DecodeSession session = decoder.newSession();
            return switch (this) {
                case DECODE -> decoder::decode;
                case DECODE_AND_COPY -> bytes -> decoder.decode(bytes).copy();
                case SESSION -> session::decode;
                case SESSION_AND_COPY ->
                    bytes -> {
                        ChangeEvent copy = session.decode(bytes).copy();
                        session.tryDecode(new byte[0]);
                        return copy;
                    };
                case SESSION_THAT_KNOWS ->
                    bytes -> {
                        session.decode(bytes);
                        return session.decode(bytes);
                    };
            };
        }

        ChangeEvent decode(ChangeEventDecoder.Builder builder, String record) {
            return of(builder.build()).apply(json(record));
        }
    }

    private static final String RECORD = stream(
            "MODIFY",
            "'NewImage':{'z':{'S':'last'},'m':{'M':{'in':{'N':'1'},'z':{'S':'nested'}}},"
                    + "'a':{'N':'7'},'b':{'L':[{'S':'x'}]},"
                    + "'null':{'NULL':true}},"
                    + "'OldImage':{'a':{'N':'6'},'gone':{'S':'g'},'z':{'S':'first'}}");

    static ChangeEventDecoder.Builder only(String... names) {
        return ChangeEventDecoder.builder().attributes(names);
    }

    static ChangeEventDecoder.Builder only(StreamViewType images) {
        return ChangeEventDecoder.builder().images(images);
    }

    private static void assertLeftOut(String option, ThrowingCallable call) {
        assertThatIllegalStateException().isThrownBy(call).withMessageContaining(option + "(…)");
    }

    // ------------------------------------------------------------------------------------------- some attributes

    @ParameterizedTest
    @EnumSource
    void onlyTheNamedAttributesAreVisibleInTheOrderOfTheRecord(Way way) {
        ChangeEvent event = way.decode(only("a", "m", "z", "nowhere"), RECORD);
        Item image = newImage(event);
        assertThat(image.projected()).isTrue();
        assertThat(image.size()).isEqualTo(3);
        assertThat(image.size() == 0).isFalse();
        assertThat(image.toMap().toString()).isEqualTo("{z=last, m={in=1, z=nested}, a=7}");
        List<String> iterated = new ArrayList<>();
        image.iterator()
                .forEachRemaining(
                        entry -> iterated.add(entry.getKey() + entry.getValue().type()));
        assertThat(iterated).containsExactly("zS", "mM", "aN");
        List<String> walked = new ArrayList<>();
        image.forEach((name, value) -> walked.add(name + value.type()));
        assertThat(walked).isEqualTo(iterated);
        List<String> read = new ArrayList<>();
        AttributeReader reader = image.reader();
        while (reader.next()) {
            read.add(reader.name() + reader.type());
        }
        assertThat(read).isEqualTo(iterated);
        assertThat(image.require("a").asInt()).isEqualTo(7);
        assertThat(image.contains("z")).isTrue();
        assertThat(oldImage(event).toMap().toString()).isEqualTo("{a=6, z=first}");
        assertThat(image.toString()).isEqualTo("Item[3]");
    }

    @ParameterizedTest
    @EnumSource
    void omittedAttributesAreNotAbsent(Way way) {
        ChangeEvent event = way.decode(only("a", "nowhere"), RECORD);
        for (Item image : List.of(newImage(event), oldImage(event))) {
            for (String name : List.of("z", "gone", "in", "never there", "", "A")) {
                assertLeftOut("attributes", () -> image.get(name));
                assertLeftOut("attributes", () -> image.contains(name));
                assertLeftOut("attributes", () -> image.require(name));
            }
            assertThat(image.get("nowhere")).isNull();
            assertThat(image.contains("nowhere")).isFalse();
            assertThatThrownBy(() -> image.require("nowhere"))
                    .isInstanceOfSatisfying(
                            AttributeValueException.class,
                            e -> assertThat(e.reason()).isEqualTo(AttributeValueException.Reason.ABSENT));
            assertThat(image.require("a").asInt()).isPositive();
        }
        assertLeftOut("attributes", event::diff);
        assertThatIllegalStateException().isThrownBy(event::diff).withMessageContaining("needs them in full");
        assertThatIllegalStateException()
                .isThrownBy(() -> newImage(event).get("never there"))
                .withMessageNotContaining("never");
    }

    @ParameterizedTest
    @EnumSource
    void keysAreNotProjected(Way way) {
        for (ChangeEventDecoder.Builder builder : List.of(
                only(), only("a"), only(StreamViewType.KEYS_ONLY), only("a").images(StreamViewType.OLD_IMAGE))) {
            ChangeEvent event = way.decode(builder, RECORD);
            assertThat(event.keys().projected()).isFalse();
            assertThat(event.keys().toMap().toString()).isEqualTo("{pk=a}");
            assertThat(event.keys().require("pk").asString()).isEqualTo("a");
            assertThat(event.keys().get("a")).isNull();
            assertThat(event.keys().contains("z")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesInsideAttributesAreNotProjected(Way way) {
        Item map = newImage(way.decode(only("m"), RECORD)).require("m").asItem();
        assertThat(map.projected()).isFalse();
        assertThat(map.require("in").asInt()).isEqualTo(1);
        assertThat(map.require("z").asString()).isEqualTo("nested");
        assertThat(map.get("absent")).isNull();
        assertThat(map.toMap()).hasSize(2);
        ChangeEvent event = way.decode(only("in"), RECORD);
        assertThat(newImage(event).size() == 0).isTrue();
        assertThat(newImage(event).get("in")).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyListOfNamesOmitsAllAttributesAndKeepsTheImages(Way way) {
        ChangeEvent event = way.decode(only(), RECORD);
        assertThat(newImage(event).size()).isZero();
        assertThat(newImage(event).projected()).isTrue();
        assertThat(newImage(event).toMap()).isEmpty();
        assertThat(newImage(event).reader().next()).isFalse();
        assertThat(newImage(event).iterator().hasNext()).isFalse();
        assertThat(oldImage(event)).isEqualTo(newImage(event));
        assertLeftOut("attributes", () -> newImage(event).get("a"));
        assertThat(way.decode(only("a"), change("REMOVE", "")).newImage()).isNull();
        assertThat(way.decode(only("a"), change("REMOVE", "'OldImage':null")).oldImage())
                .isNull();
    }

    @ParameterizedTest
    @EnumSource
    void equalityComparesVisibleAttributes(Way way) {
        Item projected = newImage(way.decode(only("a", "b"), RECORD));
        Item same = newImage(Records.decode(change("MODIFY", "'NewImage':{'b':{'L':[{'S':'x'}]},'a':{'N':'7.0'}}")));
        assertThat(projected).isEqualTo(same);
        assertThat(same).isEqualTo(projected);
        assertThat(projected.hashCode()).isEqualTo(same.hashCode());
        assertThat(projected).isNotEqualTo(newImage(Records.decode(RECORD)));
        assertThat(projected)
                .isEqualTo(newImage(way.decode(only("b", "a"), RECORD.replace("'S':'last'", "'S':'other'"))));
    }

    /** Names match by their unescaped text, whether known or not, at any length. */
    @ParameterizedTest
    @EnumSource
    void namesMayBeSpelledInAnyWay(Way way) {
        String longName = "long".repeat(100);
        String image = "'NewImage':{'\\u0061b':{'N':'1'},'caf\u00e9':{'N':'2'},'na\\u00efve':{'N':'3'},'" + longName
                + "':{'N':'4'},'\\ud83d\\ude00':{'N':'5'},'':{'N':'6'},'q\\\"':{'N':'7'},'?':{'N':'8'}}";
        for (String[] names : List.of(
                new String[] {"ab", longName, "\ud83d\ude00", "q\""},
                new String[] {"caf\u00e9", "na\u00efve", "", "?"},
                new String[] {"\ud800", "AB", "a", "caf", longName + "l", longName.substring(1)})) {
            Set<String> wanted = Set.of(names);
            Item full = newImage(Records.decode(change("INSERT", image)));
            Item projected = newImage(way.decode(only(names), change("INSERT", image)));
            assertThat(entries(projected)).isEqualTo(kept(full, wanted));
        }
    }

    @Test
    void laterNamesReplaceEarlierOnes() {
        ChangeEventDecoder.Builder builder = only("a", "b");
        ChangeEventDecoder first = builder.build();
        ChangeEventDecoder second = builder.attributes("z").build();
        assertThat(newImage(first.decode(json(RECORD))).toMap().keySet()).containsExactly("a", "b");
        assertThat(newImage(second.decode(json(RECORD))).toMap().keySet()).containsExactly("z");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.attributes("a", "b", "a"));
    }

    @Test
    void withoutProjectionNothingIsOmitted() {
        ChangeEvent event = only(StreamViewType.NEW_AND_OLD_IMAGES).build().decode(json(RECORD));
        assertThat(newImage(event).projected()).isFalse();
        assertThat(newImage(event).get("never there")).isNull();
        assertThat(Objects.requireNonNull(event.diff()).removed()).containsOnlyKeys("gone");
    }

    // ------------------------------------------------------------------------------------------------ some images

    @ParameterizedTest
    @EnumSource
    void onlyTheNamedImagesAreVisible(Way way) {
        ChangeEvent onlyNew = way.decode(only(StreamViewType.NEW_IMAGE), RECORD);
        assertThat(newImage(onlyNew).size()).isEqualTo(5);
        assertThat(newImage(onlyNew).projected()).isFalse();
        assertThat(newImage(onlyNew).get("never there")).isNull();
        assertLeftOut("images", onlyNew::oldImage);
        assertLeftOut("images", onlyNew::diff);

        ChangeEvent onlyOld = way.decode(only(StreamViewType.OLD_IMAGE), RECORD);
        assertThat(oldImage(onlyOld).toMap().toString()).isEqualTo("{a=6, gone=g, z=first}");
        assertLeftOut("images", onlyOld::newImage);
        assertLeftOut("images", onlyOld::diff);

        ChangeEvent neither = way.decode(only(StreamViewType.KEYS_ONLY), RECORD);
        assertLeftOut("images", neither::newImage);
        assertLeftOut("images", neither::oldImage);
        assertLeftOut("images", neither::diff);
        assertThat(neither.toString()).doesNotContain("last");
    }

    @ParameterizedTest
    @EnumSource
    void anOmittedImageIsNotKnownToBeAbsent(Way way) {
        for (String members : List.of(
                "", "'NewImage':null,'OldImage':null", "'OldImage':{'a':{'N':'1'}}", "'NewImage':{'a':{'N':'1'}}")) {
            for (String name : List.of("INSERT", "MODIFY", "REMOVE")) {
                ChangeEvent onlyNew = way.decode(only(StreamViewType.NEW_IMAGE), change(name, members));
                assertLeftOut("images", onlyNew::oldImage);
                assertLeftOut("images", onlyNew::diff);
                assertThat(onlyNew.newImage() != null).isEqualTo(members.contains("'NewImage':{"));
                ChangeEvent onlyOld = way.decode(only(StreamViewType.OLD_IMAGE), change(name, members));
                assertLeftOut("images", onlyOld::newImage);
                assertLeftOut("images", onlyOld::diff);
                assertThat(onlyOld.oldImage() != null).isEqualTo(members.contains("'OldImage':{"));
                assertLeftOut("attributes", way.decode(only("a"), change(name, members))::diff);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void imagesAndAttributesAreProjectedTogether(Way way) {
        ChangeEvent event = way.decode(only("gone", "z").images(StreamViewType.OLD_IMAGE), RECORD);
        assertThat(oldImage(event).toMap().toString()).isEqualTo("{gone=g, z=first}");
        assertLeftOut("attributes", () -> oldImage(event).get("a"));
        assertLeftOut("images", event::newImage);
        assertThatIllegalStateException().isThrownBy(event::diff);
    }

    @ParameterizedTest
    @EnumSource
    void aBuilderTakesTheVisibleAttributesOfAProjectedImage(Way way) {
        ChangeEvent event = way.decode(only("gone", "a"), RECORD);
        ChangeEvent built = ChangeEvent.builder(EventName.MODIFY)
                .keys(event.keys())
                .newImage(event.newImage())
                .oldImage(event.oldImage())
                .build();
        assertThat(built.newImage()).isEqualTo(event.newImage());
        assertThat(oldImage(built).toMap().toString()).isEqualTo("{a=6, gone=g}");
        assertThat(newImage(built).projected()).isFalse();
        assertThat(newImage(built).get("b")).isNull();
    }

    @SuppressWarnings("NullAway") // as callers without a null checker may do
    @Test
    void unknownCannotBeProjected() {
        ChangeEventDecoder.Builder builder = ChangeEventDecoder.builder();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.images(StreamViewType.UNKNOWN));
        assertThatNullPointerException().isThrownBy(() -> builder.images(null));
    }

    // ---------------------------------------------------------------------------------------------------- exports

    @ParameterizedTest
    @EnumSource
    void keysOfAFullExportAreTakenFromTheItemBeforeProjection(Way way) {
        String line = "{'Item':{'v':{'S':'x'},'sk':{'N':'2'},'w':{'M':{'pk':{'S':'no'}}},'pk':{'S':'p'}}}";
        ChangeEvent event = way.decode(only("v").keyAttributes("pk", "sk"), line);
        assertThat(event.keys().toMap()).isEqualTo(Map.of("pk", "p", "sk", new BigDecimal(2)));
        assertThat(event.keys().projected()).isFalse();
        assertThat(event.keys().get("v")).isNull();
        assertThat(newImage(event).toMap()).isEqualTo(Map.of("v", "x"));
        assertLeftOut("attributes", () -> newImage(event).get("pk"));
        assertThat(event.eventName()).isEqualTo(EventName.INSERT);

        ChangeEvent ofAll = way.decode(only("pk", "w").keyAttributes("pk"), line);
        assertThat(newImage(ofAll).toMap().toString()).isEqualTo("{w={pk=no}, pk=p}");
        assertThat(ofAll.keys().toMap()).isEqualTo(Map.of("pk", "p"));

        ChangeEvent keysOnly = way.decode(only(StreamViewType.KEYS_ONLY).keyAttributes("sk", "pk"), line);
        assertThat(keysOnly.keys().toMap()).hasSize(2);
        assertLeftOut("images", keysOnly::newImage);
        assertLeftOut("images", way.decode(only(StreamViewType.OLD_IMAGE), line)::newImage);
        assertThat(way.decode(only(StreamViewType.OLD_IMAGE), line).oldImage()).isNull();
    }

    @Test
    void anAbsentKeyAttributeIsMissingUnderEveryProjection() {
        for (ChangeEventDecoder.Builder builder : List.of(only("v"), only(), only(StreamViewType.KEYS_ONLY))) {
            DecodeException failure =
                    Refusals.refusal(builder.keyAttributes("pk", "sk").build(), "{'Item':{'pk':{'S':'p'}}}");
            assertThat(failure.reason()).isEqualTo(Reason.MISSING_FIELD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void omittedImagesStillDetermineTheEventNameOfAnExport(Way way) {
        String head = "{'Metadata':{'WriteTimestampMicros':{'N':'1719039879869591'}},'Keys':{'k':{'S':'x'}}";
        for (StreamViewType images :
                List.of(StreamViewType.KEYS_ONLY, StreamViewType.NEW_IMAGE, StreamViewType.OLD_IMAGE)) {
            assertThat(way.decode(only(images), head + ",'NewImage':{'k':{'S':'x'}}}")
                            .eventName())
                    .isEqualTo(EventName.INSERT);
            assertThat(way.decode(only(images), head + ",'OldImage':{'k':{'S':'x'}}}")
                            .eventName())
                    .isEqualTo(EventName.REMOVE);
            assertThat(way.decode(only(images), head + "}").eventName()).isEqualTo(EventName.REMOVE);
            assertThat(way.decode(only(images), head + ",'NewImage':{},'OldImage':{'k':{'S':'x'}}}")
                            .eventName())
                    .isEqualTo(EventName.REMOVE);
            assertThat(way.decode(only(images), head + ",'NewImage':{'k':{'S':'x'}},'OldImage':{'k':{'S':'x'}}}")
                            .eventName())
                    .isEqualTo(EventName.MODIFY);
        }
    }

    // ---------------------------------------------------------------------------------------------------- verdicts

    private static final List<UnaryOperator<ChangeEventDecoder.Builder>> PROJECTIONS = List.of(
            builder -> builder.attributes(),
            builder -> builder.attributes("kept"),
            builder -> builder.images(StreamViewType.KEYS_ONLY),
            builder -> builder.images(StreamViewType.NEW_IMAGE),
            builder -> builder.images(StreamViewType.OLD_IMAGE),
            builder -> builder.attributes("kept").images(StreamViewType.NEW_IMAGE));

    @Test
    void omittedAttributesAreValidatedLikeVisibleOnes() {
        for (String value : List.of(
                "{'S':'\\x'}",
                "{'S':1}",
                "{'N':'1x'}",
                "{'N':1}",
                "{'B':'AQ='}",
                "{'BOOL':'true'}",
                "{'SS':['a',1]}",
                "{'NS':['1','']}",
                "{'M':{'a':{'S':''},'a':{'S':''}}}",
                "{'L':[{}]}",
                "{'S':'','N':'1'}",
                "{'X':1}",
                "{}",
                "'x'",
                "{'M':{'a':".repeat(65) + "{'S':''}" + "}}".repeat(65))) {
            for (String members : List.of(
                    "'NewImage':{'left out':" + value + ",'kept':{'S':'x'}}",
                    "'OldImage':{'kept':{'S':'x'},'left out':" + value + "}",
                    "'NewImage':{'left out':{'S':'x'},'left \\u006fut':{'S':'x'}}")) {
                byte[] record = json(kinesis("MODIFY", members));
                DecodeException expected = Objects.requireNonNull(
                        ChangeEventDecoder.create().tryDecode(record).failure());
                for (UnaryOperator<ChangeEventDecoder.Builder> projection : PROJECTIONS) {
                    ChangeEventDecoder decoder =
                            projection.apply(ChangeEventDecoder.builder()).build();
                    DecodeSession session = decoder.newSession();
                    for (int i = 0; i < 2; i++) {
                        assertSameFailure(decoder.tryDecode(record), expected);
                        assertSameFailure(session.tryDecode(record), expected);
                        session.decode(json(RECORD));
                    }
                }
            }
        }
    }

    private static void assertSameFailure(DecodeResult result, DecodeException expected) {
        DecodeException failure = Objects.requireNonNull(result.failure());
        assertThat(place(failure)).isEqualTo(place(expected));
    }

    static String place(DecodeException failure) {
        return failure.reason() + " at " + failure.offset() + " in " + failure.path();
    }

    @Test
    void omittedAttributesCountForTheBinaryEncodingToo() {
        String twice = Records.base64Twice((byte) 1, (byte) 2);
        String once = Records.base64((byte) 1);
        byte[] allTwice =
                json(kinesis("MODIFY", "'NewImage':{'kept':{'B':'" + twice + "'},'other':{'B':'" + twice + "'}}"));
        byte[] otherOnce =
                json(kinesis("MODIFY", "'NewImage':{'kept':{'B':'" + twice + "'},'other':{'B':'" + once + "'}}"));
        byte[] oldOnce = json(kinesis(
                "MODIFY",
                "'NewImage':{'kept':{'B':'" + twice + "'}},'OldImage':{'m':{'M':{'x':{'BS':['" + once + "']}}}}"));
        byte[] onlyOther = json(kinesis("MODIFY", "'NewImage':{'kept':{'S':'x'},'other':{'B':'" + twice + "'}}"));
        for (UnaryOperator<ChangeEventDecoder.Builder> projection : PROJECTIONS) {
            ChangeEventDecoder decoder =
                    projection.apply(ChangeEventDecoder.builder()).build();
            for (Way way : Way.values()) {
                Function<byte[], ChangeEvent> decoding = way.of(decoder);
                assertThat(decoding.apply(allTwice).binaryEncoding()).isEqualTo(BinaryEncoding.DOUBLE);
                assertThat(decoding.apply(otherOnce).binaryEncoding()).isEqualTo(BinaryEncoding.SINGLE);
                assertThat(decoding.apply(oldOnce).binaryEncoding()).isEqualTo(BinaryEncoding.SINGLE);
                assertThat(decoding.apply(onlyOther).binaryEncoding()).isEqualTo(BinaryEncoding.DOUBLE);
            }
            DecodeException failure = Objects.requireNonNull(projection
                    .apply(ChangeEventDecoder.builder().binaryEncoding(BinaryEncoding.DOUBLE))
                    .build()
                    .tryDecode(otherOnce)
                    .failure());
            assertThat(failure.reason()).isEqualTo(Reason.BAD_BASE64);
        }
        Item kept = newImage(only("kept").build().decode(allTwice));
        assertThat(kept.require("kept").asBytes()).containsExactly(1, 2);
        assertThat(newImage(only("kept").build().decode(otherOnce))
                        .require("kept")
                        .asBytes())
                .isEqualTo(Records.base64((byte) 1, (byte) 2).getBytes(UTF_8));
    }

    // ----------------------------------------------------------------------------------------------------- helpers

    /** Returns the attributes in their order. */
    static String entries(Item item) {
        return item.toMap(VERBATIM).toString();
    }

    static String kept(Item full, Set<String> names) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(full.toMap(VERBATIM));
        kept.keySet().retainAll(names);
        return kept.toString();
    }
}
