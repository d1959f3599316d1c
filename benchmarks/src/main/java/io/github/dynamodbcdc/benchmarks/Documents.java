package io.github.dynamodbcdc.benchmarks;

import static io.github.dynamodbcdc.benchmarks.JsonAttribute.bool;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.map;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.maps;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.number;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.text;

import java.util.List;
import java.util.Set;

/** Maps in lists in maps, twelve levels deep. */
final class Documents implements Table {
    private static final int SECTIONS = 6;

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public List<String> key() {
        return List.of("id");
    }

    @Override
    public Set<String> updated() {
        return Set.of("updated_at", "status", "settings");
    }

    @Override
    public List<JsonAttribute> image(Values values) {
        return List.of(
                text("id", "doc-" + values.digits(8)),
                number("updated_at", values.time()),
                text("status", values.oneOf(List.of("draft", "review", "published"))),
                bool("active", values.chance(50)),
                number("amount", values.decimal(4, 1)),
                map("settings", settings(values)),
                map("body", section(values, SECTIONS)));
    }

    private static List<JsonAttribute> settings(Values values) {
        return List.of(
                text("theme", values.word()),
                map("margins", List.of(number("left", values.below(40)), number("right", values.below(40)))));
    }

    private static List<JsonAttribute> section(Values values, int levels) {
        JsonAttribute title = text("title", values.words(40));
        JsonAttribute position = number("position", values.below(1000));
        JsonAttribute notes = maps(
                "notes",
                List.of(
                        List.of(text("by", values.words(20)), number("at", values.time())),
                        List.of(text("by", values.word()), bool("open", values.chance(50)))));
        return levels == 1
                ? List.of(title, position, notes)
                : List.of(title, position, notes, maps("sections", List.of(section(values, levels - 1))));
    }
}
