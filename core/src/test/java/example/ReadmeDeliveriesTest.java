package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import example.ReadmeDeliveries.KinesisClientRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ReadmeDeliveriesTest {
    private static final String INSERT = record("INSERT", "1");
    private static final String MODIFY = record("MODIFY", "2");
    private static final String REMOVE = record("REMOVE", "3");
    private static final String BAD = "{\"dynamodb\":{\"SequenceNumber\":\"9\"}}";

    private final ReadmeDeliveries snippets = new ReadmeDeliveries();

    private static String record(String eventName, String sequenceNumber) {
        return "{\"eventName\":\"" + eventName + "\",\"dynamodb\":{\"Keys\":{},\"SequenceNumber\":\"" + sequenceNumber
                + "\"}}";
    }

    private String answer() throws IOException {
        String payload = "{\"Records\":[" + String.join(",", INSERT, BAD, MODIFY, REMOVE) + "]}";
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        snippets.new Handler()
                .handleRequest(
                        new ByteArrayInputStream(payload.getBytes(UTF_8)), answer, new ReadmeDeliveries.Context() {});
        return answer.toString(UTF_8);
    }

    @Test
    void theHandlerStoresWhatDecodesAndParksWhatDoesNot() throws IOException {
        assertEquals("{\"batchItemFailures\":[]}", answer());
        assertEquals(
                "[stored INSERT, parked 9, stored MODIFY, stored REMOVE]",
                snippets.done.keySet().toString());
    }

    @Test
    void theHandlerNamesTheFirstRecordThatItsSinkRefused() throws IOException {
        snippets.refused = "MODIFY";
        assertEquals("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}", answer());
        assertEquals(
                "[stored INSERT, parked 9, refused MODIFY]",
                snippets.done.keySet().toString());
    }

    private static final class ClientRecord implements KinesisClientRecord {
        private final ByteBuffer data;

        ClientRecord(String data) {
            this.data = ByteBuffer.wrap(data.getBytes(UTF_8)).asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer data() {
            return data;
        }

        @Override
        public String sequenceNumber() {
            return "s";
        }
    }

    @Test
    void theProcessorReadsTheBuffersOfTheClientLibrary() {
        snippets.processRecords(() ->
                List.of(INSERT, BAD, REMOVE).stream().map(ClientRecord::new).collect(Collectors.toList()));
        assertEquals(
                "[stored INSERT, parked s, stored REMOVE]",
                snippets.done.keySet().toString());
    }

    @Test
    void anObjectIsReadInGzipOrNotAndWithLineBreaksOrNot() throws IOException {
        for (String separator : List.of("", "\n")) {
            byte[] object = String.join(separator, INSERT, BAD, REMOVE).getBytes(UTF_8);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(object);
            }
            for (byte[] input : List.of(object, packed.toByteArray())) {
                snippets.done.clear();
                snippets.load(new ByteArrayInputStream(input));
                String parked = "parked byte " + (INSERT.length() + separator.length());
                assertEquals(
                        "[stored INSERT, " + parked + ", stored REMOVE]",
                        snippets.done.keySet().toString());
            }
        }
    }
}
