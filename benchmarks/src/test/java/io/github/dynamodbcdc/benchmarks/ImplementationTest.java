package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A benchmark of implementations that disagree measures nothing. */
class ImplementationTest {
    /** The records of each payload: enough to contain all kinds of values. */
    private static final int RECORDS = 20;

    private final EventReader reference = Implementation.JACKSON_TREE.create();
    private final ProjectedRow expectedRow = new ProjectedRow();
    private final ProjectedRow row = new ProjectedRow();

    static Stream<Implementation> ofEvents() {
        return Arrays.stream(Implementation.values()).filter(implementation -> !implementation.makesRows());
    }

    @ParameterizedTest
    @MethodSource("ofEvents")
    void everyImplementationMakesEqualMaps(Implementation implementation) throws Exception {
        EventReader reader = reader(implementation);
        for (RecordSet records : Payload.all(RECORDS)) {
            for (int i = 0; i < RECORDS; i++) {
                records.next();
                assertEqualMaps(reader, records);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofEvents")
    void everyImplementationProjectsEqualValues(Implementation implementation) throws Exception {
        EventReader reader = reader(implementation);
        for (RecordSet records : Payload.all(RECORDS)) {
            for (int i = 0; i < RECORDS; i++) {
                records.next();
                expectedRow.clear();
                reference.project(records.bytes(), expectedRow);
                records.project(reader, row);
                assertThat(row.values()).isEqualTo(expectedRow.values());
                assertThat(row.checksum()).isEqualTo(expectedRow.checksum());
            }
        }
    }

    /** Reads records of different payloads in turn, as a polluted reader does. */
    @ParameterizedTest
    @MethodSource("ofEvents")
    void earlierRecordsChangeNoResult(Implementation implementation) throws Exception {
        EventReader reader = reader(implementation);
        List<RecordSet> sets = Payload.all(RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            for (RecordSet records : sets) {
                records.next();
                reader.index(records.bytes());
                assertEqualMaps(reader, records);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofEvents")
    void everyTaskRefusesATruncatedRecord(Implementation implementation) throws Exception {
        EventReader reader = reader(implementation);
        for (Payload payload : Payload.values()) {
            byte[] record = payload.generate(1)[0];
            byte[] cutOff = Arrays.copyOf(record, record.length - 1);
            assertThat(reader.index(record)).isNotNull();
            assertThatThrownBy(() -> reader.full(cutOff)).as(payload.name()).isInstanceOf(Exception.class);
            assertThatThrownBy(() -> reader.project(cutOff, row))
                    .as(payload.name())
                    .isInstanceOf(Exception.class);
            assertThatThrownBy(() -> reader.index(cutOff)).as(payload.name()).isInstanceOf(Exception.class);
        }
    }

    /** Skips the test if this JDK cannot run the implementation. */
    private static EventReader reader(Implementation implementation) {
        assumeThat(implementation.isAvailable())
                .as("%s is available on JDK %s", implementation, Runtime.version())
                .isTrue();
        return implementation.create();
    }

    private void assertEqualMaps(EventReader reader, RecordSet records) throws Exception {
        assertThat(records.full(reader)).isEqualTo(reference.full(records.bytes()));
    }
}
