package example;

import static example.Payloads.BAD_NUMBER;
import static example.Payloads.BROKEN;
import static example.Payloads.FIRST;
import static example.Payloads.SECOND;
import static example.Payloads.THIRD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import fixtures.Deliveries;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint for Firehose, called over HTTP. */
class FirehoseEndpointTest {
    private static final String REQUEST_ID = "X-Amz-Firehose-Request-Id";
    private static final String R1 = "\"requestId\":\"r-1\",";

    private static @Nullable HttpServer server;

    @BeforeAll
    static void start() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or each of a thousand answers waits for 40 ms
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.createContext("/", new FirehoseEndpoint());
        started.start();
        server = started;
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @BeforeEach
    void reset() {
        YourCode.reset();
    }

    private static InetSocketAddress address() {
        if (server == null) {
            throw new IllegalStateException("no server");
        }
        return server.getAddress();
    }

    /** Sends a body as Firehose does; returns the status and the answer without the value of its timestamp. */
    private static String post(byte[] body, boolean gzip, @Nullable String requestId) throws IOException {
        URI uri = URI.create("http://" + address().getAddress().getHostAddress() + ":"
                + address().getPort() + "/");
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        if (requestId != null) {
            connection.setRequestProperty(REQUEST_ID, requestId);
        }
        if (gzip) {
            connection.setRequestProperty("Content-Encoding", "gzip");
        }
        connection.setDoOutput(true);
        connection.getOutputStream().write(body);
        int status = connection.getResponseCode();
        try (InputStream answer = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (answer == null) {
                return String.valueOf(status);
            }
            assertThat(connection.getContentType()).isEqualTo("application/json");
            String text = new String(answer.readAllBytes(), UTF_8);
            return status + " " + text.replaceFirst("\"timestamp\":\\d{13,}", "\"timestamp\":T");
        }
    }

    private static String post(String body) throws IOException {
        return post(body.getBytes(UTF_8), false, "r-1");
    }

    private static String accepted(String requestId) {
        return "200 {\"requestId\":\"" + requestId + "\",\"timestamp\":T}";
    }

    private static String refused(String problem) {
        return "500 {\"requestId\":\"r-1\",\"timestamp\":T,\"errorMessage\":\"" + problem + "\"}";
    }

    @Test
    void aDeliveryIsStoredAndAcceptedInGzipOrNot() throws IOException {
        byte[] body = Payloads.firehose(R1, FIRST, SECOND, THIRD).getBytes(UTF_8);
        assertThat(post(body, false, "r-1")).isEqualTo(accepted("r-1"));
        assertThat(post(Deliveries.gzip(body), true, "r-1")).isEqualTo(accepted("r-1"));
        assertThat(YourCode.CALLS)
                .containsExactly("stored 1", "stored 2", "stored 3", "stored 1", "stored 2", "stored 3");
    }

    @Test
    void theRequestIdComesFromTheBodyOrElseTheHeader() throws IOException {
        assertThat(post(Payloads.firehose(R1, FIRST).getBytes(UTF_8), false, null))
                .isEqualTo(accepted("r-1"));
        for (String none : new String[] {"", "\"requestId\":null,"}) {
            assertThat(post(Payloads.firehose(none, FIRST).getBytes(UTF_8), false, "h-1"))
                    .isEqualTo(accepted("h-1"));
        }
        assertThat(post(Payloads.firehose("", FIRST).getBytes(UTF_8), false, null))
                .isEqualTo("400");
    }

    @Test
    void aDeliveryWithoutRecordsIsAccepted() throws IOException {
        assertThat(post(Payloads.firehose(R1))).isEqualTo(accepted("r-1"));
    }

    @Test
    void badRecordsAreParkedAndTheDeliveryIsAccepted() throws IOException {
        assertThat(post(Payloads.firehose(R1, FIRST, BAD_NUMBER, BROKEN, THIRD)))
                .isEqualTo(accepted("r-1"));
        assertThat(YourCode.CALLS)
                .containsExactly("stored 1", "parked r-1 1 BAD_NUMBER", "parked r-1 2 UNEXPECTED_BYTE", "stored 3");
    }

    @Test
    void aRecordThatTheSinkRefusesRefusesTheDelivery() throws IOException {
        YourCode.refused = "2";
        assertThat(post(Payloads.firehose(R1, FIRST, SECOND, THIRD))).isEqualTo(refused("a record was not stored"));
        assertThat(YourCode.CALLS).containsExactly("stored 1", "refused 2");
    }

    @Test
    void aSinkThatIsDownLeavesFirehoseWithoutAnAnswer() {
        YourCode.down = "2";
        assertThatIOException().isThrownBy(() -> post(Payloads.firehose(R1, FIRST, SECOND)));
    }

    @Test
    void aBrokenBodyIsRefused() throws IOException {
        String body = Payloads.firehose(R1, FIRST, SECOND, THIRD);
        assertThat(post(body.replace("\"data\"", "data"))).isEqualTo(refused("the body is truncated or malformed"));
        assertThat(YourCode.CALLS).isEmpty();
    }

    @Test
    void aBodyTruncatedAnywhereIsRefused() throws IOException {
        byte[] whole = Payloads.firehose(R1, FIRST, SECOND).getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            assertThat(post(Arrays.copyOf(whole, length), false, "r-1"))
                    .as("%s bytes", length)
                    .startsWith("500 {\"requestId\":\"r-1\",");
        }
        byte[] packed = Deliveries.gzip(whole);
        for (int length = 0; length < packed.length; length++) {
            assertThat(post(Arrays.copyOf(packed, length), true, "r-1"))
                    .as("%s bytes of gzip", length)
                    .startsWith("500 {\"requestId\":\"r-1\",");
        }
    }

    @Test
    void aConnectionThatEndsWithinTheBodyIsNotAccepted() throws IOException {
        byte[] body = Payloads.firehose(R1, FIRST, SECOND, THIRD).getBytes(UTF_8);
        try (Socket socket = new Socket(address().getAddress(), address().getPort())) {
            String head = "POST / HTTP/1.1\r\nHost: h\r\n" + REQUEST_ID + ": r-1\r\nContent-Length: " + body.length
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
            socket.getOutputStream().write(body, 0, body.length - 100);
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .doesNotStartWith("HTTP/1.1 200");
        }
        assertThat(YourCode.CALLS).doesNotContain("stored 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "[]", "0", "{\"Records\":[]}", "{\"invocationId\":\"i-1\",\"records\":[]}"})
    void aBodyThatIsNotAFirehoseDeliveryIsRefused(String body) throws IOException {
        assertThat(post(body)).isEqualTo(refused("not a Firehose delivery"));
    }

    @Test
    void aBatchOfAnotherServiceIsRefused() throws IOException {
        assertThat(post(Payloads.SQS)).isEqualTo(refused("not a Firehose delivery"));
        assertThat(post(Payloads.window(Payloads.stream(FIRST)))).isEqualTo(refused("not a Firehose delivery"));
        assertThat(YourCode.CALLS).isEmpty();
    }
}
