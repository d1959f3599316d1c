package reference;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** An attribute value as delivered: numbers are equal by their text, sets by their order. */
public sealed interface RefValue {
    Map<Class<? extends RefValue>, String> TYPE_NAMES = Map.ofEntries(
            Map.entry(Text.class, "S"),
            Map.entry(Numeral.class, "N"),
            Map.entry(Binary.class, "B"),
            Map.entry(Bool.class, "BOOL"),
            Map.entry(Null.class, "NULL"),
            Map.entry(TextSet.class, "SS"),
            Map.entry(NumberSet.class, "NS"),
            Map.entry(BinarySet.class, "BS"),
            Map.entry(Elements.class, "L"),
            Map.entry(Attributes.class, "M"),
            Map.entry(Unknown.class, "UNKNOWN"));

    /** Returns the name of the type in {@code AttributeType}. */
    default String typeName() {
        return Objects.requireNonNull(TYPE_NAMES.get(getClass()));
    }

    record Text(String text) implements RefValue {}

    record Numeral(String text) implements RefValue {
        public BigDecimal value() {
            return new BigDecimal(text);
        }
    }

    record Binary(Bytes bytes) implements RefValue {}

    record Bool(boolean value) implements RefValue {}

    record Null() implements RefValue {}

    record TextSet(List<String> members) implements RefValue {}

    record NumberSet(List<String> members) implements RefValue {
        public List<BigDecimal> values() {
            return members.stream().map(BigDecimal::new).toList();
        }
    }

    record BinarySet(List<Bytes> members) implements RefValue {}

    record Elements(List<RefValue> elements) implements RefValue {}

    record Attributes(Map<String, RefValue> attributes) implements RefValue {}

    record Unknown() implements RefValue {}

    /** Passes every B and every member of every BS to the action, at any depth. */
    default void forEachBinary(Consumer<Bytes> action) {
        if (this instanceof Binary binary) {
            action.accept(binary.bytes());
        } else if (this instanceof BinarySet set) {
            set.members().forEach(action);
        } else if (this instanceof Elements list) {
            list.elements().forEach(element -> element.forEachBinary(action));
        } else if (this instanceof Attributes map) {
            map.attributes().values().forEach(value -> value.forEachBinary(action));
        }
    }

    default RefValue mapBinary(UnaryOperator<Bytes> change) {
        if (this instanceof Binary binary) {
            return new Binary(change.apply(binary.bytes()));
        } else if (this instanceof BinarySet set) {
            return new BinarySet(set.members().stream().map(change).toList());
        } else if (this instanceof Elements list) {
            return new Elements(list.elements().stream()
                    .map(element -> element.mapBinary(change))
                    .toList());
        } else if (this instanceof Attributes map) {
            return new Attributes(mapBinary(map.attributes(), change));
        }
        return this;
    }

    static Map<String, RefValue> mapBinary(Map<String, RefValue> item, UnaryOperator<Bytes> change) {
        Map<String, RefValue> changed = new LinkedHashMap<>();
        item.forEach((name, value) -> changed.put(name, value.mapBinary(change)));
        return changed;
    }
}
