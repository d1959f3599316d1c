package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures cold starts: the time from the start of a process until it has answered its first event. Starts new JVMs,
 * one {@link ColdStartProgram} after the other, and prints medians and ratios.
 *
 * <pre>{@code
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dcoldstart
 * ./mvnw -q -pl benchmarks -am package -DskipTests -Dcoldstart -Dstarts=50 -Dcoldstart.jvmArgs=-Xshare:auto
 * }</pre>
 *
 * <p>The event has {@value #RECORDS} records, as a Lambda function receives them from DynamoDB Streams. JVMs have the
 * serial collector and no C2 unless {@code coldstart.jvmArgs} says otherwise, as is usual for functions. Each program
 * has a class path of this module and the jars that it needs. The files are in the system's cache after the first
 * start, which does not count.
 */
public final class ColdStart {
    static final int RECORDS = 10;

    private static final String JVM_ARGS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    private final List<String> jvmArgs;
    private final Path event;
    private final String answer;

    private ColdStart(List<String> jvmArgs, Path event, String answer) {
        this.jvmArgs = jvmArgs;
        this.event = event;
        this.answer = answer;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> given = RatioOptions.keysAndValues(arguments);
        int starts = Integer.parseInt(RatioOptions.take(given, "starts", "21"));
        List<String> jvmArgs =
                List.of(RatioOptions.take(given, "jvmArgs", JVM_ARGS).split(" "));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + given.keySet());
        }
        Path file = Files.createTempFile("event", ".json");
        try {
            Files.write(file, event());
            String answer;
            try (var input = Files.newInputStream(file)) {
                answer = ColdStartProgram.LIBRARY.answer(input);
            }
            Map<ColdStartProgram, double[]> millis = new ColdStart(jvmArgs, file, answer).measure(starts);
            System.out.printf(
                    "JDK %s, %d processors, %s, %d starts each%n%s",
                    Runtime.version(),
                    Runtime.getRuntime().availableProcessors(),
                    String.join(" ", jvmArgs),
                    starts,
                    markdown(millis));
        } finally {
            Files.delete(file);
        }
    }

    private Map<ColdStartProgram, double[]> measure(int starts) throws Exception {
        Map<ColdStartProgram, double[]> millis = new EnumMap<>(ColdStartProgram.class);
        for (int start = -1; start < starts; start++) {
            for (ColdStartProgram program : ColdStartProgram.values()) {
                double measured = start(program);
                if (start >= 0) {
                    millis.computeIfAbsent(program, key -> new double[starts])[start] = measured;
                }
            }
        }
        return millis;
    }

    /** Returns the milliseconds until the program has answered. */
    private double start(ColdStartProgram program) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArgs);
        command.addAll(List.of("-cp", classPath(program), program.main().getName(), event.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        long begin = System.nanoTime();
        Process process = builder.start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line = output.readLine();
            double millis = (System.nanoTime() - begin) / 1e6;
            String expected = program == ColdStartProgram.NOTHING ? "" : answer;
            if (process.waitFor() != 0 || !expected.equals(line)) {
                throw new IllegalStateException(program + " gave another answer");
            }
            return millis;
        }
    }

    /** Returns this module and the program's jars only: a long class path would cost time. */
    static String classPath(ColdStartProgram program) throws URISyntaxException {
        StringBuilder path = new StringBuilder(location(ColdStart.class));
        for (Class<?> needed : program.needs()) {
            path.append(File.pathSeparator).append(location(needed));
        }
        return path.toString();
    }

    private static String location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** Returns an event of DynamoDB Streams with TYPICAL records. */
    static byte[] event() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode event = mapper.createObjectNode();
        ArrayNode records = event.putArray("Records");
        for (byte[] typical : Payload.TYPICAL.generate(RECORDS)) {
            ObjectNode record = (ObjectNode) mapper.readTree(typical);
            record.remove(List.of("userIdentity", "recordFormat", "tableName"));
            record.put("eventVersion", "1.1");
            ((ObjectNode) record.get("dynamodb"))
                    .put("ApproximateCreationDateTime", 1_751_412_000 + records.size())
                    .put("SequenceNumber", "10000000000012345678" + records.size())
                    .put("StreamViewType", "NEW_AND_OLD_IMAGES")
                    .remove("ApproximateCreationDateTimePrecision");
            record.put(
                    "eventSourceARN",
                    "arn:aws:dynamodb:eu-central-1:123456789012:table/orders/stream/2025-07-01T00:00:00.000");
            records.add(record);
        }
        return mapper.writeValueAsBytes(event);
    }

    /** Returns a table of medians, and how many times as long as this library each program takes. */
    static String markdown(Map<ColdStartProgram, double[]> millis) {
        double library = median(millis.get(ColdStartProgram.LIBRARY));
        StringBuilder table = new StringBuilder("| program | median, ms | × this library |\n| --- | ---: | ---: |\n");
        millis.forEach((program, measured) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %.0f | %.2f× |%n",
                program.title(),
                median(measured),
                median(measured) / library)));
        return table.toString();
    }

    private static double median(double @Nullable [] values) {
        return values == null ? Double.NaN : Samples.median(values);
    }
}
