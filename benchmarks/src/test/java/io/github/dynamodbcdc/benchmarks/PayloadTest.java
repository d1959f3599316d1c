package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The payloads match their names and the result tables. */
class PayloadTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "SEED, 900",
        "SMALL, 630",
        "TYPICAL, 2262",
        "TSHUF, 2262",
        "TSHUF2, 2262",
        "INSERT, 1320",
        "WIDE, 11000",
        "DEEP, 3900",
        "UNICODE, 4400",
        "LARGE, 313000",
        "KCL, 2262"
    })
    void recordsHaveTheReportedSize(Payload payload, double bytes) {
        assertThat(payload.records().meanBytes()).isCloseTo(bytes, withinPercentage(5));
    }

    @ParameterizedTest
    @EnumSource
    void recordsAreTheSameInEveryRun(Payload payload) {
        assertThat(payload.generate(5)).isDeepEqualTo(payload.generate(5));
    }

    @ParameterizedTest
    @EnumSource
    void recordsDifferFromEachOther(Payload payload) {
        Set<String> texts = new HashSet<>();
        RecordSet records = payload.records();
        for (int i = 0; i < records.size(); i++) {
            records.next();
            texts.add(new String(records.bytes(), UTF_8));
        }
        assertThat(texts).hasSize(records.size()).hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "INSERT")
    void theImagesOfAChangeDifferInAFewAttributes(Payload payload) throws IOException {
        for (byte[] record : payload.generate(10)) {
            JsonNode newImage = image(record, "NewImage");
            JsonNode oldImage = image(record, "OldImage");
            List<String> different = names(newImage);
            different.removeIf(name -> newImage.get(name).equals(oldImage.get(name)));
            assertThat(different).isNotEmpty().hasSizeLessThanOrEqualTo(6);
        }
    }

    @Test
    void anInsertHasTheNewImageOnly() throws IOException {
        JsonNode record = mapper.readTree(Payload.INSERT.generate(1)[0]);

        assertThat(record.path("eventName").textValue()).isEqualTo("INSERT");
        assertThat(record.path("dynamodb").path("NewImage")).hasSize(22);
        assertThat(record.path("dynamodb").has("OldImage")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"SMALL", "TYPICAL", "WIDE", "DEEP", "UNICODE", "LARGE", "KCL"})
    void attributesHaveOneOrder(Payload payload) throws IOException {
        byte[][] records = payload.generate(5);
        List<String> order = names(image(records[0], "NewImage"));
        for (byte[] record : records) {
            assertThat(names(image(record, "NewImage"))).isEqualTo(order);
            assertThat(names(image(record, "OldImage"))).isEqualTo(order);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SEED", "TSHUF"})
    void attributesHaveADifferentOrderInEachRecord(Payload payload) throws IOException {
        Set<List<String>> orders = new HashSet<>();
        for (byte[] record : payload.generate(20)) {
            orders.add(names(image(record, "NewImage")));
            assertThat(names(image(record, "OldImage"))).isEqualTo(names(image(record, "NewImage")));
        }
        assertThat(orders).hasSize(20);
    }

    @Test
    void attributesHaveADifferentOrderInEachImage() throws IOException {
        Set<List<String>> orders = new HashSet<>();
        for (byte[] record : Payload.TSHUF2.generate(20)) {
            orders.add(names(image(record, "NewImage")));
            orders.add(names(image(record, "OldImage")));
        }
        assertThat(orders).hasSize(40);
    }

    @Test
    void optionalAttributesAreMissingInThirtyPercent() throws IOException {
        int attributes = 0;
        byte[][] records = Payload.SPARSE.generate(128);
        for (byte[] record : records) {
            attributes += image(record, "NewImage").size();
        }
        assertThat(attributes / (double) records.length).isCloseTo(5 + 17 * 0.7, withinPercentage(3));
    }

    @Test
    void wideHasTwoHundredAttributes() throws IOException {
        assertThat(image(Payload.WIDE.generate(1)[0], "NewImage")).hasSize(200);
    }

    @Test
    void deepIsNestedTwelveLevels() throws IOException {
        JsonNode value = image(Payload.DEEP.generate(1)[0], "NewImage").path("body");
        int levels = 1;
        while (value.path("M").has("sections")) {
            value = value.path("M").path("sections").path("L").path(0);
            levels += 2;
        }
        assertThat(value.path("M").path("notes").path("L").path(0).path("M").path("by"))
                .isNotEmpty();
        assertThat(levels).isEqualTo(11);
    }

    @Test
    void unicodeHasEscapesAndCharactersOfEveryLength() {
        String record = new String(Payload.UNICODE.generate(1)[0], UTF_8);

        assertThat(record).contains("\\u", "\\n", "\\t", "\\\"", "\\\\", "ß", "日", "🚲");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "UNICODE")
    void allOtherPayloadsAreAscii(Payload payload) {
        for (byte[] record : payload.generate(5)) {
            assertThat(Arrays.equals(
                            record,
                            new String(record, UTF_8)
                                    .replaceAll("[^\\x20-\\x7e]", "")
                                    .getBytes(UTF_8)))
                    .isTrue();
        }
    }

    private JsonNode image(byte[] record, String member) throws IOException {
        return mapper.readTree(record).path("dynamodb").path(member);
    }

    private static List<String> names(JsonNode item) {
        List<String> names = new ArrayList<>();
        item.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
