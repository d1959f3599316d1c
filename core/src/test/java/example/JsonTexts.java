package example;

import static java.util.stream.Collectors.joining;

import io.github.dynamodbcdc.ValueFactory;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The guide's plain JSON without a JSON library: the text of a value is made of the texts of its members. */
// objects.md: plain JSON
public final class JsonTexts implements ValueFactory<String> {
    @Override
    public String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return json.append('"').toString();
    }

    @Override
    public String number(String text) {
        return new BigDecimal(text).toString(); // every digit, but not a leading + or 0, which JSON does not have
    }

    @Override
    public String binary(byte[] bytes) {
        return string(Base64.getEncoder().encodeToString(bytes));
    }

    @Override
    public String bool(boolean value) {
        return String.valueOf(value);
    }

    @Override
    public String nul() {
        return "null";
    }

    @Override
    public String stringSet(List<String> members) {
        return members.stream().map(this::string).collect(joining(",", "[", "]"));
    }

    @Override
    public String numberSet(List<String> members) {
        return members.stream().map(this::number).collect(joining(",", "[", "]"));
    }

    @Override
    public String binarySet(List<byte[]> members) {
        return members.stream().map(this::binary).collect(joining(",", "[", "]"));
    }

    @Override
    public String list(List<String> values) {
        return "[" + String.join(",", values) + "]";
    }

    @Override
    public String map(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(attribute -> string(attribute.getKey()) + ":" + attribute.getValue())
                .collect(joining(",", "{", "}"));
    }
}
// objects.md: end
