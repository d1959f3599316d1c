// events.md: a program
package example;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import io.github.dynamodbcdc.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints the changes in a file of any format that the decoder reads. */
public final class PrintChanges {
    private static final PlainValues TO_PRINT = PlainValues.defaults().withBinary(PlainValues.Binary.BASE64);

    private PrintChanges() {}

    public static void main(String[] args) throws IOException {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        try (InputStream file = Files.newInputStream(Path.of(args[0]));
                ChangeEventReader reader = decoder.read(file)) {
            for (SourceRecord record : reader.records()) {
                DecodeException failure = record.failure();
                if (failure != null) {
                    System.out.println("byte " + record.offset() + ": " + failure.getMessage() + " " + failure.path());
                    if (record.isTerminal()) {
                        throw failure; // the file is damaged here, and the rest of it cannot be read
                    }
                    continue;
                }
                ChangeEvent event = record.result().orElseThrow();
                System.out.println(event.eventName() + " " + event.keys().toMap(TO_PRINT));
                Item image = event.newImage();
                if (image != null) {
                    System.out.println("    " + image.toMap(TO_PRINT));
                }
            }
        }
    }
}
// events.md: end
