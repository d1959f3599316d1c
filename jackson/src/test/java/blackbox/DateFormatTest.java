package blackbox;

import static blackbox.Items.exact;
import static blackbox.Items.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.DateDeserializers;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.DateSerializer;
import com.fasterxml.jackson.databind.util.StdDateFormat;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMapper.EpochUnit;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import java.sql.Timestamp;
import java.text.DateFormat;
import java.text.FieldPosition;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.datatype.XMLGregorianCalendar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates whose texts a format of the user's writes and reads. */
@SuppressWarnings("JavaUtilDate") // what is tested
class DateFormatTest {
    /** Whole in each of the formats below. */
    private static final Instant TIME = Instant.parse("2024-01-01T00:00:00Z");

    record Dates(Date date, Calendar calendar, Timestamp timestamp, List<Date> list, Map<String, Date> map) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonTypeName("buffered")
    record Buffered(Date date, Timestamp timestamp) {}

    private static DateFormat format(String pattern) {
        DateFormat format = new SimpleDateFormat(pattern, Locale.ROOT);
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        return format;
    }

    private static JsonMapper.Builder jackson(String pattern) {
        return JsonMapper.builder()
                .defaultDateFormat(format(pattern))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    private static Dates dates() {
        Date date = Date.from(TIME);
        Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        calendar.setTime(date);
        long millis = date.getTime();
        return new Dates(date, calendar, new Timestamp(millis), List.of(date), Map.of("k", date));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyyMMdd",
                "yyyyMMddHHmmss",
                "yyyyMMddHHmmssSSS",
                "yyyy",
                "yyMMdd",
                "yyyy.MM",
                "dd/MM/yyyy HH:mm"
            })
    void digitsMeanWhatTheMappersFormatSays(String pattern) {
        ItemMapper own = ItemMapper.of(jackson(pattern).build());
        for (ItemMapper mapper : List.of(own, own.epochUnit(EpochUnit.SECOND), own.epochUnit(EpochUnit.BY_MAGNITUDE))) {
            Item texts = exact(new String(own.write(dates()), UTF_8));
            assertThat(texts.require("date").asString())
                    .isEqualTo(format(pattern).format(Date.from(TIME)));
            Dates read = mapper.read(texts, Dates.class);
            assertThat(read.calendar().toInstant()).isEqualTo(TIME);
            assertThat(read)
                    .usingRecursiveComparison()
                    .ignoringFields("calendar")
                    .isEqualTo(dates());
            assertThat(mapper.read(texts.require("date"), java.sql.Date.class))
                    .isEqualTo(new java.sql.Date(TIME.toEpochMilli()));
            String text = "{'S':'" + texts.require("date").asString() + "'}";
            Item buffered = item("{'date':" + text + ",'timestamp':" + text + ",'type':{'S':'buffered'}}");
            assertThat(mapper.read(buffered, Buffered.class))
                    .isEqualTo(new Buffered(dates().date(), dates().timestamp()));
        }
    }

