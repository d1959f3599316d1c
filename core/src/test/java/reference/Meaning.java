package reference;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** DynamoDB's meaning of a value: numbers are equal by value, and sets as sets. */
final class Meaning {
    private Meaning() {}

    static boolean same(RefValue one, RefValue other) {
        return of(one).equals(of(other));
    }

    private static Object of(RefValue value) {
        if (value instanceof RefValue.Numeral number) {
            return plain(number.value());
        } else if (value instanceof RefValue.TextSet set) {
            return List.of("SS", new HashSet<>(set.members()));
        } else if (value instanceof RefValue.NumberSet set) {
            return List.of("NS", set.values().stream().map(Meaning::plain).collect(Collectors.toSet()));
        } else if (value instanceof RefValue.BinarySet set) {
            return List.of("BS", new HashSet<>(set.members()));
        } else if (value instanceof RefValue.Elements list) {
            return List.of("L", list.elements().stream().map(Meaning::of).toList());
        } else if (value instanceof RefValue.Attributes map) {
            Map<String, Object> attributes = new HashMap<>();
            map.attributes().forEach((name, attribute) -> attributes.put(name, of(attribute)));
            return List.of("M", attributes);
        }
        return value;
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}
