package example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.SourceRecord;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a file into messages, each as a stream would deliver it. Lines that are records stay unchanged. The events of
 * an envelope, an array or a gzip file are decoded and written as records.
 */
final class Payloads {
    /** One message of a stream. */
    static final class Message {
        final byte[] payload;

        /** Why the record of the file cannot be decoded; null if it can, or if the payload is the record itself. */
        final @Nullable String failure;

        private Message(byte[] payload, @Nullable String failure) {
            this.payload = payload;
            this.failure = failure;
        }
    }

    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final ObjectMapper RECORDS = new ObjectMapper().registerModule(new DynamoDbModule());

    /** Replaces a record that cannot be decoded; it cannot be decoded either. */
    private static final byte[] UNREADABLE = {'{'};

    private Payloads() {}

    /**
     * Returns the messages in the order of the file, without blank lines. A record that cannot be decoded becomes a
     * message that cannot be decoded.
     */
    static List<Message> of(byte[] file) throws JsonProcessingException {
        List<byte[]> lines = new String(file, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
        if (lines.stream().noneMatch(Payloads::isRecord)) {
            return read(file);
        }
        List<Message> messages = new ArrayList<>();
        for (byte[] line : lines) {
            List<Message> carried = isRecord(line) ? List.of() : read(line);
            // A line without any event stays as it is, so that the reason why it is none is seen.
            messages.addAll(
                    carried.stream().anyMatch(message -> message.failure == null)
                            ? carried
                            : List.of(new Message(line, null)));
        }
        return messages;
    }

    private static boolean isRecord(byte[] line) {
        return DECODER.tryDecode(line).event() != null;
    }

    private static List<Message> read(byte[] file) throws JsonProcessingException {
        List<Message> messages = new ArrayList<>();
        try (ChangeEventReader reader = DECODER.read(new ByteArrayInputStream(file))) {
            for (SourceRecord record : reader.records()) {
                DecodeException failure = record.failure();
                messages.add(
                        failure != null
                                ? new Message(UNREADABLE.clone(), failure.getMessage())
                                : new Message(
                                        RECORDS.writeValueAsBytes(
                                                record.result().orElseThrow()),
                                        null));
            }
        }
        return messages;
    }
}
