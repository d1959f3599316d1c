package io.github.dynamodbcdc;

import static io.github.dynamodbcdc.Decoded.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Shapes.Opening;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that shapes are bounded, keep no input, and never change a result. */
class ShapesTest {
    private static final int MAX_NAMES = 4_096;
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_NAME = 256;
    private static final int RECORDS_BETWEEN_FLUSHES = 1_024;

    /** The indexer and shapes of a session, without the session. */
    private static final class Learner {
        final ChangeEventDecoder decoder;
        final Shapes shapes;
        private final RecordIndexer indexer;

        Learner() {
            this(ChangeEventDecoder.create());
        }

        private Learner(ChangeEventDecoder decoder) {
            this(decoder, new Shapes(decoder.options().hash));
        }

        Learner(ChangeEventDecoder decoder, Shapes shapes) {
            this.decoder = decoder;
            this.shapes = shapes;
            indexer = new RecordIndexer(decoder.options(), decoder.shared().mapNames, shapes, false, 0);
        }

        ChangeEvent decode(byte[] record) {
            return new ChangeEvent(indexer.index(record, 0, record.length));
        }

        void newImage(String attributes) {
            decode(record("'NewImage':" + attributes));
        }
    }

    private static byte[] record(String images) {
        return json("{'eventName':'MODIFY','dynamodb':{'Keys':{'pk':{'S':'k'}}," + images + "}}");
    }

    private static @Nullable KnownName learn(Shapes shapes, String name) {
        byte[] utf8 = name.getBytes(UTF_8);
        return shapes.learn(utf8, 0, utf8.length);
    }

    private static @Nullable KnownName find(Shapes shapes, String name) {
        byte[] utf8 = ("xx" + name + "xx").getBytes(UTF_8);
        return shapes.find(utf8, 2, utf8.length - 2);
    }

    private static List<KnownName> known(Shapes shapes) {
        return Arrays.stream(shapes.names()).filter(Objects::nonNull).toList();
    }

    // ------------------------------------------------------------------------------------------------------ bounds

    @Test
    void aNameHasOneIdAndItsTextAndUtf8() {
        Shapes shapes = new Shapes(new NameHash());
        List<String> names = List.of(
                "", "a", "caf\u00e9", "\ud83d\ude00", "sixteen_bytes_16", "seventeen_bytes__", "n".repeat(MAX_NAME));
        List<Integer> ids = new ArrayList<>();
        for (String name : names) {
            assertThat(find(shapes, name)).isNull();
            KnownName learned = Objects.requireNonNull(learn(shapes, name));
            assertThat(learned.text).isEqualTo(name);
            assertThat(learned.utf8).isEqualTo(name.getBytes(UTF_8));
            assertThat(learn(shapes, name)).isSameAs(learned);
            assertThat(find(shapes, name)).isSameAs(learned);
            assertThat(shapes.names()[learned.id]).isSameAs(learned);
            ids.add(learned.id);
        }
        assertThat(ids).doesNotHaveDuplicates().doesNotContain(0);
        assertThat(known(shapes)).hasSameSizeAs(names);
    }

    @Test
    void findShortFindsTheSameNameAsFind() {
        Shapes shapes = new Shapes(new NameHash());
        List<String> names = new ArrayList<>();
        for (int length = 0; length <= 16; length++) {
            names.add("x".repeat(length));
            names.add("y".repeat(length) + "\u0000".repeat(16 - length));
        }
        for (String name : names) {
            byte[] utf8 = name.getBytes(UTF_8);
            long first = Words.upTo(utf8, 0, Math.min(8, utf8.length));
            long second = Words.upTo(utf8, 8, Math.max(8, utf8.length));
            KnownName before = find(shapes, name);
            assertThat(shapes.findShort(first, second, utf8.length)).isSameAs(before);
            assertThat(shapes.findShort(first, second, utf8.length)).isSameAs(before);
            KnownName learned = learn(shapes, name);
            assertThat(shapes.findShort(first, second, utf8.length))
                    .isSameAs(learned)
                    .isNotNull();
        }
    }

    @Test
    void namesOverTwoHundredAndFiftySixBytesAreNotKept() {
        Shapes shapes = new Shapes(new NameHash());
        assertThat(learn(shapes, "n".repeat(MAX_NAME))).isNotNull();
        assertThat(learn(shapes, "n".repeat(MAX_NAME + 1))).isNull();
        assertThat(learn(shapes, "\u20ac".repeat(MAX_NAME / 3 + 1))).isNull();
        assertThat(known(shapes)).hasSize(1);

        Learner learner = new Learner();
        String name = "m".repeat(MAX_NAME + 1);
        for (int i = 0; i < 3; i++) {
            learner.newImage("{'" + name + "':{'N':'1'},'\\u006d" + name + "':{'N':'2'},'short':{'N':'3'}}");
        }
        assertThat(known(learner.shapes).stream().map(known -> known.text)).containsOnly("pk", "short");
        assertThat(largestArray(learner.shapes)).isLessThan(MAX_NAMES * 8);
    }

