package generator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reference.Json;
import reference.JsonReader;
import reference.ReferenceDecoder;
import reference.ReferenceEvent;
import reference.ReferenceRefusal;

/**
 * An endless sequence of records in which most differ a little from an earlier one, so that what a decoder has learned
 * is nearly right. The records of a few tables alternate. The same seed gives the same sequence.
 */
public final class RecordSequence {
    private static final int TABLES = 5;

    /** Small records make many steps in little time. */
    private static final int LARGEST = 1_200;

    private static final Set<String> TYPES = Set.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M");
    private static final Set<String> IMAGES = Set.of("NewImage", "OldImage");

    /** How a record differs from an earlier record of its table. */
    public enum Step {
        /** Not at all. */
        REPEATED,
        /** One to eight characters of texts and numbers, and not in its length. */
        OTHER_VALUES,
        /** The order of attributes or other members. */
        REORDERED,
        /** One byte of the name of an attribute, of a member or of a type. */
        NAME_CHANGED,
        /** The type of a value, by one byte where the types' names allow it. */
        TYPE_CHANGED,
        /** An attribute is removed or added. */
        ATTRIBUTES_CHANGED,
        /** OldImage is equal to NewImage, is absent, or has changed places with it. */
        IMAGES_CHANGED,
        /** White space and escapes. */
        RESPELLED,
        /** Any byte: the record is malformed, or nearly so. */
        BYTE_CHANGED,
        /** It ends too early, often right after a value. */
        TRUNCATED,
        /** Everything. */
        FRESH
    }

    /** One record of the sequence. */
    public static final class Next {
        private final Step step;
        private final byte[] bytes;
        private final @Nullable ReferenceEvent expected;

        private Next(Step step, byte[] bytes, @Nullable ReferenceEvent expected) {
            this.step = step;
            this.bytes = bytes;
            this.expected = expected;
        }

        /** Returns how the record was made from an earlier one. */
        public Step step() {
            return step;
        }

        public byte[] bytes() {
            return bytes.clone();
        }

        /** Returns what the reference decodes the record to; null if it refuses it. */
        public @Nullable ReferenceEvent expected() {
            return expected;
        }
    }

    private final ReferenceDecoder reference = new ReferenceDecoder();
    private final Chance chance;
    private final List<Json> tables = new ArrayList<>();

    public RecordSequence(long seed) {
        chance = new Chance(seed);
        for (int i = 0; i < TABLES; i++) {
            tables.add(fresh());
        }
    }

    public Next next() {
        int table = chance.between(0, TABLES - 1);
        Step[] steps = Step.values();
        // A fresh record comes seldom, so that a table's records resemble each other for a while.
        Step step = chance.oneIn(40) ? Step.FRESH : steps[chance.between(0, steps.length - 2)];
        Json changed = changed(step, tables.get(table));
        byte[] bytes = written(step, changed);
        ReferenceEvent expected = expected(bytes);
        if (expected != null) {
            tables.set(table, changed);
        }
        return new Next(step, bytes, expected);
    }

    private @Nullable ReferenceEvent expected(byte[] record) {
        try {
            return reference.decode(record);
        } catch (ReferenceRefusal e) {
            return null;
        }
    }

    /** Returns a record of less than {@link #LARGEST} bytes. */
    private Json fresh() {
        while (true) {
            Events.Kind kind = chance.oneIn(4) ? Events.Kind.WILD : Events.Kind.TABLE;
            byte[] bytes = Events.of(kind, chance.between(0, Long.MAX_VALUE - 1), chance.between(0, 4))
                    .bytes();
            if (bytes.length < LARGEST) {
                return JsonReader.read(bytes);
            }
        }
    }

