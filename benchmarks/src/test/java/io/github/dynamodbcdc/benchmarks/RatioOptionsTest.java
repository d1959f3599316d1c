package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatioOptionsTest {
    @Test
    void everythingExceptFurtherPeersIsMeasuredByDefault() {
        RatioOptions options = RatioOptions.parse("payloads=", "tasks=", "quick=");

        assertThat(options.payloads()).containsExactly(Payload.values());
        assertThat(options.tasks()).containsExactly(Task.values());
        assertThat(options.implementations())
                .containsExactly(
                        Implementation.JACKSON_TREE,
                        Implementation.JACKSON_STREAM,
                        Implementation.FASTJSON2,
                        Implementation.DSL_JSON,
                        Implementation.DECODE,
                        Implementation.SESSION,
                        Implementation.SESSION_UNPREDICTED,
                        Implementation.PINOT_JSON,
                        Implementation.PINOT_ADAPTER);
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.quick()).isFalse();
        assertThat(options.commandLine()).isEmpty();
    }

    @Test
    void allSelectsEveryImplementationThatIsAvailable() {
        List<Implementation> available = Arrays.stream(Implementation.values())
                .filter(Implementation::isAvailable)
                .toList();

        RatioOptions all = RatioOptions.parse("implementations=all");

        assertThat(all.implementations()).isEqualTo(available);
        assertThat(all.unavailable()).doesNotContainAnyElementsOf(available);
        assertThat(all.implementations().size() + all.unavailable().size()).isEqualTo(Implementation.values().length);
        assertThat(RatioOptions.parse("quick=true", "implementations=ALL").implementations())
                .isEqualTo(available);
    }

    @Test
    void simdjsonIsAvailableFromJdk25() {
        RatioOptions options = RatioOptions.parse("implementations=simdjson,gson");

        assertThat(options.unavailable().isEmpty()).isEqualTo(Runtime.version().feature() >= 25);
        assertThat(options.implementations()).contains(Implementation.GSON);
    }

    @Test
    void namesMayHaveAnyCase() {
        RatioOptions options = RatioOptions.parse("payloads=kcl, Typical", "implementations=decode,jackson-tree");

        assertThat(options.payloads()).containsExactly(Payload.TYPICAL, Payload.KCL);
        assertThat(options.implementations()).containsExactly(Implementation.JACKSON_TREE, Implementation.DECODE);
    }

    @Test
    void givenOptionsOverrideThoseOfQuick() {
        RatioOptions options = RatioOptions.parse("quick=true", "payloads=deep", "rounds=2");

        assertThat(options.payloads()).containsExactly(Payload.DEEP);
        assertThat(options.tasks()).containsExactly(Task.FULL, Task.PROJECTION);
        assertThat(options.implementations()).doesNotContain(Implementation.SESSION_UNPREDICTED);
        assertThat(options.forks()).isEqualTo(2 * 2 * 4);
    }

    @Test
    void aTaskIsMeasuredWithTheImplementationsThatCanDoIt() {
        RatioOptions options = RatioOptions.parse("quick=true", "tasks=index,row", "payloads=deep");

        assertThat(options.implementations(Task.ROW))
                .containsExactly(Implementation.PINOT_JSON, Implementation.PINOT_ADAPTER);
        assertThat(options.implementations(Task.INDEX)).hasSize(4).contains(Implementation.SESSION);
        assertThat(options.forks()).isEqualTo(2 + 4);
    }

    @Test
    void aTaskThatNoImplementationCanDoIsOmitted() {
        assertThat(RatioOptions.parse("implementations=pinot_adapter").tasks()).containsExactly(Task.ROW);
        assertThat(RatioOptions.parse("tasks=full,row", "implementations=session")
                        .tasks())
                .containsExactly(Task.FULL);
        assertThatThrownBy(() -> RatioOptions.parse("tasks=row", "implementations=session"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRecordedRunHasOneJvmForEachImplementation() {
        RatioOptions options = RatioOptions.parse(
                "record=true", "rounds=2", "tasks=full,index", "payloads=deep,wide", "implementations=session,decode");

        assertThat(options.inTurn()).isTrue();
        assertThat(options.forks()).isEqualTo(4);
        assertThat(options.workloads(Implementation.SESSION))
                .containsExactly(
                        new Workload(Task.FULL, Payload.WIDE),
                        new Workload(Task.FULL, Payload.DEEP),
                        new Workload(Task.INDEX, Payload.WIDE),
                        new Workload(Task.INDEX, Payload.DEEP));
        assertThat(options.workloads(Implementation.PINOT_ADAPTER)).isEmpty();
        assertThat(RatioOptions.parse().inTurn()).isFalse();
    }

    @Test
    void theCommandLineHasTheGivenOptionsInTheOrderOfTheirNames() {
        RatioOptions options = RatioOptions.parse("tasks=", "quick=true", "payloads=deep", "results=results/all.tsv");

        assertThat(options.commandLine()).isEqualTo(" -Dpayloads=deep -Dquick=true -Dresults=results/all.tsv");
        assertThat(options.results()).isEqualTo(Path.of("results/all.tsv"));
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertThatThrownBy(() -> RatioOptions.parse("payload=deep")).isInstanceOf(IllegalArgumentException.class);
    }
}
