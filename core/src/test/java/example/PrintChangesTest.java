package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    private static String run(Path file) throws IOException {
        PrintStream console = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            PrintChanges.main(new String[] {file.toString()});
        } finally {
            System.setOut(console);
        }
        return out.toString(UTF_8);
    }
}
