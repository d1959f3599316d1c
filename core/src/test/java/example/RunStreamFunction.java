// consumers.md: a local run
package example;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Calls the function with a file, as Lambda calls it with a batch. */
public final class RunStreamFunction {
    private RunStreamFunction() {}

    public static void main(String[] args) throws IOException {
        RequestStreamHandler function = new StreamFunction();
        try (InputStream batch = Files.newInputStream(Path.of(args[0]))) {
            function.handleRequest(batch, System.out, null); // the function does not use its Context
        }
        System.out.println();
    }
}
// consumers.md: end
