package example;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Stand-ins for what the examples use of the AWS Lambda runtime, with its names. */
final class Lambda {
    private Lambda() {}

    interface Context {}

    interface RequestStreamHandler {
        void handleRequest(InputStream input, OutputStream output, Context context) throws IOException;
    }
}
