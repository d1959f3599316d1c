package io.github.dynamodbcdc.benchmarks;

import static io.github.dynamodbcdc.benchmarks.JsonAttribute.bool;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.number;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.text;

import java.util.List;
import java.util.Set;

/** Few attributes with long texts, one with line breaks; the item is close to DynamoDB's size limit. */
final class Articles implements Table {
    @Override
    public String name() {
        return "articles";
    }

    @Override
    public List<String> key() {
        return List.of("id");
    }

    @Override
    public Set<String> updated() {
        return Set.of("updated_at", "status", "summary");
    }

    @Override
    public List<JsonAttribute> image(Values values) {
        return List.of(
                text("id", "a-" + values.digits(9)),
                number("updated_at", values.time()),
                text("status", values.word()),
                bool("active", values.chance(50)),
                number("amount", values.decimal(6, 2)),
                text("summary", values.words(6_000)),
                text("body", values.words(90_000)),
                text("source", values.words(52_000)),
                text("notes", paragraphs(values)));
    }

    private static String paragraphs(Values values) {
        StringBuilder text = new StringBuilder();
        while (text.length() < 8_000) {
            text.append(values.words(70)).append('\n');
        }
        return text.toString();
    }
}
