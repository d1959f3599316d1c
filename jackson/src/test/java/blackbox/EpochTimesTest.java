package blackbox;

import static blackbox.Failures.mismatch;
import static blackbox.Items.exact;
import static blackbox.Items.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.DateSerializer;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.TimePrecision;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMapper.EpochUnit;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.text.SimpleDateFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are read and written as times in the mapper's unit, exactly, for every type. */
class EpochTimesTest {
    private final ItemMapper mapper = ItemMapper.create();

    static final class Times {
        public @Nullable Instant instant;
        public @Nullable OffsetDateTime offset;
        public @Nullable ZonedDateTime zoned;
        public @Nullable Date date;
        public @Nullable Calendar calendar;
        public @Nullable Duration duration;
    }

    private static final List<String> INSTANTS = List.of("instant", "offset", "zoned", "date", "calendar");

    private static Instant instant(Times times, String name) {
        Object time = switch (name) {
            case "instant" -> times.instant;
            case "offset" -> times.offset == null ? null : times.offset.toInstant();
            case "zoned" -> times.zoned == null ? null : times.zoned.toInstant();
            case "date" -> times.date == null ? null : times.date.toInstant();
            default -> times.calendar == null ? null : times.calendar.toInstant();
        };
        return (Instant) java.util.Objects.requireNonNull(time);
    }

    private static String n(String name, String number) {
        return "{'" + name + "':{'N':'" + number + "'}}";
    }

    @ParameterizedTest
    @CsvSource({
        "SECOND, 1719039879, 2024-06-22T07:04:39Z",
        "SECOND, 1719039879.5, 2024-06-22T07:04:39.500Z",
        "SECOND, 1.719039879651E9, 2024-06-22T07:04:39.651Z",
        "SECOND, 0, 1970-01-01T00:00:00Z",
        "SECOND, -1.5, 1969-12-31T23:59:58.500Z",
        "SECOND, -62135596800, 0001-01-01T00:00:00Z",
        "SECOND, 253402300799, 9999-12-31T23:59:59Z",
        "MILLISECOND, 1719039879651, 2024-06-22T07:04:39.651Z",
        "MILLISECOND, 1719039879651.0, 2024-06-22T07:04:39.651Z",
        "MICROSECOND, 1719039879651000, 2024-06-22T07:04:39.651Z",
        "NANOSECOND, 1719039879651000000, 2024-06-22T07:04:39.651Z",
        "BY_MAGNITUDE, 1719039879, 2024-06-22T07:04:39Z",
        "BY_MAGNITUDE, 1719039879651, 2024-06-22T07:04:39.651Z",
        "BY_MAGNITUDE, 1719039879651000, 2024-06-22T07:04:39.651Z",
        "BY_MAGNITUDE, 1719039879651000000, 2024-06-22T07:04:39.651Z",
        "BY_MAGNITUDE, 1719039879.5, 2024-06-22T07:04:39.500Z",
    })
    void everyTypeCountsTheUnit(EpochUnit unit, String number, Instant expected) {
        for (String name : INSTANTS) {
            Times times = mapper.epochUnit(unit).read(item(n(name, number)), Times.class);
            assertThat(instant(times, name)).as(name).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MILLISECOND, 1719039879651.25, 2024-06-22T07:04:39.651250Z",
        "MICROSECOND, 1719039879651000.125, 2024-06-22T07:04:39.651000125Z",
        "SECOND, 1719039879.123456789, 2024-06-22T07:04:39.123456789Z",
    })
    void aFractionCountsInEveryUnit(EpochUnit unit, String number, Instant expected) {
        for (String name : List.of("instant", "offset", "zoned")) {
            Times times = mapper.epochUnit(unit).read(item(n(name, number)), Times.class);
            assertThat(instant(times, name)).as(name).isEqualTo(expected);
        }
        assertMismatch(mapper.epochUnit(unit), n("date", number), "finer than a millisecond; epochUnit is " + unit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1719039879651",
                "253402300800",
                "-62135596801",
                "9223372036854775808",
                "1E30",
                "1E400",
                "-1E4000",
                "1719039879.1234567891",
                "1E-400"
            })
    void anInstantOutsideTheYears1To9999IsAMismatchThatNamesEpochUnit(String number) {
        for (String name : INSTANTS) {
            assertMismatch(mapper, n(name, number), "epochUnit is SECOND");
            // a custom mapper does not wrap numbers either
            assertThatExceptionOfType(ItemMappingException.class)
                    .isThrownBy(() -> ItemMapper.of(new ObjectMapper().registerModule(new JavaTimeModule()))
                            .epochUnit(EpochUnit.SECOND)
                            .read(item(n(name, number)), Times.class));
        }
    }

