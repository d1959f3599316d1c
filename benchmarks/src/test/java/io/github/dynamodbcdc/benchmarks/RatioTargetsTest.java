package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatioTargetsTest {
    private static final RatioTargets.Against BASE = RatioTargets.Against.BASE;
    private static final RatioTargets.Against PEER = RatioTargets.Against.PEER;

    @Test
    void aPayloadWithoutItsOwnTargetHasThatOfOther() {
        RatioTargets targets = targets("full.base.typical=6\nfull.base.other=2.5\nfull.base.geomean=4.5\n");

        assertThat(targets.of(Task.FULL, BASE, Payload.TYPICAL)).isEqualTo(6);
        assertThat(targets.of(Task.FULL, BASE, Payload.DEEP)).isEqualTo(2.5);
        assertThat(targets.ofGeomean(Task.FULL, BASE)).isEqualTo(4.5);
        assertThat(targets.of(Task.FULL, PEER, Payload.TYPICAL)).isNaN();
        assertThat(targets.ofGeomean(Task.INDEX, BASE)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"full.typical", "full.base.tipical", "full.tree.typical", "geomean"})
    void anUnknownKeyIsRefused(String key) {
        assertThatThrownBy(() -> targets(key + "=2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("targets.properties: unknown key " + key
                        + "; expected TASK.AGAINST.PAYLOAD, for example full.base.seed");
    }

    @ParameterizedTest
    @EnumSource
    void everyTaskHasTargetsAgainstItsBase(Task task) {
        RatioTargets targets = new RatioTargets(PropertyFile.read(Path.of("targets.properties")));

        assertThat(targets.ofGeomean(task, BASE)).isPositive();
        for (Payload payload : Payload.values()) {
            assertThat(targets.of(task, BASE, payload)).isPositive();
        }
    }

    private static RatioTargets targets(String content) {
        return new RatioTargets(new PropertyFile("targets.properties", content));
    }
}
