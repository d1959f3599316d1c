package io.github.dynamodbcdc.benchmarks;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every implementation has to produce. */
public record PlainEvent(
        Map<String, @Nullable Object> keys,
        @Nullable Map<String, @Nullable Object> newImage,
        @Nullable Map<String, @Nullable Object> oldImage) {}
