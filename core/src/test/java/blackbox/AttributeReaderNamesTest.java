package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.change;
import static fixtures.Records.json;
import static fixtures.Records.kinesis;
import static fixtures.Records.newImage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blackbox.AttributeReaderTest.Way;
import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are selected from prepared sets without becoming strings. */
class AttributeReaderNamesTest {
    private static final String LONG = "n".repeat(300);
    private static final String[] NAMES = {
        "a",
        "order_id",
        "caf\u00e9",
        "\ud83d\ude00",
        "",
        "sixteen_bytes_16",
        "more_than_sixteen_bytes",
        LONG,
        "q\"\\\n/"
    };

    /** The same names, spelled plainly and by escapes, and some that are not prepared. */
    private static final List<String> SPELLINGS = List.of(
            "{'a':0,'order_id':1,'caf\u00e9':2,'\ud83d\ude00':3,'':4,'sixteen_bytes_16':5,'more_than_sixteen_bytes':6,'"
                    + LONG + "':7,'q\\\"\\\\\\n/':8,'b':-1,'order_idx':-1,'order_i':-1,'" + LONG + "n':-1,'A':-1}",
            "{'\\u0061':0,'order\\u005fid':1,'caf\\u00e9':2,'\\ud83d\\ude00':3,'\\u0073ixteen_bytes_16':5,"
                    + "'more\\u005fthan_sixteen_bytes':6,'\\u006e" + LONG.substring(1)
                    + "':7,'q\\u0022\\u005c\\u000a\\/':8,"
                    + "'\\u0062':-1,'cafe':-1,'\\u006e" + LONG + "':-1}");

