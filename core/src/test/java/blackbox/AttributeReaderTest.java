package blackbox;

import static blackbox.AttributeReaderValuesTest.assertWrongType;
import static fixtures.Records.DECODER;
import static fixtures.Records.change;
import static fixtures.Records.json;
import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fixtures.Records;
import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cursor returns the same values as AttributeValue, in the order of the record. */
class AttributeReaderTest {
    private static final DecodeSession SESSION = DECODER.newSession();

    /** Where the image comes from. A reader behaves the same for each. */
    enum Way {
        DECODE {
            @Override
            Item image(String attributes) {
                return Records.item(attributes);
            }
        },
        SESSION_LEARNING {
            @Override
            Item image(String attributes) {
                return newImage(DECODER.newSession().decode(json(change("MODIFY", "'NewImage':" + attributes))));
            }
        },
        SESSION_THAT_KNOWS {
            @Override
            Item image(String attributes) {
                byte[] record = json(change("MODIFY", "'NewImage':" + attributes));
                SESSION.decode(record);
                return newImage(SESSION.decode(record));
            }
        };

        abstract Item image(String attributes);

        AttributeReader reader(String attributes) {
            return image(attributes).reader();
        }
    }

    // ------------------------------------------------------------------------------------------- a value on its own

    @ParameterizedTest
    @EnumSource(Way.class)
    void aReaderOfAValueReadsThatValueOnly(Way way) {
        Item image =
                way.image("{'a':{'N':'1'},'l':{'L':[{'S':'x'},{'M':{'k':{'L':[]}}},{'NS':['2']}]},'z':{'S':'end'}}");
        AttributeReader number = image.require("a").reader();
        assertThat(number.next()).isTrue();
        assertThat(number.longValue()).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(number::name);
        assertThat(number.next()).isFalse();
        assertThat(number.next()).isFalse();

        AttributeReader list = image.require("l").reader();
        assertThat(list.next()).isTrue();
        assertThat(list.value()).isEqualTo(image.require("l"));
        list.enter();
        assertThat(list.next()).isTrue();
        assertThat(list.stringValue()).isEqualTo("x");
        assertThat(list.next()).isTrue();
        list.enter();
        assertThat(list.next()).isTrue();
        assertThat(list.name()).isEqualTo("k");
        list.leave();
        assertThat(list.next()).isTrue();
        assertThat(list.type()).isEqualTo(AttributeType.NS);
        assertThat(list.next()).isFalse();
        list.leave();
        assertThat(list.next()).isFalse();
        assertThatIllegalStateException().isThrownBy(list::leave);
    }

    @Test
    void aReaderOfAValueIsNotTheSessionsReader() {
        DecodeSession session = DECODER.newSession();
        byte[] record = json(change("MODIFY", "'NewImage':{'a':{'N':'1'},'b':{'N':'2'}}"));
        AttributeReader image = newImage(session.decode(record)).reader();
        assertThat(image.next()).isTrue();
        AttributeReader value = image.value().reader();
        assertThat(value.next()).isTrue();
        assertThat(image.next()).isTrue();
        assertThat(image.longValue()).isEqualTo(2);
        assertThat(value.longValue()).isEqualTo(1);
        session.decode(record);
        assertThatIllegalStateException().isThrownBy(value::longValue).withMessageContaining("copy()");
    }

    // ---------------------------------------------------------------------------------------------- the position

