package io.github.dynamodbcdc.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The class that a user binds the items of {@link Orders} to. */
record BoundOrder(
        String id,
        @JsonProperty("customer_id") String customerId,
        @Nullable String status,
        @Nullable String channel,
        @Nullable String currency,
        @Nullable BigDecimal amount,
        @Nullable BigDecimal tax,
        @JsonProperty("shipping_fee") @Nullable BigDecimal shippingFee,
        @JsonProperty("item_count") int itemCount,
        @JsonProperty("created_at") long createdAt,
        @JsonProperty("updated_at") long updatedAt,
        int version,
        boolean active,
        boolean express,
        @Nullable String coupon,
        @Nullable String tracking,
        @Nullable String carrier,
        @Nullable String warehouse,
        @Nullable Set<String> labels,
        @Nullable List<BigDecimal> discounts,
        @Nullable Address address,
        @Nullable List<Line> lines) {

    record Address(String street, String city, String postcode, String country) {}

    record Line(String sku, String title, int quantity, BigDecimal price) {}
}