    private static void assertMismatch(ItemMapper mapper, String item, String message) {
        ItemMappingException e = mismatch(() -> mapper.read(item(item), Times.class));
        assertThat(e.getMessage()).contains(message).hasSizeLessThanOrEqualTo(256);
    }

    @ParameterizedTest
    @CsvSource({
        "SECOND, 90, PT1M30S",
        "SECOND, -0.5, PT-0.5S",
        "MILLISECOND, 90000, PT1M30S",
        "MILLISECOND, 0.5, PT0.0005S",
        "NANOSECOND, 5, PT0.000000005S",
        "BY_MAGNITUDE, 1000000000000, PT1000000000000S",
        "SECOND, 9223372036854775807, PT9223372036854775807S",
    })
    void durationsCountTheUnit(EpochUnit unit, String number, String expected) {
        assertThat(mapper.epochUnit(unit).read(item(n("duration", number)), Times.class).duration)
                .isEqualTo(Duration.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "1E300", "0.0000000001"})
    void aDurationThatIsTooLongOrTooFineIsAMismatch(String number) {
        assertMismatch(mapper, n("duration", number), "a duration that is too long, or finer than a nanosecond");
    }

    @Test
    void textIsReadByJackson() {
        Times times = mapper.epochUnit(EpochUnit.MILLISECOND)
                .read(
                        item("{'instant':{'S':'2024-06-22T07:04:39.651Z'},'date':{'S':'2024-06-22T07:04:39.651Z'},"
                                + "'duration':{'S':'PT5S'},'offset':{'S':'2024-06-22T09:04:39.651+02:00'}}"),
                        Times.class);
        assertThat(times.instant).isEqualTo(Instant.parse("2024-06-22T07:04:39.651Z"));
        assertThat(times.date).isEqualTo(Date.from(Instant.parse("2024-06-22T07:04:39.651Z")));
        assertThat(times.duration).isEqualTo(Duration.ofSeconds(5));
        assertThat(times.offset).isEqualTo(OffsetDateTime.parse("2024-06-22T07:04:39.651Z"));
    }

    @Test
    void digitsInTextAreReadAsNumbers() {
        assertThat(mapper.read(item("{'instant':{'S':'1719039879'}}"), Times.class).instant)
                .isEqualTo(Instant.parse("2024-06-22T07:04:39Z"));
        assertMismatch(mapper, "{'instant':{'S':'1719039879651'}}", "epochUnit is SECOND");
        assertMismatch(mapper, "{'date':{'S':'99999999999999999999'}}", "epochUnit is SECOND");
    }

    @Test
    void aNumberWithAnExponentInTextIsReadAsInN() {
        for (String text : List.of("1.7E9", "1.7e9", "17E8", "1.7E+9", "17000000000e-1")) {
            assertThat(mapper.read(item("{'instant':{'S':'" + text + "'}}"), Times.class).instant)
                    .isEqualTo(mapper.read(item("{'instant':{'N':'" + text + "'}}"), Times.class).instant)
                    .isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        }
        assertMismatch(mapper, "{'instant':{'S':'1E9999'}}", "epochUnit is SECOND");
        assertMismatch(mapper, "{'duration':{'S':'1E-9999'}}", "epochUnit is SECOND");
    }

    @Test
    void aFractionInTextCountsInTheUnitWithoutADigitBeforeThePoint() {
        assertThat(mapper.epochUnit(EpochUnit.MILLISECOND).read(item("{'instant':{'S':'-.5'}}"), Times.class).instant)
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.999500Z"));
    }

