package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What Pinot gets of an attribute of whose members it makes rows. */
class UnnestedValuesTest {
    private static Table table(DataType type) {
        return Table.with("v", type).fieldsToUnnest("v");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "INT | {'L':[{'N':'1'},{'NULL':true},{'S':'x'},{'N':'3'}]} | [1, 3]",
                "LONG | {'NS':['1','2']} | [1, 2]",
                "LONG | {'SS':['1','x']} | [1]",
                "STRING | {'BS':['AAE=']} | [AAE=]",
                "STRING | {'L':[{'N':'1.50'},{'M':{'a':{'N':'1'}}},{'L':[{'S':'b'}]}]} | [1.50, {\"a\":1}, [\"b\"]]",
                "JSON | {'L':[{'S':'a'},{'S':'[1]'},{'B':'AAE='},{'N':'1.50'},{'BOOL':true}]}"
                        + " | [a, [1], AAE=, 1.50, true]",
                "JSON | {'L':[{'M':{'a':{'L':[{'N':'1'}]}}}]} | [{a=[1]}]"
            })
    void eachMemberIsAsTheColumnHoldsAValueOfItsOwn(DataType type, String attribute, String members) {
        assertThat(table(type).value(attribute.replace('\'', '"')))
                .isInstanceOf(List.class)
                .hasToString(members);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"INT", "STRING", "JSON"})
    void aListWithoutMembersIsNullAndAnyOtherValueIsOne(DataType type) {
        assertThat(table(type).value("{\"L\":[]}")).isNull();
        assertThat(table(type).value("{\"L\":[{\"NULL\":true}]}")).isNull();
        assertThat(table(type).value("{\"N\":\"7\"}")).hasToString("7");
    }

    /** Pinot would parse a String. */
    @Test
    void aTextInAJsonColumnIsNoStringUnlessItIsAnObjectOrAnArray() {
        assertThat((List<?>) table(DataType.JSON).value("{\"SS\":[\"123\"]}"))
                .singleElement()
                .isNotInstanceOf(String.class)
                .hasToString("123");
        assertThat(table(DataType.JSON).value("{\"SS\":[\"{}\"]}")).isEqualTo(List.of("{}"));
    }

    @Test
    void aMultiValueColumnGetsAnArrayOfEachMember() {
        Table table = new Table().multiValue("v", DataType.INT).fieldsToUnnest("v");
        List<?> members = (List<?>) table.value("{\"L\":[{\"N\":\"1\"},{\"L\":[{\"N\":\"2\"},{\"N\":\"3\"}]}]}");
        assertThat(members)
                .extracting(member -> Arrays.toString((Object[]) member))
                .containsExactly("[1]", "[2, 3]");
    }

    @Test
    void anMWithANameThatPinotsParserRefusesIsAJsonString() {
        String longName = "n".repeat(50_001);
        Table table = Table.with("v", DataType.JSON);
        String others =
                "\"a\":{\"L\":[{\"S\":\"x\"},{\"N\":\"1.50\"},{\"NULL\":true},{\"BOOL\":true}]},\"b\":{\"M\":{}},"
                        + "\"c\":{\"L\":[]},\"d\":{\"B\":\"AAE=\"}";
        String text = "{\"a\":[\"x\",1.50,null,true],\"b\":{},\"c\":[],\"d\":\"AAE=\",\"" + longName + "\":1}";
        String attribute = "{\"M\":{" + others + ",\"" + longName + "\":{\"N\":\"1\"}}}";
        assertThat(table.value(attribute)).isEqualTo(JsonWriter.quoted(text));
        assertThat(Table.with("v", DataType.JSON)
                        .and("v.d", DataType.BYTES)
                        .delimiter(".")
                        .value(attribute))
                .isEqualTo(JsonWriter.quoted(text));
        assertThat(table.value(attribute.replace(longName, longName.substring(1))))
                .isInstanceOf(Map.class);
    }
}