    @Test
    void atMostFourThousandAndNinetySixNamesAreKept() {
        Shapes shapes = new Shapes(new NameHash());
        for (int i = 0; i < 3 * MAX_NAMES; i++) {
            KnownName name = learn(shapes, "name" + i);
            assertThat(name == null).isEqualTo(find(shapes, "name" + i) == null);
        }
        assertThat(known(shapes)).hasSizeBetween(MAX_NAMES / 2, MAX_NAMES);
        assertThat(learn(shapes, "name0")).as("known names stay known").isNotNull();
        assertThat(learn(shapes, "never seen")).isNull();
    }

    /** The bound counts names and openings together. Each name has many spellings. */
    @ParameterizedTest
    @CsvSource({"256, 1", "250, 20", "200, 40", "12, 8", "12, 40"})
    void namesAndOpeningsAreBoundedInBytes(int nameLength, int spellings) {
        Learner learner = new Learner();
        Random random = new Random(1);
        int most = 0;
        for (int i = 0; i < 1_000; i++) {
            StringBuilder image = new StringBuilder();
            for (int n = 0; n < 6; n++) {
                String name = String.format("%08d", 6 * (i / spellings) + n);
                name += "x".repeat(nameLength - name.length());
                String space = " ".repeat(random.nextInt(spellings));
                image.append(n == 0 ? "'" : ",'")
                        .append(name)
                        .append("'")
                        .append(space)
                        .append(":{")
                        .append(space);
                image.append("'S'").append(space).append(":'").append(i).append("'}");
            }
            learner.newImage("{" + image + "}");
            int names = known(learner.shapes).stream()
                    .mapToInt(name -> name.utf8.length)
                    .sum();
            assertThat(names).isLessThanOrEqualTo(MAX_BYTES);
            most = Math.max(most, known(learner.shapes).size());
        }
        assertThat(most).isLessThanOrEqualTo(MAX_NAMES);
        // Names and openings are kept twice, and there are objects and tables.
        assertThat(bytesKept(learner.shapes)).isLessThan(4L * MAX_BYTES + 1_000L * MAX_NAMES);
    }

    @Test
    void theMemoryOfSessionsAndDecodersIsBounded() {
        Learner learner = new Learner();
        long after = 0;
        for (int round = 0; round < 8; round++) {
            for (int i = 0; i < 1_500; i++) {
                byte[] record = record("'NewImage':{'" + round + "-" + i + "-1':{'S':'x'},'" + round + "-" + i
                        + "-2':{ 'N':'1'},'" + round + "-" + i + "-3':{'M':{'" + i + "-" + round + "':{'S':'x'}}}}");
                learner.decode(record);
                learner.decoder.decode(record);
            }
            assertThat(known(learner.shapes)).hasSizeLessThanOrEqualTo(MAX_NAMES);
            if (round == 3) {
                after = Math.max(bytesKept(learner.shapes), bytesKept(learner.decoder));
            }
        }
        assertThat(bytesKept(learner.shapes)).isLessThan(2 * after);
        assertThat(bytesKept(learner.decoder)).isLessThan(2 * after);
    }

    // ------------------------------------------------------------------------------------------------------- flush

    @Test
    void fullShapesAreEmptiedAtTheStartOfARecordButNotOften() {
        Shapes shapes = new Shapes(new NameHash());
        KnownName steady = Objects.requireNonNull(learn(shapes, "steady"));
        @Nullable KnownName[] before = shapes.names();
        for (int i = 0; i < 2 * RECORDS_BETWEEN_FLUSHES; i++) {
            shapes.beginRecord();
        }
        assertThat(find(shapes, "steady"))
                .as("nothing is forgotten before the shapes are full")
                .isSameAs(steady);
        for (int i = 0; known(shapes).size() < MAX_NAMES - 1 && i < MAX_NAMES; i++) {
            learn(shapes, "name" + i);
        }
        assertThat(find(shapes, "steady")).isSameAs(steady);
        shapes.beginRecord();
        assertThat(known(shapes)).isEmpty();
        assertThat(find(shapes, "steady")).isNull();
        assertThat(shapes.firstInImage).isNull();
        assertThat(shapes.firstInKeys).isNull();
        assertThat(before[steady.id])
                .as("earlier events refer to the earlier table")
                .isSameAs(steady);

        for (int i = 0; i < MAX_NAMES; i++) {
            learn(shapes, "other" + i);
        }
        int full = known(shapes).size();
        for (int i = 1; i < RECORDS_BETWEEN_FLUSHES; i++) {
            shapes.beginRecord();
            assertThat(known(shapes)).hasSize(full);
        }
        shapes.beginRecord();
        assertThat(known(shapes)).isEmpty();
    }

