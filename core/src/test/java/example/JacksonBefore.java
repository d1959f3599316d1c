package example;

import static example.Stations.save;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a record with Jackson as is usual, for docs/migrating.md. */
@SuppressWarnings("StatementSwitchToExpressionSwitch") // readers of the page may be on Java 11
final class JacksonBefore {
    private JacksonBefore() {}

    // migrating.md: code with Jackson
    private static final ObjectMapper JSON = new ObjectMapper();

    static void read(byte[] record) throws IOException {
        JsonNode change = JSON.readTree(record).path("dynamodb");
        JsonNode image = change.path("NewImage");
        if (!image.isMissingNode()) {
            save(
                    change.path("Keys").path("station_id").path("S").asText(),
                    image.path("bikes").path("N").asInt(),
                    image.path("notice").path("S").asText(null),
                    Base64.getDecoder().decode(image.path("firmware").path("B").asText()),
                    change.path("ApproximateCreationDateTime").asLong());
        }
    }

    static @Nullable Object unwrap(JsonNode value) {
        String type = value.fieldNames().next();
        JsonNode content = value.get(type);
        switch (type) {
            case "S":
                return content.asText();
            case "N":
                return new BigDecimal(content.asText());
            case "BOOL":
                return content.asBoolean();
            case "L":
                List<@Nullable Object> list = new ArrayList<>();
                content.forEach(each -> list.add(unwrap(each)));
                return list;
            case "M":
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                content.fieldNames().forEachRemaining(name -> map.put(name, unwrap(content.get(name))));
                return map;
            default:
                return null; // NULL, and whatever was forgotten: here B and the sets
        }
    }
    // migrating.md: end
}
