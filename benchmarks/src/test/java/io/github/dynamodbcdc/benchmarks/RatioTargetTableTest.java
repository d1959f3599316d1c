package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatioTargetTableTest {
    private final Samples samples = new Samples();

    @Test
    void aRatioThatMissesItsTargetHasAMark() {
        add(Payload.SMALL, Implementation.JACKSON_TREE, 1000);
        add(Payload.SMALL, Implementation.FASTJSON2, 400);
        add(Payload.SMALL, Implementation.SESSION, 250);
        add(Payload.TYPICAL, Implementation.JACKSON_TREE, 9000);
        add(Payload.TYPICAL, Implementation.JACKSON_STREAM, 2000);
        add(Payload.TYPICAL, Implementation.SESSION, 1000);

        assertThat(table("full.base.typical=10\nfull.base.other=4\nfull.base.geomean=6.1\nfull.peer.other=1.5"))
                .isEqualToNormalizingNewlines("""
                        | full: SESSION | ns | × JACKSON_TREE | target | × fastest peer | peer | target |
                        | --- | ---: | ---: | ---: | ---: | --- | ---: |
                        | SMALL | 250 | 4.00× | 4.0× | 1.60× | FASTJSON2 | 1.5× |
                        | TYPICAL | 1,000 | 9.00× ✗ | 10.0× | 2.00× | JACKSON_STREAM | 1.5× |
                        | geomean of 2 of 11 |  | 6.00× ✗ | 6.1× | 1.79× |  | – |
                        """);
    }

    @Test
    void aMissingBaseIsADash() {
        add(Payload.KCL, Implementation.SESSION, 250);

        assertThat(table("full.base.other=4").lines())
                .contains("| KCL | 250 | – | 4.0× | – | – | – |", "| geomean of 0 of 11 |  | – | – | – |  | – |");
    }

    @Test
    void thereIsNoTableWithoutTheLibrary() {
        add(Payload.SMALL, Implementation.JACKSON_TREE, 1000);

        assertThat(table("full.base.other=4")).isEmpty();
    }

    private void add(Payload payload, Implementation implementation, double nanos) {
        samples.add(new Samples.Case(Task.FULL, payload, implementation), new Samples.Sample(nanos * 2, nanos, 64));
    }

    private String table(String targets) {
        return new RatioTargetTable(
                        Task.FULL,
                        samples,
                        new RatioTargets(new PropertyFile("targets.properties", targets)),
                        RatioOptions.Clock.THREAD)
                .markdown();
    }
}
