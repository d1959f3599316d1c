package example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import generator.Events;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The guide's warehouse row, and its JSON without a JSON library. */
class WarehouseRowTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void anInsertIsARowOfItsAttributesWithNestedOnesAsJson() throws IOException {
        Map<String, @Nullable Object> row = WarehouseRow.of(Samples.bundled().get(1));
        assertThat(row)
                .containsEntry("station_id", "FRA-0117")
                .containsEntry("lat", new BigDecimal("50.110447"))
                .containsEntry("open", true)
                .containsEntry("operator", null)
                .containsEntry("pay_with", "[\"app\",\"card\"]")
                .containsEntry("free_docks", "[3,7,15]")
                .containsEntry("tariff", "{\"unlock\":1,\"per_minute\":0.15,\"currency\":\"EUR\"}")
                .containsEntry("_deleted", false)
                .containsEntry("_ts_us", 1741936925318204L)
                .containsEntry("_old", null);
        assertThat(row.get("seal")).isEqualTo(HexFormat.of().parseHex("8f03c1a4de5577b0"));
    }

    @Test
    void aRemoveIsItsKeysAndTheOldImage() throws IOException {
        Map<String, @Nullable Object> row = WarehouseRow.of(Samples.bundled().get(3));
        assertThat(row.keySet()).containsExactly("station_id", "_deleted", "_ts_us", "_old");
        assertThat(row)
                .containsEntry("_deleted", true)
                .containsEntry(
                        "_old",
                        "{\"station_id\":\"FRA-0042\",\"name\":\"Westhafen (closed)\",\"lat\":50.1006,\"lon\":8.6655,"
                                + "\"docks\":0,\"bikes\":0,\"open\":false,\"note\":\"\"}");
    }

    @Test
    void jsonHasEveryTypeAndEveryDigit() {
        Item image = Objects.requireNonNull(Samples.everyType().oldImage());
        JsonTexts json = new JsonTexts();
        assertThat(json.map(image.toMap(json)))
                .isEqualTo("{\"id\":17,\"at\":\"x\",\"s\":\"a \\\"b\\\"\\u000a\",\"empty\":\"\","
                        + "\"n\":-12345678901234567890123456789012345678,\"small\":1E-130,\"b\":\"AP8=\",\"none\":\"\","
                        + "\"yes\":true,\"no\":false,\"null\":null,\"ss\":[\"b\",\"a\",\"\"],\"ns\":[3,1.50,-2],"
                        + "\"bs\":[\"AQ==\",\"AgM=\"],\"l\":[\"x\",null,[]],\"m\":{\"k\":{},\"n\":0},"
                        + "\"emptyList\":[],\"emptyMap\":{}}");
    }

    @Property(tries = 300)
    void anyItemIsValidJsonOfTheSameNames(@ForAll("events") GeneratedEvent event) throws JsonProcessingException {
        ChangeEvent decoded = DECODER.decode(event.bytes());
        JsonTexts json = new JsonTexts();
        for (Item item : Samples.items(decoded)) {
            Map<?, ?> read = MAPPER.readValue(json.map(item.toMap(json)), Map.class);
            assertThat(List.copyOf(read.keySet()))
                    .isEqualTo(List.copyOf(item.toMap().keySet()));
        }
    }

    @Provide
    static Arbitrary<GeneratedEvent> events() {
        return Events.any();
    }
}
