package blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Records;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line that is cut off delays no other line, whatever its length. */
class ReaderCutLinesTest {
    private static final String GOOD = "{'eventName':'INSERT','dynamodb':{'Keys':{'k':{'S':'a'}}}}\n";
    private static final int[] LIMITS = {1_000, 1 << 24};

    private static ChangeEventDecoder decoder(int limit) {
        return ChangeEventDecoder.builder()
                .limits(DecodeLimits.defaults().withMaxRecordBytes(limit))
                .build();
    }

    /** Returns a pattern in which x*, 1* and R* are repeated up to about this length. */
    private static String line(String pattern, int length) {
        return pattern.replace("x*", "x".repeat(length))
                        .replace("1*", "1,".repeat(length / 2))
                        .replace("R*", (GOOD.strip() + ",").repeat(length / GOOD.length() + 1))
                + "\n";
    }

    /** Gives a byte for each read, and then fails. */
    private static final class Live extends InputStream {
        private final InputStream bytes;
        private int count;

        Live(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            int next = bytes.read();
            if (next < 0) {
                throw new IOException("reset");
            }
            count++;
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            target[offset] = (byte) read();
            return 1;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {'eventName':'x*                                 ~ 0
            {'x':'x*                                         ~ 0
            {'eventName':'x*','dynamodb':                    ~ 60
            {'eventName':'x*',                               ~ 1
            {'eventName':'INSERT','x':[1*                    ~ 60
            {'x':[1*                                         ~ 60
            {'dynamodb':{'NewImage':{'a':{'L':[{'S':'x*'},   ~ 60
            {'Records':[R*                                   ~ 60
            {'messageId':'m','receiptHandle':'h','body':'x*  ~ 0
            {'eventSource':'aws:kafka','records':{'t':[1*    ~ 60
            """)
    void itsFailureIsReturnedWhenTheNextLinesDoNotContinueIt(String pattern, int late) {
        for (int length : new int[] {10, 1_000, 20_000, 150_000}) {
            for (int limit : LIMITS) {
                String line = line(pattern, length);
                Live source = new Live(Records.json(GOOD + line + GOOD.repeat(3)));
                Iterator<SourceRecord> records =
                        decoder(limit).read(source).records().iterator();
                SourceRecord record = records.next();
                while (record.failure() == null) {
                    record = records.next();
                }
                int atMost = GOOD.length() + line.length() + late;
                assertThat(source.count).as("%s of %,d", pattern, length).isLessThanOrEqualTo(atMost);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'eventName':'x*",
                "{'x':'x*",
                "{'eventName':'x*','dynamodb':",
                "{'x':[1*",
                "{'Records':[R*",
                "{'messageId':'m','receiptHandle':'h','body':'x*"
            })
    void allLinesAfterItAreReadBeforeAFailureOfTheSource(String pattern) {
        for (int length : new int[] {10, 1_000, 150_000}) {
            for (int limit : LIMITS) {
                Live source = new Live(Records.json(GOOD + line(pattern, length) + GOOD.repeat(100)));
                List<String> after = new ArrayList<>();
                assertThatThrownBy(() -> decoder(limit).read(source).records().forEach(record -> {
                            if (record.failure() == null) {
                                after.add("R");
                            } else {
                                after.clear();
                            }
                        }))
                        .isInstanceOf(UncheckedIOException.class);
                assertThat(after).as("%s of %,d", pattern, length).hasSize(100);
            }
        }
    }

    /** No line break follows, so none is waited for. */
    @ParameterizedTest
    @ValueSource(
            strings = {"{'eventName':'INSERT','dynamodb':{'Keys':{},'x':'x*'}}", "{'x':'x*','dynamodb':{'Keys':{}}}"})
    void recordsThatAreConcatenatedAfterALineAreReturnedAsTheyArrive(String pattern) {
        StringBuilder input = new StringBuilder(GOOD);
        List<Integer> ends = new ArrayList<>(List.of(GOOD.length()));
        for (int i = 0; i < 60; i++) {
            input.append(line(pattern, i * 997 % 3_000).strip());
            ends.add(input.length());
        }
        Live source = new Live(Records.json(input.toString()));
        Iterator<SourceRecord> records = decoder(1 << 24).read(source).records().iterator();
        for (int end : ends.subList(0, 60)) {
            assertThat(records.next().failure()).isNull();
            assertThat(source.count).isBetween(end - 1, end + 1); // a line break may follow the first record
        }
    }
}
