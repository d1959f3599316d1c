package generator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import reference.Bytes;
import reference.Json;
import reference.RefValue;

/** DynamoDB's JSON of attribute values. */
final class JsonForm {
    private final Chance chance;
    private final boolean isTwice;

    /** @param isTwice whether binary is encoded twice */
    JsonForm(Chance chance, boolean isTwice) {
        this.chance = chance;
        this.isTwice = isTwice;
    }

    Json item(Map<String, RefValue> item) {
        List<Json.Member> members = new ArrayList<>();
        item.forEach((name, value) -> members.add(new Json.Member(name, value(value))));
        return new Json.Obj(members);
    }

    Json value(RefValue value) {
        return new Json.Obj(List.of(new Json.Member(value.typeName(), content(value))));
    }

    private Json content(RefValue value) {
        if (value instanceof RefValue.Text text) {
            return new Json.Str(text.text());
        } else if (value instanceof RefValue.Numeral number) {
            return new Json.Str(number.text());
        } else if (value instanceof RefValue.Binary binary) {
            return binary(binary.bytes());
        } else if (value instanceof RefValue.Bool bool) {
            return new Json.Bool(bool.value());
        } else if (value instanceof RefValue.TextSet set) {
            return strings(set.members());
        } else if (value instanceof RefValue.NumberSet set) {
            return strings(set.members());
        } else if (value instanceof RefValue.BinarySet set) {
            return new Json.Arr(set.members().stream().map(this::binary).toList());
        } else if (value instanceof RefValue.Elements list) {
            return new Json.Arr(list.elements().stream().map(this::value).toList());
        } else if (value instanceof RefValue.Attributes map) {
            return item(map.attributes());
        }
        // The value of NULL is true; false means the same.
        return new Json.Bool(!chance.oneIn(10));
    }

    private static Json strings(List<String> texts) {
        return new Json.Arr(
                texts.stream().map(text -> (Json) new Json.Str(text)).toList());
    }

    private Json binary(Bytes bytes) {
        String once = Base64.getEncoder().encodeToString(bytes.toArray());
        return new Json.Str(
                isTwice ? Base64.getEncoder().encodeToString(once.getBytes(StandardCharsets.US_ASCII)) : once);
    }
}
