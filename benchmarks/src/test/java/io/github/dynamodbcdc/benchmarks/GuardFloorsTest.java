package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardFloorsTest {
    @Test
    void keysAreRowsAndValuesAreFloors() {
        assertThat(parse("# comment\nindex.tshuf2 = 2.5\nfull.typical=1\n"))
                .containsExactly(
                        Map.entry(new Workload(Task.FULL, Payload.TYPICAL), 1.0),
                        Map.entry(new Workload(Task.INDEX, Payload.TSHUF2), 2.5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"full", "full.tipical", "rows.typical", "FULL.TYPICAL", "full.typical.x"})
    void anUnknownKeyIsRefused(String key) {
        assertThatThrownBy(() -> parse(key + "=2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("floors.properties: unknown key " + key
                        + "; expected TASK.PAYLOAD, where TASK is one of full, projection, index, row"
                        + " and PAYLOAD is one of seed, small,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2,5", "fast"})
    void aMalformedNumberIsRefused(String number) {
        assertThatThrownBy(() -> parse("full.typical=" + number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("floors.properties: full.typical is not a number: " + number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity"})
    void aFloorIsPositive(String number) {
        assertThatThrownBy(() -> parse("full.typical=" + number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("floors.properties: full.typical is not a positive number: " + number);
    }

    @Test
    void aFileWithoutFloorsIsRefused() {
        assertThatThrownBy(() -> parse("# nothing\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("floors.properties: no floors");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> PropertyFile.read(Path.of("missing.properties")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("missing.properties: no such file");
    }

    @Test
    void theGuardsOwnFileHasFloorsForEveryTask() {
        assertThat(GuardFloors.of(PropertyFile.read(Guard.FLOORS)).keySet())
                .extracting(Workload::task)
                .contains(Task.values());
    }

    private static Map<Workload, Double> parse(String content) {
        return GuardFloors.of(new PropertyFile("floors.properties", content));
    }
}
