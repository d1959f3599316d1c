package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatioTableTest {
    private final Samples samples = new Samples();

    @Test
    void cellsAreMediansOfForksAndRatiosOfMedians() {
        add(Payload.SMALL, Implementation.JACKSON_TREE, 9000, 800, 1000);
        add(Payload.SMALL, Implementation.FASTJSON2, 400, 500, 600);
        add(Payload.SMALL, Implementation.DECODE, 300, 100, 250);
        add(Payload.WIDE, Implementation.JACKSON_TREE, 32000);
        add(Payload.WIDE, Implementation.FASTJSON2, 32000);
        add(Payload.WIDE, Implementation.DECODE, 2000);

        assertThat(table("payloads=small,wide", "implementations=jackson_tree,fastjson2,decode"))
                .startsWith("""
                        | full: ns per record · × JACKSON_TREE / × fastest peer | JACKSON_TREE | FASTJSON2 | DECODE |
                        | --- | ---: | ---: | ---: |
                        | SMALL | 1,000 · 1.00× | 500 · 2.00× | 250 · 4.00× / 2.00× |
                        | WIDE | 32,000 · 1.00× | 32,000 · 1.00× | 2,000 · 16.00× / 16.00× |
                        | geomean, wall time | 1.00× | 1.41× | 8.00× / 5.66× |
                        | geomean, thread time | 1.00× | 1.41× | 8.00× / 5.66× |
                        | slowest / fastest fork | 11.25 | 1.50 | 3.00 |
                        """);
    }

    @Test
    void throughputComesFromTheMeanRecord() {
        double bytes = Payload.SMALL.records().meanBytes();
        add(Payload.SMALL, Implementation.DECODE, bytes);

        assertThat(table("payloads=small", "implementations=decode"))
                .endsWith("| SMALL (" + Math.round(bytes) + " B) | 1,000 · 64 |\n");
    }

    @Test
    void anUnmeasuredCellIsADash() {
        add(Payload.SMALL, Implementation.DECODE, 100);

        assertThat(table("payloads=small", "implementations=decode,jackson_tree")
                        .lines())
                .contains("| SMALL | – | 100 · – / – |", "| geomean, wall time | – | – / – |");
    }

    @Test
    void buffersDoNotCountTwiceInTheMean() {
        add(Payload.TYPICAL, Implementation.JACKSON_TREE, 200);
        add(Payload.TYPICAL, Implementation.FASTJSON2, 100);
        add(Payload.KCL, Implementation.JACKSON_TREE, 900);
        add(Payload.KCL, Implementation.FASTJSON2, 100);

        assertThat(table("payloads=typical,kcl", "implementations=jackson_tree,fastjson2")
                        .lines())
                .contains("| geomean, thread time | 1.00× | 2.00× |");
    }

    @Test
    void theClockOptionSelectsTheTime() {
        samples.add(
                new Samples.Case(Task.FULL, Payload.SMALL, Implementation.JACKSON_TREE),
                new Samples.Sample(1000, 700, 64));

        assertThat(table("payloads=small", "implementations=jackson_tree")).contains("| SMALL | 700 · 1.00× |");
        assertThat(table("payloads=small", "implementations=jackson_tree", "clock=wall"))
                .contains("| SMALL | 1,000 · 1.00× |");
    }

    private void add(Payload payload, Implementation implementation, double... nanosOfForks) {
        for (double nanos : nanosOfForks) {
            samples.add(new Samples.Case(Task.FULL, payload, implementation), new Samples.Sample(nanos * 2, nanos, 64));
        }
    }

    private String table(String... arguments) {
        RatioOptions options = RatioOptions.parse(arguments);
        return new RatioTable(Task.FULL, options, samples).markdown();
    }
}
