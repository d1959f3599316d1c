package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dynamodbcdc.DecodeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of events.md, on the bundled events and a bad line between them. */
class PrintChangesTest {
    @TempDir
    Path folder;

    @Test
    void printsEveryEventAndWhereABadRecordIs() throws IOException {
        String events = Samples.resource("events.jsonl");
        String first = events.lines().findFirst().orElseThrow() + "\n";
        String withABadOne = first + "{}\n" + events.substring(first.length());
        Path file = Files.writeString(folder.resolve("events.jsonl"), withABadOne);

        List<String> lines = run(file).lines().collect(Collectors.toList());

        assertEquals("INSERT {station_id=FRA-0117}", lines.get(0));
        assertTrue(lines.get(1).endsWith(", seal=jwPBpN5Vd7A=}"), lines.get(1));
        assertTrue(lines.get(2).startsWith("byte " + first.getBytes(UTF_8).length + ": "), lines.get(2));
        assertEquals("MODIFY {station_id=FRA-0117}", lines.get(3));
    }

    @Test
    void printsBinaryKeysAsBase64() throws IOException {
        Path file =
                Files.writeString(folder.resolve("key.json"), "{\"dynamodb\":{\"Keys\":{\"id\":{\"B\":\"AQI=\"}}}}");
        assertEquals("UNKNOWN {id=AQI=}\n", run(file).replace("\r\n", "\n"));
    }

    @Test
    void failsAfterTheLastCompleteRecordOfATruncatedFile() throws IOException {
        String events = Samples.resource("events.jsonl");
        String first = events.lines().findFirst().orElseThrow() + "\n";
        Path file = Files.writeString(folder.resolve("events.jsonl"), events.substring(0, first.length() + 100));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        DecodeException failure = assertThrows(DecodeException.class, () -> run(file, out));

        assertEquals(DecodeException.Reason.END_OF_INPUT, failure.reason());
        List<String> lines = out.toString(UTF_8).lines().collect(Collectors.toList());
        assertEquals("INSERT {station_id=FRA-0117}", lines.get(0));
        assertTrue(lines.get(2).startsWith("byte " + first.getBytes(UTF_8).length + ": END_OF_INPUT"), lines.get(2));
        assertEquals(3, lines.size());
    }

    private static String run(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        run(file, out);
        return out.toString(UTF_8);
    }

    private static void run(Path file, ByteArrayOutputStream out) throws IOException {
        PrintStream console = System.out;
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            PrintChanges.main(new String[] {file.toString()});
        } finally {
            System.setOut(console);
        }
    }
}
