package example;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The messages of a file, each as a stream would deliver it: here one change record on each line. */
final class Payloads {
    private Payloads() {}

    /** In the order of the file; blank lines are none. */
    static List<byte[]> of(byte[] file) {
        return new String(file, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
