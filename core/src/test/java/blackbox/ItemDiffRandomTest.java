package blackbox;

import static fixtures.Records.DECODER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Meaning;
import fixtures.Records;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.PathChange;
import io.github.dynamodbcdc.PathChange.Kind;
import io.github.dynamodbcdc.PlainValues;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Differences of random images, compared with a plain recursive comparison, and applied as patches. */
class ItemDiffRandomTest {
    private static final PlainValues COMPARABLE = PlainValues.defaults().withBinary(PlainValues.Binary.BYTE_BUFFER);
    private static final PlainValues WITHOUT_NULLS = COMPARABLE.withNulls(PlainValues.Nulls.DROP);

    private record Expected(
            Kind kind,
            List<Object> path,
            @Nullable Meaning before,
            @Nullable Meaning after) {}

    /** Two images that differ in some places, and what was decoded of them. */
    private record Images(Meaning before, Meaning after, ChangeEvent event, ItemDiff diff) {
        static Images random(long seed) {
            Random random = new Random(seed);
            Meaning before = withKey(Meaning.item(random, 4));
            Meaning after = withKey(before.changedAttributes(random));
            String record =
                    Records.change("MODIFY", "'OldImage':OLD,'NewImage':NEW").replace('\'', '"');
            ChangeEvent event = DECODER.decode(record.replace("OLD", before.content(random, 1))
                    .replace("NEW", after.content(random, 1))
                    .getBytes(UTF_8));
            return new Images(before, after, event, Objects.requireNonNull(event.diff()));
        }

        /** An image without attributes is absent. */
        private static Meaning withKey(Meaning item) {
            Map<String, Meaning> attributes = item.attributes();
            attributes.put("pk", new Meaning("S", "a"));
            return new Meaning("M", attributes);
        }

        Item oldImage() {
            return Records.oldImage(event);
        }

        Item newImage() {
            return Records.newImage(event);
        }
    }

    // ------------------------------------------------------------------------------------------------- the changes

    @Property(tries = 4_000)
    void theChangesAreThoseOfAPlainRecursiveComparison(@ForAll long seed) {
        Images images = Images.random(seed);
        Set<Expected> expected = new HashSet<>();
        compare(List.of(), images.before, images.after, expected);
        List<Expected> actual = images.diff.changes().stream()
                .map(change -> new Expected(
                        change.kind(), change.segments(), meaning(change.before()), meaning(change.after())))
                .toList();
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(actual.isEmpty()).isEqualTo(images.before.equals(images.after));
        assertThat(actual.stream().map(change -> change.path().get(0)).collect(Collectors.toSet()))
                .isEqualTo(topLevel(images.diff));
    }

    private static Set<String> topLevel(ItemDiff diff) {
        Set<String> names = new HashSet<>(diff.added().keySet());
        names.addAll(diff.removed().keySet());
        names.addAll(diff.changed().keySet());
        return names;
    }

    private static @Nullable Meaning meaning(@Nullable AttributeValue value) {
        return value == null ? null : Meaning.of(value);
    }

