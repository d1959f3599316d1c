package generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reference.Bytes;
import reference.RefValue;

/** Random attribute values and items. */
final class Values {
    private static final int MAX_DEPTH = 6;

    private final Chance chance;
    private final int size;

    /** @param size how many attributes and members there are at most */
    Values(Chance chance, int size) {
        this.chance = chance;
        this.size = size;
    }

    Map<String, RefValue> wildItem() {
        return item(chance.between(0, size), 1);
    }

    private Map<String, RefValue> item(int count, int level) {
        Map<String, RefValue> item = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            item.put(Texts.name(chance, true), value(level));
        }
        return item;
    }

    RefValue value(int level) {
        boolean isNested = level < MAX_DEPTH && chance.oneIn(4);
        if (isNested) {
            int count = chance.between(0, Math.max(1, size / (level + 1)));
            return chance.oneIn(2)
                    ? new RefValue.Attributes(item(count, level + 1))
                    : new RefValue.Elements(chance.listOf(count, () -> value(level + 1)));
        }
        return chance.oneIn(60)
                ? deep(chance.between(20, 60))
                : ofType(chance.of("S", "S", "S", "N", "N", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M"));
    }

    /** Returns a value of the type; lists and maps are empty. */
    RefValue ofType(String type) {
        return switch (type) {
            case "S" -> new RefValue.Text(Texts.string(chance));
            case "N" -> new RefValue.Numeral(Texts.number(chance));
            case "B" -> new RefValue.Binary(new Bytes(Texts.binary(chance)));
            case "BOOL" -> new RefValue.Bool(chance.oneIn(2));
            case "NULL" -> new RefValue.Null();
            case "SS" -> new RefValue.TextSet(withRepeats(chance.listOf(few(), () -> Texts.string(chance))));
            case "NS" -> new RefValue.NumberSet(withRepeats(chance.listOf(few(), () -> Texts.number(chance))));
            case "BS" ->
                new RefValue.BinarySet(withRepeats(chance.listOf(few(), () -> new Bytes(Texts.binary(chance)))));
            case "L" -> new RefValue.Elements(List.of());
            case "M" -> new RefValue.Attributes(Map.of());
            default -> throw new IllegalArgumentException(type);
        };
    }

    private int few() {
        return chance.between(0, Math.min(5, size));
    }

    private <T> List<T> withRepeats(List<T> members) {
        List<T> repeated = new ArrayList<>(members);
        if (!members.isEmpty() && chance.oneIn(4)) {
            repeated.add(chance.of(members));
        }
        return repeated;
    }

    /** Returns a chain of M and L whose innermost value is at about the given level. */
    private RefValue deep(int levels) {
        RefValue value = ofType(chance.of("S", "N", "B", "NULL"));
        // The outermost value may already be at level 6, and the limit is 64.
        for (int i = 1; i < Math.min(levels, 58); i++) {
            value = chance.oneIn(2)
                    ? new RefValue.Elements(List.of(value))
                    : new RefValue.Attributes(Map.of(Texts.name(chance, true), value));
        }
        return value;
    }
}
