package generator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reference.Json;

/** Writes JSON in one of its many equivalent spellings. */
public final class EventWriter {
    private final @Nullable Chance chance;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private EventWriter(@Nullable Chance chance) {
        this.chance = chance;
    }

    /** Writes as a serializer does: no white space, and only the necessary escapes. */
    public static byte[] compact(Json json) {
        return write(json, null);
    }

    static byte[] wild(Json json, Chance chance) {
        return write(json, chance);
    }

    private static byte[] write(Json json, @Nullable Chance chance) {
        EventWriter writer = new EventWriter(chance);
        if (writer.maybe(20)) {
            writer.raw("\uFEFF");
        }
        writer.space();
        writer.value(json);
        writer.space();
        return writer.out.toByteArray();
    }

    private void value(Json json) {
        if (json instanceof Json.Obj object) {
            object(object.members());
        } else if (json instanceof Json.Arr array) {
            array(array.elements());
        } else if (json instanceof Json.Str string) {
            string(string.text());
        } else if (json instanceof Json.Num number) {
            raw(number.text());
        } else if (json instanceof Json.Bool bool) {
            raw(String.valueOf(bool.value()));
        } else {
            raw("null");
        }
    }

    private void object(List<Json.Member> members) {
        raw("{");
        space();
        String separator = "";
        for (Json.Member member : members) {
            raw(separator);
            space();
            string(member.name());
            space();
            raw(":");
            space();
            value(member.value());
            space();
            separator = ",";
        }
        raw("}");
    }

    private void array(List<Json> elements) {
        raw("[");
        space();
        String separator = "";
        for (Json element : elements) {
            raw(separator);
            space();
            value(element);
            space();
            separator = ",";
        }
        raw("]");
    }

    private void string(String text) {
        raw("\"");
        boolean isMostlyEscaped = maybe(8);
        StringBuilder spelled = new StringBuilder();
        text.codePoints().forEach(codePoint -> {
            boolean isEscaped = isMostlyEscaped ? !maybe(4) : maybe(30);
            spelled.append(isEscaped ? escaped(codePoint) : plain(codePoint));
        });
        raw(spelled.toString());
        raw("\"");
    }

    private String plain(int codePoint) {
        return switch (codePoint) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '/' -> maybe(3) ? "\\/" : "/";
            default -> codePoint < 0x20 ? escaped(codePoint) : Character.toString(codePoint);
        };
    }

    /** One escape, or two for a surrogate pair. */
    private String escaped(int codePoint) {
        StringBuilder escapes = new StringBuilder();
        for (char unit : Character.toChars(codePoint)) {
            String hex = String.format("%04x", (int) unit);
            escapes.append("\\u").append(maybe(2) ? hex.toUpperCase(Locale.ROOT) : hex);
        }
        return escapes.toString();
    }

    private void space() {
        while (maybe(6)) {
            raw(chance == null ? "" : chance.of(" ", "  ", "\t", "\n", "\r\n", "        "));
        }
    }

    private boolean maybe(int oneIn) {
        return chance != null && chance.oneIn(oneIn);
    }

    private void raw(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