    @Test
    void selectReturnsTheOrdinalForEverySpellingOfTheNameKnownOrNot() {
        AttributeNames names = AttributeNames.of(NAMES);
        DecodeSession session = DECODER.newSession();
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        for (int round = 0; round < 4; round++) {
            for (String spelling : SPELLINGS) {
                byte[] record =
                        json(kinesis("INSERT", "'NewImage':" + spelling.replaceAll(":(-?[0-9])", ":{'N':'$1'}")));
                for (Item image : List.of(newImage(session.decode(record)), newImage(decoder.decode(record)))) {
                    AttributeReader reader = image.reader();
                    int attributes = 0;
                    while (reader.next()) {
                        assertThat(reader.select(names)).as(reader.name()).isEqualTo(reader.intValue());
                        assertThat(names.ordinal(reader.name())).isEqualTo(reader.intValue());
                        attributes++;
                    }
                    assertThat(attributes).isEqualTo(image.size()).isGreaterThan(9);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesAreSelectedInMapsAndAbsentInListsAndSets(Way way) {
        AttributeNames names = AttributeNames.of("m", "a", "l");
        AttributeReader reader = way.reader("{'m':{'M':{'a':{'M':{'l':{'N':'1'}}},'z':{'N':'2'}}},"
                + "'l':{'L':[{'S':'a'},{'M':{'a':{'N':'3'}}}]},'a':{'SS':['a','m']}}");
        reader.next();
        assertThat(reader.select(names)).isEqualTo(0);
        reader.enter();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(1);
        reader.enter();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(2);
        reader.leave();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(-1);
        reader.leave();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(2);
        reader.enter();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(-1);
        assertThatIllegalStateException().isThrownBy(reader::name).withMessageContaining("no names");
        reader.next();
        reader.enter();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(1);
        reader.leave();
        reader.leave();
        reader.next();
        reader.enter();
        reader.next();
        assertThat(reader.select(names)).isEqualTo(-1);
        assertThatIllegalStateException().isThrownBy(reader::name);
    }

    @Test
    void anyNumberOfPreparedSetsCanBeUsedInTurn() {
        List<AttributeNames> sets = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            sets.add(AttributeNames.of("other" + i, "a" + i, "b", "c" + i % 3));
        }
        DecodeSession session = DECODER.newSession();
        for (int round = 0; round < 3; round++) {
            AttributeReader reader = newImage(session.decode(json(change(
                            "MODIFY",
                            "'NewImage':{'a0':{'N':'0'},'a10':{'N':'10'},'b':{'N':'-1'},'a5':{'N':'5'},'c1':{'N':'-2'},"
                                    + "'new" + round + "':{'N':'-3'}}"))))
                    .reader();
            while (reader.next()) {
                for (int repeat = 0; repeat < 2; repeat++) {
                    for (int i = 0; i < sets.size(); i++) {
                        int value = reader.intValue();
                        int expected = value == i ? 1 : value == -1 ? 2 : value == -2 && i % 3 == 1 ? 3 : -1;
                        assertThat(reader.select(sets.get(i))).isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** The session's table of names grows and is cleared while the prepared set is in use. */
    @Test
    void aPreparedSetOutlivesTheNamesThatASessionForgets() {
        AttributeNames names = AttributeNames.of("steady", "late");
        DecodeSession session = DECODER.newSession();
        for (int i = 0; i < 3_000; i++) {
            String fresh = "'f" + i + "':{'N':'-1'},'g" + i + "':{'N':'-1'},'h" + i + "':{'N':'-1'},";
            String late = i < 2_000 ? "" : ",'late':{'N':'1'}";
            String image = "{" + (i % 2 == 0 ? fresh : "") + "'steady':{'N':'0'}," + (i % 2 == 1 ? fresh : "")
                    + "'x':{'N':'-1'}" + late + "}";
            AttributeReader reader = newImage(session.decode(json(change("INSERT", "'NewImage':" + image))))
                    .reader();
            while (reader.next()) {
                if (reader.select(names) != reader.intValue()) {
                    throw new AssertionError("record " + i + ": " + reader.name() + " is " + reader.select(names));
                }
            }
        }
    }

    @Test
    void aNameThatNoRecordCanHaveIsNeverSelected() {
        AttributeNames names = AttributeNames.of("\ud800", "x\udc00");
        DecodeSession session = DECODER.newSession();
        byte[] record = json(change("INSERT", "'NewImage':{'?':{'N':'1'},'x?':{'N':'1'},'\ufffd':{'N':'1'}}"));
        for (int round = 0; round < 3; round++) {
            for (Item image : List.of(newImage(session.decode(record)), newImage(DECODER.decode(record)))) {
                AttributeReader reader = image.reader();
                while (reader.next()) {
                    assertThat(reader.select(names)).isEqualTo(-1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 15, 16, 17, 300, 3_000})
    void anyNumberOfNamesCanBePrepared(int count) {
        List<String> names = IntStream.range(0, count)
                .mapToObj(i -> i % 7 == 0 ? "n\u00e9" + i : "name" + i * 31)
                .collect(Collectors.toList());
        AttributeNames prepared = AttributeNames.of(names);
        StringBuilder plain = new StringBuilder("{");
        StringBuilder escaped = new StringBuilder("{");
        for (int i = count + 99; i >= 0; i--) {
            String name = i < count ? names.get(i) : "name" + (i * 31 + 1);
            String value = ":{'N':'" + (i < count ? i : -1) + "'}" + (i > 0 ? "," : "}");
            plain.append("'").append(name).append("'").append(value);
            escaped.append("'\\u006e").append(name.substring(1)).append("'").append(value);
        }
        DecodeSession session = DECODER.newSession();
        for (String image : List.of(plain.toString(), escaped.toString(), plain.toString())) {
            byte[] record = json(kinesis("INSERT", "'NewImage':" + image));
            AttributeReader reader = newImage(session.decode(record)).reader();
            int selected = 0;
            for (int ordinal = reader.next(prepared); ordinal >= 0; ordinal = reader.next(prepared)) {
                assertThat(reader.intValue()).isEqualTo(ordinal);
                selected++;
            }
            assertThat(selected).isEqualTo(count);
            ChangeEventDecoder projected =
                    ChangeEventDecoder.builder().attributes(names).build();
            assertThat(newImage(projected.decode(record)).size()).isEqualTo(count);
        }
    }

    @Test
    void theOrdinalOfAPreparedNameIsItsPosition() {
        String[] given = {"b", "a", ""};
        AttributeNames names = AttributeNames.of(given);
        given[0] = "changed";
        assertThat(names.size()).isEqualTo(3);
        assertThat(List.of(names.name(0), names.name(1), names.name(2))).containsExactly("b", "a", "");
        assertThat(names.ordinal("b")).isZero();
        assertThat(names.ordinal("a")).isEqualTo(1);
        assertThat(names.ordinal("")).isEqualTo(2);
        assertThat(names.ordinal("changed")).isEqualTo(-1);
        assertThatThrownBy(() -> names.name(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> names.name(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(AttributeNames.of().size()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> AttributeNames.of("a", "b", "a"));
    }

    @Test
    void theOrdinalsOfACollectionAreItsIterationOrder() {
        List<String> given = new ArrayList<>(List.of("b", "a"));
        AttributeNames names = AttributeNames.of(given);
        given.set(0, "changed");
        assertThat(names.size()).isEqualTo(2);
        assertThat(names.ordinal("b")).isZero();
        assertThat(names.ordinal("a")).isEqualTo(1);
        assertThat(AttributeNames.of(new TreeSet<>(List.of("z", "y"))).ordinal("y"))
                .isZero();
        assertThat(AttributeNames.of(List.of()).size()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> AttributeNames.of(List.of("a", "b", "a")));
        assertThatThrownBy(() -> AttributeNames.of(Arrays.asList("a", null))).isInstanceOf(NullPointerException.class);
    }

    @Test
    void setsOfTheSameNamesInTheSameOrderAreEqual() {
        AttributeNames names = AttributeNames.of("b", "a");
        assertThat(names)
                .isEqualTo(AttributeNames.of(List.of("b", "a")))
                .hasSameHashCodeAs(AttributeNames.of("b", "a"));
        assertThat(names).isNotEqualTo(AttributeNames.of("a", "b")).isNotEqualTo(List.of("b", "a"));
    }
}