    @Test
    void recordsBeforeAndAfterAFlushDecodeAlike() {
        Learner learner = new Learner();
        byte[] steady = record("'NewImage':{'a':{'N':'1'},'m':{'M':{'a':{'S':'x'}}}},'OldImage':{'a':{'N':'2'}}");
        int flushes = 0;
        int count = 0;
        for (int i = 0; i < 4 * RECORDS_BETWEEN_FLUSHES; i++) {
            learner.newImage(
                    "{'f" + i + "':{'N':'1'},'g" + i + "':{'N':'1'},'h" + i + "':{'N':'1'},'i" + i + "':{'N':'1'}}");
            flushes += known(learner.shapes).size() < count ? 1 : 0;
            count = known(learner.shapes).size();
            ChangeEvent event = learner.decode(steady);
            assertThat(String.valueOf(Objects.requireNonNull(event.newImage()).toMap()))
                    .isEqualTo("{a=1, m={a=x}}");
            assertThat(Objects.requireNonNull(event.diff()).removed()).isEmpty();
            assertThat(Objects.requireNonNull(event.diff()).changed()).containsOnlyKeys("a");
        }
        assertThat(flushes).isBetween(2, 8);
    }

    // ---------------------------------------------------------------------------------------------- private copies

    @Test
    void shapesDoNotReferToTheInput() {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        Learner learner = new Learner(decoder, new Shapes(decoder.options().hash));
        byte[] array = new byte[400];
        String expected = "{abc=1, a name of more than sixteen bytes={sixteen_bytes_16=x}, caf\u00e9=y}";
        String image =
                "'NewImage':{'abc':{'N':'1'},'a name of more than sixteen bytes':{'M':{'sixteen_bytes_16':{'S':'x'}}},"
                        + "'c\\u0061f\u00e9':{'S':'y'}}";
        for (int i = 0; i < 5; i++) {
            byte[] record = record(image + ",'SizeBytes':1" + i);
            Arrays.fill(array, (byte) 0);
            System.arraycopy(record, 0, array, 7, record.length);
            for (RecordIndexer indexer : List.of(
                    learner.indexer,
                    new RecordIndexer(
                            decoder.options(), decoder.shared().mapNames, learner.shapes, true, record.length))) {
                Item item = Objects.requireNonNull(new ChangeEvent(indexer.index(array, 7, record.length)).newImage());
                assertThat(item.toMap().toString()).isEqualTo(expected);
            }
            assertThat(Objects.requireNonNull(
                                    decoder.decode(array, 7, record.length).newImage())
                            .toMap()
                            .toString())
                    .isEqualTo(expected);
            assertThat(reachable(learner.shapes)).doesNotContain(array);
            assertThat(reachable(decoder)).doesNotContain(array);
            Arrays.fill(array, (byte) '"');
            assertThat(known(learner.shapes).stream().map(name -> name.text))
                    .containsOnly("pk", "abc", "a name of more than sixteen bytes", "sixteen_bytes_16", "caf\u00e9");
            for (KnownName name : known(learner.shapes)) {
                assertThat(new String(name.utf8, UTF_8)).isEqualTo(name.text);
                assertThat(find(learner.shapes, name.text)).isSameAs(name);
            }
        }
    }

    @Test
    void aLearnedNameDoesNotChangeWithTheArray() {
        Shapes shapes = new Shapes(new NameHash());
        byte[] array = "??name of an attribute??".getBytes(UTF_8);
        KnownName name = Objects.requireNonNull(shapes.learn(array, 2, array.length - 2));
        Opening opening =
                Objects.requireNonNull(shapes.learn(name, TypeCodes.S, json("'name of an attribute':{'S':'"), 0, 29));
        Arrays.fill(array, (byte) 0);
        assertThat(find(shapes, "name of an attribute")).isSameAs(name);
        byte[] again = json("'name of an attribute':{'S':'value'}        ");
        assertThat(opening.isAt(again, 0, again.length)).isTrue();
        assertThat(shapes.openingAt(name, again, 0, again.length)).isSameAs(opening);
        assertThat(shapes.openingAt(name, again, 1, again.length)).isNull();
    }

