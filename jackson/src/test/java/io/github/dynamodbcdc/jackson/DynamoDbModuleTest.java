package io.github.dynamodbcdc.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DynamoDbModuleTest {
    private final ObjectMapper mapper =
            JsonMapper.builder().addModule(new DynamoDbModule()).build();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {"S":"a\\"b"}                                   | "a\\"b"
                    {"S":""}                                        | ""
                    {"N":"12.50"}                                   | 12.50
                    {"N":"+007"}                                    | 7
                    {"N":"99999999999999999999999999999999999999"}  | 99999999999999999999999999999999999999
                    {"N":"1E-130"}                                  | 1E-130
                    {"B":"AP8="}                                    | "AP8="
                    {"BOOL":false}                                  | false
                    {"NULL":true}                                   | null
                    {"SS":["b","a"]}                                | ["b","a"]
                    {"NS":["2","1.0"]}                              | [2,1.0]
                    {"BS":["AA==","/w=="]}                          | ["AA==","/w=="]
                    {"L":[{"N":"1"},{"L":[]},{"NULL":true}]}        | [1,[],null]
                    {"M":{"S":{"S":"x"},"e":{"M":{}}}}              | {"S":"x","e":{}}
                    """)
    void everyTypeBecomesItsPlainJson(String attributeValue, String json) throws JsonProcessingException {
        Item image = newImage("{\"v\":" + attributeValue + "}");

        assertThat(mapper.writeValueAsString(image)).isEqualTo("{\"v\":" + json + "}");
        assertThat(mapper.writeValueAsString(image.require("v"))).isEqualTo(json);
    }

    @Test
    void attributesKeepTheDeliveredOrder() throws JsonProcessingException {
        assertThat(mapper.writeValueAsString(newImage("{\"b\":{\"N\":\"1\"},\"a\":{\"N\":\"2\"}}")))
                .isEqualTo("{\"b\":1,\"a\":2}");
    }

    @Test
    void itemsInsideOtherObjectsAreWrittenToo() throws JsonProcessingException {
        Item item = newImage("{\"a\":{\"N\":\"1\"}}");

        assertThat(mapper.writeValueAsString(Map.of("row", item))).isEqualTo("{\"row\":{\"a\":1}}");
    }

    private static Item newImage(String image) {
        String event = "{\"eventName\":\"INSERT\",\"eventVersion\":\"1.1\",\"dynamodb\":{\"Keys\":{},\"NewImage\":"
                + image + "}}";
        return requireNonNull(
                ChangeEventDecoder.create().decode(event.getBytes(UTF_8)).newImage());
    }
}
