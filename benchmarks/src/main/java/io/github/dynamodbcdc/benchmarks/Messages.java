package io.github.dynamodbcdc.benchmarks;

import static io.github.dynamodbcdc.benchmarks.JsonAttribute.bool;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.number;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.text;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.texts;

import java.util.List;
import java.util.Set;

/** Messages in many languages: characters of two, three and four bytes, escapes, and non-ASCII names. */
final class Messages implements Table {
    private static final List<String> WORDS = List.of(
            "Straße",
            "größer",
            "naïve",
            "señor",
            "çok",
            "привет",
            "город",
            "καλημέρα",
            "θάλασσα",
            "日本語",
            "東京",
            "你好",
            "世界",
            "안녕",
            "서울",
            "שלום",
            "مرحبا",
            "नमस्ते",
            "😀",
            "🚲",
            "plain",
            "words",
            "between",
            "\"quoted\"",
            "C:\\temp",
            "line\nbreak",
            "tab\tstop");

    @Override
    public String name() {
        return "messages";
    }

    @Override
    public List<String> key() {
        return List.of("id");
    }

    @Override
    public Set<String> updated() {
        return Set.of("updated_at", "status", "größe", "title");
    }

    @Override
    public List<JsonAttribute> image(Values values) {
        return List.of(
                text("id", "m-" + values.digits(9)),
                number("updated_at", values.time()),
                bool("active", values.chance(50)),
                number("amount", values.decimal(3, 0)),
                text("status", sentence(values, 2)),
                text("title", sentence(values, 8)),
                number("größe", values.decimal(4, 0)),
                text("本文", sentence(values, 135)),
                text("reply", sentence(values, 12)).escaped(),
                text("signature", sentence(values, 16)),
                texts("теги", List.of("один-" + values.word(), "два-" + values.word())));
    }

    private static String sentence(Values values, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(values.oneOf(WORDS));
        }
        return text.toString();
    }
}