    @Test
    void aKnownOpeningIsNotLearnedAgain() {
        Shapes shapes = new Shapes(new NameHash());
        KnownName name = Objects.requireNonNull(shapes.learn("a".getBytes(UTF_8), 0, 1));
        byte[] text = json("'a':{'S':'");
        byte[] number = json("'a':{'N':'");
        Opening opening = shapes.learn(name, TypeCodes.S, text, 0, text.length);
        for (int i = 0; i < 20; i++) {
            assertThat(shapes.learn(name, TypeCodes.S, text, 0, text.length)).isSameAs(opening);
        }
        assertThat(shapes.learn(name, TypeCodes.N, number, 0, number.length))
                .isNotNull()
                .isNotSameAs(opening);
    }

    @Test
    void aDecoderWithFullShapesLearnsAgain() {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        StringBuilder names = new StringBuilder("'n':{'NULL':true}");
        for (int i = 0; i < Shapes.MAX_NAMES; i++) {
            names.append(",'name").append(i).append("':{'NULL':true}");
        }
        decoder.decode(record("'NewImage':{" + names + "}"));
        assertThat(Objects.requireNonNull(decoder.shared().shapes()).isFull()).isTrue();
        byte[] ordinary = record("'NewImage':{'ordinary':{'S':'x'}}");
        for (int i = 0; i < 1000; i++) {
            decoder.decode(ordinary);
        }
        assertThat(find(Objects.requireNonNull(decoder.shared().shapes()), "ordinary"))
                .isNotNull();
    }

    @Test
    void onlyTopLevelValuesOfTheOtherImageAreMarkedAsSame() {
        Learner learner = new Learner();
        learner.indexer.lastIndex().sharesValues = true;
        String other = "'OldImage':{'c':{'S':'3'},'b':{'S':'2'},'a':{'S':'1'},'x':{'S':'same'}}";
        byte[] first = record("'NewImage':{'a':{'S':'1'},'x':{'S':'same'},'b':{'S':'2'},'c':{'S':'3'}}," + other);
        byte[] nested = record("'NewImage':{'m':{'M':{'x':{'S':'same'}}},'b':{'S':'2'},'c':{'S':'3'}}," + other);
        for (byte[] record : List.of(first, first, nested, nested)) {
            learner.decode(record);
        }
        RecordIndex index = learner.indexer.lastIndex();
        assertThat(index.value(index.find(index.oldImage, "b")) & Span.SAME).isNotZero();
        assertThat(index.value(index.find(index.oldImage, "x")) & Span.SAME).isZero();
    }

    // ------------------------------------------------------------------------------------------------------- copy

    @Test
    void aCopyLearnsIndependently() {
        Learner learner = new Learner();
        byte[] first = record("'NewImage':{'a':{'S':'x'},'m':{'M':{'in':{'N':'1'}}}}");
        learner.decode(first);
        Shapes copy = learner.shapes.copy();
        assertThat(known(copy)).isEqualTo(known(learner.shapes));
        for (String name : List.of("pk", "a", "m", "in")) {
            assertThat(find(copy, name)).isNotNull().isSameAs(find(learner.shapes, name));
        }
        assertThat(names(copy.firstInImage)).containsExactly("a", "m");
        assertThat(names(Objects.requireNonNull(Objects.requireNonNull(copy.firstInImage).next).first))
                .containsExactly("in");
        assertThat(copy.firstInImage).as("each copy has its own openings").isNotSameAs(learner.shapes.firstInImage);

        Learner other = new Learner(learner.decoder, copy);
        other.newImage("{'b':{'S':'x'},'a':{'S':'x'}}");
        assertThat(names(copy.firstInImage)).startsWith("b", "a");
        assertThat(names(learner.shapes.firstInImage)).containsExactly("a", "m");
        assertThat(find(learner.shapes, "b")).isNull();
        assertThat(known(learner.shapes)).hasSize(4);
        learner.newImage("{'c':{'S':'x'}}");
        KnownName c = Objects.requireNonNull(find(learner.shapes, "c"));
        KnownName b = Objects.requireNonNull(find(copy, "b"));
        assertThat(c.id).as("the same id for another name").isEqualTo(b.id);
        assertThat(copy.names()[b.id]).isSameAs(b);
        assertThat(find(copy, "c")).isNull();

        for (int i = 0; i < MAX_NAMES; i++) {
            learn(copy, "name" + i);
        }
        for (int i = 0; i <= RECORDS_BETWEEN_FLUSHES; i++) {
            copy.beginRecord();
        }
        assertThat(known(copy)).isEmpty();
        assertThat(names(learner.shapes.firstInImage)).containsExactly("c");
        assertThat(find(learner.shapes, "a")).isNotNull();
    }

