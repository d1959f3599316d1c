package blackbox;

import static fixtures.Records.json;
import static fixtures.Records.kinesis;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.LongRunning;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.TimePrecision;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import reference.ReferenceComparison;
import reference.ReferenceDecoder;
import reference.ReferenceOptions;

/** The library and the reference's decimal arithmetic agree on texts of ApproximateCreationDateTime, valid or not. */
@LongRunning
class TimeTextsTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final ReferenceDecoder REFERENCE = new ReferenceDecoder();

    private static final ChangeEventDecoder MILLISECONDS = ChangeEventDecoder.builder()
            .timePrecision(TimePrecision.MILLISECOND)
            .build();
    private static final ReferenceDecoder REFERENCE_MILLISECONDS =
            new ReferenceDecoder(ReferenceOptions.defaults().withTimePrecision("MILLISECOND"));

    @Property(tries = 2_500)
    void numbers(@ForAll("numbers") String number, @ForAll("units") String stated) {
        assertSameTime(number, stated);
        assertSameTime("'" + number + "'", stated);
    }

    @Property(tries = 2_000)
    void iso8601(@ForAll("isoTexts") String text, @ForAll("units") String stated) {
        assertSameTime("'" + text + "'", stated);
    }

    @Property(tries = 1_000)
    void oneChangedCharacter(
            @ForAll("isoTexts") String text, @ForAll("places") int place, @ForAll("characters") char c) {
        StringBuilder changed = new StringBuilder(text);
        changed.setCharAt(place % text.length(), c);
        assertSameTime("'" + changed + "'", "");
        changed.deleteCharAt(place % text.length());
        assertSameTime("'" + changed + "'", "");
    }

    @Property(tries = 2_500)
    void escapesMakeNoDifference(@ForAll("anyTexts") String text, @ForAll("places") int place) {
        int at = place % text.length();
        String escape = String.format("\\u%04x", (int) text.charAt(at));
        assertSameTime("'" + text.substring(0, at) + escape + text.substring(at + 1) + "'", "");
    }

    @Property(tries = 2_500)
    void aTimeThatIsWrittenIsReadAsTheSame(@ForAll("anyTexts") String text, @ForAll("units") String stated) {
        ChangeEvent event = DECODER.tryDecode(record("'" + text + "'", stated)).event();
        if (event != null) {
            CreationTime time = Objects.requireNonNull(event.approximateCreationDateTime());
            ChangeEvent written = DECODER.decode(event.toBytes());
            CreationTime read = Objects.requireNonNull(written.approximateCreationDateTime());
            assertThat(read).isEqualTo(time);
            assertThat(read.precision()).isEqualTo(time.precision());
            assertThat(read.stated()).isEqualTo(time.stated());
        }
    }

    private static byte[] record(String time, String stated) {
        String precision = stated.isEmpty() ? "" : ",'ApproximateCreationDateTimePrecision':'" + stated + "'";
        return json(kinesis("REMOVE", "'ApproximateCreationDateTime':" + time + precision));
    }

    private static void assertSameTime(String time, String stated) {
        byte[] record = record(time, stated);
        ReferenceComparison.assertSameVerdict(DECODER, REFERENCE, record);
        ReferenceComparison.assertSameVerdict(MILLISECONDS, REFERENCE_MILLISECONDS, record);
    }

    @Provide
    static Arbitrary<String> units() {
        return Arbitraries.of("", "", "SECOND", "MILLISECOND", "MICROSECOND", "NANOSECOND", "DAY");
    }

    @Provide
    static Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, 100);
    }

    @Provide
    static Arbitrary<Character> characters() {
        return Arbitraries.of(
                "0123456789-+:.TtZz eE_".chars().mapToObj(c -> (char) c).toArray(Character[]::new));
    }

    @Provide
    static Arbitrary<String> anyTexts() {
        return Arbitraries.oneOf(numbers(), isoTexts());
    }

    /** JSON numbers: times in all units, numbers near a bound, and others. */
    @Provide
    static Arbitrary<String> numbers() {
        Arbitrary<String> times = Arbitraries.longs()
                .between(-10_000_000_000L, 110_000_000_000L)
                .withoutEdgeCases()
                .flatMap(second -> digits(0, 9).map(fraction -> second + fraction));
        Arbitrary<String> bounds = Arbitraries.of(
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                "-9223372036854775809",
                "9223372036854775807999",
                "9223372036854775808000",
                "-9223372036854775808999",
                "9223372036854",
                "9223372036855",
                "-9223372036855",
                "99999999999",
                "100000000000",
                "99999999999999",
                "100000000000000",
                "99999999999999999",
                "100000000000000000",
                "94694399",
                "94694400",
                "100008604799",
                "100008604800",
                "1",
                "0",
                "-0",
                "-1");
        Arbitrary<String> any = digits(1, 42).map(digits -> digits.replaceFirst("^0+(?=.)", ""));
        Arbitrary<String> fractions = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.just(""),
                digits(1, 25).map(digits -> "." + digits),
                Arbitraries.of(".0", ".5", ".775807", ".775808", ".224191", ".9999999999", ".0000000000001"));
        Arbitrary<String> exponents = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just("")),
                Tuple.of(2, Arbitraries.integers().between(-25, 25).map(exponent -> "e" + exponent)),
                Tuple.of(1, Arbitraries.of("E+0", "E-000", "E+0012", "e999", "e-999", "e1000", "E00000000999")));
        return Combinators.combine(Arbitraries.oneOf(times, times, bounds, any), fractions, exponents)
                .as((whole, fraction, exponent) -> whole + fraction + exponent)
                .withoutEdgeCases();
    }

    private static Arbitrary<String> digits(int min, int max) {
        return Arbitraries.strings().numeric().ofMinLength(min).ofMaxLength(max).withoutEdgeCases();
    }

    /** Mostly valid texts, with an occasional field out of its range. */
    @Provide
    static Arbitrary<String> isoTexts() {
        Arbitrary<String> years = Arbitraries.oneOf(
                Arbitraries.integers().between(1900, 2100).map(String::valueOf),
                Arbitraries.integers().between(0, 9999).map(year -> String.format("%04d", year)),
                Arbitraries.of("-0001", "+12345", "294246", "+294246", "+294247", "-290308", "24"));
        Arbitrary<String> days = Combinators.combine(
                        Arbitraries.integers().between(0, 13),
                        Arbitraries.integers().between(0, 32))
                .as((month, day) -> String.format("-%02d-%02d", month, day));
        Arbitrary<String> clocks = Combinators.combine(
                        Arbitraries.integers().between(0, 24),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(-1, 60))
                .as((hour, minute, second) ->
                        String.format("%02d:%02d", hour, minute) + (second < 0 ? "" : String.format(":%02d", second)));
        Arbitrary<String> fractions = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just("")), Tuple.of(3, digits(0, 12).map(digits -> "." + digits)));
        Arbitrary<String> offsets = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of("Z", "z", "+00:00", "-00:00", "+05:30", "-11:45:15", "+18:00", "-18:00")),
                Tuple.of(
                        1, Arbitraries.of("", "+18:00:01", "+1", "+01", "+0130", "-01:30:5", "+19:00", "+01:60", "ZZ")),
                Tuple.of(1, Arbitraries.of("+013015", "+1:30", "-9:00", "+00:00:00", "[UTC]", "Z[UTC]", " Z")));
        return Combinators.combine(years, days, Arbitraries.of("T", "T", "T", "t", " "), clocks, fractions, offsets)
                .as((year, day, t, clock, fraction, offset) -> year + day + t + clock + fraction + offset)
                .withoutEdgeCases();
    }
}
