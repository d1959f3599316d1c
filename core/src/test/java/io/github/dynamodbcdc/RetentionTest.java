package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Memory for one large record is released after a while; memory for recurring large records is kept. */
class RetentionTest {
    private static final int LEAST = 100;

    private final Retention retention = new Retention();

    private int capacityAfter(int capacity, int needed, int records) {
        for (int i = 0; i < records; i++) {
            capacity = retention.keep(capacity, needed, LEAST);
        }
        return capacity;
    }

    @Test
    void afterEnoughSmallRecordsTwiceTheLargestNeedIsKept() {
        assertThat(capacityAfter(10_000, 300, 1)).isEqualTo(10_000);
        assertThat(capacityAfter(10_000, 200, Retention.RECORDS - 2)).isEqualTo(10_000);
        assertThat(capacityAfter(10_000, 200, 1)).isEqualTo(600);
    }

    @Test
    void aRecordThatNeedsMoreThanAQuarterRestartsTheCount() {
        assertThat(capacityAfter(10_000, 1, Retention.RECORDS - 1)).isEqualTo(10_000);
        assertThat(capacityAfter(10_000, 2501, 1)).isEqualTo(10_000);
        assertThat(capacityAfter(10_000, 1, Retention.RECORDS - 1)).isEqualTo(10_000);
        assertThat(capacityAfter(10_000, 1, 1)).isEqualTo(LEAST);
    }

    @Test
    void theMinimumIsNeverReleased() {
        assertThat(capacityAfter(LEAST, 0, 10 * Retention.RECORDS)).isEqualTo(LEAST);
    }

    // ------------------------------------------------------------------------------------------- in a session

    private static byte[] record(int attributes, String value) {
        StringBuilder image = new StringBuilder();
        for (int i = 0; i < attributes; i++) {
            // The names are too long to be learned, so the table of names checks that they are distinct.
            image.append(i == 0 ? "" : ",")
                    .append("\"")
                    .append("n".repeat(300))
                    .append(i)
                    .append("\":{\"S\":\"")
                    .append(value)
                    .append("\"}");
        }
        return ("{\"dynamodb\":{\"Keys\":{},\"NewImage\":{" + image + "}}}").getBytes(UTF_8);
    }

    private static void decode(DecodeSession session, ByteBuffer buffer, int times, int attributes) {
        for (int i = 0; i < times; i++) {
            ChangeEvent event = session.decode(buffer);
            assertThat(Objects.requireNonNull(event.newImage()).size()).isEqualTo(attributes);
        }
    }

    @Test
    void aSessionReleasesTheMemoryOfAHugeRecord() {
        for (ChangeEventDecoder decoder : new ChangeEventDecoder[] {
            ChangeEventDecoder.create(),
            ChangeEventDecoder.builder().attributes("n".repeat(300) + "1").build()
        }) {
            DecodeSession session = decoder.newSession();
            boolean projected = decoder.options().projection != null;
            ByteBuffer huge = ByteBuffer.wrap(record(20_000, "x")).asReadOnlyBuffer();
            ByteBuffer small = ByteBuffer.wrap(record(3, "x")).asReadOnlyBuffer();
            decode(session, small, 1, projected ? 1 : 3);
            int before = session.capacity();
            decode(session, huge, 1, projected ? 1 : 20_000);
            int atMost = session.capacity();
            assertThat(atMost).isGreaterThan(20 * before);
            // Memory is kept while huge records recur.
            for (int i = 0; i < 10; i++) {
                decode(session, small, 100, projected ? 1 : 3);
                decode(session, huge, 1, projected ? 1 : 20_000);
                assertThat(session.capacity()).isEqualTo(atMost);
            }
            decode(session, small, Retention.RECORDS + 1, projected ? 1 : 3);
            assertThat(session.capacity()).isLessThan(atMost / 20);
            decode(session, huge, 1, projected ? 1 : 20_000);
        }
    }

    @Test
    void refusedRecordsReleaseMemoryToo() {
        DecodeSession session = ChangeEventDecoder.create().newSession();
        session.decode(record(20_000, "x"));
        int atMost = session.capacity();
        for (int i = 0; i <= Retention.RECORDS; i++) {
            assertThat(session.tryDecode("{\"dynamodb\":{}}".getBytes(UTF_8)).failure())
                    .isNotNull();
        }
        assertThat(session.capacity()).isLessThan(atMost / 10);
    }

    @Test
    void aSessionThatReadsReleasesMemoryToo() {
        DecodeSession session = ChangeEventDecoder.create().newSession();
        session.decode(record(20_000, "x"));
        int atMost = session.capacity();
        byte[] small = record(3, "x");
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i <= Retention.RECORDS; i++) {
            lines.writeBytes(small);
            lines.write('\n');
        }
        session.read(lines.toByteArray())
                .forEach(event -> assertThat(event.keys()).isNotNull());
        assertThat(session.capacity()).isLessThan(atMost / 10);
    }
}