    @Test
    void digitsMeanWhatAModulesDeserializerOfJacksonsSays() {
        DateFormat days = format("yyyyMMdd");
        SimpleModule module = new SimpleModule()
                .addDeserializer(
                        Date.class,
                        new DateDeserializers.DateDeserializer(
                                DateDeserializers.DateDeserializer.instance, days, "yyyyMMdd"))
                .addDeserializer(
                        Calendar.class,
                        new DateDeserializers.CalendarDeserializer(
                                new DateDeserializers.CalendarDeserializer(), days, "yyyyMMdd"))
                .addDeserializer(
                        Timestamp.class,
                        new DateDeserializers.TimestampDeserializer(
                                new DateDeserializers.TimestampDeserializer(), days, "yyyyMMdd"));
        Item item = item("{'date':{'S':'20240101'},'calendar':{'S':'20240101'},'timestamp':{'S':'20240101'},"
                + "'list':{'L':[{'S':'20240101'}]},'map':{'M':{'k':{'S':'20240101'}}}}");
        Dates read = ItemMapper.create(module).read(item, Dates.class);
        assertThat(read.calendar().toInstant()).isEqualTo(TIME);
        assertThat(read).usingRecursiveComparison().ignoringFields("calendar").isEqualTo(dates());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024", "24", "-1", "1700000000", "1700000000.5"})
    void digitsThatTheFormatDoesNotReadAreAMismatch(String digits) {
        ItemMapper own = ItemMapper.of(jackson("yyyy-MM-dd'T'HH:mm:ss'Z'").build());
        for (Class<?> type : List.of(Date.class, Calendar.class, Timestamp.class, java.sql.Date.class)) {
            assertThatThrownBy(
                            () -> own.read(item("{'v':{'S':'" + digits + "'}}").require("v"), type))
                    .isInstanceOf(ItemMappingException.class);
        }
    }

    @Test
    void aFormatThatReadsDigitsAsMillisecondsLeavesThemToTheUnit() {
        for (DateFormat format : List.of(new StdDateFormat(), new StdDateFormat().withColonInTimeZone(false))) {
            ItemMapper own =
                    ItemMapper.of(JsonMapper.builder().defaultDateFormat(format).build());
            Item item = item("{'v':{'S':'1704067200'}}");
            assertThat(own.epochUnit(EpochUnit.SECOND).read(item.require("v"), Date.class))
                    .isEqualTo(Date.from(TIME));
            assertThat(own.read(item.require("v"), Date.class)).isEqualTo(new Date(1704067200));
        }
    }

    record Milliseconds(@JsonFormat(pattern = "SSS") Date date) {}

    @ParameterizedTest
    @EnumSource(EpochUnit.class)
    void inAPatternOfAPropertyDigitsHaveNoUnit(EpochUnit unit) {
        assertThat(ItemMapper.create()
                        .epochUnit(unit)
                        .read(item("{'date':{'S':'86400001'}}"), Milliseconds.class)
                        .date())
                .isEqualTo(new Date(86_400_001));
    }

    /** A format of milliseconds that is not Jackson's. */
    private static final class OfMilliseconds extends DateFormat {
        private static final long serialVersionUID = 1L;

        @Override
        public StringBuffer format(Date date, StringBuffer text, FieldPosition position) {
            return text.append(date.getTime());
        }

        @Override
        public Date parse(String text, ParsePosition position) {
            position.setIndex(text.length());
            return new Date(Long.parseLong(text));
        }

        @Override
        public Object clone() {
            return this;
        }
    }

    @Test
    void aFormatOfTheUsersThatCountsMillisecondsReadsWhatItWrites() {
        ItemMapper own = ItemMapper.of(JsonMapper.builder()
                        .defaultDateFormat(new OfMilliseconds())
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .build())
                .epochUnit(EpochUnit.SECOND);
        Item written = exact(new String(own.write(Map.of("v", Date.from(TIME))), UTF_8));
        assertThat(written.require("v").asString()).isEqualTo("1704067200000");
        assertThat(own.read(written.require("v"), Date.class)).isEqualTo(Date.from(TIME));
    }

    record Written(@JsonFormat(pattern = "yyyyMMdd") XMLGregorianCalendar day) {}

    @Test
    void anXmlCalendarHasTheMappersFormatAndDigitsInAPatternThatIsOnlyWrittenAreAMismatch() {
        ItemMapper own = ItemMapper.of(jackson("yyyyMMdd").build());
        XMLGregorianCalendar day = own.read(item("{'v':{'S':'20240101'}}").require("v"), XMLGregorianCalendar.class);
        assertThat(day).isNotNull();
        assertThat(day.toGregorianCalendar().toInstant()).isEqualTo(TIME);
        for (ItemMapper mapper : List.of(own, ItemMapper.create())) {
            Item written = exact(new String(mapper.write(new Written(day)), UTF_8));
            assertThat(written.require("day").asString()).isEqualTo("20240101");
            assertThatThrownBy(() -> mapper.read(written, Written.class))
                    .isInstanceOf(ItemMappingException.class)
                    .hasMessageContaining("only written");
        }
    }

    /** The mapper finds out what a format reads without the user's handlers. */
    @Test
    void aProblemHandlerSeesTheItemsValuesOnly() {
        AtomicInteger calls = new AtomicInteger();
        ItemMapper own = ItemMapper.of(jackson("yyyy-MM-dd")
                .addHandler(new DeserializationProblemHandler() {
                    @Override
                    public Object handleWeirdStringValue(
                            DeserializationContext context, Class<?> type, String value, String message) {
                        calls.incrementAndGet();
                        return Date.from(TIME);
                    }
                })
                .build());
        assertThat(own.read(item("{'v':{'S':'2024-01-02'}}").require("v"), Date.class))
                .isEqualTo(Date.from(TIME.plusSeconds(86_400)));
        assertThat(calls).hasValue(0);
        assertThat(own.read(item("{'v':{'S':'17'}}").require("v"), Date.class)).isEqualTo(Date.from(TIME));
        assertThat(calls).hasValue(1);
    }

    record Created(Date created) {}

    /** As JDBC returns them. */
    @Test
    void aSerializerOfAModuleWritesTimestampsAsItWritesDates() {
        SimpleModule module =
                new SimpleModule().addSerializer(Date.class, new DateSerializer(false, format("yyyyMMdd HHmm")));
        ItemMapper own = ItemMapper.of(JsonMapper.builder().addModule(module).build());
        for (ItemMapper mapper : List.of(own, own.epochUnit(EpochUnit.SECOND), ItemMapper.create(module))) {
            for (Date date : List.of(Date.from(TIME), Timestamp.from(TIME))) {
                Item written = exact(new String(mapper.write(new Created(date)), UTF_8));
                assertThat(written.require("created").asString()).isEqualTo("20240101 0000");
            }
        }
        Timestamp nanos = Timestamp.from(TIME.plusNanos(1));
        Item written = exact(new String(ItemMapper.create().write(new Created(nanos)), UTF_8));
        assertThat(written.require("created").numberText()).isEqualTo("1704067200.000000001");
    }
}
