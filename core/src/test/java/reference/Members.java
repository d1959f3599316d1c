package reference;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The known members of one object. None may be repeated, and null means absent. */
final class Members {
    private final Map<String, Json> values = new HashMap<>();

    /** @param known every spelling that is known, and the member that it names */
    Members(Json.Obj object, Map<String, String> known) {
        for (Json.Member member : object.members()) {
            String name = known.get(member.name());
            if (name != null && values.put(name, member.value()) != null) {
                throw new ReferenceRefusal("DUPLICATE_FIELD", name);
            }
        }
    }

    static Map<String, String> known(String... names) {
        Map<String, String> known = new HashMap<>();
        for (String name : names) {
            known.put(name, name);
        }
        return known;
    }

    @Nullable
    Json get(String name) {
        Json value = values.get(name);
        return value instanceof Json.Null ? null : value;
    }

    Json require(String name) {
        Json value = get(name);
        if (value == null) {
            throw new ReferenceRefusal("MISSING_FIELD", name);
        }
        return value;
    }

    @Nullable
    String text(String name) {
        Json value = get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Json.Str string) {
            return string.text();
        }
        throw new ReferenceRefusal("WRONG_TYPE", name);
    }

    @Nullable
    String textOrNumber(String name) {
        return get(name) instanceof Json.Num number ? number.text() : text(name);
    }

    /** Returns an integer that fits a long; any other value counts as absent. */
    @Nullable
    Long integer(String name) {
        if (!(get(name) instanceof Json.Num number)) {
            return null;
        }
        try {
            return Long.valueOf(number.text());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static Json.Obj requireObject(Json value, String name) {
        if (value instanceof Json.Obj object) {
            return object;
        }
        throw new ReferenceRefusal("WRONG_TYPE", name);
    }
}
