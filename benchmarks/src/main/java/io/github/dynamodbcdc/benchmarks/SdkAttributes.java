package io.github.dynamodbcdc.benchmarks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Unwraps the attribute values of the AWS SDK for Java 2. Does not support binary, which no payload contains. */
final class SdkAttributes {
    private SdkAttributes() {}

    static Map<String, @Nullable Object> plain(Map<String, AttributeValue> item) {
        Map<String, @Nullable Object> map = new HashMap<>(item.size() * 2);
        item.forEach((name, attributeValue) -> map.put(name, plain(attributeValue)));
        return map;
    }

    static void project(Map<String, AttributeValue> image, ProjectedRow row) {
        AttributeValue updatedAt = image.get(ProjectedRow.UPDATED_AT);
        if (updatedAt != null) {
            row.updatedAt(Long.parseLong(updatedAt.n()));
        }
        AttributeValue amount = image.get(ProjectedRow.AMOUNT);
        if (amount != null) {
            row.amount(Double.parseDouble(amount.n()));
        }
        AttributeValue active = image.get(ProjectedRow.ACTIVE);
        if (active != null) {
            row.active(active.bool());
        }
        AttributeValue status = image.get(ProjectedRow.STATUS);
        if (status != null) {
            row.status().set(status.s());
        }
        AttributeValue id = image.get(ProjectedRow.ID);
        if (id != null) {
            row.id().set(id.s());
        }
    }

    private static @Nullable Object plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> new BigDecimal(value.n());
            case BOOL -> value.bool();
            case NUL -> null;
            case SS -> new HashSet<>(value.ss());
            case NS -> decimals(value.ns());
            case L -> list(value.l());
            case M -> plain(value.m());
            default -> throw new IllegalArgumentException("a type descriptor that no payload contains");
        };
    }

    private static Set<BigDecimal> decimals(List<String> members) {
        Set<BigDecimal> set = new HashSet<>();
        for (String member : members) {
            set.add(new BigDecimal(member));
        }
        return set;
    }

    private static List<@Nullable Object> list(List<AttributeValue> members) {
        List<@Nullable Object> list = new ArrayList<>(members.size());
        for (AttributeValue member : members) {
            list.add(plain(member));
        }
        return list;
    }
}
