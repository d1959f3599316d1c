package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.utils.JsonUtils;
import org.junit.jupiter.api.Test;

/** The advice on columns in which Pinot strips the trailing zeros of decimals. */
class TrailingZerosTest {
    private static final String SETTING = "\"allowTrailingZeros\": true";

    @Test
    void everyColumnThatLosesTrailingZerosIsNamedAtInitWithTheSettingThatKeepsThem() {
        Table table = Table.with("id", DataType.STRING)
                .and("total", DataType.BIG_DECIMAL)
                .and("fee", DataType.BIG_DECIMAL)
                .init();

        assertThat(table.log.lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("INFO").contains("1.10", "1.1;", SETTING))
                .anySatisfy(line -> assertThat(line).contains("'total'"))
                .anySatisfy(line -> assertThat(line).contains("'fee'"));
    }

    @Test
    void aColumnThatOnlyATransformFillsIsNamedToo() {
        Table table = Table.with("gross", DataType.BIG_DECIMAL)
                .transform("gross", "plus(net, tax)")
                .fieldsToRead("net", "tax");

        assertThat(table.init().log.lines).singleElement().asString().contains("'gross'", SETTING);
    }

    /** The dictionary of a built segment has one entry for numbers that compare as equal. */
    @Test
    void aColumnWhoseDictionaryMixesThemUpIsNamedWithTheSettingThatPreventsIt() {
        DimensionFieldSpec total = new DimensionFieldSpec("total", DataType.BIG_DECIMAL, true);
        total.setAllowTrailingZeros(true);
        Table table = Table.with("id", DataType.STRING).and(total).init();

        assertThat(table.log.lines)
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains("'total'", "dictionary", "noDictionaryColumns");
    }

    @Test
    void eachPlaceOfAConfigurationThatTurnsTheDictionaryOffCounts() throws IOException {
        for (String place : List.of(
                "'tableIndexConfig':{'noDictionaryColumns':['s']}",
                "'tableIndexConfig':{'noDictionaryConfig':{'s':'SNAPPY'}}",
                "'tableIndexConfig':{},'fieldConfigList':[{'name':'r'},{'name':'s','encodingType':'RAW'}]")) {
            String json = "{'tableName':'t','tableType':'REALTIME','segmentsConfig':{},'tenants':{},'metadata':{},"
                    + place + "}";
            TableConfig table = JsonUtils.stringToObject(json.replace('\'', '"'), TableConfig.class);
            assertThat(TableFacts.of(table, new Schema()).noDictionary).containsExactly("s");
        }
    }

    @Test
    void aColumnWithBothSettingsAndAColumnOfAnotherTypeAreNot() {
        DimensionFieldSpec total = new DimensionFieldSpec("total", DataType.BIG_DECIMAL, true);
        total.setAllowTrailingZeros(true);
        Table table = Table.with("id", DataType.STRING)
                .and("ratio", DataType.DOUBLE)
                .and(total)
                .noDictionary("total")
                .init();

        assertThat(table.log.lines).isEmpty();
    }

    @Test
    void columnsOfTheEventItselfAreNotBecauseTheyHaveNoFractions() {
        Table table = Table.with("id", DataType.STRING)
                .and("gone", DataType.BIG_DECIMAL)
                .and("at", DataType.BIG_DECIMAL)
                .and("SizeBytes", DataType.BIG_DECIMAL)
                .and("SequenceNumber", DataType.BIG_DECIMAL)
                .and("isTimeToLiveDelete", DataType.BIG_DECIMAL)
                .property("timeColumnName", "at")
                .property("deleteColumnName", "gone")
                .init();

        assertThat(table.log.lines).noneMatch(line -> line.contains(SETTING));
    }

    @Test
    void theDecoderItselfKeepsThem() {
        Table table = Table.with("id", DataType.STRING).and("v", DataType.BIG_DECIMAL);

        assertThat(table.row(Change.insert("\"v\":{\"N\":\"1.10\"}"))).containsEntry("v", new BigDecimal("1.10"));
    }
}