    private static void compare(
            List<Object> path, @Nullable Meaning before, @Nullable Meaning after, Set<Expected> expected) {
        if (before == null) {
            expected.add(new Expected(Kind.ADDED, path, null, after));
        } else if (after == null) {
            expected.add(new Expected(Kind.REMOVED, path, before, null));
        } else if (before.type().equals("M") && after.type().equals("M")) {
            Set<String> names = new HashSet<>(before.attributes().keySet());
            names.addAll(after.attributes().keySet());
            for (String name : names) {
                compare(
                        plus(path, name),
                        before.attributes().get(name),
                        after.attributes().get(name),
                        expected);
            }
        } else if (before.type().equals("L") && after.type().equals("L")) {
            List<Meaning> old = before.members();
            List<Meaning> now = after.members();
            for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
                compare(
                        plus(path, i),
                        i < old.size() ? old.get(i) : null,
                        i < now.size() ? now.get(i) : null,
                        expected);
            }
        } else if (!before.equals(after)) {
            expected.add(new Expected(Kind.CHANGED, path, before, after));
        }
    }

    private static List<Object> plus(List<Object> path, Object segment) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(segment);
        return longer;
    }

    @Property(tries = 2_000)
    void theChangesAppliedOneAfterAnotherAsAJsonPatchTurnOldImageIntoNewImage(@ForAll long seed) {
        Images images = Images.random(seed);
        Map<String, @Nullable Object> document = images.oldImage().toMap(COMPARABLE.mutable());
        for (PathChange change : images.diff.changes()) {
            apply(change, document);
        }
        assertThat(byMeaning(document)).isEqualTo(byMeaning(images.newImage().toMap(COMPARABLE)));
    }

    /** Applies one operation of RFC 6902 at a pointer of RFC 6901. */
    @SuppressWarnings("unchecked") // the document is made of mutable maps and lists
    private static void apply(PathChange change, Map<String, @Nullable Object> document) {
        List<String> tokens = Stream.of(change.pointer().substring(1).split("/", -1))
                .map(token -> token.replace("~1", "/").replace("~0", "~"))
                .toList();
        Object at = document;
        for (String token : tokens.subList(0, tokens.size() - 1)) {
            Object member =
                    at instanceof List<?> list ? list.get(Integer.parseInt(token)) : ((Map<?, ?>) at).get(token);
            at = Objects.requireNonNull(member);
        }
        String last = tokens.get(tokens.size() - 1);
        AttributeValue after = change.after();
        Object value = after == null ? null : after.toObject(COMPARABLE.mutable());
        if (at instanceof List<?>) {
            applyToList(change.kind(), (List<@Nullable Object>) at, Integer.parseInt(last), value);
            return;
        }
        Map<String, @Nullable Object> map = (Map<String, @Nullable Object>) at;
        assertThat(map.containsKey(last)).isEqualTo(change.kind() != Kind.ADDED);
        if (change.kind() == Kind.REMOVED) {
            map.remove(last);
        } else {
            map.put(last, value);
        }
    }

    private static void applyToList(Kind kind, List<@Nullable Object> list, int position, @Nullable Object value) {
        switch (kind) {
            case ADDED -> list.add(position, value);
            case REMOVED -> list.remove(position);
            default -> list.set(position, value);
        }
    }

    @Property(tries = 2_000)
    void differentPathsHaveDifferentTextsAndPointers(@ForAll long seed) {
        Images images = Images.random(seed);
        List<PathChange> changes = images.diff.changes();
        assertThat(changes.stream().map(PathChange::path).collect(Collectors.toSet()))
                .hasSameSizeAs(changes);
        assertThat(changes.stream().map(PathChange::pointer).collect(Collectors.toSet()))
                .hasSameSizeAs(changes);
    }

    // ----------------------------------------------------------------------------------------------- the merge patch

    @Property(tries = 2_000)
    void theMergePatchTurnsOldImageIntoNewImageWhereNullsAreDropped(@ForAll long seed) {
        Images images = Images.random(seed);
        Object patched = merge(images.oldImage().toMap(WITHOUT_NULLS), images.diff.mergePatch(WITHOUT_NULLS));
        assertThat(byMeaning(patched)).isEqualTo(byMeaning(images.newImage().toMap(WITHOUT_NULLS)));
    }

    @Property(tries = 2_000)
    void withoutNullValuesTheMergePatchTurnsOldImageIntoNewImageUnderEveryPolicy(@ForAll long seed) {
        Images images = Images.random(seed);
        if (!(images.before + "" + images.after).contains("type=NULL")) {
            Object patched = merge(images.oldImage().toMap(COMPARABLE), images.diff.mergePatch(COMPARABLE.mutable()));
            assertThat(byMeaning(patched)).isEqualTo(byMeaning(images.newImage().toMap(COMPARABLE)));
        }
    }

    @Property(tries = 1_000)
    void onlyADifferenceHasAPatch(@ForAll long seed) {
        Images images = Images.random(seed);
        assertThat(images.diff.mergePatch().isEmpty())
                .isEqualTo(images.diff.changes().isEmpty());
        assertThat(images.diff.mergePatch().keySet()).isEqualTo(topLevel(images.diff));
    }

    /** The function MergePatch of RFC 7396, section 2. */
    private static @Nullable Object merge(@Nullable Object target, @Nullable Object patch) {
        if (!(patch instanceof Map<?, ?> members)) {
            return patch;
        }
        Map<Object, @Nullable Object> merged =
                target instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value == null) {
                merged.remove(name);
            } else {
                merged.put(name, merge(merged.get(name), value));
            }
        });
        return merged;
    }

    /** Returns the plain value with one spelling for each number. */
    private static @Nullable Object byMeaning(@Nullable Object plain) {
        if (plain instanceof BigDecimal number) {
            return number.stripTrailingZeros();
        } else if (plain instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> values = new HashMap<>();
            map.forEach((name, value) -> values.put(name, byMeaning(value)));
            return values;
        } else if (plain instanceof Set<?> set) {
            return set.stream().map(ItemDiffRandomTest::byMeaning).collect(Collectors.toSet());
        } else if (plain instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(value -> values.add(byMeaning(value)));
            return values;
        }
        return plain;
    }
}
