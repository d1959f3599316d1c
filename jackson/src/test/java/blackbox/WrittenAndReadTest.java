package blackbox;

import static blackbox.Failures.mismatch;
import static blackbox.Failures.thrownBy;
import static blackbox.Items.exact;
import static blackbox.Items.item;
import static com.fasterxml.jackson.annotation.JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS;
import static com.fasterxml.jackson.annotation.JsonFormat.Feature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.datatype.jsr310.deser.LocalDateDeserializer;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code write} writes, {@code read} reads as an equal object, or the one or the other refuses it. */
@SuppressWarnings("UnusedVariable") // Jackson reads the fields
class WrittenAndReadTest {
    private final ItemMapper mapper = ItemMapper.create();

    private static String write(ItemMapper mapper, Object value) {
        return new String(mapper.write(value), UTF_8).replace('"', '\'');
    }

    private static <T> T back(ItemMapper mapper, T value) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) value.getClass();
        return mapper.read(item(write(mapper, value)), type);
    }

    record Flags(
            @JsonFormat(shape = Shape.STRING) boolean flag,
            @JsonFormat(shape = Shape.STRING) @Nullable Boolean object,
            @JsonFormat(shape = Shape.STRING) List<Boolean> list) {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBooleanThatIsWrittenAsTextIsRead(boolean flag) {
        Flags flags = new Flags(flag, flag, List.of(flag));
        assertThat(write(mapper, flags)).contains("'flag':{'S':'" + flag + "'},'object':{'S':'" + flag + "'}");
        assertThat(back(mapper, flags)).isEqualTo(flags);
    }

    record Flag(@JsonFormat(shape = Shape.STRING) @Nullable Boolean v) {}

    record Plain(@Nullable Boolean v) {}

    @ParameterizedTest
    @ValueSource(strings = {"{'S':'yes'}", "{'S':''}", "{'S':' true'}", "{'S':'null'}", "{'N':'1'}"})
    void anotherTextIsNoBoolean(String value) {
        mismatch(() -> mapper.read(item("{'v':" + value + "}"), Flag.class));
        mismatch(() -> mapper.read(item("{'v':" + value + "}"), Plain.class));
        mismatch(() -> mapper.read(item("{'v':{'S':'true'}}"), Plain.class));
        assertThat(mapper.read(item("{'v':{'BOOL':true}}"), Flag.class).v()).isTrue();
    }

    enum Color {
        RED,
        BLUE
    }

    @JsonFormat(shape = Shape.NUMBER)
    enum Level {
        LOW,
        HIGH
    }

    record Numbers(
            @JsonFormat(shape = Shape.NUMBER) boolean flag,
            @JsonFormat(shape = Shape.NUMBER_INT) @Nullable Boolean object,
            @JsonFormat(shape = Shape.NUMBER) Color color,
            @JsonFormat(shape = Shape.NUMBER_INT) EnumSet<Color> colors,
            Level level,
            List<Level> levels,
            @JsonFormat(shape = Shape.NUMBER) DayOfWeek day,
            @JsonFormat(shape = Shape.NUMBER_INT) LocalDate date) {}

    @Test
    void whatIsWrittenAsANumberIsRead() {
        Numbers numbers = new Numbers(
                true,
                false,
                Color.BLUE,
                EnumSet.of(Color.RED, Color.BLUE),
                Level.HIGH,
                List.of(Level.LOW, Level.HIGH),
                DayOfWeek.TUESDAY,
                LocalDate.of(2024, 2, 29));
        assertThat(write(mapper, numbers))
                .contains("'flag':{'N':'1'}", "'color':{'N':'1'}", "'level':{'N':'1'}", "'date':{'N':'19782'}");
        assertThat(back(mapper, numbers)).isEqualTo(numbers);
        assertThat(mapper.read(item("{'v':{'S':'BLUE'}}"), NumberedColor.class).v())
                .isEqualTo(Color.BLUE);
    }

    record NumberedColor(@JsonFormat(shape = Shape.NUMBER) Color v) {}

    record NumberedFlag(@JsonFormat(shape = Shape.NUMBER) boolean v) {}

    record NumberedDate(
            @JsonFormat(shape = Shape.NUMBER_INT) LocalDate v) {}

    record PlainColor(Color v) {}

    record PlainDate(LocalDate v) {}

    @ParameterizedTest
    @ValueSource(strings = {"2", "-1", "0.5", "4294967296", "1E300"})
    void anotherNumberIsRefused(String number) {
        mismatch(() -> mapper.read(item("{'v':{'N':'" + number + "'}}"), NumberedColor.class));
        mismatch(() -> mapper.read(item("{'v':{'N':'" + number + "'}}"), NumberedFlag.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "9223372036854775807", "18446744073709551616", "1E300"})
    void aNumberThatIsNoDayIsRefused(String number) {
        mismatch(() -> mapper.read(item("{'v':{'N':'" + number + "'}}"), NumberedDate.class));
    }

    @Test
    void aNumberIsRefusedWhereNoneIsWritten() {
        mismatch(() -> mapper.read(item("{'v':{'N':'1'}}"), PlainColor.class));
        mismatch(() -> mapper.read(item("{'v':{'N':'1'}}"), PlainDate.class));
        mismatch(() -> mapper.read(item("{'v':{'N':'1'}}"), Plain.class));
    }

    @JsonInclude(Include.NON_DEFAULT)
    record Counts(int n, boolean flag, double d, char c, long l, byte b, short s, float f) {}

    record Count(@JsonInclude(Include.NON_DEFAULT) int n, int required) {}

    static final class Bean {
        @JsonInclude(Include.NON_DEFAULT)
        public int n;

        private boolean flag;

        @JsonInclude(Include.NON_DEFAULT)
        public boolean isFlag() {
            return flag;
        }

        public void setFlag(boolean flag) {
            this.flag = flag;
        }

        public int required = 3;
    }

    @JsonInclude(Include.NON_DEFAULT)
    static final class Seven {
        public int n = 7;
        public boolean flag = true;
    }

    @Test
    void aPrimitiveThatIsOmittedBecauseItIsTheDefaultIsReadAsTheDefault() {
        Counts none = new Counts(0, false, 0, '\0', 0L, (byte) 0, (short) 0, 0);
        assertThat(write(mapper, none)).isEqualTo("{}");
        assertThat(back(mapper, none)).isEqualTo(none);
        Counts all = new Counts(1, true, 2, 'c', 3, (byte) 4, (short) 5, 6);
        assertThat(back(mapper, all)).isEqualTo(all);
        assertThat(back(mapper, new Count(0, 1))).isEqualTo(new Count(0, 1));

        Bean bean = new Bean();
        assertThat(write(mapper, bean)).isEqualTo("{'required':{'N':'3'}}");
        assertThat(back(mapper, bean)).usingRecursiveComparison().isEqualTo(bean);

        Seven seven = new Seven();
        assertThat(write(mapper, seven)).isEqualTo("{}");
        assertThat(back(mapper, seven)).usingRecursiveComparison().isEqualTo(seven);
        seven.n = 0;
        assertThat(write(mapper, seven)).isEqualTo("{'n':{'N':'0'}}");
        assertThat(back(mapper, seven)).usingRecursiveComparison().isEqualTo(seven);
    }

    @Test
    void theOthersAreStillRequiredAndNullIsRefused() {
        mismatch(() -> mapper.read(item("{}"), Count.class));
        mismatch(() -> mapper.read(item("{'n':{'NULL':true},'required':{'N':'1'}}"), Count.class));
        mismatch(() -> mapper.read(item("{}"), Bean.class));
        mismatch(() -> mapper.read(item("{'n':{'NULL':true},'required':{'N':'1'}}"), Bean.class));
        mismatch(() -> mapper.read(item("{'n':{'NULL':true}}"), Seven.class));
    }

    static final class OmitsZeroKeepsSeven {
        @JsonInclude(Include.NON_DEFAULT)
        public int n = 7;
    }

    @JsonInclude(Include.NON_DEFAULT)
    static final class OmitsSevenCreatesZero {
        @JsonProperty
        private final int n;

        OmitsSevenCreatesZero() {
            n = 7;
        }

        @JsonCreator
        OmitsSevenCreatesZero(@JsonProperty("n") int n) {
            this.n = n;
        }
    }

    @JsonInclude(Include.NON_DEFAULT)
    static final class CreatedWithout {
        public int n = 7;

        @JsonProperty
        private final String id;

        @JsonCreator
        CreatedWithout(@JsonProperty("id") String id) {
            this.id = id;
        }
    }

    @Test
    void anAbsentAttributeThatWouldBeReadAsAnotherValueIsRefused() {
        OmitsZeroKeepsSeven zero = new OmitsZeroKeepsSeven();
        zero.n = 0;
        assertThat(write(mapper, zero)).isEqualTo("{}");
        mismatch(() -> back(mapper, zero));
        assertThat(write(mapper, new OmitsSevenCreatesZero())).isEqualTo("{}");
        mismatch(() -> back(mapper, new OmitsSevenCreatesZero()));
        CreatedWithout created = new CreatedWithout("a");
        created.n = 0;
        assertThat(write(mapper, created)).isEqualTo("{'id':{'S':'a'}}");
        mismatch(() -> back(mapper, created));
    }

    record Inner(@JsonInclude(Include.NON_DEFAULT) int n) {}

    record Outer(Inner inner, List<Inner> list, Set<Inner> set) {}

    @Test
    void theSameHoldsInsideOfAnItem() {
        Outer outer = new Outer(new Inner(0), List.of(new Inner(0), new Inner(1)), Set.of(new Inner(0)));
        assertThat(back(mapper, outer)).isEqualTo(outer);
    }

    record Date(LocalDate v) {}

    record Time(LocalTime v) {}

    record DateAndTime(LocalDateTime v) {}

    record Zone(TimeZone v) {}

    @Test
    void aTextThatStatesMoreThanTheTypeHoldsIsRefused() {
        mismatch(() -> mapper.read(item("{'v':{'S':'2024-02-29T23:59:59.999Z'}}"), Date.class));
        mismatch(() -> mapper.read(item("{'v':{'S':'2024-02-29T00:00:00'}}"), Date.class));
        mismatch(() -> mapper.read(item("{'v':{'S':'2024-02-29T23:59:59'}}"), Time.class));
        mismatch(() -> mapper.read(item("{'v':{'S':'2024-02-29T23:59:59Z'}}"), DateAndTime.class));
        assertThat(mapper.read(item("{'v':{'S':'2024-02-29'}}"), Date.class).v())
                .isEqualTo("2024-02-29");
        assertThat(mapper.read(item("{'v':{'S':'23:59:59'}}"), Time.class).v()).isEqualTo("23:59:59");
        assertThat(mapper.read(item("{'v':{'S':'2024-02-29T23:59:59'}}"), DateAndTime.class)
                        .v())
                .isEqualTo("2024-02-29T23:59:59");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonTypeName("times")
    static final class Times {
        public @Nullable LocalTime time;
        public @Nullable LocalDateTime dateTime;
        public @Nullable OffsetTime offset;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'time':{'L':[{'N':'10'},{'N':'20.5'}]}",
                "'time':{'L':[{'N':'10'},{'N':'20'},{'N':'30.5'}]}",
                "'time':{'L':[{'N':'10'},{'N':'20'},{'N':'30'},{'N':'5.5'}]}",
                "'dateTime':{'L':[{'N':'2024'},{'N':'1'},{'N':'31'},{'N':'10'},{'N':'20'},{'N':'3.05E1'}]}",
                "'offset':{'L':[{'N':'10'},{'N':'20'},{'N':'30.5'},{'S':'Z'}]}"
            })
    void aFractionInAnArrayOfATimeIsRefusedAlsoWhereJacksonBuffers(String attribute) {
        for (ItemMapper each : List.of(
                mapper,
                ItemMapper.of(
                        JsonMapper.builder().addModule(new JavaTimeModule()).build()))) {
            mismatch(() -> each.read(item("{'type':{'S':'times'}," + attribute + "}"), Times.class));
            mismatch(() -> each.read(item("{" + attribute + ",'type':{'S':'times'}}"), Times.class));
        }
    }

    @Test
    void anArrayOfATimeIsReadWhereJacksonBuffers() {
        Times times = new Times();
        times.time = LocalTime.of(1, 2, 3, 4);
        times.dateTime = LocalDateTime.of(2024, 1, 31, 10, 20);
        times.offset = OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(1));
        var item = item("{'time':{'L':[{'N':'1'},{'N':'2.0'},{'N':'3'},{'N':'4'}]},'dateTime':{'L':[{'N':'2024'},"
                + "{'N':'1'},{'N':'31'},{'N':'10'},{'N':'2E1'}]},'offset':{'L':[{'N':'1'},{'N':'2'},{'N':'3'},"
                + "{'N':'4'},{'S':'+01:00'}]},'type':{'S':'times'}}");
        assertThat(mapper.read(item, Times.class)).usingRecursiveComparison().isEqualTo(times);
    }

    record Link(@JsonValue URI uri) {}

    record Code(@JsonValue UUID id) {}

    record Page(Link link, Code code, Zone zone, Integer hits) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'link':{'M':{'href':{'S':'http://x'},'title':{'S':'t'}}},'hits':{'N':'42'}}",
                "{'code':{'M':{'5d1e7a70-0000-4000-8000-000000000000':{'S':'x'}}},'hits':{'N':'42'}}",
                "{'hits':{'N':'42'},'zone':{'M':{'v':{'M':{'UTC':{'N':'1'}}}}}}"
            })
    void anObjectIsNoTextOfWhichItsFirstNameIsTheValue(String item) {
        mismatch(() -> mapper.read(item(item), Page.class));
        mismatch(() -> mapper.read(item("{'href':{'S':'http://x'}}"), Link.class));
    }

    record LenientDate(
            @JsonFormat(lenient = OptBoolean.TRUE) LocalDate v) {}

    record PatternDate(
            @JsonFormat(pattern = "uuuu-MM-dd'T'") LocalDate v) {}

    @Test
    void aFormatOfThePropertyDecidesInstead() {
        assertThat(mapper.read(item("{'v':{'S':'2024-02-29T23:59:59Z'}}"), LenientDate.class)
                        .v())
                .isEqualTo("2024-02-29");
        assertThat(mapper.read(item("{'v':{'S':'2024-02-29T'}}"), PatternDate.class)
                        .v())
                .isEqualTo("2024-02-29");
        SimpleModule ownDates = new SimpleModule();
        ownDates.addDeserializer(
                LocalDate.class, new LocalDateDeserializer(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'")));
        assertThat(ItemMapper.create(ownDates)
                        .read(item("{'v':{'S':'2024-02-29T'}}"), Date.class)
                        .v())
                .isEqualTo("2024-02-29");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Pariss", "GMT+25", "GMT+1:99", "gmt", "", " ", "+01:00"})
    void aTextThatIsNoTimeZoneIsRefused(String zone) {
        mismatch(() -> mapper.read(item("{'v':{'S':'" + zone + "'}}"), Zone.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'N':'5'}", "{'N':'0.5'}", "{'BOOL':true}", "{'BOOL':false}", "{'L':[]}", "{'M':{}}"})
    void aValueOfAnotherTypeIsNoTimeZone(String value) {
        mismatch(() -> mapper.read(item("{'v':" + value + "}"), Zone.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Paris", "GMT", "GMT0", "GMT+0", "GMT-00:00", "Etc/GMT", "UTC", "GMT+05:30"})
    void aTimeZoneIsReadAsTheJdkReadsIt(String zone) {
        assertThat(mapper.read(item("{'v':{'S':'" + zone + "'}}"), Zone.class).v())
                .isEqualTo(TimeZone.getTimeZone(zone));
    }

    record Local(LocalTime time, LocalDateTime dateTime, OffsetTime offset, List<LocalTime> list) {
        static Local of(int nano) {
            LocalTime time = LocalTime.of(1, 2, 3, nano);
            return new Local(
                    time, time.atDate(LocalDate.of(2024, 2, 29)), time.atOffset(ZoneOffset.ofHours(2)), List.of(time));
        }
    }

    record WithoutRead(
            @JsonFormat(without = READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            LocalTime time,

            @JsonFormat(without = READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            LocalDateTime dateTime,

            @JsonFormat(without = READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            OffsetTime offset,

            @JsonFormat(without = READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            List<LocalTime> list) {
        static WithoutRead of(int nano) {
            Local local = Local.of(nano);
            return new WithoutRead(local.time(), local.dateTime(), local.offset(), local.list());
        }
    }

    record WithoutWrite(
            @JsonFormat(without = WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
            LocalTime time,

            @JsonFormat(without = WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
            LocalDateTime dateTime,

            @JsonFormat(without = WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
            OffsetTime offset) {
        static WithoutWrite of(int nano) {
            Local local = Local.of(nano);
            return new WithoutWrite(local.time(), local.dateTime(), local.offset());
        }
    }

    private static ItemMapper withFeatures(boolean readNanos, boolean writeNanos) {
        return ItemMapper.of(JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .configure(DeserializationFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS, readNanos)
                .configure(SerializationFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS, writeNanos)
                .build());
    }

    @Test
    void aTimeIsReadWithTheFractionThatItHad() {
        List<ItemMapper> mappers = List.of(
                mapper,
                mapper.epochUnit(ItemMapper.EpochUnit.MILLISECOND),
                withFeatures(true, true),
                withFeatures(true, false),
                withFeatures(false, true),
                withFeatures(false, false));
        for (int nano : new int[] {0, 1000, 456_789, 1_000_000, 4_000_000, 999_000_000, 999_999_999}) {
            for (ItemMapper each : mappers) {
                for (Object times : List.of(Local.of(nano), WithoutRead.of(nano), WithoutWrite.of(nano))) {
                    assertThat(back(each, times)).isEqualTo(times);
                }
            }
        }
        assertThat(write(mapper, Local.of(4))).contains("{'N':'3'},{'N':'4'}");
        assertThat(back(mapper, Local.of(4))).isEqualTo(Local.of(4));
        assertThat(write(withFeatures(true, false), Map.of("v", LocalTime.of(1, 2, 3, 4))))
                .contains("{'N':'3'},{'N':'4'}");
        assertThat(write(mapper, WithoutWrite.of(4_000_000))).contains("{'N':'3'},{'N':'4'}");
    }

    @Test
    void aFractionThatWouldBeReadAsMillisecondsIsRefused() {
        for (ItemMapper each : List.of(mapper, withFeatures(true, true))) {
            assertThat(mismatch(() -> each.write(WithoutRead.of(4)))).hasMessageContaining("read as milliseconds");
            mismatch(() -> each.write(WithoutWrite.of(999)));
        }
        mismatch(() -> withFeatures(false, true).write(Local.of(4)));
        record TimeText(
                @JsonFormat(shape = Shape.STRING, without = READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
                LocalTime time) {}

        TimeText text = new TimeText(LocalTime.of(1, 2, 3, 4));
        assertThat(write(mapper, text)).isEqualTo("{'time':{'S':'01:02:03.000000004'}}");
        assertThat(back(mapper, text)).isEqualTo(text);
    }

    record Xml(XMLGregorianCalendar v) {}

    record XmlText(@JsonFormat(shape = Shape.STRING) XMLGregorianCalendar v) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-02T03:04:05.123456Z",
                "1137-08-16T02:52:00Z",
                "03:04:05",
                "2024-01",
                "2024",
                "--02-29",
                "12024-01-02T03:04:05Z",
                "-0044-03-15T00:00:00Z"
            })
    void aCalendarThatWouldBeChangedIsNotWritten(String text) throws DatatypeConfigurationException {
        XMLGregorianCalendar time = DatatypeFactory.newInstance().newXMLGregorianCalendar(text);
        for (ItemMapper each : List.of(mapper, withFeatures(true, true))) {
            assertThat(mismatch(() -> each.write(new Xml(time))).path()).isEqualTo("*");
            mismatch(() -> each.write(new XmlText(time)));
        }
    }

    @Test
    void aCalendarOfWhichNothingIsSetIsNotWritten() throws DatatypeConfigurationException {
        XMLGregorianCalendar unset = DatatypeFactory.newInstance().newXMLGregorianCalendar();
        for (ItemMapper each : List.of(mapper, withFeatures(true, true))) {
            mismatch(() -> each.write(new Xml(unset)));
            mismatch(() -> each.write(new XmlText(unset)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-01-02T03:04:05.123Z", "2024-01-02T03:04:05.120000Z", "2024-01-02Z"})
    void aCalendarIsReadAsTheSameTime(String text) throws DatatypeConfigurationException {
        XMLGregorianCalendar time = DatatypeFactory.newInstance().newXMLGregorianCalendar(text);
        for (ItemMapper each : List.of(mapper, withFeatures(true, true))) {
            assertThat(back(each, new Xml(time)).v().toGregorianCalendar().toInstant())
                    .isEqualTo(time.toGregorianCalendar().toInstant());
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", visible = true)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = One.class, name = "1"),
        @JsonSubTypes.Type(value = Half.class, name = "0.50"),
        @JsonSubTypes.Type(value = Yes.class, name = "true"),
        @JsonSubTypes.Type(value = Text.class, name = "text")
    })
    interface Kind {}

    record One(int kind, int n) implements Kind {}

    record Half(BigDecimal kind) implements Kind {}

    record Yes(boolean kind) implements Kind {}

    record Text(String kind) implements Kind {}

    @Test
    void aTypeIdThatIsAlsoAPropertyKeepsItsType() {
        assertThat(mapper.read(item("{'kind':{'N':'1'},'n':{'N':'2'}}"), Kind.class))
                .isEqualTo(new One(1, 2));
        assertThat(mapper.read(item("{'n':{'N':'2'},'kind':{'N':'1'}}"), Kind.class))
                .isEqualTo(new One(1, 2));
        assertThat(mapper.read(item("{'kind':{'N':'0.50'}}"), Kind.class)).isEqualTo(new Half(new BigDecimal("0.50")));
        assertThat(mapper.read(item("{'kind':{'BOOL':true}}"), Kind.class)).isEqualTo(new Yes(true));
        assertThat(mapper.read(item("{'kind':{'S':'text'}}"), Kind.class)).isEqualTo(new Text("text"));
        mismatch(() -> mapper.read(item("{'kind':{'S':'1'},'n':{'N':'2'}}"), Kind.class));
    }

    @Test
    void withDetailsTheMessageNamesTheCauseAndNoOtherMapper() {
        assertThat(thrownBy(() -> mapper.read(item("{'none':{'S':''}}"), Date.class)))
                .hasMessageEndingWith("includeDetails() shows its name");
        assertThat(thrownBy(() -> mapper.includeDetails().read(item("{'none':{'S':''}}"), Date.class)))
                .hasMessageEndingWith("its name is in the cause")
                .hasStackTraceContaining("none");
    }

    record AnyUnread(int n, @JsonAnySetter Map<String, BigDecimal> rest) {}

    record Any(int n, @JsonAnySetter @JsonAnyGetter Map<String, BigDecimal> rest) {}

    @Test
    void whatAnAnySetterReadsIsWrittenByAnAnyGetterAlone() {
        Map<String, BigDecimal> rest = Map.of("m", new BigDecimal("1.50"));
        assertThat(write(mapper, new AnyUnread(1, rest))).isEqualTo("{'n':{'N':'1'},'rest':{'M':{'m':{'N':'1.50'}}}}");
        assertThat(back(mapper, new AnyUnread(1, rest)).rest()).isEmpty();
        assertThat(write(mapper, new Any(1, rest))).isEqualTo("{'n':{'N':'1'},'m':{'N':'1.50'}}");
        assertThat(back(mapper, new Any(1, rest))).isEqualTo(new Any(1, rest));
    }

    record Computed(int n) {
        @JsonProperty
        int twice() {
            return 2 * n;
        }
    }

    record ReadOnly(int n) {
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        int twice() {
            return 2 * n;
        }
    }

    @Test
    void aPropertyWithAGetterAloneIsReadBackOnlyAsReadOnly() {
        assertThat(write(mapper, new Computed(2))).isEqualTo("{'n':{'N':'2'},'twice':{'N':'4'}}");
        assertThat(thrownBy(() -> back(mapper, new Computed(2))).reason())
                .isEqualTo(ItemMappingException.Reason.UNKNOWN_PROPERTY);
        assertThat(write(mapper, new ReadOnly(2))).isEqualTo("{'n':{'N':'2'},'twice':{'N':'4'}}");
        assertThat(back(mapper, new ReadOnly(2))).isEqualTo(new ReadOnly(2));
    }

    record Shapes(Map<Level, List<Integer>> map) {}

    @Test
    void aFeatureOfTheMapperForWritingNeedsItsCounterpart() {
        Shapes shapes = new Shapes(Map.of(Level.HIGH, List.of(1)));
        JsonMapper writing = JsonMapper.builder()
                .enable(SerializationFeature.WRAP_ROOT_VALUE)
                .enable(SerializationFeature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
                .enable(SerializationFeature.WRITE_ENUM_KEYS_USING_INDEX)
                .build();
        mismatchOrUnknown(() -> back(ItemMapper.of(writing), shapes));
        ItemMapper both = ItemMapper.of(writing.copy()
                .enable(DeserializationFeature.UNWRAP_ROOT_VALUE)
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .configure(EnumFeature.READ_ENUM_KEYS_USING_INDEX, true));
        assertThat(back(both, shapes)).isEqualTo(shapes);
    }

    private static void mismatchOrUnknown(ThrowingCallable action) {
        assertThat(thrownBy(action).reason())
                .isIn(ItemMappingException.Reason.MISMATCH, ItemMappingException.Reason.UNKNOWN_PROPERTY);
    }

    @Test
    void aKeyOfAMapIsANameAndNotANumber() {
        assertThat(write(mapper, Map.of(Double.NaN, 1))).isEqualTo("{'NaN':{'N':'1'}}");
        mismatch(() -> mapper.write(Map.of("v", Double.NaN)));
        mismatch(() -> mapper.read(item("{'NaN':{'N':'1'}}"), new TypeReference<Map<Double, Integer>>() {}));
    }

    record External(
            String kind,

            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXTERNAL_PROPERTY, property = "kind")
            @JsonSubTypes(@JsonSubTypes.Type(value = Long.class, name = "long"))
            Object v) {}

    @Test
    void thePathOfAValueWhoseTypeIdIsBesideItEndsAtTheObjectWithBoth() {
        assertThat(mismatch(() -> mapper.read(item("{'kind':{'S':'long'},'v':{'N':'5.5'}}"), External.class))
                        .path())
                .isEmpty();
    }

    record Nothing(@Nullable Void v) {}

    @Test
    void aVoidIsNullWhateverItsAttributeIs() {
        assertThat(mapper.read(item("{'v':{'N':'1'}}"), Nothing.class).v()).isNull();
    }

    enum Size {
        SMALL,
        LARGE
    }

    record Sized(@JsonFormat(shape = JsonFormat.Shape.ARRAY) Size size) {}

    static final class Primitives {
        public byte aByte = 1;
        public short aShort = 2;
        public int anInt = 3;
        public long aLong = 4;
        public float aFloat = -1.5f;
        public double aDouble = 6;
        public boolean aBoolean = true;
        public char aChar = 'c';
    }

    record Minutes(@JsonFormat(pattern = "MINUTES") Duration duration) {}

    @Test
    void shapesThatJacksonWritesInItsOwnWayAreReadBack() {
        ItemMapper mapper = ItemMapper.create();
        Item sized = exact(new String(mapper.write(new Sized(Size.LARGE)), UTF_8));
        assertThat(sized.require("size").asInt()).isEqualTo(1);
        assertThat(mapper.read(sized, Sized.class)).isEqualTo(new Sized(Size.LARGE));
        assertThatThrownBy(() -> mapper.write(new Minutes(Duration.ofSeconds(1))))
                .isInstanceOf(ItemMappingException.class)
                .hasMessageContaining("no decimal number of its unit");
    }

    private static SimpleModule texts(Class<?>... types) {
        return new SimpleModule() {
            private static final long serialVersionUID = 1L;

            @Override
            public void setupModule(SetupContext context) {
                for (Class<?> type : types) {
                    context.configOverride(type).setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING));
                }
            }
        };
    }

    /** Jackson writes a float or short as it writes the object. */
    @Test
    void primitivesWhoseTypesAreWrittenAsTextAreReadBack() {
        for (SimpleModule module : List.of(
                texts(Short.class, Integer.class, Long.class, Float.class, Double.class, Boolean.class),
                texts(short.class, int.class, long.class, float.class, double.class, boolean.class))) {
            ItemMapper mapper = ItemMapper.create(module);
            Item written = exact(new String(mapper.write(new Primitives()), UTF_8));
            assertThat(mapper.read(written, Primitives.class))
                    .usingRecursiveComparison()
                    .isEqualTo(new Primitives());
        }
    }
}
