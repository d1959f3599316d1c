package example;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

// README: your own class
@JsonIgnoreProperties(ignoreUnknown = true)
record Station(
        @JsonProperty("station_id") String id,
        int bikes,
        boolean open,
        @JsonProperty("pay_with") Set<String> payWith, // SS
        Tariff tariff, // M
        List<Slot> slots, // L of M
        @Nullable ByteBuffer seal) { // B

    record Tariff(
            BigDecimal unlock, @JsonProperty("per_minute") BigDecimal perMinute, String currency) {}

    record Slot(@Nullable String bike, int charge) {}

    record Key(@JsonProperty("station_id") String id) {}
}
// README: end
