package io.github.dynamodbcdc.benchmarks;

import static io.github.dynamodbcdc.benchmarks.JsonAttribute.bool;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.number;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.text;

import java.util.List;
import java.util.Set;

/** A flat table as in a tutorial: ten short texts and numbers. */
final class Concerts implements Table {
    @Override
    public String name() {
        return "concerts";
    }

    @Override
    public List<String> key() {
        return List.of("updated_at", "id");
    }

    @Override
    public Set<String> updated() {
        return Set.of("lat", "lon", "amount", "status");
    }

    @Override
    public List<JsonAttribute> image(Values values) {
        return List.of(
                text("town", values.word()),
                number("updated_at", values.time()),
                number("lon", values.decimal(6, 4)),
                number("amount", values.decimal(4, 2)),
                number("lat", values.decimal(6, 4)),
                text("id", "t-" + values.digits(10)),
                text("status", values.oneOf(List.of("open", "few left", "sold out"))),
                number("artist_id", values.digits(4)),
                bool("active", values.chance(50)),
                text("hall_name", "Hall " + values.below(20)));
    }
}