    /** Returns the names in the order in which they are expected. */
    private static List<String> names(@Nullable Opening first) {
        List<String> names = new ArrayList<>();
        for (Opening opening = first; opening != null && names.size() < 20; opening = opening.next) {
            names.add(opening.name.text);
        }
        return names;
    }

    // ------------------------------------------------------------------------------------------ spellings of a name

    @ParameterizedTest
    @ValueSource(strings = {"attribute", "caf\u00e9", "a name of more than sixteen bytes", "q"})
    void theSpellingsOfANameHaveOneId(String name) {
        Learner learner = new Learner();
        String escaped = String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
        String upper = String.format("\\u%04X", (int) name.charAt(0)) + name.substring(1);
        int id = 0;
        for (String spelling : List.of(name, escaped, upper, name, escaped)) {
            learner.newImage("{'" + spelling + "':{'S':'x'}}");
            RecordIndex index = learner.indexer.lastIndex();
            int found = Objects.requireNonNull(index.knownName(index.newImage + 1)).id;
            assertThat(id == 0 || id == found).isTrue();
            id = found;
        }
        assertThat(known(learner.shapes)).hasSize(2);
    }

    /** Each occurrence of a repeated name is found in a different way: expected, known, escaped, too long, or new. */
    @Test
    void repeatedNamesAreFoundInAllWaysThatNamesAreFound() {
        String longName = "l".repeat(MAX_NAME + 1);
        List<String> names = List.of("a", "b", "z", "a name of more than sixteen bytes", longName, "");
        for (String image : List.of("NewImage", "OldImage", "Keys")) {
            Learner learner = new Learner();
            for (String name : names) {
                for (String first : spellings(name)) {
                    for (String second : spellings(name)) {
                        // the next record then confirms or contradicts the prediction
                        learner.newImage("{'a':{'S':'1'},'b':{'S':'1'},'a name of more than sixteen bytes':{'N':'1'}}");
                        for (String between :
                                List.of("", "'b2':{'S':'1'},", "'c':{'M':{'a':{'S':'1'},'b':{'S':'1'}}},")) {
                            String attributes = "{'" + first + "':{'S':'1'}," + between;
                            byte[] record = json("{'dynamodb':{" + (image.equals("Keys") ? "" : "'Keys':{},") + "'"
                                    + image + "':" + attributes + "'" + second + "':{'S':'2'}}}}");
                            int offset = new String(record, UTF_8).lastIndexOf('"' + second + '"');
                            offset = new String(record, UTF_8)
                                    .substring(0, offset)
                                    .getBytes(UTF_8)
                                    .length;
                            assertRepeat(learner, record, offset);
                            assertRepeat(learner, record, offset);
                        }
                    }
                }
            }
        }
    }

    /** Values that are equal in the other image are not read again, but their names count. */
    @Test
    void aRepeatedNameInTheSecondImageIsFoundHoweverMuchOfTheImageIsEqual() {
        Learner learner = new Learner();
        String first = image(ATTRIBUTES);
        for (int changed = 0; changed < ATTRIBUTES.size(); changed++) {
            for (String change : List.of("'only here':{'S':'x'}", nameOf(ATTRIBUTES.get(changed)) + ":{'S':'other'}")) {
                List<String> second = new ArrayList<>(ATTRIBUTES);
                if (change.startsWith("'only")) {
                    second.add(changed, change);
                } else {
                    second.set(changed, change);
                }
                for (int repeated = 0; repeated < second.size(); repeated++) {
                    for (int place = repeated + 1; place <= second.size(); place++) {
                        for (String again :
                                List.of(second.get(repeated), nameOf(second.get(repeated)) + ":{'S':'other'}")) {
                            List<String> twice = new ArrayList<>(second);
                            twice.add(place, again);
                            String before = "'NewImage':" + first + ",'OldImage':";
                            int offset = record(before + "{").length
                                    - 2 // the braces that end the record
                                    + json(String.join(",", twice.subList(0, place)) + ",").length;
                            assertRepeat(learner, record(before + image(twice)), offset);
                            learner.decode(record(before + image(second)));
                        }
                    }
                }
            }
        }
    }

    private static String nameOf(String attribute) {
        return attribute.substring(0, attribute.indexOf(':'));
    }

    private static List<String> spellings(String name) {
        if (name.isEmpty()) {
            return List.of("");
        }
        String rest = name.substring(1);
        return List.of(name, String.format("\\u%04x", (int) name.charAt(0)) + rest);
    }

