package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A benchmark of different rows measures nothing. */
class RowReaderTest {
    private static final int RECORDS = 20;

    private final EventReader reference = Implementation.JACKSON_TREE.create();

    static Stream<Implementation> ofRows() {
        return Arrays.stream(Implementation.values()).filter(Implementation::makesRows);
    }

    @ParameterizedTest
    @EnumSource
    void bothMakeTheSameRows(Payload payload) throws Exception {
        RowReader pinot = Implementation.PINOT_JSON.createForRows();
        RowReader adapter = Implementation.PINOT_ADAPTER.createForRows();
        RecordSet records = payload.records(RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            records.next();
            assertThat(stored(records.row(adapter)))
                    .hasSize(7)
                    .containsEntry(PinotTable.EVENT_NAME, payload == Payload.INSERT ? "INSERT" : "MODIFY")
                    .isEqualTo(stored(records.row(pinot)));
        }
    }

    /** Compares with the projection, whose implementations do not depend on Pinot; reads the payloads in turn. */
    @ParameterizedTest
    @MethodSource("ofRows")
    void earlierRecordsChangeNoRow(Implementation implementation) throws Exception {
        RowReader reader = implementation.createForRows();
        List<RecordSet> sets = Payload.all(RECORDS);
        ProjectedRow expected = new ProjectedRow();
        for (int i = 0; i < RECORDS; i++) {
            for (RecordSet records : sets) {
                records.next();
                expected.clear();
                reference.project(records.bytes(), expected);
                assertThat(attributes(records.row(reader))).isEqualTo(stored(expected));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofRows")
    void aTruncatedRecordMakesNoRow(Implementation implementation) {
        RowReader reader = implementation.createForRows();
        for (Payload payload : Payload.values()) {
            byte[] record = payload.generate(1)[0];
            byte[] cutOff = Arrays.copyOf(record, record.length - 1);
            assertThatThrownBy(() -> reader.row(cutOff)).as(payload.name()).isInstanceOf(Exception.class);
        }
    }

    @Test
    void anUnusedOldImageChangesNoRow() throws Exception {
        RowReader unfilled = new PinotAdapterReader(OldImageBenchmark.UNFILLED);
        RowReader filled = new PinotAdapterReader(Map.of());
        for (Payload payload : Payload.values()) {
            RecordSet with = payload.records();
            RecordSet without = payload.recordsWithoutOldImage();
            assertThat(without.size()).isEqualTo(with.size());
            for (int i = 0; i < Math.min(RECORDS, with.size()); i++) {
                with.next();
                without.next();
                assertThat(new String(with.bytes(), UTF_8).contains("OldImage")).isEqualTo(payload != Payload.INSERT);
                assertThat(new String(without.bytes(), UTF_8)).doesNotContain("OldImage");
                Map<String, @Nullable Object> row = stored(with.row(unfilled));
                assertThat(stored(without.row(unfilled))).isEqualTo(row);
                assertThat(stored(with.row(filled))).isEqualTo(row);
            }
        }
    }

    /** Returns the table's columns as Pinot stores them: a Boolean and its text are the same there. */
    private static Map<String, @Nullable Object> stored(GenericRow row) {
        Map<String, @Nullable Object> stored = new HashMap<>();
        for (FieldSpec column : PinotTable.schema().getAllFieldSpecs()) {
            stored.put(column.getName(), stored(row.getValue(column.getName())));
        }
        return stored;
    }

    private static @Nullable Object stored(@Nullable Object value) {
        return value instanceof Boolean ? DataType.BOOLEAN.convert(value.toString()) : value;
    }

    private static List<@Nullable Object> stored(ProjectedRow expected) {
        List<@Nullable Object> stored = new ArrayList<>();
        expected.values().forEach(value -> stored.add(stored(value)));
        return stored;
    }

    private static List<@Nullable Object> attributes(GenericRow row) {
        List<@Nullable Object> attributes = new ArrayList<>();
        PinotTable.ATTRIBUTES.forEach(column -> attributes.add(stored(row.getValue(column.name()))));
        return attributes;
    }
}
