package blackbox;

import static blackbox.Items.exact;
import static blackbox.Items.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WRITE_BIGDECIMAL_AS_PLAIN changes how a number is written, but not its value. */
class PlainNumbersTest {
    private static final ObjectMapper PLAIN = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .addModule(new DynamoDbModule().plainJson())
            .build();

    record Amounts(
            BigDecimal number,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal text,
            List<BigDecimal> list,
            Set<BigDecimal> set,
            Map<String, BigDecimal> map) {
        static Amounts of(String number) {
            BigDecimal value = new BigDecimal(number);
            return new Amounts(value, value, List.of(value), Set.of(value), Map.of("k", value));
        }
    }

    private static Item written(ItemMapper mapper, Object value) {
        return exact(new String(mapper.write(value), UTF_8));
    }

    @SuppressWarnings("deprecation") // the older feature of the same name also applies
    private static List<ItemMapper> plainMappers() {
        return List.of(
                ItemMapper.of(PLAIN),
                ItemMapper.of(JsonMapper.builder()
                        .enable(SerializationFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                        .build()),
                ItemMapper.of(new ObjectMapper(JsonFactory.builder()
                        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                        .build())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E+3",
                "9.9999999999999999999999999999999999999E+125",
                "1E-130",
                "-1.5E-7",
                "0E+10",
                "0.10",
                "-0"
            })
    void numbersAndTextsArePlainAndEqual(String number) {
        BigDecimal expected = new BigDecimal(number);
        for (ItemMapper mapper : plainMappers()) {
            Item item = written(mapper, Amounts.of(number));
            assertThat(item.require("number").numberText()).isEqualTo(expected.toPlainString());
            assertThat(item.require("text").asString()).isEqualTo(expected.toPlainString());
            assertThat(item.require("list").asList().get(0).numberText()).isEqualTo(expected.toPlainString());
            assertThat(item.require("map").asItem().require("k").numberText()).isEqualTo(expected.toPlainString());
            assertThat(item.require("set").type()).isEqualTo(AttributeType.NS);
            assertThat(item.require("set").asNumberSet().iterator().next()).isEqualByComparingTo(expected);
            Amounts read = mapper.read(item, Amounts.class);
            assertThat(read.number()).isEqualByComparingTo(expected);
            assertThat(read.text()).isEqualByComparingTo(expected);
        }
        ItemMapper exponents = ItemMapper.of(new ObjectMapper());
        assertThat(exponents.read(written(exponents, Amounts.of(number)), Amounts.class))
                .isEqualTo(Amounts.of(number));
        assertThat(written(exponents, Amounts.of(number)).require("text").asString())
                .isEqualTo(expected.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5E-9999", "1E-99999", "-7.25E+20000"})
    void aNumberTooLongForPlainTextKeepsItsExponent(String number) throws IOException {
        for (ItemMapper mapper : plainMappers()) {
            byte[] json = mapper.write(Map.of("v", new BigDecimal(number), "s", Set.of(new BigDecimal(number))));
            assertThat(new String(json, UTF_8)).contains("{\"N\":\"" + number + "\"}", "{\"NS\":[\"" + number + "\"]}");
        }
    }

    @Test
    void plainJsonOfAnyItemIsWrittenUnderTheFeature() throws JsonProcessingException {
        Item item = item("{'n':{'N':'1.5E-9999'},'ns':{'NS':['1.5E-9999','1E+3']},'p':{'N':'1.5E-7'}}");
        String expected = "{\"n\":1.5E-9999,\"ns\":[1.5E-9999,1000],\"p\":0.00000015}";
        assertThat(PLAIN.writeValueAsString(item)).isEqualTo(expected);
        assertThat(PLAIN.writeValueAsString(Map.of("ns", item.require("ns")))).isEqualTo("{\"ns\":[1.5E-9999,1000]}");
        assertThat(PLAIN.writeValueAsString(item.require("n"))).isEqualTo("1.5E-9999");
    }

    @Test
    void everyOtherNumberIsValidText() {
        Set<Object> set = new LinkedHashSet<>(List.of(1.0E10, 1.5f, (short) 3, (byte) 4, Long.MIN_VALUE));
        JsonNode tree = JsonMapper.builder()
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .createObjectNode()
                .put("tree", new BigDecimal("1E+3"));
        for (ItemMapper mapper : plainMappers()) {
            Item item = written(mapper, Map.of("set", set, "big", BigInteger.TEN.pow(40), "zero", -0.0));
            assertThat(item.require("set").asNumberSet()).hasSize(5);
            assertThat(item.require("big").numberText())
                    .isEqualTo(BigInteger.TEN.pow(40).toString());
            assertThat(item.require("zero").asBigDecimal()).isEqualByComparingTo("0");
            assertThat(written(mapper, tree).require("tree").numberText()).isEqualTo("1000");
        }
    }
}
