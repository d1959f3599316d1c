package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.PathChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of a path shows every character of its names. */
class PathTextTest {
    /** Prepended_Concatenation_Mark: format characters that are seen. */
    private static final Set<Integer> VISIBLE_FORMATS =
            Set.of(0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD);

    /** What is no control, white space or format character for every JDK since 11, and is invisible. */
    private static final int[] OTHERS = {
        0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2065, 0x2800, 0x3164, 0xFDD0, 0xFDEF,
        0xFE00, 0xFE0F, 0xFFA0, 0xFFF0, 0xFFF8, 0xFFFE, 0xFFFF, 0x13439, 0x1343F, 0x1FFFE, 0xE0000, 0xE0080, 0xE0100,
        0xE01EF, 0xE0FFF, 0x10FFFF
    };

    private static List<String> paths(List<String> names) {
        Map<String, Object> image = new LinkedHashMap<>();
        names.forEach(name -> image.put(name, ""));
        ChangeEvent event = ChangeEvent.builder(EventName.MODIFY)
                .keys(Map.of("pk", ""))
                .oldImage(Map.of("pk", ""))
                .newImage(image)
                .build();
        List<String> paths = new ArrayList<>();
        for (PathChange change : Objects.requireNonNull(event.diff()).changes()) {
            if (change.kind() == PathChange.Kind.ADDED) {
                paths.add(change.path());
            }
        }
        return paths;
    }

    private static String name(int c) {
        return "a" + Character.toString(c) + "z";
    }

    private static String path(int c) {
        return paths(List.of(name(c))).get(0);
    }

    private static String escaped(int c) {
        StringBuilder path = new StringBuilder("[\"a");
        Character.toString(c).chars().forEach(unit -> path.append(String.format("\\u%04x", unit)));
        return path.append("z\"]").toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0xE, 0xF, 0x10})
    void whatThisJdkKnowsAsInvisibleIsEscapedAndEveryPathIsDifferent(int plane) {
        List<Integer> characters = IntStream.range(plane << 16, (plane + 1) << 16)
                .filter(c -> Character.getType(c) != Character.SURROGATE)
                .boxed()
                .toList();
        List<String> paths = paths(characters.stream().map(PathTextTest::name).toList());
        assertThat(new HashSet<>(paths)).hasSameSizeAs(characters);
        for (int i = 0; i < paths.size(); i++) {
            int c = characters.get(i);
            int type = Character.getType(c);
            boolean invisible = c != ' '
                    && (type == Character.CONTROL
                            || Character.isSpaceChar(c)
                            || Character.isWhitespace(c)
                            || (type == Character.FORMAT && !VISIBLE_FORMATS.contains(c)));
            if (invisible && !paths.get(i).equals(escaped(c))) {
                throw new AssertionError(Integer.toHexString(c) + " is shown as " + paths.get(i));
            }
            boolean drawn = Character.isLetterOrDigit(c) || type == Character.MATH_SYMBOL;
            boolean blank = c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0; // Hangul fillers are letters
            if (drawn && !blank && !paths.get(i).equals(name(c))) {
                throw new AssertionError(Integer.toHexString(c) + " is not shown as it is");
            }
        }
    }

    @Test
    void fillersVariationSelectorsAndNoncharactersAreEscapedWithAnyJdk() {
        for (int c : OTHERS) {
            assertThat(path(c)).as("%x", c).isEqualTo(escaped(c));
        }
    }

    @Test
    void unassignedAndPrivateCharactersAndVisibleFormatsAreShown() {
        for (int c : new int[] {0x378, 0x3FFFD, 0xE1000, 0xE000, 0xF0000, 0x10FFFD, 0xFFFC, 0xFFFD, 0x13440, 0x2801}) {
            assertThat(path(c)).as("%x", c).isEqualTo(name(c));
        }
        VISIBLE_FORMATS.forEach(c -> assertThat(path(c)).isEqualTo(name(c)));
    }

    @Test
    void aSpaceIsShownWhereItIsSeen() {
        assertThat(paths(List.of("a b", " ", " a", "a ", "a  b")))
                .containsExactly("a b", "[\" \"]", "[\" a\"]", "[\"a \"]", "a  b");
    }
}
