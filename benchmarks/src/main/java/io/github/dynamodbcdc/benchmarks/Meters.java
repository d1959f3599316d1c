package io.github.dynamodbcdc.benchmarks;

import static io.github.dynamodbcdc.benchmarks.JsonAttribute.bool;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.number;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.text;

import java.util.List;
import java.util.Set;

/** The latest reading of each meter: small items, as most items in busy streams are. */
final class Meters implements Table {
    @Override
    public String name() {
        return "readings";
    }

    @Override
    public List<String> key() {
        return List.of("id");
    }

    @Override
    public Set<String> updated() {
        return Set.of("updated_at", "amount");
    }

    @Override
    public List<JsonAttribute> image(Values values) {
        return List.of(
                text("id", "m-" + values.digits(5)),
                number("updated_at", values.time()),
                number("amount", values.decimal(4, 2)),
                bool("active", values.chance(90)),
                text("status", values.oneOf(List.of("ok", "low", "fault"))));
    }
}