    @Test
    @Timeout(20)
    void aTextOfTooManyDigitsIsAMismatchAtOnce() {
        String digits = "1".repeat(2_000_000);
        for (String name : List.of("instant", "offset", "zoned", "date", "calendar", "duration")) {
            for (String text : List.of("1".repeat(257), digits, "." + digits)) {
                assertMismatch(mapper, "{'" + name + "':{'S':'" + text + "'}}", "a string of too many digits");
            }
        }
        String longest = "0".repeat(246) + "1719039879";
        assertThat(mapper.read(item("{'instant':{'S':'" + longest + "'}}"), Times.class).instant)
                .isEqualTo(Instant.parse("2024-06-22T07:04:39Z"));
    }

    record Formats(
            @JsonFormat(without = JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            Instant millis,

            @JsonFormat(pattern = "yyyyMMdd", timezone = "UTC")
            Date day,

            @JsonFormat(pattern = "MINUTES") Duration minutes) {}

    @Test
    void aFormatOfAPropertyTakesPrecedence() {
        Formats formats = mapper.read(
                item("{'millis':{'N':'1719039879651'},'day':{'S':'20240622'},'minutes':{'N':'3'}}"), Formats.class);
        assertThat(formats.millis()).isEqualTo(Instant.parse("2024-06-22T07:04:39.651Z"));
        assertThat(formats.day()).isEqualTo(Date.from(Instant.parse("2024-06-22T00:00:00Z")));
        assertThat(formats.minutes()).isEqualTo(Duration.ofMinutes(3));
    }

    @ParameterizedTest
    @CsvSource({"1.5, PT1M30S", "0.1, PT6S", "-2, PT-2M", "1E1, PT10M", "5.0E-1, PT30S"})
    void thePatternOfADurationIsTheUnitOfFractions(String number, Duration expected) {
        assertThat(mapper.read(item(n("minutes", number)), Formats.class).minutes())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9223372036854775807", "1E30", "999999999999999999999999999999.5", "1E9999", "1E-12", "1E-9999"})
    void aDurationOfAPatternThatIsTooLongOrTooFineIsAMismatch(String number) {
        mismatch(() -> mapper.read(item(n("minutes", number)), Formats.class));
    }

    @Test
    void thePatternOfADurationIsItsUnitInTextAndWhenItIsWritten() {
        for (String value : List.of("{'S':'1.5'}", "{'N':'1.5'}", "{'S':'PT1M30S'}")) {
            assertThat(mapper.read(item("{'minutes':" + value + "}"), Minutes.class)
                            .minutes())
                    .isEqualTo(Duration.ofSeconds(90));
        }
        for (Duration written :
                List.of(Duration.ofSeconds(90), Duration.ofHours(-2), Duration.ofMillis(3), Duration.ZERO)) {
            var item = exact(new String(mapper.write(new Minutes(written)), UTF_8));
            assertThat(mapper.read(item, Minutes.class).minutes()).isEqualTo(written);
        }
        mismatch(() -> mapper.write(new Minutes(Duration.ofSeconds(1)))); // no decimal number of minutes
    }

    record Minutes(@JsonFormat(pattern = "MINUTES") Duration minutes) {}

    /** The JDK counts earlier days by the Julian calendar. */
    @Test
    void anXmlCalendarBeforeTheGregorianOneIsAMismatch() {
        mismatch(() -> mapper.read(item(n("xml", "-12219292801")), Legacy.class));
        assertThat(mapper.read(item(n("xml", "-12219292800")), Legacy.class)
                        .xml()
                        .toGregorianCalendar()
                        .toInstant())
                .isEqualTo(Instant.parse("1582-10-15T00:00:00Z"));
    }

    record OneFeature(
            @JsonFormat(without = JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            Instant read,

            @JsonFormat(without = JsonFormat.Feature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
            Instant written,

            @JsonFormat(without = JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            Date date) {}

    @Test
    void aPropertyThatSetsItsUnitForOneDirectionHasItForBoth() {
        Instant instant = Instant.parse("2024-06-22T07:04:39.651Z");
        for (EpochUnit unit : EpochUnit.values()) {
            ItemMapper each = mapper.epochUnit(unit);
            OneFeature times = new OneFeature(instant, instant, Date.from(instant));
            var item = exact(new String(each.write(times), UTF_8));
            for (String name : List.of("read", "written", "date")) {
                assertThat(item.require(name).numberText()).isEqualTo("1719039879651");
            }
            assertThat(each.read(item, OneFeature.class)).isEqualTo(times);
        }
    }

    record OneShape(
            @JsonFormat(without = JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            Instant millis,

            @JsonFormat(shape = JsonFormat.Shape.NUMBER_INT) Instant integer,

            @JsonFormat(shape = JsonFormat.Shape.NUMBER_FLOAT)
            OffsetDateTime fraction,

            @JsonFormat(without = JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            Duration length,

            ZonedDateTime plain,
            Date date,
            Timestamp timestamp) {}

    /** Jackson itself writes milliseconds in some of these cases, and reads them as seconds. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aMapperWithoutAUnitReadsWhatItWrites(boolean readsSeconds, boolean writesSeconds) {
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .configure(DeserializationFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS, readsSeconds)
                .configure(SerializationFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS, writesSeconds)
                .enable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
        ItemMapper any = ItemMapper.of(builder.build());
        for (String time : List.of(
                "2025-03-14T07:41:00.500Z",
                "2025-03-14T07:41:00Z",
                "1970-01-01T00:00:00.747Z",
                "1969-12-31T23:59:59.999999999Z")) {
            Instant instant = Instant.parse(time);
            OneShape times = new OneShape(
                    instant,
                    instant,
                    instant.atOffset(ZoneOffset.UTC),
                    Duration.between(Instant.EPOCH, instant),
                    instant.atZone(ZoneOffset.UTC),
                    Date.from(instant.truncatedTo(ChronoUnit.MILLIS)),
                    Timestamp.from(instant));
            var item = exact(new String(any.write(times), UTF_8));
            assertThat(any.read(item, OneShape.class)).isEqualTo(times);
            assertThat(new BigDecimal(item.require("millis").numberText())).isEqualByComparingTo(millis(instant));
        }
    }

    private static BigDecimal millis(Instant instant) {
        BigDecimal seconds = new BigDecimal(instant.getEpochSecond());
        return seconds.add(BigDecimal.valueOf(instant.getNano(), 9)).movePointRight(3);
    }

    @Test
    void aZonedTimeOfANumberEqualsThatOfItsText() {
        for (ItemMapper any : List.of(mapper, ItemMapper.of(new ObjectMapper().registerModule(new JavaTimeModule())))) {
            ZonedDateTime ofText = any.read(item("{'zoned':{'S':'1970-01-01T00:00:05Z'}}"), Times.class).zoned;
            assertThat(any.read(item(n("zoned", "5")), Times.class).zoned).isEqualTo(ofText);
        }
    }

    record Shift(java.sql.Time begin) {}

    /** Jackson writes it as the time of a day, and has no reader for it. */
    @Test
    void aTimeOfDayOfJavaSqlIsWrittenAsText() {
        Shift shift = new Shift(java.sql.Time.valueOf("07:41:17"));
        for (ItemMapper mapper :
                List.of(ItemMapper.create(), ItemMapper.create().epochUnit(EpochUnit.MILLISECOND))) {
            assertThat(new String(mapper.write(shift), UTF_8)).isEqualTo("{\"begin\":{\"S\":\"07:41:17\"}}");
        }
    }

    record At(Instant at) {}

    @Test
    void theFormatThatAMapperStatesForATypeHoldsInBeansAndMaps() {
        ObjectMapper texts = new ObjectMapper().registerModule(new JavaTimeModule());
        texts.configOverride(Instant.class).setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING));
        ItemMapper mapper = ItemMapper.of(texts).epochUnit(EpochUnit.SECOND);
        for (Object written : List.of(new At(Instant.EPOCH), Map.of("at", Instant.EPOCH))) {
            assertThat(new String(mapper.write(written), UTF_8)).isEqualTo("{\"at\":{\"S\":\"1970-01-01T00:00:00Z\"}}");
        }
    }

    record Legacy(Timestamp timestamp, java.sql.Date sqlDate, XMLGregorianCalendar xml) {}

    @Test
    void theDatesOfOtherModulesCountTheUnit() throws DatatypeConfigurationException {
        Instant instant = Instant.parse("2024-06-22T07:04:39.651Z");
        for (EpochUnit unit : EpochUnit.values()) {
            ItemMapper each = mapper.epochUnit(unit);
            Legacy legacy = new Legacy(
                    Timestamp.from(instant.plusNanos(234_567)),
                    new java.sql.Date(instant.toEpochMilli()),
                    DatatypeFactory.newInstance().newXMLGregorianCalendar(instant.toString()));
            var item = exact(new String(each.write(legacy), UTF_8));
            assertThat(item.require("xml").numberText())
                    .isEqualTo(item.require("sqlDate").numberText());
            Legacy read = each.read(item, Legacy.class);
            assertThat(read.timestamp()).isEqualTo(legacy.timestamp());
            assertThat(read.sqlDate()).isEqualTo(legacy.sqlDate());
            assertThat(read.xml().toGregorianCalendar().toInstant()).isEqualTo(instant);
        }
        assertThat(mapper.read(item(n("timestamp", "-0.000000001")), Legacy.class)
                        .timestamp())
                .isEqualTo(Timestamp.from(Instant.ofEpochSecond(0, -1)));
    }

    record Texts(Date date, Calendar calendar, Timestamp timestamp) {}

    @ParameterizedTest
    @ValueSource(strings = {"date", "calendar", "timestamp"})
    void theStringNullIsNotADate(String name) {
        mismatch(() -> mapper.read(item("{'" + name + "':{'S':'null'}}"), Texts.class));
    }

    static final class EveryType {
        public @Nullable Instant instant;
        public @Nullable OffsetDateTime offset;
        public @Nullable ZonedDateTime zoned;
        public @Nullable Date date;
        public @Nullable Calendar calendar;
        public java.sql.@Nullable Date sqlDate;
        public @Nullable Timestamp timestamp;
        public @Nullable XMLGregorianCalendar xml;
    }

    private static final List<String> EVERY_NAME =
            List.of("instant", "offset", "zoned", "date", "calendar", "sqlDate", "timestamp", "xml");

    private static final List<String> LEGACY = List.of("date", "calendar", "sqlDate", "timestamp", "xml");

    private List<ItemMapper> mappers() {
        return List.of(mapper, ItemMapper.of(new ObjectMapper().registerModule(new JavaTimeModule())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "0000-01-01T00:00:00Z"})
    void aTextOutsideTheYears1To9999IsAMismatch(String text) {
        for (ItemMapper any : mappers()) {
            for (String name : EVERY_NAME) {
                mismatch(() -> any.read(item("{'" + name + "':{'S':'" + text + "'}}"), EveryType.class));
            }
        }
        mismatch(() -> mapper.read(
                item("{'m':{'M':{'" + text + "':{'N':'1'}}}}"),
                new TypeReference<Map<String, Map<Date, Integer>>>() {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"})
    void aTextInTheYears1To9999IsRead(String text) {
        for (ItemMapper any : mappers()) {
            for (String name : EVERY_NAME) {
                EveryType read = any.read(item("{'" + name + "':{'S':'" + text + "'}}"), EveryType.class);
                assertThat(read)
                        .hasNoNullFieldsOrPropertiesExcept(EVERY_NAME.stream()
                                .filter(other -> !other.equals(name))
                                .toArray(String[]::new));
            }
        }
    }

    @Test
    void aTextThatIsFinerThanItsTypeIsAMismatch() {
        for (ItemMapper any : mappers()) {
            for (String name : LEGACY) {
                String fine = "{'" + name + "':{'S':'2025-03-14T07:41:17.082999Z'}}";
                if (name.equals("timestamp")) {
                    assertThat(any.read(item(fine), EveryType.class).timestamp)
                            .isEqualTo(Timestamp.from(Instant.parse("2025-03-14T07:41:17.082999Z")));
                } else {
                    assertThat(mismatch(() -> any.read(item(fine), EveryType.class)))
                            .hasMessageContaining("an instant finer than a millisecond");
                }
            }
            EveryType read = any.read(item("{'date':{'S':'2025-03-14T07:41:17.082000+01:00'}}"), EveryType.class);
            assertThat(read.date).isEqualTo(Date.from(Instant.parse("2025-03-14T06:41:17.082Z")));
        }
        mismatch(() -> mapper.read(
                item("{'m':{'M':{'2025-03-14T07:41:17.082999Z':{'N':'1'}}}}"),
                new TypeReference<Map<String, Map<Date, Integer>>>() {}));
    }

    @Test
    void inAFormatOfTheUserDigitsMeanWhatItSays() {
        Item item = item("{'date':{'S':'17.0829991 s'}}");
        ItemMapper own = ItemMapper.of(new ObjectMapper().setDateFormat(new SimpleDateFormat("ss.S 's'", Locale.ROOT)));
        assertThat(own.read(item, EveryType.class).date).isNotNull();
        assertThat(mapper.read(item, OwnFormat.class).date()).isNotNull();
    }

    record OwnFormat(@JsonFormat(pattern = "ss.S 's'") Date date) {}

    @Test
    void aDateThatDoesNotExistIsAMismatch() {
        for (String text : List.of("2025-02-30", "2025-02-30T00:00:00Z", "2025-03-14T25:00:00Z")) {
            for (String name : LEGACY) {
                mismatch(() -> mapper.read(item("{'" + name + "':{'S':'" + text + "'}}"), EveryType.class));
            }
            mismatch(() -> mapper.read(
                    item("{'m':{'M':{'" + text + "':{'N':'1'}}}}"),
                    new TypeReference<Map<String, Map<Calendar, Integer>>>() {}));
        }
    }

    @Test
    void aCustomMapperUsesTheUnitsOfItsFeatures() {
        ItemMapper seconds = ItemMapper.of(new ObjectMapper().registerModule(new JavaTimeModule()));
        assertThat(seconds.read(item(n("instant", "1719039879.5")), Times.class).instant)
                .isEqualTo(Instant.parse("2024-06-22T07:04:39.500Z"));
        assertThat(seconds.read(item(n("date", "1719039879651")), Times.class).date)
                .isEqualTo(Date.from(Instant.parse("2024-06-22T07:04:39.651Z")));
        ItemMapper millis = ItemMapper.of(JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
                .build());
        assertThat(millis.read(item(n("instant", "1719039879651")), Times.class).instant)
                .isEqualTo(Instant.parse("2024-06-22T07:04:39.651Z"));
        assertThatExceptionOfType(ItemMappingException.class)
                .isThrownBy(() -> seconds.read(item(n("instant", "1E20")), Times.class));
    }

    // -------------------------------------------------------------------------------------------------- writing

    @Property(tries = 500)
    void timesRoundTripInEveryUnit(
            @ForAll @LongRange(min = -62135596800L, max = 253402300799L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano,
            @ForAll EpochUnit unit) {
        ItemMapper each = mapper.epochUnit(unit);
        Instant instant = Instant.ofEpochSecond(second, nano);
        Times times = new Times();
        times.instant = instant;
        times.offset = instant.atOffset(ZoneOffset.UTC);
        times.zoned = instant.atZone(ZoneOffset.UTC);
        times.date = Date.from(Instant.ofEpochMilli(instant.toEpochMilli()));
        times.calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        times.calendar.setTimeInMillis(instant.toEpochMilli());
        times.duration = Duration.ofSeconds(second, nano);
        Times read = each.read(exact(new String(each.write(times), UTF_8)), Times.class);
        assertThat(read.instant).isEqualTo(instant);
        assertThat(instant(read, "offset")).isEqualTo(instant);
        assertThat(instant(read, "zoned")).isEqualTo(instant);
        assertThat(read.date).isEqualTo(times.date);
        assertThat(instant(read, "calendar").toEpochMilli()).isEqualTo(instant.toEpochMilli());
        assertThat(read.duration).isEqualTo(times.duration);
    }

    @ParameterizedTest
    @CsvSource({
        "SECOND, 1719039879.651",
        "MILLISECOND, 1719039879651",
        "MICROSECOND, 1719039879651000",
        "NANOSECOND, 1719039879651000000",
        "BY_MAGNITUDE, 1719039879.651",
    })
    void timesAreWrittenInTheUnit(EpochUnit unit, String number) {
        Times times = new Times();
        times.instant = Instant.parse("2024-06-22T07:04:39.651Z");
        times.date = Date.from(times.instant);
        var item = exact(new String(mapper.epochUnit(unit).write(times), UTF_8));
        assertThat(item.require("instant").numberText()).isEqualTo(number);
        assertThat(item.require("date").numberText()).isEqualTo(number);
    }

    @Test
    void timesThatAreWrittenAsTextStayText() {
        ItemMapper text = ItemMapper.of(JsonMapper.builder()
                        .addModule(new JavaTimeModule())
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .build())
                .epochUnit(EpochUnit.SECOND);
        Times times = new Times();
        times.instant = Instant.parse("2024-06-22T07:04:39.651Z");
        var item = exact(new String(text.write(times), UTF_8));
        assertThat(item.require("instant").asString()).isEqualTo("2024-06-22T07:04:39.651Z");
    }

    record OfInstant(@JsonValue Instant v) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        OfInstant {}
    }

    record OfDate(@JsonValue Date v) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        OfDate {}
    }

    record OfDuration(@JsonValue Duration v) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        OfDuration {}
    }

    record OfTimes(
            OfInstant instant,
            OfDate date,
            OfDuration duration,
            List<OfDate> list,
            Map<String, OfInstant> map,
            Map.Entry<String, Instant> entry,
            Map.Entry<String, Date> dateEntry) {}

    @ParameterizedTest
    @EnumSource(EpochUnit.class)
    void theValueOfAnObjectAndOfAnEntryIsWrittenInTheUnit(EpochUnit unit) {
        Instant instant = Instant.parse("2024-06-22T07:04:39.123Z");
        Date date = Date.from(instant);
        OfTimes times = new OfTimes(
                new OfInstant(instant),
                new OfDate(date),
                new OfDuration(Duration.ofMillis(1500)),
                List.of(new OfDate(date)),
                Map.of("k", new OfInstant(instant)),
                Map.entry("k", instant),
                Map.entry("k", date));
        ItemMapper mapper = ItemMapper.create().epochUnit(unit);
        Item written = exact(new String(mapper.write(times), UTF_8));
        Item plain = exact(new String(mapper.write(Map.of("v", instant)), UTF_8));
        assertThat(written.require("date").numberText())
                .isEqualTo(plain.require("v").numberText());
        assertThat(mapper.read(written, OfTimes.class)).isEqualTo(times);
        assertThat(ItemMapper.of(JsonMapper.builder()
                                .addModule(new JavaTimeModule())
                                .build())
                        .write(times))
                .isNotEmpty();
    }

    record Registered(Instant instant, Date date, Duration duration) {}

    /** A serializer of a module is the user's, although its class is Jackson's. */
    @Test
    void aSerializerThatAModuleRegistersWritesItsOwnForm() {
        SimpleModule texts = new SimpleModule()
                .addSerializer(Instant.class, ToStringSerializer.instance)
                .addSerializer(Duration.class, new StdDelegatingSerializer(Duration.class, new ToMillis()))
                .addSerializer(Date.class, new DateSerializer(false, new SimpleDateFormat("yyyy", Locale.ROOT)));
        Registered times =
                new Registered(Instant.parse("2024-06-22T07:04:39Z"), Date.from(Instant.EPOCH), Duration.ofSeconds(3));
        for (ItemMapper mapper : List.of(
                ItemMapper.create(texts),
                ItemMapper.create(texts).epochUnit(EpochUnit.MILLISECOND),
                ItemMapper.of(JsonMapper.builder()
                        .addModule(new JavaTimeModule())
                        .addModule(texts)
                        .build()))) {
            Item written = exact(new String(mapper.write(times), UTF_8));
            assertThat(written.require("instant").asString()).isEqualTo("2024-06-22T07:04:39Z");
            assertThat(written.require("duration").asLong()).isEqualTo(3000);
            assertThat(written.require("date").asString()).isEqualTo("1970");
        }
    }

    private static final class ToMillis extends StdConverter<Duration, Long> {
        @Override
        public Long convert(Duration duration) {
            return duration.toMillis();
        }
    }

    private static final class ToInstant extends StdConverter<String, Instant> {
        @Override
        public Instant convert(String text) {
            return Instant.parse(text.substring(1));
        }
    }

    private static final class ToCode extends StdConverter<String, Code> {
        @Override
        public Code convert(String text) {
            return new Code(text);
        }
    }

    record Code(String text) {}

    record Converted(Code code, List<Code> codes, Instant instant) {}

    @Test
    void aConverterThatAModuleRegistersIsUsed() {
        SimpleModule converters = new SimpleModule()
                .addDeserializer(Code.class, new StdDelegatingDeserializer<>(new ToCode()))
                .addDeserializer(Instant.class, new StdDelegatingDeserializer<>(new ToInstant()));
        Item item = item("{'code':{'S':'a'},'codes':{'SS':['b']},'instant':{'S':'@2024-06-22T07:04:39Z'}}");
        for (ItemMapper mapper : List.of(
                ItemMapper.create(converters),
                ItemMapper.of(JsonMapper.builder()
                        .addModule(new JavaTimeModule())
                        .addModule(converters)
                        .build()))) {
            assertThat(mapper.read(item, Converted.class))
                    .isEqualTo(new Converted(
                            new Code("a"), List.of(new Code("b")), Instant.parse("2024-06-22T07:04:39Z")));
        }
    }

    record Offsets(List<ZoneOffset> list, Map<String, Period> map) {}

    @ParameterizedTest
    @ValueSource(strings = {"{'list':{'L':[{'B':'AAEC'}]}}", "{'map':{'M':{'k':{'B':'AAEC'}}}}"})
    void binaryIsNoTimeUnderAnyMapper(String item) {
        mismatch(() -> ItemMapper.create().read(item(item), Offsets.class));
        mismatch(() -> ItemMapper.of(
                        JsonMapper.builder().addModule(new JavaTimeModule()).build())
                .read(item(item), Offsets.class));
    }

    record Leftover(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER, pattern = "yyyy-MM-dd")
            Instant instant,

            @JsonFormat(shape = JsonFormat.Shape.NUMBER_INT, pattern = "yyyy", timezone = "UTC")
            OffsetDateTime offset,

            @JsonFormat(shape = JsonFormat.Shape.NUMBER, pattern = "yyyy-MM-dd")
            Date date) {}

    /** Jackson ignores the pattern then. */
    @ParameterizedTest
    @EnumSource(EpochUnit.class)
    void aPatternBesideANumericShapeDoesNotChangeTheUnit(EpochUnit unit) {
        Instant instant = Instant.parse("2024-06-22T07:04:39.123Z");
        Leftover times = new Leftover(instant, instant.atOffset(ZoneOffset.UTC), Date.from(instant));
        for (ItemMapper mapper : List.of(
                ItemMapper.create().epochUnit(unit),
                ItemMapper.of(JsonMapper.builder()
                                .addModule(new JavaTimeModule())
                                .build())
                        .epochUnit(unit))) {
            Item written = exact(new String(mapper.write(times), UTF_8));
            Item plain = exact(new String(mapper.write(Map.of("v", instant)), UTF_8));
            for (String name : List.of("instant", "offset", "date")) {
                assertThat(written.require(name).numberText())
                        .isEqualTo(plain.require("v").numberText());
            }
            assertThat(mapper.read(written, Leftover.class)).isEqualTo(times);
        }
    }

    @Test
    void aTimePrecisionSetsTheUnit() {
        for (TimePrecision precision : TimePrecision.values()) {
            Times byPrecision = mapper.epochUnit(precision).read(item(n("instant", "1719039879")), Times.class);
            Times byUnit = mapper.epochUnit(EpochUnit.valueOf(precision.name()))
                    .read(item(n("instant", "1719039879")), Times.class);
            assertThat(byPrecision.instant).isEqualTo(byUnit.instant);
        }
    }
}
