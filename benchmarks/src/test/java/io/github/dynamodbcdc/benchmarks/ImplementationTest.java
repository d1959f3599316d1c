package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A benchmark of implementations that disagree measures nothing. */
class ImplementationTest {
    /** Of each payload, enough to have all kinds of values. */
    private static final int RECORDS = 20;

    private final EventReader reference = Implementation.JACKSON_TREE.create();
    private final Projection expectedRow = new Projection();
    private final Projection row = new Projection();

    static Stream<Implementation> ofEvents() {
        return Arrays.stream(Implementation.values()).filter(implementation -> !implementation.makesRows());
    }

    @ParameterizedTest
    @MethodSource("ofEvents")
    void everyImplementationMakesEqualMaps(Implementation implementation) throws Exception {
        EventReader reader = implementation.create();
        for (Payload payload : Payload.values()) {
            Records records = payload.records(RECORDS);
            for (int i = 0; i < RECORDS; i++) {
                records.next();
                assertThat(records.full(reader)).as(payload.name()).isEqualTo(reference.full(records.bytes()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofEvents")
    void everyImplementationProjectsEqualValues(Implementation implementation) throws Exception {
        EventReader reader = implementation.create();
        for (Payload payload : Payload.values()) {
            Records records = payload.records(RECORDS);
            for (int i = 0; i < RECORDS; i++) {
                records.next();
                expectedRow.clear();
                reference.project(records.bytes(), expectedRow);
                records.project(reader, row);
                assertThat(row.values()).as(payload.name()).isEqualTo(expectedRow.values());
                assertThat(row.checksum()).as(payload.name()).isEqualTo(expectedRow.checksum());
            }
        }
    }

    /** Records of different payloads in turn, as a polluted reader sees them. */
    @ParameterizedTest
    @MethodSource("ofEvents")
    void whatWasReadBeforeChangesNoResult(Implementation implementation) throws Exception {
        EventReader reader = implementation.create();
        List<Records> sets = Arrays.stream(Payload.values())
                .map(payload -> payload.records(RECORDS))
                .toList();
        for (int i = 0; i < RECORDS; i++) {
            for (Records records : sets) {
                records.next();
                reader.index(records.bytes());
                assertThat(records.full(reader)).isEqualTo(reference.full(records.bytes()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ofEvents")
    void noTaskStopsBeforeTheRecordEnds(Implementation implementation) throws Exception {
        EventReader reader = implementation.create();
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
}
