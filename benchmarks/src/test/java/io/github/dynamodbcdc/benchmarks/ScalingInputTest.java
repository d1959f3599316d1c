package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The inputs are what the figures say, and the measured implementations agree on them. */
class ScalingInputTest {
    private final ObjectMapper mapper = new ObjectMapper();

    @ParameterizedTest
    @EnumSource
    void sessionAndTreeReadEqualMaps(ScalingInput input) throws Exception {
        EventReader session = Implementation.SESSION.create();
        EventReader tree = Implementation.JACKSON_TREE.create();
        for (byte[] record : input.generate()) {
            session.index(record);
            assertThat(session.full(record).equals(tree.full(record))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordsAreTheSameInEveryRun(ScalingInput input) {
        assertThat(input.generate()).isDeepEqualTo(input.generate());
    }

    @Test
    void eachRecordIsOfAnotherTableThanTheFortyBefore() throws IOException {
        byte[][] records = ScalingInput.FORTY_TABLES.generate();
        Set<String> tables = new HashSet<>();
        Set<Set<String>> names = new HashSet<>();
        for (int i = 0; i < records.length; i++) {
            JsonNode record = mapper.readTree(records[i]);
            Set<String> ofImage = names(record);
            assertThat(ofImage).hasSize(22).contains("id", "status");
            assertThat(tables.add(record.path("tableName").textValue())).isEqualTo(i < ScalingInput.TABLES);
            assertThat(names.add(ofImage)).isEqualTo(i < ScalingInput.TABLES);
        }
        assertThat(tables).hasSize(40);
    }

    @Test
    void oneTableHasAsManyRecordsOfTheSameSize() throws IOException {
        RecordSet one = ScalingInput.ONE_TABLE.records();
        RecordSet forty = ScalingInput.FORTY_TABLES.records();
        assertThat(one.size()).isEqualTo(forty.size()).isEqualTo(320);
        assertThat(one.meanBytes()).isCloseTo(forty.meanBytes(), withinPercentage(1));
        Set<String> tables = new HashSet<>();
        for (byte[] record : ScalingInput.ONE_TABLE.generate()) {
            tables.add(mapper.readTree(record).path("tableName").textValue());
        }
        assertThat(tables).hasSize(1);
    }

    @Test
    void bothSizesHaveTheSameKindOfItems() throws IOException {
        assertThat(ScalingInput.KILOBYTE.records().meanBytes()).isCloseTo(1_024, withinPercentage(10));
        assertThat(ScalingInput.THREE_HUNDRED_KILOBYTES.records().meanBytes())
                .isCloseTo(300 * 1_024, withinPercentage(10));
        assertThat(names(mapper.readTree(ScalingInput.KILOBYTE.generate()[0])))
                .isEqualTo(names(
                        mapper.readTree(ScalingInput.THREE_HUNDRED_KILOBYTES.generate()[0])));
    }

    @Test
    void oneItemHasManyNames() throws IOException {
        byte[][] records = ScalingInput.MANY_NAMES.generate();
        assertThat(records).hasNumberOfRows(1);
        assertThat(names(mapper.readTree(records[0]))).hasSize(75_000);
    }

    private static Set<String> names(JsonNode record) {
        Set<String> names = new HashSet<>();
        record.path("dynamodb").path("NewImage").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
