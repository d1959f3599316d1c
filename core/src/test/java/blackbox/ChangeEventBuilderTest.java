package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.newImage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.AllocatedBytes;
import fixtures.EventAccessors;
import fixtures.Records;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.StreamViewType;
import io.github.dynamodbcdc.TimePrecision;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events from Java objects. */
class ChangeEventBuilderTest {
    private static final Map<String, Object> KEYS = Map.of("pk", "a");

    private static ChangeEvent.Builder insert() {
        return ChangeEvent.builder(EventName.INSERT).keys(KEYS);
    }

    private static String json(ChangeEvent.Builder builder) {
        return new String(builder.toBytes(), UTF_8).replace('"', '\'');
    }

    private static ChangeEvent.Builder withValue(@Nullable Object value) {
        return insert().newImage(Collections.singletonMap("v", value));
    }

    /** Returns the JSON of a value, as a stream's record has it. */
    private static String written(@Nullable Object value) {
        String json = json(withValue(value).sequenceNumber("1"));
        String before = "'NewImage':{'v':";
        return json.substring(json.indexOf(before) + before.length(), json.indexOf("},'SequenceNumber'"));
    }

    private static AttributeValue built(@Nullable Object value) {
        return newImage(withValue(value).build()).require("v");
    }

    private static void assertRefused(@Nullable Object value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withValue(value))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
    }

    // ------------------------------------------------------------------------------------------------- records

    @Test
    void aKinesisRecordIsWrittenAsDynamoDbWritesIt() {
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("location", "placeholder_bytes".getBytes(UTF_8));
        image.put("group_lon", new BigDecimal("-97.169068"));
        ChangeEvent.Builder builder = ChangeEvent.builder(EventName.INSERT)
                .eventSource("aws:dynamodb")
                .keys(Map.of("mtime", 1719039879651L))
                .newImage(image)
                .tableName("pinot-ingestion-demo")
                .recordFormat("application/json")
                .eventId("e5c2d473")
                .awsRegion("us-east-2")
                .sizeBytes(313L)
                .approximateCreationDateTime(
                        Instant.parse("2024-06-22T07:04:39.869591999Z"), TimePrecision.MICROSECOND);
        assertThat(json(builder))
                .isEqualTo("{'awsRegion':'us-east-2','eventID':'e5c2d473','eventName':'INSERT','userIdentity':null,"
                        + "'recordFormat':'application/json','tableName':'pinot-ingestion-demo','dynamodb':{"
                        + "'ApproximateCreationDateTime':1719039879869591,'Keys':{'mtime':{'N':'1719039879651'}},"
                        + "'NewImage':{'location':{'B':'Y0d4aFkyVm9iMnhrWlhKZllubDBaWE09'},"
                        + "'group_lon':{'N':'-97.169068'}},'SizeBytes':313,"
                        + "'ApproximateCreationDateTimePrecision':'MICROSECOND'},'eventSource':'aws:dynamodb'}");
        ChangeEvent event = builder.build();
        assertThat(event.channel()).isEqualTo(Channel.KINESIS);
        assertThat(event.binaryEncoding()).isEqualTo(BinaryEncoding.DOUBLE);
        assertThat(newImage(event).require("location").asBytes())
                .asString(UTF_8)
                .isEqualTo("placeholder_bytes");
    }

    @Test
    void aStreamsRecordIsWrittenAsLambdaPassesIt() {
        String arn = "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2024-06-22T07:04:39.869";
        ChangeEvent.Builder builder = ChangeEvent.builder(EventName.REMOVE)
                .eventSourceArn(arn)
                .userIdentity("Service", "dynamodb.amazonaws.com")
                .streamViewType(StreamViewType.OLD_IMAGE)
                .sequenceNumber("111")
                .oldImage(Map.of("b", new byte[] {1, 2, 3}))
                .keys(KEYS)
                .awsRegion("us-east-1")
                .eventSource("aws:dynamodb")
                .eventVersion("1.1")
                .eventId("1")
                .approximateCreationDateTime(Instant.parse("2015-04-09T00:00:00.9Z"), TimePrecision.SECOND);
        assertThat(json(builder))
                .isEqualTo("{'eventID':'1','eventName':'REMOVE','eventVersion':'1.1','eventSource':'aws:dynamodb',"
                        + "'awsRegion':'us-east-1','userIdentity':{'type':'Service',"
                        + "'principalId':'dynamodb.amazonaws.com'},'dynamodb':{"
                        + "'ApproximateCreationDateTime':1428537600,'Keys':{'pk':{'S':'a'}},"
                        + "'OldImage':{'b':{'B':'AQID'}},'SequenceNumber':'111','StreamViewType':'OLD_IMAGE'},"
                        + "'eventSourceARN':'" + arn + "'}");
        ChangeEvent event = builder.build();
        assertThat(event.tableName()).isEqualTo("orders");
        assertThat(event.deletedByTimeToLive()).isTrue();
        assertThat(event.binaryEncoding()).isEqualTo(BinaryEncoding.SINGLE);
    }

    @Test
    void aMemberThatIsNotSetOrSetToNullIsAbsent() {
        ChangeEvent event = insert().eventId("x")
                .eventId(null)
                .eventSource(null)
                .eventVersion(null)
                .eventSourceArn(null)
                .awsRegion(null)
                .tableName(null)
                .recordFormat(null)
                .newImage(KEYS)
                .newImage((Map<String, ?>) null)
                .oldImage((Item) null)
                .approximateCreationDateTime(Instant.EPOCH, TimePrecision.SECOND)
                .approximateCreationDateTime(null)
                .approximateCreationDateTime(null, TimePrecision.SECOND)
                .sequenceNumber(null)
                .sizeBytes(1L)
                .sizeBytes(null)
                .streamViewType(null)
                .build();
        assertThat(EventAccessors.of(event)).isEqualTo(EventAccessors.of(insert().build()));
        assertThat(json(insert())).isEqualTo("{'eventName':'INSERT','dynamodb':{'Keys':{'pk':{'S':'a'}}}}");
        assertThat(event.channel()).isEqualTo(Channel.UNKNOWN);
        assertThat(event.newImage()).isNull();
    }

    @Test
    void anyTextMayBeTheEventName() {
        ChangeEvent later = ChangeEvent.builder("UPSERT").keys(KEYS).build();
        assertThat(later.eventName()).isEqualTo(EventName.UNKNOWN);
        assertThat(later.eventNameText()).isEqualTo("UPSERT");
        assertThat(ChangeEvent.builder("REMOVE").keys(KEYS).build().eventName()).isEqualTo(EventName.REMOVE);
        for (ChangeEvent.Builder none :
                List.of(ChangeEvent.builder(EventName.UNKNOWN), ChangeEvent.builder((String) null))) {
            assertThat(none.keys(KEYS).build().eventNameText()).isNull();
        }
    }

    @Test
    void keysAreRequiredAndMayBeEmpty() {
        ChangeEvent.Builder builder = ChangeEvent.builder(EventName.INSERT).newImage(KEYS);
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("keys(…)");
        assertThatIllegalStateException().isThrownBy(builder::toBytes).withMessageContaining("keys(…)");
        assertThat(builder.keys(Map.of()).build().keys().size()).isZero();
    }

    @Test
    void anImageWithoutAttributesIsAbsentAsInARecord() {
        ChangeEvent event = insert().newImage(KEYS).newImage(Map.of()).build();
        assertThat(event.newImage()).isNull();
    }

    @Test
    void aBuilderBuildsSeveralEventsThatDoNotReferToIt() {
        ChangeEvent.Builder builder = insert().eventId("1");
        ChangeEvent first = builder.build();
        ChangeEvent second = builder.eventId("2").keys(Map.of("pk", "b")).build();
        assertThat(first.eventId()).isEqualTo("1");
        assertThat(first.keys().require("pk").asString()).isEqualTo("a");
        assertThat(second.keys().require("pk").asString()).isEqualTo("b");
    }

    @Test
    void aDifferenceAndATimeToLiveDeletionAreAsInADecodedEvent() {
        ChangeEvent event = ChangeEvent.builder(EventName.MODIFY)
                .keys(KEYS)
                .oldImage(Map.of("a", 1, "b", 2))
                .newImage(Map.of("a", new BigDecimal("1.0"), "c", 3))
                .build();
        var diff = Objects.requireNonNull(event.diff());
        assertThat(diff.added()).containsOnlyKeys("c");
        assertThat(diff.removed()).containsOnlyKeys("b");
        assertThat(diff.changed()).isEmpty();
    }

    // -------------------------------------------------------------------------------------------------- values

    private static Stream<Arguments> values() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", List.of());
        map.put("a", null);
        return Stream.of(
                values("", "{'S':''}"),
                values("é\uD83D\uDE00/\u007F\u2028", "{'S':'é\uD83D\uDE00/\u007F\u2028'}"),
                values("\\\b\t\n\f\r\u0000\u000B\u001F", "{'S':'\\\\\\b\\t\\n\\f\\r\\u0000\\u000b\\u001f'}"),
                values(1, "{'N':'1'}"),
                values((short) -2, "{'N':'-2'}"),
                values((byte) 3, "{'N':'3'}"),
                values(Long.MIN_VALUE, "{'N':'-9223372036854775808'}"),
                values(new BigInteger("123456789012345678901234567890"), "{'N':'123456789012345678901234567890'}"),
                values(new BigDecimal("1.50"), "{'N':'1.50'}"),
                values(new BigDecimal("1E+2"), "{'N':'1E+2'}"),
                values(new BigDecimal("1E-130"), "{'N':'0." + "0".repeat(129) + "1'}"),
                values(new BigDecimal("1E-9999"), "{'N':'1E-9999'}"),
                values(0.1, "{'N':'0.1'}"),
                values(5.0, "{'N':'5'}"),
                values(-0.0, "{'N':'0'}"),
                values(1e20, "{'N':'100000000000000000000'}"),
                values(1e21, "{'N':'1000000000000000000000'}"),
                values(2e-3, "{'N':'0.002'}"),
                values(9.99e125, "{'N':'999" + "0".repeat(123) + "'}"),
                values(1e126, "{'N':'1E+126'}"),
                values(Float.MIN_VALUE, "{'N':'0." + "0".repeat(44) + "1'}"),
                values(Double.MIN_VALUE, "{'N':'5E-324'}"),
                values(Double.MAX_VALUE, "{'N':'1.7976931348623157E+308'}"),
                values(0.1f, "{'N':'0.1'}"),
                values(16777216f, "{'N':'16777216'}"),
                values(new byte[0], "{'B':''}"),
                values(new byte[] {-1, 0}, "{'B':'/wA='}"),
                values(ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2), "{'B':'AQI='}"),
                values(true, "{'BOOL':true}"),
                values(false, "{'BOOL':false}"),
                values(null, "{'NULL':true}"),
                values(new LinkedHashSet<>(List.of("b", "", "a")), "{'SS':['b','','a']}"),
                values(
                        new LinkedHashSet<Object>(List.of(2, 1L, new BigDecimal("0.5"), 7.0)),
                        "{'NS':['2','1','0.5','7']}"),
                values(
                        new LinkedHashSet<Object>(List.of(new byte[] {1}, ByteBuffer.wrap(new byte[] {2}))),
                        "{'BS':['AQ==','Ag==']}"),
                values(new LinkedHashSet<Object>(List.of(Records.number("1.0"), 2)), "{'NS':['1.0','2']}"),
                values(List.of(), "{'L':[]}"),
                values(Arrays.asList(1, null, List.of("x")), "{'L':[{'N':'1'},{'NULL':true},{'L':[{'S':'x'}]}]}"),
                values(new ArrayDeque<>(List.of(true)), "{'L':[{'BOOL':true}]}"),
                values(map, "{'M':{'b':{'L':[]},'a':{'NULL':true}}}"),
                values(Map.of(), "{'M':{}}"),
                values(Records.item("{'x':{'N':'01'}}"), "{'M':{'x':{'N':'01'}}}"));
    }

    private static Arguments values(@Nullable Object value, String json) {
        return Arguments.of(value, json);
    }

    @ParameterizedTest
    @MethodSource("values")
    void aJavaValueIsWrittenAsTheTypeThatDynamoDbHasForIt(@Nullable Object value, String json) {
        assertThat(written(value)).isEqualTo(json);
        assertThat(built(value)).isEqualTo(Records.value(json));
    }

    private static Stream<Named<AttributeValue>> views() {
        return Stream.of(AttributeType.values())
                .map(type -> Named.of(type.name(), Records.value(Records.ACCEPTS_UNKNOWN, Records.ofType(type))));
    }

    @ParameterizedTest
    @MethodSource("views")
    void anAttributeValueOfAnyTypeIsWrittenAsItIs(AttributeValue value) {
        assertThat(written(value)).isEqualTo(Records.ofType(value.type()));
        assertThat(written(List.of(value))).isEqualTo("{'L':[" + Records.ofType(value.type()) + "]}");
        assertThat(built(value)).isEqualTo(value);
        assertThat(newImage(withValue(value).build().toBuilder().build()).require("v"))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ 'X\\\\\\'S' : [ 'é' ] }", "{'':{'a':1}}", "{'X':null}"})
    void aTypeThatDynamoDbDoesNotHaveKeepsItsDescriptor(String json) {
        AttributeValue value = Records.value(Records.ACCEPTS_UNKNOWN, json);
        assertThat(written(value).replace(" ", "")).isEqualTo(json.replace(" ", ""));
        assertThat(built(value).unknownJson()).isEqualTo(value.unknownJson());
    }

    @Test
    void numbersThatAreTextsKeepTheSpellingOfDynamoDb() {
        for (String text : List.of("0.0000001", "100000000000000000000000", "1.10", "-0.5", "0")) {
            assertThat(built(new BigDecimal(text)).numberText()).isEqualTo(text);
        }
        assertThat(built(Records.number("+01E2")).numberText()).isEqualTo("+01E2");
    }

    @Test
    void plainValuesOfAnEventBuildTheSameEvent() {
        Item image = Records.item("{'s':{'S':'x'},'n':{'N':'1.50'},'e':{'N':'1E+3'},'b':{'B':'AQID'},'t':{'BOOL':true},"
                + "'z':{'NULL':true},'ss':{'SS':['b','a']},'ns':{'NS':['2','1']},'bs':{'BS':['Ag==','AQ==']},"
                + "'l':{'L':[{'N':'1'},{'S':'x'}]},'m':{'M':{'s':{'S':'y'}}}}");
        ChangeEvent event = insert().newImage(image.toMap()).build();
        assertThat(newImage(event)).isEqualTo(image);
        assertThat(insert().newImage(image).toBytes())
                .isEqualTo(insert().newImage(image.toMap()).toBytes());
        assertThat(newImage(event).toMap().get("e")).isEqualTo(new BigDecimal("1E+3"));
    }

    @Test
    void laterChangesOfMapsArraysBuffersAndSessionsChangeNothing() {
        byte[] bytes = {1, 2};
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {3, 4, 5});
        buffer.position(1);
        List<Object> list = new ArrayList<>(List.of("x"));
        DecodeSession session = DECODER.newSession();
        Item window = session.decode(Records.json(Records.change("INSERT", ""))).keys();
        Map<String, @Nullable Object> image = new HashMap<>(Map.of("b", bytes, "f", buffer, "l", list, "w", window));
        ChangeEvent.Builder builder = insert().newImage(image).oldImage(window);
        image.clear();
        Arrays.fill(bytes, (byte) 9);
        list.clear();
        session.decode(Records.json(Records.change("INSERT", "").replace("'a'", "'other'")));
        ChangeEvent event = builder.build();
        Item built = newImage(event);
        assertThat(built.size()).isEqualTo(4);
        assertThat(built.require("b").asBytes()).containsExactly(1, 2);
        assertThat(built.require("f").asBytes()).containsExactly(4, 5);
        assertThat(built.require("l").asList()).hasSize(1);
        assertThat(built.require("w").asItem().require("pk").asString()).isEqualTo("a");
        assertThat(Records.oldImage(event).require("pk").asString()).isEqualTo("a");
        assertThat(buffer.position()).isEqualTo(1);
        assertThat(buffer.limit()).isEqualTo(3);
        byte[] record = builder.toBytes();
        Arrays.fill(record, (byte) 0);
        assertThat(built.require("b").asBytes()).containsExactly(1, 2);
    }

    @Test
    void aBufferWithoutAnArrayIsRead() {
        ByteBuffer direct =
                ByteBuffer.allocateDirect(2).put((byte) 1).put((byte) 2).flip();
        assertThat(written(direct)).isEqualTo("{'B':'AQI='}");
        assertThat(written(direct.asReadOnlyBuffer())).isEqualTo("{'B':'AQI='}");
    }

    // ------------------------------------------------------------------------------------------------ refusals

    @Test
    void aClassWithoutATypeIsRefusedByItsName() {
        assertRefused(new AtomicReference<>("canary"), "class java.util.concurrent.atomic.AtomicReference");
        assertRefused('c', "class java.lang.Character");
        assertRefused(new Object[] {"canary"}, "class [Ljava.lang.Object;");
        assertRefused(List.of(new int[] {1}), "class [I");
        assertRefused(Instant.EPOCH, "class java.time.Instant");
        assertRefused(EventName.INSERT, "class io.github.dynamodbcdc.EventName");
        assertRefused(Path.of("canary"), "Path"); // Iterable, but not a Collection
        assertRefused(new AtomicLong(8675309), "AtomicLong");
    }

    @Test
    void aNumberThatIsNotFiniteIsRefused() {
        for (Object number : List.of(
                Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Float.NaN, Float.POSITIVE_INFINITY)) {
            assertRefused(number, "NaN or infinite");
            assertRefused(Set.of(number), "NaN or infinite");
        }
    }

    @Test
    void aSetThatIsEmptyOrMixedOrOfOtherValuesIsRefused() {
        assertRefused(Set.of(), "empty");
        assertRefused(new LinkedHashSet<Object>(List.of("canary", 8675309)), "of the types S and N");
        assertRefused(new LinkedHashSet<Object>(List.of(1, new byte[1])), "of the types N and B");
        assertRefused(new LinkedHashSet<Object>(List.of("canary", Records.number("8675309"))), "S and N");
        assertRefused(Collections.singleton(null), "a member of null");
        assertRefused(Set.of(true), "class java.lang.Boolean");
        assertRefused(Set.of(List.of("canary")), "strings, numbers or binary");
        assertRefused(Set.of(Records.value("{'L':[]}")), "strings, numbers or binary");
        assertRefused(Set.of(Map.of("canary", 1)), "strings, numbers or binary");
    }

    @Test
    void aNameThatIsNotAStringIsRefused() {
        assertRefused(Map.of(8675309, "canary"), "an attribute name must be a String, is class java.lang.Integer");
        assertRefused(Collections.singletonMap(null, "canary"), "is null");
    }

    @Test
    void aSurrogateWithoutItsOtherHalfIsRefusedEverywhere() {
        for (String text : List.of("canary\uD83D", "\uDE00canary", "\uD83D\uD83D\uDE00", "\uDE00\uD83D")) {
            assertRefused(text, "unpaired surrogate");
            assertRefused(Set.of(text), "unpaired surrogate");
            assertRefused(Map.of(text, 1), "unpaired surrogate");
            assertThatIllegalArgumentException().isThrownBy(() -> insert().eventId(text));
            assertThatIllegalArgumentException().isThrownBy(() -> ChangeEvent.builder(text));
        }
    }

    private static Object nested(int levels) {
        return nested("canary", levels);
    }

    private static Object nested(Object innermost, int levels) {
        Object value = innermost;
        for (int i = 1; i < levels; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("m", value);
        }
        return value;
    }

    @Test
    void nestingIsLimitedToTheLevelsThatADecoderAccepts() {
        assertThat(built(nested(64))).isNotNull();
        assertRefused(nested(65), "64 levels");
        assertRefused(nested(100_000), "64 levels");
        AttributeValue deep = built(nested(64));
        assertThat(built(deep)).isEqualTo(deep);
        assertRefused(List.of(deep), "64 levels");
        AttributeValue unknown = Records.value(Records.ACCEPTS_UNKNOWN, "{'X':'canary'}");
        assertThat(built(nested(unknown, 64))).isNotNull();
        assertRefused(nested(unknown, 65), "64 levels");
    }

    @Test
    void aCollectionThatContainsItselfIsRefused() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add(list);
        assertRefused(list, "contains itself");
        Map<String, Object> map = new HashMap<>();
        map.put("canary", map);
        assertRefused(map, "contains itself");
        assertThatIllegalArgumentException().isThrownBy(() -> insert().keys(map));
    }

    @Test
    void aCollectionThatContainsAnotherManyTimesIsRefusedBeforeItFillsTheMemory() {
        Object value = List.of();
        for (int i = 0; i < 60; i++) {
            value = List.of(value, value);
        }
        assertRefused(value, "16777216 bytes");
    }

    @Test
    void aValueBeyondTheLimitIsRefusedBeforeItIsCopied() {
        String text = "c".repeat(20_000_000);
        byte[] binary = new byte[20_000_000];
        long allocated = AllocatedBytes.ofQuietestRound(() -> {
            assertRefused(text, "16777216 bytes");
            assertRefused(Map.of(text, 1), "65535 bytes");
            assertRefused(binary, "16777216 bytes");
            assertRefused(ByteBuffer.wrap(binary), "16777216 bytes");
        });
        assertThat(allocated).isLessThan(1_000_000);
    }

    @Test
    void aSetThatChangesWhileItIsReadIsNotWrittenAsAnotherType() {
        Set<Object> set = new AbstractSet<>() {
            private int reads;

            @Override
            public Iterator<Object> iterator() {
                return List.<Object>of("canary", reads++ == 0 ? "canary" : 8675309)
                        .iterator();
            }

            @Override
            public int size() {
                return 2;
            }
        };
        assertThatThrownBy(() -> built(set)).isInstanceOf(ConcurrentModificationException.class);
    }

    /** The text of a BigDecimal has one digit before the point, and so may need more digits of the exponent. */
    @Test
    void everyNumberThatADecoderAcceptsCanBeWritten() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
            int digits = 1 + random.nextInt(240);
            int zeros = random.nextInt(4) == 0 ? random.nextInt(digits) : 0;
            int point = random.nextInt(digits);
            for (int d = 0; d < digits; d++) {
                text.append(d < zeros ? 0 : random.nextInt(10)).append(d == point && d < digits - 1 ? "." : "");
            }
            int exponent = random.nextBoolean() ? 9_999 - random.nextInt(300) : random.nextInt(9_999);
            text.append('E').append(random.nextBoolean() ? exponent : -exponent);
            BigDecimal number = new BigDecimal(text.toString());
            ChangeEvent event = ChangeEvent.builder(EventName.INSERT)
                    .keys(Map.of("k", "1"))
                    .newImage(Map.of("n", number))
                    .build();
            assertThat(newImage(event).require("n").asBigDecimal())
                    .as(text.toString())
                    .isEqualTo(number);
        }
    }

    @Test
    void aNumberOrNameBeyondTheLimitsIsRefused() {
        assertThat(written(new BigInteger("9".repeat(256)))).hasSize(256 + "{'N':''}".length());
        assertRefused(new BigInteger("9".repeat(257)), "256 characters");
        assertRefused(BigInteger.ONE.shiftLeft(10_000_000), "256 characters");
        assertRefused(new BigDecimal("1E+10000"), "4 digits of the exponent");
        assertRefused(new BigDecimal("1E-10300"), "4 digits of the exponent");
        AttributeValue wide = Records.value(
                ChangeEventDecoder.builder()
                        .limits(DecodeLimits.defaults().withMaxExponentDigits(6))
                        .build(),
                "{'N':'1e100000'}");
        assertRefused(wide, "4 digits of the exponent");
        assertThat(built(Map.of("n".repeat(65_535), 1))).isNotNull();
        assertRefused(Map.of("n".repeat(65_536), 1), "65535 bytes");
        assertRefused(Map.of("é".repeat(32_768), 1), "65535 bytes");
    }

    @Test
    void aRecordBeyondTheLimitOfItsSizeIsNotBuilt() {
        byte[] half = new byte[6 << 20];
        ChangeEvent.Builder builder = insert().newImage(Map.of("b", half)).oldImage(Map.of("b", half));
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContaining("a decoder with default options would refuse the record")
                .withMessageContaining("RECORD_LIMIT");
    }

    // ---------------------------------------------------------------------------------------------------- time

    @ParameterizedTest
    @CsvSource({
        "2024-06-22T07:04:39.869591Z, MICROSECOND, true, 1719039879869591",
        "2024-06-22T07:04:39.869591Z, MICROSECOND, false, 1719039879869591",
        "2024-06-22T07:04:39.869Z, MILLISECOND, true, 1719039879869",
        "2024-06-22T07:04:39Z, SECOND, true, 1719039879",
        "2024-06-22T07:04:39Z, SECOND, false, 1719039879",
        "2024-06-22T07:04:39.000000001Z, NANOSECOND, false, 1719039879000000001",
        "1970-01-01T00:00:00Z, SECOND, false, 0",
        "1970-01-01T00:00:05.500Z, MILLISECOND, true, 5500",
        "1970-01-01T00:00:05.500Z, MILLISECOND, false, '\"1970-01-01T00:00:05.500Z\"'",
        "1915-07-12T16:55:20.131Z, MILLISECOND, false, -1719039879869",
        "+10000-01-01T00:00:00Z, SECOND, false, '\"+10000-01-01T00:00:00Z\"'"
    })
    void aTimeIsReadAsItWasSet(String text, TimePrecision unit, boolean stated, String number) {
        Instant instant = Instant.parse(text);
        ChangeEvent.Builder builder = insert().approximateCreationDateTime(CreationTime.of(instant, unit, stated));
        assertThat(new String(builder.toBytes(), UTF_8)).contains("\"ApproximateCreationDateTime\":" + number + ",");
        assertThat(json(builder).contains("'ApproximateCreationDateTimePrecision':'" + unit + "'"))
                .isEqualTo(stated);
        CreationTime read = Objects.requireNonNull(builder.build().approximateCreationDateTime());
        assertThat(read.toInstant()).isEqualTo(instant);
        assertThat(read.precision()).isEqualTo(unit);
        assertThat(read.stated()).isEqualTo(stated);
    }

    @ParameterizedTest
    @CsvSource({
        "1719039879000.0000001, MILLISECOND, 1719039879000.0000001",
        "1719039879000000.00090, MICROSECOND, 1719039879000000.0001",
        "1719039879869000000.5, NANOSECOND, 1719039879869000000.1",
        "-1719039878999.99999999, MILLISECOND, -1719039878999.9999999",
        "1719039879.00000000001, SECOND, 1719039879",
        "1719039879000.0000001, , 1719039879000.0000001",
        "1719039879869.0000001, MILLISECOND, 1719039879869",
        "1719039879869.591, MILLISECOND, 1719039879869.591",
        "1719039879000.0000001, MICROSECOND, 1719039879000.0000001"
    })
    void aCopiedTimeKeepsItsUnitAlsoWithDigitsBelowANanosecond(String number, @Nullable String stated, String written) {
        String members = "'ApproximateCreationDateTime':" + number
                + (stated == null ? "" : ",'ApproximateCreationDateTimePrecision':'" + stated + "'");
        ChangeEvent event =
                DECODER.decode(Records.json(Records.kinesis("INSERT", "'NewImage':{'b':{'B':'YUdraA=='}}," + members)));
        CreationTime time = Objects.requireNonNull(event.approximateCreationDateTime());
        byte[] record = event.toBytes();
        assertThat(new String(record, UTF_8)).contains("\"ApproximateCreationDateTime\":" + written + ",");
        for (ChangeEvent copy : List.of(event.toBuilder().build(), DECODER.decode(record))) {
            CreationTime read = Objects.requireNonNull(copy.approximateCreationDateTime());
            assertThat(read.toInstant()).isEqualTo(time.toInstant());
            assertThat(read.precision()).isEqualTo(time.precision());
            assertThat(read.stated()).isEqualTo(time.stated());
            assertThat(copy.binaryEncoding()).isEqualTo(event.binaryEncoding());
        }
    }

    @Test
    void aUnitThatOnlyTheOptionStatedIsLostWhereTheNumberWouldBeReadInAnother() {
        ChangeEventDecoder micros = ChangeEventDecoder.builder()
                .timePrecision(TimePrecision.MICROSECOND)
                .build();
        ChangeEvent event =
                micros.decode(Records.json("{'dynamodb':{'Keys':{},'ApproximateCreationDateTime':1719039879869000}}"));
        ChangeEvent of1970 =
                micros.decode(Records.json("{'dynamodb':{'Keys':{},'ApproximateCreationDateTime':1719039879869}}"));
        assertThat(new String(event.toBytes(), UTF_8)).contains("MICROSECOND");
        assertThat(new String(of1970.toBytes(), UTF_8)).contains("\"1970-01-20T21:30:39.879869Z\"");
    }

    @Test
    void aTimeThatNoNumberShowsKeepsItsInstant() {
        Instant instant = Instant.parse("1972-09-30T00:00:00Z"); // in milliseconds it is read as seconds
        ChangeEvent event = insert().approximateCreationDateTime(instant, TimePrecision.MILLISECOND)
                .build();
        CreationTime read = Objects.requireNonNull(event.approximateCreationDateTime());
        assertThat(read.toInstant()).isEqualTo(instant);
        assertThat(read.stated()).isFalse();
    }

    @Test
    void theUnitIsStatedExceptSecondsAndAnInstantIsRoundedDown() {
        Instant instant = Instant.parse("1969-12-31T23:59:58.123456789Z");
        for (TimePrecision unit : TimePrecision.values()) {
            CreationTime time = CreationTime.of(instant, unit);
            assertThat(time.stated()).isEqualTo(unit != TimePrecision.SECOND);
            assertThat(time.precision()).isEqualTo(unit);
            assertThat(time.epochSecond()).isEqualTo(-2);
            assertThat(time.nano())
                    .isEqualTo(123456789
                            / unit.toTimeUnit().toNanos(1)
                            * unit.toTimeUnit().toNanos(1));
        }
    }

    @Test
    void aTimeWhoseMicrosecondsDoNotFitALongIsRefused() {
        for (Instant instant :
                List.of(Instant.MAX, Instant.MIN, Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000 + 1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> insert().approximateCreationDateTime(instant, TimePrecision.SECOND))
                    .withMessageContaining("microseconds");
        }
    }

    // -------------------------------------------------------------------------------------------------- binary

    private static ChangeEvent.Builder kinesis(byte[] binary) {
        return insert().tableName("orders").newImage(Map.of("b", binary));
    }

    private static void assertReadBack(ChangeEvent.Builder builder, BinaryEncoding encoding, byte[] binary) {
        ChangeEvent event = DECODER.decode(builder.toBytes());
        assertThat(event.binaryEncoding()).isEqualTo(encoding);
        assertThat(newImage(event).require("b").asBytes()).isEqualTo(binary);
        assertThat(EventAccessors.of(builder.build())).isEqualTo(EventAccessors.of(event));
    }

    @Test
    void binaryIsEncodedSoThatADecoderReadsItBack() {
        byte[] any = {1, 2, 3};
        byte[] base64 = "AQID".getBytes(UTF_8);
        Instant now = Instant.parse("2024-06-22T07:04:39Z");
        for (byte[] binary : List.of(any, base64, new byte[0])) {
            assertReadBack(kinesis(binary), BinaryEncoding.DOUBLE, binary);
            assertReadBack(
                    kinesis(binary).approximateCreationDateTime(now, TimePrecision.MICROSECOND),
                    BinaryEncoding.DOUBLE,
                    binary);
            assertReadBack(kinesis(binary).sizeBytes(1L), BinaryEncoding.DOUBLE, binary);
            assertReadBack(kinesis(binary).sequenceNumber("1"), BinaryEncoding.SINGLE, binary);
            assertReadBack(insert().newImage(Map.of("b", binary)), BinaryEncoding.SINGLE, binary);
            assertReadBack(
                    kinesis(binary).approximateCreationDateTime(now, TimePrecision.SECOND),
                    BinaryEncoding.SINGLE,
                    binary);
        }
    }

    @Test
    void aSizeThatContradictsTheBinaryIsRefused() {
        byte[] base64 = "AQID".getBytes(UTF_8); // 4 bytes; 8 in base64, and 3 inside
        int others = 3 + 1; // pk, a and b
        assertReadBack(kinesis(base64).sizeBytes(others + 4L), BinaryEncoding.DOUBLE, base64);
        ChangeEvent.Builder builder = kinesis(base64).sizeBytes(others + 8L);
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("SizeBytes");
        assertThat(builder.sizeBytes(null).build().binaryEncoding()).isEqualTo(BinaryEncoding.DOUBLE);
        byte[] any = {1, 2, 3};
        assertReadBack(kinesis(any).sizeBytes(others + 4L), BinaryEncoding.SINGLE, any);
    }

    // -------------------------------------------------------------------------------------------------- copies

    @Test
    void anEventIsCopiedWithChanges() {
        ChangeEvent event = Records.decode(Records.stream("MODIFY", "'NewImage':{'a':{'N':'1'}},'SequenceNumber':'7'"));
        ChangeEvent copy = event.toBuilder().eventId("e-2").build();
        assertThat(copy.eventId()).isEqualTo("e-2");
        assertThat(copy.eventName()).isEqualTo(EventName.MODIFY);
        assertThat(copy.sequenceNumber()).isEqualTo("7");
        assertThat(copy.newImage()).isEqualTo(event.newImage());
        assertThat(EventAccessors.of(DECODER.decode(event.toBytes()))).isEqualTo(EventAccessors.of(event));
    }

    @Test
    void aTableNameThatIsOnlyInTheArnStaysThere() {
        String arn = "arn:aws:dynamodb:us-east-1:1:table/orders/stream/x";
        assertThat(new String(insert().eventSourceArn(arn).build().toBytes(), UTF_8))
                .doesNotContain("tableName");
    }

    @Test
    void aLineOfAnExportBecomesAChangeRecord() {
        ChangeEvent line = Records.decode("{'Metadata':{'WriteTimestampMicros':{'N':'1719039879869591'}},"
                + "'Keys':{'pk':{'S':'a'}},'NewImage':{'pk':{'S':'a'},'b':{'B':'AQID'}}}");
        ChangeEvent event = line.toBuilder().tableName("orders").build();
        assertThat(event.eventName()).isEqualTo(EventName.INSERT);
        assertThat(event.channel()).isEqualTo(Channel.KINESIS);
        assertThat(event.approximateCreationDateTime()).isEqualTo(line.approximateCreationDateTime());
        assertThat(event.newImage()).isEqualTo(line.newImage());
        assertThat(line.diff()).isNull();
        assertThat(event.diff()).isNotNull();
        assertThat(DECODER.decode(line.toBytes()).channel()).isEqualTo(Channel.UNKNOWN);
    }

    @Test
    void anEventOfAProjectionIsNotCopied() {
        byte[] record = Records.json(Records.change("MODIFY", "'NewImage':{'a':{'N':'1'}}"));
        ChangeEvent attributes =
                ChangeEventDecoder.builder().attributes("b").build().decode(record);
        ChangeEvent images = ChangeEventDecoder.builder()
                .images(StreamViewType.NEW_IMAGE)
                .build()
                .decode(record);
        assertThatIllegalStateException().isThrownBy(attributes::toBuilder).withMessageContaining("attributes(…)");
        assertThatIllegalStateException().isThrownBy(images::toBytes).withMessageContaining("images(…)");
    }

    @Test
    void aStaleValueIsRefused() {
        DecodeSession session = DECODER.newSession();
        byte[] record = Records.json(Records.change("INSERT", ""));
        AttributeValue value = session.decode(record).keys().require("pk");
        session.decode(record);
        assertThatIllegalStateException().isThrownBy(() -> withValue(value)).withMessageContaining("copy()");
    }
}