    private static void assertRepeat(Learner learner, byte[] record, int offset) {
        assertThat(failure(learner, record)).isEqualTo("DUPLICATE_NAME at " + offset);
        DecodeException frozen =
                Objects.requireNonNull(learner.decoder.tryDecode(record).failure());
        assertThat(frozen.reason() + " at " + frozen.offset()).isEqualTo("DUPLICATE_NAME at " + offset);
    }

    private static String failure(Learner learner, byte[] record) {
        try {
            learner.decode(record);
            return "none";
        } catch (DecodeException e) {
            return e.reason() + " at " + e.offset();
        }
    }

    /** When the table is full, a record contains known and unknown names. */
    @Test
    void repeatedNamesAreFoundWhenTheTableIsFull() {
        Learner learner = new Learner();
        for (int i = 0; i < MAX_NAMES; i++) {
            learn(learner.shapes, "name" + i);
        }
        for (String name : List.of("name7", "new", "n\\u0065w2", "name\\u0038")) {
            for (int i = 0; i < 3; i++) {
                learner.newImage(
                        "{'" + name + "':{'S':'1'},'other':{'M':{'" + name + "':{'S':'1'}}},'name9':{'N':'1'}}");
                byte[] twice =
                        record("'NewImage':{'" + name + "':{'S':'1'},'name9':{'N':'1'},'" + name + "':{'N':'1'}}");
                assertThat(failure(learner, twice)).startsWith(Reason.DUPLICATE_NAME + " at ");
            }
        }
    }

    // ------------------------------------------------------------------------------------------------ two images

    private static final List<String> ATTRIBUTES = List.of(
            "'a':{'S':'text'}",
            "'b':{'N':'12'}",
            "'m':{'M':{'x':{'L':[{'S':'y'},{'N':'1'}]},'z':{'BOOL':true}}}",
            "'e\\u0073c':{'S':'x\\n'}",
            "'ss':{'SS':['p','q']}",
            "'bin':{'B':'AQID'}",
            "'t':{'BOOL':true}",
            "'n':{'NULL':true}");

    /** Asserts that both images are equal to the same images decoded alone, in both orders. */
    private static void assertImages(String first, String second) {
        Learner learner = new Learner();
        for (int i = 0; i < 3; i++) {
            for (boolean newFirst : new boolean[] {true, false}) {
                byte[] record = record(
                        newFirst
                                ? "'NewImage':" + first + ",'OldImage':" + second
                                : "'OldImage':" + first + ",'NewImage':" + second);
                for (ChangeEvent event : List.of(learner.decode(record), learner.decoder.decode(record))) {
                    Item one = Objects.requireNonNull(newFirst ? event.newImage() : event.oldImage());
                    Item two = Objects.requireNonNull(newFirst ? event.oldImage() : event.newImage());
                    assertThat(text(one)).isEqualTo(text(alone(first)));
                    assertThat(text(two)).isEqualTo(text(alone(second)));
                    assertThat(two).isEqualTo(alone(second));
                    two.forEach((name, value) -> assertThat(value).isEqualTo(two.require(name)));
                }
            }
        }
    }

    private static Item alone(String image) {
        return Decoded.newImage(ChangeEventDecoder.create(), image);
    }

    private static String text(Item item) {
        return item.toMap(PlainValues.defaults().withBinary(PlainValues.Binary.BASE64))
                .toString();
    }

    private static String image(List<String> attributes) {
        return "{" + String.join(",", attributes) + "}";
    }

    @Test
    void attributesOfTheSecondImageMayBeAddedRemovedOrChanged() {
        String first = image(ATTRIBUTES);
        assertImages(first, first);
        assertImages(first, "{'other':{'S':''}}");
        assertImages("{'other':{'S':''}}", first);
        for (int i = 0; i <= ATTRIBUTES.size(); i++) {
            List<String> added = new ArrayList<>(ATTRIBUTES);
            added.add(i, "'added':{'S':'new'}");
            assertImages(first, image(added));
            assertImages(image(added), first);
            added.add(i, "'added2':{'N':'1'}");
            added.add(i, "'added3':{'N':'1'}");
            added.add(i, "'added4':{'N':'1'}");
            assertImages(first, image(added));
            assertImages(image(added), first);
            if (i > 0) {
                assertImages(first, image(ATTRIBUTES.subList(0, i)));
                assertImages(first, image(ATTRIBUTES.subList(i - 1, ATTRIBUTES.size())));
            }
        }
        for (int i = 0; i < ATTRIBUTES.size(); i++) {
            String name = ATTRIBUTES.get(i).substring(0, ATTRIBUTES.get(i).indexOf(':'));
            for (String value : List.of(
                    "{'S':'text2'}",
                    "{'S':''}",
                    "{'N':'1'}",
                    "{'N':'123'}",
                    "{'BOOL':false}",
                    "{'NULL':false}",
                    "{'M':{}}",
                    "{'M':{'x':{'L':[]}}}",
                    "{'L':[{'S':'text'}]}",
                    "{'SS':['p']}",
                    "{'NS':['1']}",
                    "{'B':''}",
                    "{ 'S' : 'text' }")) {
                List<String> changed = new ArrayList<>(ATTRIBUTES);
                changed.set(i, name + ":" + value);
                assertImages(first, image(changed));
                assertImages(image(changed), first);
            }
        }
    }

