package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PollutionTest {
    @Test
    void aReaderRunsEveryPayloadAndTask() throws Exception {
        Counter counter = new Counter();

        int rounds = new Pollution(counter.tasks()).run(Duration.ofMillis(1));

        assertThat(rounds).isPositive();
        // Sixteen records of each payload, except eight of WIDE and one of LARGE; the records of KCL are buffers.
        int arraysInARound = 9 * 16 + 8 + 1;
        assertThat(counter.full).isEqualTo(rounds * arraysInARound);
        assertThat(counter.projected).isEqualTo(rounds * arraysInARound);
        assertThat(counter.indexed).isEqualTo(rounds * arraysInARound);
        assertThat(counter.buffers).isEqualTo(rounds * 16);
    }

    @Test
    void noTimeIsNoPollution() throws Exception {
        Counter counter = new Counter();

        assertThat(new Pollution(counter.tasks()).run(Duration.ZERO)).isZero();
        assertThat(counter.full).isZero();
    }

    private static final class Counter implements EventReader {
        private int full;
        private int projected;
        private int indexed;
        private int buffers;

        @Override
        public PlainEvent full(byte[] record) {
            full++;
            return new PlainEvent(Map.of(), null, null);
        }

        @Override
        public PlainEvent full(ByteBuffer record) {
            buffers++;
            return new PlainEvent(Map.of(), null, null);
        }

        @Override
        public void project(byte[] record, ProjectedRow row) {
            projected++;
        }

        @Override
        public void project(ByteBuffer record, ProjectedRow row) {}

        @Override
        public Object index(byte[] record) {
            indexed++;
            return this;
        }

        @Override
        public Object index(ByteBuffer record) {
            return this;
        }
    }
}