    private byte[] written(Step step, Json record) {
        byte[] bytes = step == Step.RESPELLED ? EventWriter.wild(record, chance) : EventWriter.compact(record);
        if (step == Step.BYTE_CHANGED) {
            bytes[chance.between(0, bytes.length - 1)] ^= (byte) chance.between(1, 255);
        }
        if (step != Step.TRUNCATED) {
            return bytes;
        }
        int length = chance.between(0, bytes.length - 1);
        while (chance.oneIn(2) && length > 0 && bytes[length - 1] != '"' && bytes[length - 1] != '}') {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    private Json changed(Step step, Json record) {
        return switch (step) {
            case OTHER_VALUES -> otherValues(record);
            case REORDERED -> edited(record, RecordSequence::hasSeveral, this::reordered);
            case NAME_CHANGED -> edited(record, RecordSequence::hasAny, this::withOtherName);
            case TYPE_CHANGED -> edited(record, RecordSequence::isValue, this::withOtherType);
            case ATTRIBUTES_CHANGED -> edited(record, RecordSequence::hasSeveral, this::withOtherMembers);
            case IMAGES_CHANGED -> edited(record, RecordSequence::hasImages, this::withOtherImages);
            case FRESH -> fresh();
            default -> record;
        };
    }

    // ------------------------------------------------------------------------------------------------------- places

    private static boolean hasAny(Json json) {
        return json instanceof Json.Obj object && !object.members().isEmpty();
    }

    private static boolean hasSeveral(Json json) {
        return json instanceof Json.Obj object && object.members().size() > 1;
    }

    private static boolean hasCharacters(Json json) {
        return json instanceof Json.Num
                || (json instanceof Json.Str text && !text.text().isEmpty());
    }

    private static boolean isValue(Json json) {
        return json instanceof Json.Obj object
                && object.members().size() == 1
                && TYPES.contains(object.members().get(0).name());
    }

    private static boolean hasImages(Json json) {
        return json instanceof Json.Obj object
                && object.members().stream().anyMatch(member -> IMAGES.contains(member.name()));
    }

    /** Returns the record with one of the places to which the change applies changed. */
    private Json edited(Json record, Predicate<Json> applies, UnaryOperator<Json> change) {
        int count = count(record, applies);
        return count == 0 ? record : edited(record, applies, change, new int[] {chance.between(0, count - 1)});
    }

    private static int count(Json json, Predicate<Json> applies) {
        Stream<Json> parts = Stream.empty();
        if (json instanceof Json.Obj object) {
            parts = object.members().stream().map(Json.Member::value);
        } else if (json instanceof Json.Arr array) {
            parts = array.elements().stream();
        }
        return (applies.test(json) ? 1 : 0)
                + parts.mapToInt(part -> count(part, applies)).sum();
    }

    private static Json edited(Json json, Predicate<Json> applies, UnaryOperator<Json> change, int[] before) {
        if (applies.test(json) && before[0]-- == 0) {
            return change.apply(json);
        }
        if (json instanceof Json.Obj object) {
            return new Json.Obj(object.members().stream()
                    .map(member -> new Json.Member(member.name(), edited(member.value(), applies, change, before)))
                    .toList());
        }
        if (json instanceof Json.Arr array) {
            return new Json.Arr(array.elements().stream()
                    .map(element -> edited(element, applies, change, before))
                    .toList());
        }
        return json;
    }

    // ------------------------------------------------------------------------------------------------------ changes

    private Json otherValues(Json record) {
        Json changed = record;
        for (int i = chance.between(1, 8); i > 0; i--) {
            changed = edited(
                    changed,
                    RecordSequence::hasCharacters,
                    json -> json instanceof Json.Num number
                            ? new Json.Num(otherCharacter(number.text()))
                            : new Json.Str(otherCharacter(((Json.Str) json).text())));
        }
        return changed;
    }

    /** Returns the text with one digit or letter replaced by another, if it happens to choose one. */
    private String otherCharacter(String text) {
        int at = chance.between(0, text.length() - 1);
        char old = text.charAt(at);
        char other = old;
        if (old >= '1' && old <= '9') {
            other = (char) chance.between('1', '9');
        } else if (old >= 'a' && old <= 'z' && old != 'e') {
            other = (char) chance.between('a', 'z');
        }
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private Json reordered(Json json) {
        List<Json.Member> members = new ArrayList<>(((Json.Obj) json).members());
        if (chance.oneIn(3)) {
            chance.shuffle(members);
        } else {
            members.add(chance.between(0, members.size() - 1), members.remove(chance.between(0, members.size() - 1)));
        }
        return new Json.Obj(members);
    }

    private Json withOtherName(Json json) {
        List<Json.Member> members = new ArrayList<>(((Json.Obj) json).members());
        int at = chance.between(0, members.size() - 1);
        Json.Member old = members.get(at);
        String name = old.name();
        char other = (char) chance.between('!', '~');
        int place = name.isEmpty() ? 0 : chance.between(0, name.length() - 1);
        // Half a surrogate pair would remain of a character outside of the BMP.
        boolean isWhole = name.isEmpty() || !Character.isSurrogate(name.charAt(place));
        if (isWhole) {
            members.set(
                    at,
                    new Json.Member(
                            name.substring(0, place) + other + (name.isEmpty() ? "" : name.substring(place + 1)),
                            old.value()));
        }
        return new Json.Obj(members);
    }

    private Json withOtherType(Json json) {
        Json.Member old = ((Json.Obj) json).members().get(0);
        String type = old.name().length() == 1
                ? chance.of("S", "S", "N", "B", "L", "M")
                : old.name().length() == 2 ? chance.of("SS", "SS", "NS", "BS") : chance.of("BOOL", "NULL");
        return new Json.Obj(List.of(new Json.Member(type, old.value())));
    }

    private Json withOtherMembers(Json json) {
        List<Json.Member> members = new ArrayList<>(((Json.Obj) json).members());
        int at = chance.between(0, members.size() - 1);
        if (chance.oneIn(2)) {
            members.remove(at);
        } else {
            String name = chance.oneIn(12) ? members.get(at).name() : "n" + chance.between(0, 5_000);
            members.add(
                    chance.between(0, members.size()),
                    new Json.Member(name, members.get(at).value()));
        }
        return new Json.Obj(members);
    }

    private Json withOtherImages(Json json) {
        List<Json.Member> members = new ArrayList<>(((Json.Obj) json).members());
        List<Json.Member> images = members.stream()
                .filter(member -> IMAGES.contains(member.name()))
                .toList();
        int at = members.indexOf(images.get(0));
        members.removeAll(images);
        Json image = chance.of(images).value();
        Json other = chance.of(images).value();
        List<Json.Member> changed = switch (chance.between(0, 3)) {
            case 0 -> List.of(new Json.Member("NewImage", image));
            case 1 -> List.of(new Json.Member("OldImage", image), new Json.Member("NewImage", other));
            default -> List.of(new Json.Member("NewImage", image), new Json.Member("OldImage", other));
        };
        members.addAll(Math.min(at, members.size()), changed);
        return new Json.Obj(members);
    }
}