    @ParameterizedTest
    @EnumSource
    void attributesAreReadInTheOrderOfTheRecord(Way way) {
        AttributeReader reader = way.reader("{'b':{'S':'x'},'a':{'N':'5'},'':{'NULL':true}}");
        assertThat(reader.next()).isTrue();
        assertThat(reader.name()).isEqualTo("b");
        assertThat(reader.type()).isEqualTo(AttributeType.S);
        assertThat(reader.stringValue()).isEqualTo("x");
        assertThat(reader.stringValue()).as("again").isEqualTo("x");
        assertThat(reader.next()).isTrue();
        assertThat(reader.name()).isEqualTo("a");
        assertThat(reader.longValue()).isEqualTo(5);
        assertThat(reader.type() == AttributeType.NULL).isFalse();
        assertThat(reader.next()).isTrue();
        assertThat(reader.name()).isEmpty();
        assertThat(reader.type() == AttributeType.NULL).isTrue();
        assertThat(reader.next()).isFalse();
        assertThat(reader.next()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void thereIsNoCurrentValueBeforeTheFirstNextAndAfterTheLast(Way way) {
        AttributeReader reader = way.reader("{'a':{'S':'x'},'m':{'M':{'n':{'N':'1'}}}}");
        assertNoCurrentValue(reader);
        assertThat(reader.next()).isTrue();
        assertThat(reader.next()).isTrue();
        reader.enter();
        assertNoCurrentValue(reader);
        assertThat(reader.next()).isTrue();
        assertThat(reader.intValue()).isEqualTo(1);
        assertThat(reader.next()).isFalse();
        assertNoCurrentValue(reader);
        reader.leave();
        assertNoCurrentValue(reader);
        assertThat(reader.next()).isFalse();
        assertNoCurrentValue(reader);
        AttributeReader ofNothing = way.reader("{'m':{'M':{}}}");
        assertThat(ofNothing.next()).isTrue();
        ofNothing.enter();
        assertNoCurrentValue(ofNothing);
        assertThat(ofNothing.next()).isFalse();
        assertNoCurrentValue(ofNothing);
    }

    private static void assertNoCurrentValue(AttributeReader reader) {
        AttributeNames names = AttributeNames.of("a");
        List<ThrowingCallable> accessors = List.of(
                reader::name,
                () -> reader.select(names),
                reader::type,
                reader::longValue,
                reader::intValue,
                reader::doubleValue,
                reader::decimalValue,
                reader::integral,
                reader::objectValue,
                () -> reader.objectValue(PlainValues.defaults()),
                reader::numberText,
                reader::stringValue,
                reader::booleanValue,
                reader::bytesValue,
                reader::utf8Length,
                () -> reader.copyUtf8To(new byte[9], 0),
                reader::value,
                reader::enter);
        accessors.forEach(accessor -> assertThatIllegalStateException().isThrownBy(accessor));
    }

    @ParameterizedTest
    @EnumSource
    void skipMovesPastAValueAndItsContent(Way way) {
        AttributeReader reader =
                way.reader("{'a':{'M':{'x':{'L':[{'N':'1'},{'SS':['y','z']}]}}},'b':{'S':'x'},'c':{'NS':['1']}}");
        assertThat(reader.skip()).isTrue();
        assertNoCurrentValue(reader);
        assertThat(reader.next()).isTrue();
        assertThat(reader.name()).isEqualTo("b");
        assertThat(reader.skip()).isTrue();
        assertNoCurrentValue(reader);
        assertThat(reader.skip()).isFalse();
        assertThat(reader.next()).isFalse();
        AttributeReader members = way.reader("{'l':{'L':[{'L':[{'N':'1'}]},{'N':'2'}]}}");
        members.next();
        members.enter();
        assertThat(members.skip()).isTrue();
        assertThat(members.next()).isTrue();
        assertThat(members.longValue()).isEqualTo(2);
        members.leave();
        assertThat(members.skip()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void nextOfAPreparedSetSkipsAllOtherNames(Way way) {
        AttributeNames names = AttributeNames.of("c", "a", "absent");
        String attributes = "{'a':{'S':'x'},'b':{'M':{'c':{'N':'7'}}},'c':{'N':'5'},'d':{'NULL':true}}";
        AttributeReader reader = way.reader(attributes);
        assertThat(reader.next(names)).isEqualTo(1);
        assertThat(reader.name()).isEqualTo("a");
        assertThat(reader.next(names)).isZero();
        assertThat(reader.longValue()).isEqualTo(5);
        assertThat(reader.next(names)).isEqualTo(-1);
        assertNoCurrentValue(reader);
        assertThat(reader.next()).as("all has been read").isFalse();
        assertThat(reader.next(names)).isEqualTo(-1);

        AttributeReader none = way.reader(attributes);
        assertThat(none.next(AttributeNames.of())).isEqualTo(-1);
        assertThat(none.next()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void nextOfAPreparedSetContinuesFromTheCurrentPosition(Way way) {
        AttributeReader reader = way.reader(
                "{'a':{'N':'1'},'b':{'M':{'a':{'N':'2'},'b':{'N':'3'},'c':{'N':'4'}}},'c':{'N':'5'},'d':{'N':'6'}}");
        AttributeNames one = AttributeNames.of("a");
        AttributeNames two = AttributeNames.of("b", "d");
        assertThat(reader.next()).isTrue();
        assertThat(reader.next(two)).isZero();
        reader.enter();
        assertThat(reader.next(one)).isZero();
        assertThat(reader.longValue()).isEqualTo(2);
        assertThat(reader.next(two)).as("another set").isZero();
        assertThat(reader.longValue()).isEqualTo(3);
        reader.leave();
        assertThat(reader.next(two)).isEqualTo(1);
        assertThat(reader.longValue()).isEqualTo(6);
        assertThat(reader.next(one)).as("a is before").isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void membersOfListsAndSetsHaveNoNames(Way way) {
        AttributeNames names = AttributeNames.of("l", "x");
        AttributeReader reader = way.reader("{'l':{'L':[{'S':'l'}]},'x':{'SS':['x']}}");
        for (int ordinal = 0; ordinal < 2; ordinal++) {
            assertThat(reader.next(names)).isEqualTo(ordinal);
            reader.enter();
            assertThat(reader.next(names)).isEqualTo(-1);
            assertThat(reader.next()).isFalse();
            reader.leave();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aContainerThatIsNotEnteredIsSkipped(Way way) {
        AttributeReader reader = way.reader(
                "{'m':{'M':{'m':{'M':{'a':{'S':'inner'}}},'b':{'S':'inner'}}},'l':{'L':[{'M':{}},{'BS':['']}]},"
                        + "'ss':{'SS':['inner']},'e':{'M':{}},'z':{'S':'outer'}}");
        List<String> names = new ArrayList<>();
        while (reader.next()) {
            names.add(reader.name() + ":" + reader.type());
        }
        assertThat(names).containsExactly("m:M", "l:L", "ss:SS", "e:M", "z:S");
    }

    // -------------------------------------------------------------------------------------------- enter and leave

    @ParameterizedTest
    @EnumSource
    void leaveContinuesAfterTheContainerHoweverMuchOfItWasRead(Way way) {
        String inner = "{'L':[{'M':{'p':{'SS':['1','2']},'q':{'N':'1'}}},{'NS':['1','2','3']},{'S':'s'}]}";
        for (int outerReads = 0; outerReads <= 4; outerReads++) {
            for (int innerReads = 0; innerReads <= 4; innerReads++) {
                AttributeReader reader = way.reader(
                        "{'a':{'M':{'x':" + inner + ",'y':" + inner + ",'z':{'N':'3'}}},'b':{'S':'behind'}}");
                assertThat(reader.next()).isTrue();
                reader.enter();
                for (int i = 0; i < outerReads; i++) {
                    if (reader.next() && reader.type() == AttributeType.L) {
                        reader.enter();
                        for (int j = 0; j < innerReads; j++) {
                            if (reader.next() && reader.type() != AttributeType.S) {
                                reader.enter();
                                reader.next();
                                reader.leave();
                            }
                        }
                        reader.leave();
                    }
                }
                reader.leave();
                assertThat(reader.next()).isTrue();
                assertThat(reader.name()).isEqualTo("b");
                assertThat(reader.stringValue()).isEqualTo("behind");
                assertThat(reader.next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void allKindsOfContainersNestInEachOther(Way way) {
        AttributeReader reader = way.reader("{'m':{'M':{'m':{'M':{'l':{'L':[{'L':[{'M':{'ss':{'SS':['deep','']}}}]},"
                + "{'N':'2'}]}}},'ns':{'NS':['1.0','2']}}},'bs':{'BS':['AQ==','']}}");
        assertThat(trace(reader))
                .isEqualTo("m=M(m=M(l=L(L(M(ss=SS(S:deep S:))) N:2)) ns=NS(N:1.0 N:2)) bs=BS(B:[1] B:[])");
    }

    static String trace(AttributeReader reader) {
        List<String> seen = new ArrayList<>();
        AttributeNames none = AttributeNames.of();
        while (reader.next()) {
            String name;
            try {
                name = reader.name() + "=";
            } catch (IllegalStateException inListOrSet) {
                assertThat(inListOrSet).hasMessageContaining("no names");
                assertThat(reader.select(none)).isEqualTo(-1);
                name = "";
            }
            switch (reader.type()) {
                case S -> seen.add(name + "S:" + reader.stringValue());
                case N -> seen.add(name + "N:" + reader.numberText());
                case B -> seen.add(name + "B:" + Arrays.toString(reader.bytesValue()));
                default -> {
                    String type = name + reader.type();
                    reader.enter();
                    seen.add(type + "(" + trace(reader) + ")");
                    reader.leave();
                }
            }
        }
        return String.join(" ", seen);
    }

    @ParameterizedTest
    @EnumSource
    void emptyContainersCanBeEnteredAndLeft(Way way) {
        for (String empty : List.of("{'M':{}}", "{'L':[]}", "{'SS':[]}", "{'NS':[]}", "{'BS':[]}")) {
            AttributeReader reader = way.reader("{'a':" + empty + ",'b':{'N':'1'}}");
            reader.next();
            reader.enter();
            assertThat(reader.next()).isFalse();
            assertThat(reader.skip()).isFalse();
            reader.leave();
            assertThat(reader.next()).isTrue();
            assertThat(reader.name()).isEqualTo("b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheDepthLimitBoundsHowDeepAReaderCanEnter(Way way) {
        int levels = 64;
        AttributeReader reader = way.reader(
                "{'a':" + "{'M':{'a':".repeat(levels - 1) + "{'N':'7'}" + "}}".repeat(levels - 1) + ",'b':{'N':'8'}}");
        for (int i = 1; i < levels; i++) {
            assertThat(reader.next()).isTrue();
            reader.enter();
        }
        assertThat(reader.next()).isTrue();
        assertThat(reader.longValue()).isEqualTo(7);
        for (int i = 1; i < levels; i++) {
            reader.leave();
        }
        assertThat(reader.next()).isTrue();
        assertThat(reader.longValue()).isEqualTo(8);
        assertThatIllegalStateException().isThrownBy(reader::leave);
    }

    @ParameterizedTest
    @EnumSource
    void onlyContainersCanBeEnteredAndOnlyEnteredOnesLeft(Way way) {
        AttributeReader reader =
                way.reader("{'s':{'S':'x'},'n':{'N':'1'},'b':{'B':''},'t':{'BOOL':true},'x':{'NULL':true}}");
        assertThatIllegalStateException().isThrownBy(reader::leave);
        while (reader.next()) {
            String name = reader.name();
            assertWrongType(reader::enter);
            assertThatIllegalStateException().isThrownBy(reader::leave);
            assertThat(reader.name()).as("the reader stays where it is").isEqualTo(name);
        }
    }

    // ----------------------------------------------------------------------------------------- readers of an event

    @Test
    void eachReaderOfADecodedItemIsIndependentAndStartsAtTheBeginning() {
        Item image = Records.item("{'a':{'N':'1'},'b':{'M':{'c':{'N':'2'}}}}");
        AttributeReader first = image.reader();
        first.next();
        first.next();
        first.enter();
        AttributeReader second = image.reader();
        assertThat(second).isNotSameAs(first);
        second.next();
        assertThat(second.longValue()).isEqualTo(1);
        first.next();
        assertThat(first.longValue()).isEqualTo(2);
        AttributeReader nested = image.require("b").asItem().reader();
        nested.next();
        assertThat(nested.longValue()).isEqualTo(2);
        assertThat(nested.next()).isFalse();
        assertThatIllegalStateException().isThrownBy(nested::leave);
    }

    @Test
    void theReaderOfASessionReadsTheItemRequestedLast() {
        ChangeEvent event = DECODER.newSession()
                .decode(json(change("MODIFY", "'NewImage':{'l':{'L':[{'N':'1'}]}},'OldImage':{'o':{'N':'2'}}")));
        AttributeReader reader = newImage(event).reader();
        reader.next();
        reader.enter();
        reader.next();
        assertThat(reader.longValue()).isEqualTo(1);

        assertThat(oldImage(event).reader()).isSameAs(reader);
        assertNoCurrentValue(reader);
        assertThatIllegalStateException().isThrownBy(reader::leave);
        reader.next();
        assertThat(reader.name()).isEqualTo("o");
        assertThat(reader.longValue()).isEqualTo(2);
        assertThat(event.keys().reader().next()).isTrue();
        assertThat(reader.name()).isEqualTo("pk");
        newImage(event).reader();
        assertThat(reader.next()).isTrue();
        assertThat(reader.name()).isEqualTo("l");
    }

    // ---------------------------------------------------------------------------------------------------- property
}
