package io.github.dynamodbcdc.benchmarks;

import static io.github.dynamodbcdc.benchmarks.JsonAttribute.bool;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.map;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.maps;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.nothing;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.number;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.numbers;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.text;
import static io.github.dynamodbcdc.benchmarks.JsonAttribute.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Orders of a shop: 22 attributes of most types, including sets, a map and a list. */
final class Orders implements Table {
    private static final Set<String> REQUIRED = Set.of("id", "customer_id", "updated_at", "created_at", "version");

    private final int missingPercent;

    /** @param missingPercent the probability that an optional attribute is omitted, in percent */
    Orders(int missingPercent) {
        this.missingPercent = missingPercent;
    }

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public List<String> key() {
        return List.of("id", "customer_id");
    }

    @Override
    public Set<String> updated() {
        return Set.of("status", "updated_at", "version", "tracking", "active");
    }

    @Override
    public List<JsonAttribute> image(Values values) {
        List<JsonAttribute> image = new ArrayList<>(List.of(
                text("id", "o-2025-07-" + values.digits(7)),
                text("customer_id", "c-" + values.digits(8)),
                text("status", values.oneOf(List.of("PLACED", "PAID", "PACKED", "DISPATCHED", "DELIVERED"))),
                text("channel", values.oneOf(List.of("web", "app", "phone", "store"))),
                text("currency", values.oneOf(List.of("EUR", "CHF", "SEK", "GBP"))),
                number("amount", values.decimal(5, 2)),
                number("tax", values.decimal(4, 2)),
                number("shipping_fee", values.decimal(2, 1)),
                number("item_count", 1 + values.below(9)),
                number("created_at", values.time()),
                number("updated_at", values.time()),
                number("version", 1 + values.below(40)),
                bool("active", values.chance(80)),
                bool("express", values.chance(30)),
                values.chance(80)
                        ? nothing("coupon")
                        : text("coupon", values.word().toUpperCase(Locale.ROOT)),
                values.chance(40) ? nothing("tracking") : text("tracking", "RB" + values.digits(9) + "DE"),
                text("carrier", values.word() + "-parcel"),
                text("warehouse", values.word() + "-" + values.below(9)),
                texts("labels", values.differentWords(2)),
                numbers("discounts", List.of(1 + values.below(9), values.below(9) + ".5")),
                map("address", address(values)),
                maps("lines", List.of(line(values), line(values)))));
        image.removeIf(attribute -> !REQUIRED.contains(attribute.name()) && values.chance(missingPercent));
        return image;
    }

    private static List<JsonAttribute> address(Values values) {
        return List.of(
                text("street", values.words(14) + " lane " + values.below(200)),
                text("city", values.word()),
                text("postcode", values.digits(5)),
                text("country", values.oneOf(List.of("DE", "CH", "SE", "GB"))));
    }

    private static List<JsonAttribute> line(Values values) {
        return List.of(
                text("sku", values.digits(3) + "-" + values.digits(4)),
                text("title", values.words(14)),
                number("quantity", 1 + values.below(9)),
                number("price", values.decimal(4, 2)));
    }
}