    @Test
    void attributesOfTheSecondImageMayBeInAnotherOrder() {
        Random random = new Random(5);
        for (int i = 0; i < 60; i++) {
            List<String> shuffled = new ArrayList<>(ATTRIBUTES);
            Collections.shuffle(shuffled, random);
            List<String> swapped = new ArrayList<>(ATTRIBUTES);
            Collections.swap(swapped, i % ATTRIBUTES.size(), (i + 1) % ATTRIBUTES.size());
            assertImages(image(ATTRIBUTES), image(shuffled));
            assertImages(image(ATTRIBUTES), image(swapped));
            assertImages(image(shuffled), image(swapped));
        }
    }

    @Test
    void whiteSpaceMayBeAnywhereInEitherImage() {
        String plain = image(ATTRIBUTES.subList(0, 3));
        List<String> spaced = new ArrayList<>();
        for (String mark : List.of("{", "}", ",", ":", "[", "]")) {
            spaced.add(plain.replace(mark, " " + mark));
            spaced.add(plain.replace(mark, mark + "\n"));
            spaced.add(plain.replace(mark, "\t" + mark + "          "));
        }
        for (String space : spaced) {
            assertImages(plain, space);
            assertImages(space, plain);
            assertImages(space, space);
        }
        for (int i = 0; i < plain.length(); i++) {
            if ("{},:[]".indexOf(plain.charAt(i)) >= 0) {
                String one = plain.substring(0, i + 1) + " " + plain.substring(i + 1);
                assertImages(plain, one);
                assertImages(one, plain);
            }
        }
    }

    /** A fault after bytes that equal the first image is reported as if the second image were alone. */
    @Test
    void aFaultInTheSecondImageIsReportedAtItsPosition() {
        String first = "{'a':{'S':'text'},'b':{'N':'12'},'c':{'M':{'x':{'S':'y'}}}}";
        List<String> faults = List.of(
                "{'a':{'S':'text'},«}",
                "{'a':{'S':'text'},'b':{'N':'12'},«}",
                "{'a':{'S':'text'},'b':{'N':'12'},'c':{'M':{'x':{'S':'y'}}},«}",
                "{'a':{'S':'text'} , «}",
                "{'a':{'S':'text'},«,'b':{'N':'12'}}",
                "{«,'a':{'S':'text'}}",
                "{'a':{'S':'text'}«;'b':{'N':'12'}}",
                "{'a':{'S':'text'}«'b':{'N':'12'}}",
                "{'a':{'S':'text'},'b':{'N':'12'}«]",
                "{'a':{'S':'text'},'b':{'N':'12'},'c':{'M':{'x':{'S':'y'}}}«x}",
                "{'a':{'S':'text'},«b':{'N':'12'}}",
                "{'a':{'S':'text'},'b':{'N':«12}}",
                "{'a':{'S':'text'},'b':{'N':'12«x'}}",
                "{'a':{'S':'text'},'b':{'N':'12'},'c':{'M':{'x':{'S':'y'},«}}}",
                "{'a':{'S':'text'},'b':{'N':'12',«'S':''}}",
                "{'a':{'S':'text',«}}",
                "{'a':{'S':'text'},'b':{'N':'12'},'c':{'M':{'x':{'S':'y'},«'x':{'S':'y'}}}}",
                "{'a':{'S':'text'},«'a':{'S':'text'}}",
                "{'a':{'S':'text'},«'\\u0061':{'S':'text'}}",
                "{'a':{'S':'text'},'b':{'N':'12'},'c':{'M':{'x':{'S':'y'}}},«'c':{'M':{'x':{'S':'y'}}}}",
                "{'b':{'N':'12'},'a':{'S':'text'},«'b':{'N':'12'},'c':{'M':{'x':{'S':'y'}}}}",
                "{'new':{'S':'1'},'a':{'S':'text'},'b':{'N':'12'},«'new':{'S':'1'}}",
                "{'a':{'S':'text'},'b':{'N':'13'},«'b':{'N':'12'},'c':{'M':{'x':{'S':'y'}}}}",
                "{'a':{'S':'text'},'c':{'M':{'x':{'S':'y'}}},'b':{'N':'12'},«'c':{'M':{'x':{'S':'y'}}}}");
        Learner learner = new Learner();
        for (String marked : faults) {
            String prefix = "{'dynamodb':{'Keys':{},'NewImage':" + first + ",'OldImage':";
            int offset = json(prefix + marked.substring(0, marked.indexOf('«'))).length;
            byte[] record = json(prefix + marked.replace("«", "") + "}}");
            byte[] alone = json("{'dynamodb':{'Keys':{},'OldImage':" + marked.replace("«", "") + "}}");
            DecodeException expected = Objects.requireNonNull(
                    ChangeEventDecoder.create().tryDecode(alone).failure());
            for (int i = 0; i < 3; i++) {
                // without the first image, the offset is smaller by its length
                int nearer = json(",'NewImage':" + first).length;
                assertThat(failure(learner, record))
                        .as(marked)
                        .isEqualTo(expected.reason() + " at " + offset)
                        .isEqualTo(expected.reason() + " at " + (expected.offset() + nearer));
                learner.decode(record("'NewImage':" + first + ",'OldImage':" + first));
            }
        }
    }

