package io.github.dynamodbcdc.benchmarks;

import static io.github.dynamodbcdc.benchmarks.JsonAttribute.bool;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.number;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** 200 attributes, almost all numbers. */
final class Metrics implements Table {
    private static final List<String> KINDS = List.of("cpu", "mem", "net_in", "disk", "gc");
    private static final int COUNTERS = 195;

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public List<String> key() {
        return List.of("id");
    }

    @Override
    public Set<String> updated() {
        return Set.of("updated_at", "amount", "cpu_000", "mem_041", "gc_104", "net_in_152");
    }

    @Override
    public List<JsonAttribute> image(Values values) {
        List<JsonAttribute> image = new ArrayList<>();
        image.add(text("id", "host-" + values.digits(5)));
        image.add(number("updated_at", values.time()));
        for (int i = 0; i < COUNTERS; i++) {
            String name = String.format("%s_%03d", KINDS.get(i % KINDS.size()), i);
            image.add(i % 10 == 7 ? text(name, values.word()) : number(name, counter(values, i)));
        }
        image.add(number("amount", values.decimal(5, 2)));
        image.add(bool("active", values.chance(50)));
        image.add(text("status", values.word()));
        return image;
    }

    private static Object counter(Values values, int i) {
        return i % 3 == 0 ? values.decimal(5, 2) : values.below(1_000_000);
    }
}
