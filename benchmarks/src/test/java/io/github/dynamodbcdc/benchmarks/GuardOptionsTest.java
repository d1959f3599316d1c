package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardOptionsTest {
    @Test
    void aSessionIsCheckedByDefault() {
        GuardOptions options = GuardOptions.parse("mode=true", "implementation=", "jvmArgs=");

        assertThat(options.mode()).isEqualTo(GuardOptions.Mode.CHECK);
        assertThat(options.implementation()).isEqualTo(Implementation.SESSION);
        assertThat(options.jvmArgs()).isEmpty();
    }

    @Test
    void valuesOverrideTheDefaults() {
        GuardOptions options =
                GuardOptions.parse("mode=measure", "implementation=session_unpredicted", "jvmArgs=-Xint  -Da=b");

        assertThat(options.mode()).isEqualTo(GuardOptions.Mode.MEASURE);
        assertThat(options.implementation()).isEqualTo(Implementation.SESSION_UNPREDICTED);
        assertThat(options.jvmArgs()).containsExactly("-Xint", "-Da=b");
    }

    @Test
    void thePinotDecoderMakesTheRows() {
        GuardOptions options = GuardOptions.parse("implementation=session_unpredicted");

        assertThat(options.library(Task.ROW)).isEqualTo(Implementation.PINOT_ADAPTER);
        assertThat(options.library(Task.INDEX)).isEqualTo(Implementation.SESSION_UNPREDICTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode=fast", "implementation=jackson_tree", "implementation=pinot_adapter", "rounds=2"})
    void otherValuesAreRefused(String argument) {
        assertThatThrownBy(() -> GuardOptions.parse(argument)).isInstanceOf(IllegalArgumentException.class);
    }
}
