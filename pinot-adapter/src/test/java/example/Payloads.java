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

/**
 * Splits a file into messages, each as a stream would deliver it. Lines that are records stay unchanged. The events of
 * an envelope, an array or a gzip file are decoded and written as records.
 */
final class Payloads {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();
    private static final ObjectMapper RECORDS = new ObjectMapper().registerModule(new DynamoDbModule());

    /** Replaces a record that cannot be decoded; it cannot be decoded either. */
    private static final byte[] UNREADABLE = {'{'};

    private Payloads() {}

    /**
     * Returns the messages in the order of the file, without blank lines. A record that cannot be decoded becomes a
     * message that cannot be decoded.
     */
    static List<byte[]> of(byte[] file) throws JsonProcessingException {
        List<byte[]> lines = new String(file, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
        if (lines.stream().noneMatch(Payloads::isRecord)) {
            return read(file);
        }
        List<byte[]> payloads = new ArrayList<>();
        for (byte[] line : lines) {
            List<byte[]> carried = isRecord(line) ? List.of() : read(line);
            // A line without any event stays as it is, so that the reason why it is none is seen.
            payloads.addAll(carried.stream().anyMatch(Payloads::isRecord) ? carried : List.of(line));
        }
        return payloads;
    }

    private static boolean isRecord(byte[] line) {
        return DECODER.tryDecode(line).event() != null;
    }

    private static List<byte[]> read(byte[] file) throws JsonProcessingException {
        List<byte[]> payloads = new ArrayList<>();
        try (ChangeEventReader reader = DECODER.read(new ByteArrayInputStream(file))) {
            for (SourceRecord record : reader.records()) {
                DecodeException failure = record.failure();
                payloads.add(
                        failure != null
                                ? UNREADABLE.clone()
                                : RECORDS.writeValueAsBytes(record.result().orElseThrow()));
            }
        }
        return payloads;
    }
}
