package io.github.dynamodbcdc.benchmarks;

import com.alibaba.fastjson2.JSONObject;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ways to bind the new image of a record to a {@link BoundOrder}. */
public enum OrderBinder {
    /** {@code ItemMapper} with a shared decoder. */
    ITEM_MAPPER {
        @Override
        Binding create() {
            ChangeEventDecoder decoder = ChangeEventDecoder.create();
            return record -> bind(decoder.decode(record));
        }
    },
    /** {@code ItemMapper} with a session. */
    ITEM_MAPPER_SESSION {
        @Override
        Binding create() {
            DecodeSession session = ChangeEventDecoder.create().newSession();
            return record -> bind(session.decode(record));
        }
    },
    /** Jackson alone: parses the record as a tree, converts it to a tree of plain values, and binds that. */
    JACKSON_TREE {
        @Override
        Binding create() {
            ObjectMapper mapper = new ObjectMapper();
            return record -> mapper.treeToValue(PlainJackson.newImage(mapper.readTree(record)), BoundOrder.class);
        }
    },
    /** Jackson alone: hand-written code from the streaming parser to a buffer of plain tokens, and binds that. */
    JACKSON_STREAM {
        @Override
        Binding create() {
            ObjectMapper mapper = new ObjectMapper();
            return record -> {
                try (JsonParser parser = mapper.createParser(record);
                        TokenBuffer plain = new TokenBuffer(mapper, false)) {
                    PlainJackson.copyNewImage(parser, plain);
                    try (JsonParser tokens = plain.asParserOnFirstToken()) {
                        return mapper.readValue(tokens, BoundOrder.class);
                    }
                }
            };
        }
    },
    /** fastjson2 alone: unwraps a map, and binds that. Accepts invalid JSON. */
    FASTJSON2_MAP {
        @Override
        Binding create() {
            return record -> new JSONObject(Fastjson2MapReader.newImage(record)).to(BoundOrder.class);
        }
    };

    /** One of the ways, ready for use by one thread. */
    interface Binding {
        BoundOrder bind(byte[] record) throws IOException;
    }

    /** As lenient as JACKSON_TREE: some payloads have NULL for a primitive. */
    private static final ItemMapper MAPPER = ItemMapper.of(new ObjectMapper());

    abstract Binding create();

    private static BoundOrder bind(ChangeEvent event) {
        return MAPPER.read(Objects.requireNonNull(event.newImage()), BoundOrder.class);
    }

    /** A user's class for the items of {@link Orders}. */
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
            @Nullable Set<BigDecimal> discounts,
            @Nullable Address address,
            @Nullable List<Line> lines) {

        record Address(String street, String city, String postcode, String country) {}

        record Line(String sku, String title, int quantity, BigDecimal price) {}
    }
}
