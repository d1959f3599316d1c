package io.github.dynamodbcdc.pinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import fixture.Change;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int EVENTS = 2000;

    @Test
    void anEventAllocatesOnlyItsValuesAndItsRow() {
        String attributes = IntStream.range(0, 200)
                .mapToObj(i -> "\"a" + i + "\":{\"S\":\"" + "text ".repeat(10) + i + "\"}")
                .collect(Collectors.joining(","));
        byte[] event = Change.of("MODIFY")
                .newImage(attributes + ",\"flag\":{\"BOOL\":true}")
                .oldImage(attributes)
                .json()
                .getBytes(UTF_8);
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder(new RecordingLogger().logger);
        decoder.init(Map.of(), Set.of("flag", "absent"), "topic");
        GenericRow row = new GenericRow();
        decode(decoder, event, row);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        decode(decoder, event, row);
        long perEvent = (threads.getCurrentThreadAllocatedBytes() - before) / EVENTS;

        // Two entries of the row's map, and the allocations of Pinot's own methods. One attribute's text would add at
        // least 100.
        assertThat(perEvent).isLessThan(180);
        assertThat(row.getValue("flag")).isEqualTo(true);
    }

    private static void decode(DynamoDbMessageDecoder decoder, byte[] event, GenericRow row) {
        for (int i = 0; i < EVENTS; i++) {
            row.clear();
            decoder.decode(event, 0, event.length, row);
        }
    }
}
