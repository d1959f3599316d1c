package reference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Types the attributes of Keys and images. It decodes binary once; the whole record decides whether to decode again.
 */
final class ItemReader {
    private static final int MAX_NAME_BYTES = 65_535;
    private static final List<String> DESCRIPTORS = List.of("S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M");

    private final ReferenceOptions options;

    ItemReader(ReferenceOptions options) {
        this.options = options;
    }

    Map<String, RefValue> item(Json node) {
        return attributes(node, 1);
    }

    RefValue single(Json node) {
        return value(node, 1);
    }

    private Map<String, RefValue> attributes(Json node, int level) {
        if (!(node instanceof Json.Obj object)) {
            throw wrongType("an item that is no object");
        }
        Map<String, RefValue> attributes = new LinkedHashMap<>();
        for (Json.Member member : object.members()) {
            if (member.name().getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                throw new ReferenceRefusal("NAME_LIMIT", "attribute name");
            }
            if (attributes.put(member.name(), value(member.value(), level)) != null) {
                throw new ReferenceRefusal("DUPLICATE_NAME", "attribute name");
            }
        }
        return attributes;
    }

    private RefValue value(Json node, int level) {
        if (level > options.maxAttributeDepth()) {
            throw new ReferenceRefusal("DEPTH_LIMIT", "attribute nesting");
        }
        if (!(node instanceof Json.Obj object)) {
            throw wrongType("a value that is no object");
        }
        if (object.members().isEmpty() && options.emptyValueAsMap()) {
            return new RefValue.Attributes(Map.of());
        }
        List<Json.Member> members = new ArrayList<>(object.members());
        if (options.descriptorAliases()) {
            members.removeIf(member -> member.value() instanceof Json.Null);
        }
        if (members.isEmpty()) {
            throw new ReferenceRefusal("NO_TYPE", "no descriptor");
        }
        if (members.size() > 1) {
            throw new ReferenceRefusal("TWO_TYPES", "more than one descriptor");
        }
        return typed(descriptor(members.get(0).name()), members.get(0).value(), level);
    }

    private String descriptor(String name) {
        boolean isAsciiLetters = name.chars().allMatch(c -> c < 0x80 && Character.isLetter(c));
        if (!options.descriptorAliases() || !isAsciiLetters) {
            return name;
        }
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("NUL") ? "NULL" : DESCRIPTORS.contains(upper) ? upper : name;
    }

    private RefValue typed(String descriptor, Json node, int level) {
        return switch (descriptor) {
            case "S" -> new RefValue.Text(text(node));
            case "N" -> new RefValue.Numeral(number(node));
            case "B" -> new RefValue.Binary(binary(node));
            case "BOOL" -> new RefValue.Bool(bool(node));
            case "NULL" -> {
                bool(node);
                yield new RefValue.Null();
            }
            case "SS" -> new RefValue.TextSet(elements(node, this::text));
            case "NS" -> new RefValue.NumberSet(elements(node, this::number));
            case "BS" -> new RefValue.BinarySet(elements(node, this::binary));
            case "L" -> new RefValue.Elements(elements(node, element -> value(element, level + 1)));
            case "M" -> new RefValue.Attributes(attributes(node, level + 1));
            default -> unknown();
        };
    }

    private RefValue unknown() {
        if (options.unknownDescriptors()) {
            return new RefValue.Unknown();
        }
        throw new ReferenceRefusal("UNKNOWN_TYPE", "descriptor");
    }

    private static <T> List<T> elements(Json node, Function<Json, T> read) {
        if (node instanceof Json.Arr array) {
            return array.elements().stream().map(read).toList();
        }
        throw wrongType("not an array");
    }

    private String text(Json node) {
        if (node instanceof Json.Str string) {
            return string.text();
        }
        throw wrongType("not a string");
    }

    private String number(Json node) {
        if (options.numbersAsJson() && node instanceof Json.Num number) {
            return NumberText.require(number.text(), options);
        }
        return NumberText.require(text(node), options);
    }

    private Bytes binary(Json node) {
        return StrictBase64.require(text(node));
    }

    private static boolean bool(Json node) {
        if (node instanceof Json.Bool bool) {
            return bool.value();
        }
        throw wrongType("not true or false");
    }

    private static ReferenceRefusal wrongType(String detail) {
        return new ReferenceRefusal("WRONG_TYPE", detail);
    }
}