    @Test
    void aTruncatedSecondImageIsRefused() {
        String first = image(ATTRIBUTES);
        byte[] record = record("'NewImage':" + first + ",'OldImage':" + first);
        Learner learner = new Learner();
        for (int length = 0; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            DecodeException expected = Objects.requireNonNull(
                    ChangeEventDecoder.create().tryDecode(cut).failure());
            assertThat(failure(learner, cut)).isEqualTo(expected.reason() + " at " + expected.offset());
            learner.decode(record);
        }
    }

    /** The bytes after the record are its continuation. A prediction must not match there. */
    @Test
    void nothingIsPredictedBeyondTheEndOfTheRecord() {
        Learner learner = new Learner();
        byte[] record = record("'NewImage':" + image(ATTRIBUTES) + ",'OldImage':" + image(ATTRIBUTES));
        learner.decode(record);
        for (int length = 0; length < record.length; length++) {
            DecodeException expected = Objects.requireNonNull(ChangeEventDecoder.create()
                    .tryDecode(Arrays.copyOf(record, length))
                    .failure());
            String failure = "none";
            try {
                learner.indexer.index(record, 0, length);
            } catch (DecodeException e) {
                failure = e.reason() + " at " + e.offset();
            }
            assertThat(failure).isEqualTo(expected.reason() + " at " + expected.offset());
        }
    }

    // ---------------------------------------------------------------------------------------------------- helpers

    /** Returns all reachable arrays and objects of the library. */
    private static Set<Object> reachable(Object root) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>();
        open.add(root);
        while (!open.isEmpty()) {
            Object object = open.remove();
            if (!seen.add(object)) {
                continue;
            }
            if (object instanceof Object[] array) {
                Arrays.stream(array).filter(Objects::nonNull).forEach(open::add);
            } else if (object.getClass().getPackageName().equals(ShapesTest.class.getPackageName())) {
                for (Class<?> type = object.getClass();
                        type != null && type != Object.class;
                        type = type.getSuperclass()) {
                    for (Field field : type.getDeclaredFields()) {
                        Object value = value(field, object);
                        if (value != null) {
                            open.add(value);
                        }
                    }
                }
            }
        }
        return seen;
    }

    private static @Nullable Object value(Field field, Object object) {
        if (field.getType().isPrimitive() || Modifier.isStatic(field.getModifiers()) || object instanceof Enum) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot be read", e);
        }
    }

    private static int largestArray(Object root) {
        return reachable(root).stream()
                .filter(object -> object.getClass().isArray())
                .mapToInt(Array::getLength)
                .max()
                .orElse(0);
    }

    /** Estimates the reachable memory: arrays and strings by their lengths, everything else as small objects. */
    private static long bytesKept(Object root) {
        long bytes = 0;
        for (Object object : reachable(root)) {
            if (object instanceof String text) {
                bytes += 56 + text.length();
            } else if (object instanceof byte[] array) {
                bytes += 16 + array.length;
            } else if (object.getClass().isArray()) {
                bytes += 16 + 8L * Array.getLength(object);
            } else {
                bytes += 64;
            }
        }
        return bytes;
    }
}
