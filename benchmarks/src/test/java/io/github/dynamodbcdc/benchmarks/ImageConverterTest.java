package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageConverterTest {
    private final ObjectMapper exact = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @ParameterizedTest
    @EnumSource
    void everyWayWritesEqualJson(Payload payload) throws IOException {
        for (byte[] record : payload.generate(10)) {
            JsonNode tree = exact.readTree(ImageConverter.JACKSON_TREE.create().convert(record));
            assertThat(tree).isNotEmpty();
            for (ImageConverter converter : ImageConverter.values()) {
                ImageConverter.Conversion conversion = converter.create();
                conversion.convert(record);
                JsonNode converted = exact.readTree(conversion.convert(record));
                assertThat(converted.equals(ImageConverterTest::compareLeaves, tree))
                        .as("%s: %s equals %s", converter, converted, tree)
                        .isTrue();
            }
        }
    }

    /** Compares numbers by value: some ways omit trailing zeros. */
    private static int compareLeaves(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return left.decimalValue().compareTo(right.decimalValue());
        }
        return left.equals(right) ? 0 : 1;
    }
}
