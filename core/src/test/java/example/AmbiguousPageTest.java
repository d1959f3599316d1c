package example;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.Envelope;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.SourceRecord;
import io.github.dynamodbcdc.TimePrecision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs docs/ambiguous.md: each row of its tables is an input and an outcome. A column in capital letters is put in that
 * place of the JSON above the table. A cell with options has the outcome with these options.
 */
class AmbiguousPageTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern PLACE = Pattern.compile("[A-Z]{2,}");
    private static final Pattern OPTION = Pattern.compile("\\w+\\([^()]+(\\(.*\\))?\\)");

    /** What the outcomes of a section say, if they do not name a method. */
    private static final Map<String, Function<ChangeEvent, String>> QUESTIONS = Map.of(
            "Time",
            AmbiguousPageTest::time,
            "Binary",
            AmbiguousPageTest::binary,
            "Attribute values",
            event -> PageExpressions.evaluate(event, "a.toObject()"),
            "Numbers",
            event -> PageExpressions.evaluate(event, "a.toObject()"));

    /** A row of a table in a section. The table may have a text into which the row's cells are put. */
    private record Row(String section, String frame, Map<String, String> cells) {
        byte[] input() {
            String text = PLACE.matcher(frame).replaceAll((MatchResult place) -> {
                String cell = cells.get(place.group());
                return cell == null ? "$0" : Matcher.quoteReplacement(first(cell, place.group()));
            });
            return PageInput.bytes(text);
        }

        private static String first(String cell, String place) {
            List<String> codes = codes(cell);
            String without = place.endsWith("SIDE") ? "\"none\":null" : "null";
            return codes.isEmpty() ? without : codes.get(0);
        }

        Row with(String name, String cell) {
            Map<String, String> changed = new LinkedHashMap<>(cells);
            changed.put(name, cell);
            return new Row(section, frame, changed);
        }

        String cell(String name) {
            return Objects.requireNonNull(cells.get(name), () -> "no column " + name + " in " + section);
        }

        boolean isOfReader() {
            return section.startsWith("Many records") || section.startsWith("Envelopes");
        }
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).collect(Collectors.toList());
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        String section = "";
        String frame = "INPUT";
        List<String> names = List.of();
        StringJoiner block = new StringJoiner("\n");
        boolean isCode = false;
        for (String line : Files.readAllLines(ReadmeTest.ROOT.resolve("core/docs/ambiguous.md"), UTF_8)) {
            if (line.startsWith("```")) {
                isCode = !isCode;
                frame = isCode ? frame : block.toString();
                block = new StringJoiner("\n");
            } else if (isCode) {
                block.add(line);
            } else if (line.startsWith("#")) {
                section = line.replaceFirst("#+ ", "");
                frame = "INPUT";
            } else if (!line.startsWith("|")) {
                names = List.of();
            } else if (names.isEmpty()) {
                names = PageTable.cells(line);
            } else if (!line.startsWith("|-") && names.contains("outcome")) {
                List<String> cells = PageTable.cells(line);
                assertThat(cells).as(line).hasSameSizeAs(names);
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < names.size(); i++) {
                    row.put(names.get(i), cells.get(i));
                }
                rows.addAll(each(new Row(section, frame, row)));
            }
        }
        return rows;
    }

    /** Returns a row for each input of a cell that has several. */
    private static List<Row> each(Row row) {
        for (Map.Entry<String, String> cell : row.cells().entrySet()) {
            List<String> inputs = codes(cell.getValue());
            if (PLACE.matcher(cell.getKey()).matches() && inputs.size() > 1) {
                return inputs.stream()
                        .map(input -> row.with(cell.getKey(), '`' + input + '`'))
                        .toList();
            }
        }
        return List.of(row);
    }

    @TestFactory
    Stream<DynamicTest> everyRowOfThePageHasItsOutcome() throws IOException {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.section() + ": " + row.cells(), () -> check(row)));
    }

    @Test
    void thePageHasRowsInAllItsSections() throws IOException {
        Map<String, Long> counts =
                rows().stream().collect(Collectors.groupingBy(Row::section, LinkedHashMap::new, Collectors.counting()));
        assertThat(counts.keySet()).containsAll(QUESTIONS.keySet()).hasSizeGreaterThan(8);
        assertThat(counts.values()).allMatch(count -> count >= 4);
    }

    @Test
    void anEventShowsWhatWasDecided() {
        assertThat(Samples.bundled().stream().map(AmbiguousInput::decisions))
                .containsSubsequence(
                        "STREAMS; SECOND, inferred; binary SINGLE",
                        "KINESIS; MICROSECOND, stated; binary DOUBLE",
                        "KINESIS; MILLISECOND, inferred; binary null");
        byte[] local = "{\"dynamodb\":{\"Keys\":{},\"NewImage\":{\"a\":{}}}}".getBytes(UTF_8);
        Item image = Objects.requireNonNull(
                AmbiguousInput.DYNAMODB_LOCAL.decode(local).newImage());
        assertThat(image.require("a").asItem().size()).isZero();
    }

    private static void check(Row row) {
        List<String> outcomes = codes(row.cell("outcome"));
        assertThat(outcomes).isNotEmpty();
        check(row, ChangeEventDecoder.create(), outcomes);
        String options = row.cells().getOrDefault("option", "");
        ChangeEventDecoder.Builder builder = ChangeEventDecoder.builder();
        List<String> expected = new ArrayList<>();
        for (String code : codes(options)) {
            if (!OPTION.matcher(code).matches()) {
                expected.add(code);
                continue;
            }
            if (!expected.isEmpty()) {
                check(row, builder.build(), expected);
                builder = ChangeEventDecoder.builder();
                expected.clear();
            }
            PageExpressions.set(builder, code);
        }
        if (!codes(options).isEmpty()) {
            assertThat(expected).as("the outcome with the option").isNotEmpty();
            check(row, builder.build(), expected);
        }
    }

    private static void check(Row row, ChangeEventDecoder decoder, List<String> outcomes) {
        byte[] input = row.input();
        if (row.isOfReader()) {
            for (ChangeEventReader reader : List.of(
                    decoder.read(input),
                    decoder.read(new ByteArrayInputStream(input)),
                    decoder.newSession().read(input))) {
                assertThat(List.of(records(reader))).isEqualTo(outcomes);
            }
            return;
        }
        for (DecodeResult result :
                List.of(decoder.tryDecode(input), decoder.newSession().tryDecode(input))) {
            for (String outcome : outcomes) {
                assertOutcome(row.section(), result, outcome);
            }
        }
    }

    private static void assertOutcome(String section, DecodeResult result, String outcome) {
        DecodeException failure = result.failure();
        if (Arrays.stream(Reason.values()).anyMatch(reason -> reason.name().equals(outcome))) {
            assertThat(failure == null ? null : failure.reason().name()).isEqualTo(outcome);
            return;
        }
        if (failure != null && failure.getMessage() != null && outcome.startsWith("…")) {
            assertThat(failure.getMessage()).endsWith(outcome.substring(1));
            return;
        }
        ChangeEvent event = result.orElseThrow();
        int equals = outcome.indexOf(" = ");
        if (equals < 0) {
            Function<ChangeEvent, String> question =
                    Objects.requireNonNull(QUESTIONS.get(section), () -> "not an outcome of " + section);
            assertThat(question.apply(event)).isEqualTo(outcome);
        } else {
            assertThat(PageExpressions.evaluate(event, outcome.substring(0, equals)))
                    .as(outcome)
                    .isEqualTo(outcome.substring(equals + 3));
        }
    }

    private static String time(ChangeEvent event) {
        CreationTime time = event.approximateCreationDateTime();
        return time == null ? "null" : time + " " + time.precision() + (time.stated() ? " stated" : " inferred");
    }

    private static String binary(ChangeEvent event) {
        Item image = Objects.requireNonNull(event.newImage());
        return event.binaryEncoding() + " " + new String(image.require("b").asBytes(), ISO_8859_1);
    }

    /** Returns the envelopes and the records of a reader: {@code SQS SNS: INSERT, NOT_AN_EVENT terminal}. */
    private static String records(ChangeEventReader reader) {
        StringJoiner records = new StringJoiner(", ");
        StringJoiner shapes = new StringJoiner(" ", "", ": ");
        List<String> layers = List.of();
        for (SourceRecord record : reader.records()) {
            DecodeException failure = record.failure();
            ChangeEvent event = record.event();
            records.add((failure != null ? failure.reason() : event == null ? "?" : event.eventName())
                    + (record.isTerminal() ? " terminal" : ""));
            layers = layers(reader.envelope());
        }
        (layers.isEmpty() ? layers(reader.envelope()) : layers).forEach(shapes::add);
        return records.length() == 0 ? shapes + "no records" : shapes.toString() + records;
    }

    private static List<String> layers(Envelope outermost) {
        List<String> shapes = new ArrayList<>();
        for (Envelope layer = outermost; layer != null; layer = layer.inner()) {
            shapes.add(layer.shape().name());
        }
        return shapes;
    }

    /**
     * The bytes that an input in the page means. {@code R = …} in the text before it defines a letter, ⏎ is a line
     * break, and {@code gzip(…)} or {@code base64(…)} is the result of that function.
     */
    private static final class PageInput {
        private static final Pattern DEFINITION = Pattern.compile("(?m)^([A-Z]) = (.*)\n?");
        private static final Pattern FUNCTION = Pattern.compile("(gzip|base64|string|utf16|bytes|nested|half)\\(");

        /** Letters that may be defined: neither a part of a word nor a name in quotes. */
        private static final Pattern LETTERS = Pattern.compile("(?<![A-Za-z0-9\"$])[A-Z]+(?![A-Za-z0-9\"])");

        private PageInput() {}

        static byte[] bytes(String text) {
            Map<String, String> letters = new LinkedHashMap<>();
            Matcher definition = DEFINITION.matcher(text);
            while (definition.find()) {
                letters.put(definition.group(1), definition.group(2));
            }
            String input = definition.replaceAll("");
            input = input.replace("⏎", "\n").replace("BOM", "\uFEFF");
            for (int defined = 0; defined < 4; defined++) { // a definition may use the others
                input = LETTERS.matcher(input)
                        .replaceAll(word -> Matcher.quoteReplacement(meaning(word.group(), letters)));
            }
            return apply(new String(input.getBytes(UTF_8), ISO_8859_1)).getBytes(ISO_8859_1);
        }

        private static String meaning(String word, Map<String, String> letters) {
            StringBuilder meaning = new StringBuilder();
            for (int i = 0; i < word.length(); i++) {
                String letter = word.substring(i, i + 1);
                meaning.append(letters.getOrDefault(letter, letter));
            }
            return meaning.toString();
        }

        /** Replaces the functions in a text of bytes. */
        private static String apply(String text) {
            Matcher function = FUNCTION.matcher(text);
            if (!function.find()) {
                return text;
            }
            int end = function.end();
            for (int depth = 1; depth > 0; end++) {
                depth += text.charAt(end) == '(' ? 1 : text.charAt(end) == ')' ? -1 : 0;
            }
            String argument = apply(text.substring(function.end(), end - 1));
            return text.substring(0, function.start())
                    + apply(function.group(1), argument)
                    + apply(text.substring(end));
        }

        private static String apply(String function, String argument) {
            byte[] bytes = argument.getBytes(ISO_8859_1);
            return switch (function) {
                case "gzip" -> new String(gzip(bytes), ISO_8859_1);
                case "base64" -> Base64.getEncoder().encodeToString(bytes);
                case "string" -> '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
                case "utf16" -> new String(new String(bytes, UTF_8).getBytes(UTF_16LE), ISO_8859_1);
                case "bytes" -> new String(HexFormat.ofDelimiter(" ").parseHex(argument), ISO_8859_1);
                case "half" -> argument.substring(0, argument.length() / 2);
                default -> {
                    int levels = Integer.parseInt(argument);
                    yield "{\"L\":[".repeat(levels - 1) + "{\"S\":\"\"}" + "]}".repeat(levels - 1);
                }
            };
        }

        private static byte[] gzip(byte[] bytes) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toByteArray();
        }
    }

    /** Calls of the library as a page writes them, such as {@code newImage().require("a").asInt()}. */
    private static final class PageExpressions {
        private static final Pattern CALL = Pattern.compile("\\.?(\\w+)\\((?:\"([^\"]*)\")?\\)");
        private static final Pattern OPTION = Pattern.compile("(\\w+)\\((.*)\\)");
        private static final Pattern LIMIT = Pattern.compile("defaults\\(\\)\\.(\\w+)\\((\\d+)\\)");

        private PageExpressions() {}

        /** Returns what a chain of methods returns or throws; {@code a} is the attribute of the new image. */
        static String evaluate(ChangeEvent event, String expression) {
            String calls = expression.replaceFirst("^a\\.", "newImage().require(\"a\").");
            Matcher call = CALL.matcher(calls);
            Object value = event;
            for (int at = 0; at < calls.length(); at = call.end()) {
                if (!call.region(at, calls.length()).lookingAt()) {
                    throw new AssertionError("not a chain of calls: " + expression);
                }
                try {
                    value = call(Objects.requireNonNull(value, expression), call.group(1), call.group(2));
                } catch (InvocationTargetException e) {
                    Throwable cause = Objects.requireNonNull(e.getCause());
                    return cause instanceof AttributeValueException refusal
                            ? refusal.reason().name()
                            : cause.getClass().getSimpleName();
                }
            }
            return show(value);
        }

        private static @Nullable Object call(Object on, String name, @Nullable String argument)
                throws InvocationTargetException {
            try {
                for (Class<?> type : types(on)) {
                    for (Method method : type.getMethods()) {
                        List<Class<?>> parameters = List.of(method.getParameterTypes());
                        boolean fits = argument == null
                                ? parameters.isEmpty()
                                : parameters.equals(List.of(String.class)) || parameters.equals(List.of(Object.class));
                        if (method.getName().equals(name) && fits) {
                            return argument == null ? method.invoke(on) : method.invoke(on, argument);
                        }
                    }
                }
            } catch (IllegalAccessException e) {
                throw new AssertionError(name, e);
            }
            throw new AssertionError("no method " + name + " in " + on.getClass());
        }

        /** Returns the public types of an object: its class, or the interfaces of the JDK's collections. */
        private static List<Class<?>> types(Object object) {
            return object instanceof Map
                    ? List.of(Map.class)
                    : object instanceof Set ? List.of(Set.class) : publicClass(object.getClass());
        }

        private static List<Class<?>> publicClass(Class<?> type) {
            return Modifier.isPublic(type.getModifiers()) ? List.of(type) : List.of(Object.class);
        }

        private static String show(@Nullable Object value) {
            if (value instanceof String text) {
                return '"' + text + '"';
            } else if (value instanceof byte[] bytes) {
                return "bytes(" + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes) + ")";
            } else if (value instanceof Collection<?> values) {
                return values.stream().map(PageExpressions::show).collect(Collectors.joining(", ", "[", "]"));
            } else if (value instanceof Map<?, ?> map) {
                return map.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + show(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            }
            return String.valueOf(value);
        }

        /** Sets the option that a call of the builder's method names. */
        static void set(ChangeEventDecoder.Builder builder, String option) {
            Matcher call = OPTION.matcher(option);
            if (!call.matches()) {
                throw new AssertionError(option);
            }
            String argument = call.group(2);
            switch (call.group(1)) {
                case "binaryEncoding" -> builder.binaryEncoding(BinaryEncoding.valueOf(argument));
                case "timePrecision" -> builder.timePrecision(TimePrecision.valueOf(argument));
                case "keyAttributes" -> builder.keyAttributes(argument.replace("\"", ""));
                case "limits" -> builder.limits(limits(argument));
                default -> setLeniency(builder, call.group(1), argument);
            }
        }

        private static DecodeLimits limits(String expression) {
            Matcher limit = LIMIT.matcher(expression);
            if (!limit.matches()) {
                throw new AssertionError(expression);
            }
            try {
                Method with = DecodeLimits.class.getMethod(limit.group(1), int.class);
                return (DecodeLimits) with.invoke(DecodeLimits.defaults(), Integer.valueOf(limit.group(2)));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(expression, e);
            }
        }

        private static void setLeniency(ChangeEventDecoder.Builder builder, String name, String argument) {
            try {
                Method option = ChangeEventDecoder.Builder.class.getMethod(name, boolean.class);
                option.invoke(builder, Boolean.valueOf(argument));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(name, e);
            }
        }
    }
}
