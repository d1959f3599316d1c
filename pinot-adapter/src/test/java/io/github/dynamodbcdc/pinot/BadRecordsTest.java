package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixture.Change;
import io.github.dynamodbcdc.DecodeException;
import java.util.List;
import java.util.Random;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad record loses its own row and no other. */
class BadRecordsTest {
    private static final int RECORDS = 1000;

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 300})
    void onlyTheRowsOfBadRecordsFailAndTheOthersAreRight(int oneIn) {
        Table table = Table.with("id", DataType.STRING)
                .and("v", DataType.INT)
                .multiValue("many", DataType.INT)
                .primaryKey("id");
        Random random = new Random(oneIn);
        for (int i = 0; i < RECORDS; i++) {
            String good = "\"v\":{\"N\":\"" + i + "\"},\"many\":{\"NS\":[\"1\",\"" + i + "\"]}";
            if (random.nextInt(oneIn) > 0) {
                assertThat(table.row(Change.insert(good)))
                        .containsEntry("v", i)
                        .containsEntry("many", new Object[] {1, i});
                continue;
            }
            String event = Change.insert(good);
            int end = event.length() - 1 - random.nextInt(event.length() - 1);
            List<String> undecodable = List.of(
                    event.substring(0, end),
                    event.replace("NewImage", "Newimage\u0001"),
                    event.replace("\"N\"", "\"Z\""),
                    "[" + event + "]");
            String bad = undecodable.get(random.nextInt(undecodable.size()));
            assertThatThrownBy(() -> table.row(bad)).isInstanceOf(DecodeException.class);
            String unfit = Change.insert("\"many\":{\"NS\":[\"1\",\"" + i + ".5\"]}");
            assertThatThrownBy(() -> table.row(unfit)).isInstanceOf(RowException.class);
        }
    }
}
