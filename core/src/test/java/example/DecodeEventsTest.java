package example;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import fixtures.Deliveries;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeEventsTest {
    private static final String BUNDLED = Samples.resource("events.jsonl");
    private static final List<String> LINES = BUNDLED.lines().collect(Collectors.toList());
    private static final String EXPECTED = Samples.resource("events.txt");

    @Test
    void theBundledEventsPrintAsExpected() {
        Run run = Run.of();
        assertEquals(EXPECTED, run.out);
        assertEquals("", run.err);
        assertEquals(DecodeEvents.ALL_DECODED, run.status);
    }

    @Test
    void noLineIsWiderThanAHundredCharacters() {
        String name = "n".repeat(60);
        String bicycles = "\uD83D\uDEB2".repeat(99);
        String wide = event("\"NewImage\":{\"" + name + "\":{\"S\":\"" + "v".repeat(200) + "\"}}," + "\"OldImage\":{\""
                + name + "\":{\"S\":\"" + bicycles + "\"},\"gone\":{\"S\":\"" + bicycles + "\"}}");
        for (String text : List.of(BUNDLED, wide)) {
            Run run = Run.ofText(text);
            assertEquals(DecodeEvents.ALL_DECODED, run.status);
            assertEquals(
                    List.of(),
                    run.out
                            .lines()
                            .filter(line -> line.length() > 100 && !line.endsWith(" failed"))
                            .collect(Collectors.toList()));
        }
    }

    @Test
    void recordsOnOneLineOrSeveralPrintTheSame() {
        String concatenated = String.join("", LINES);
        String pretty = BUNDLED.replace(",\"", ",\n    \"").replace(":{", ": {\n    ");
        assertTrue(pretty.lines().count() > 100);
        for (String text : List.of(
                concatenated,
                pretty,
                pretty.replace("\n", "\r\n"),
                pretty.replace("}\n{", "}{"),
                BUNDLED.replace("\n", "\r\n"),
                "\uFEFF\n" + BUNDLED.replace("\n", "\n\n \n"),
                BUNDLED.stripTrailing())) {
            Run run = Run.ofText(text);
            assertEquals(EXPECTED, run.out);
            assertEquals("", run.err);
        }
    }

    @Test
    void aBadRecordIsReportedWithFileNumberReasonAndOffsetAndTheOthersPrint() {
        String bad = LINES.get(1).replace("\"BOOL\":true", "\"BOOL\":\"yes\"");
        int offset = utf8Length(LINES.get(0)) + 1 + utf8Length(bad.substring(0, bad.indexOf("\"yes\"")));
        Run run = Run.ofText(LINES.get(0) + "\n" + bad + "\n" + LINES.get(2) + "\n");
        assertEquals(1, run.err.lines().count());
        int record = utf8Length(LINES.get(0)) + 1;
        assertTrue(
                run.err.startsWith("-: record 2 at byte " + record + ": WRONG_TYPE at offset " + offset + ": "),
                run.err);
        assertTrue(run.err.strip().endsWith(" [dynamodb.NewImage.*.BOOL]"), run.err);
        assertEquals(List.of("#1", "#3"), run.headers());
        assertTrue(run.out.endsWith("; 1 failed: 1 WRONG_TYPE\n"), run.out);
        assertEquals(DecodeEvents.SOME_FAILED, run.status);
    }

    @Test
    void everyTruncationOfALineCostsOnlyThatLine() {
        byte[] line = LINES.get(1).getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < line.length; length++) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes((LINES.get(0) + "\n").getBytes(StandardCharsets.UTF_8));
            file.write(line, 0, length);
            file.writeBytes(("\n" + LINES.get(2)).getBytes(StandardCharsets.UTF_8));
            Run run = Run.ofInput(file.toByteArray());
            assertEquals(List.of("#1", "#3"), run.headers());
            assertEquals(1, run.err.lines().count());
            assertTrue(run.err.startsWith("-: record 2 at byte "), run.err);
        }
    }

    @Test
    void aMessageContainsNoValueAndNoAttributeName() {
        for (String image : List.of(
                "{\"canaryName\":{\"N\":\"canaryValue\"}}",
                "{\"canaryName\":{\"B\":\"canaryValue\"}}",
                "{\"canaryName\":{\"S\":canaryValue}}",
                "{\"canaryName\":{\"canaryType\":\"canaryValue\"}}",
                "{\"canaryName\":{\"S\":\"canaryValue\"},\"canaryName\":{\"S\":\"canaryValue\"}}",
                "{\"canaryName\":{\"S\":\"canaryValue\\q\"}}")) {
            Run run = Run.ofText(event("\"NewImage\":" + image));
            assertEquals(DecodeEvents.SOME_FAILED, run.status);
            assertTrue(run.out.startsWith("0 events; 1 failed: 1 "), run.out);
            assertFalse((run.out + run.err).contains("canary"), run.err);
            Run json = Run.ofText(event("\"NewImage\":" + image), "--json");
            assertTrue(json.out.contains("\"failure\":{\"reason\":\""), json.out);
            assertFalse((json.out + json.err).contains("canary"), json.out);
        }
    }

    @Test
    void anEmptyFileIsNoEventsAndNoFailure() {
        for (String text : List.of("", "\n\r\n ")) {
            Run run = Run.ofText(text);
            assertEquals("0 events; no record in the input; 0 failed\n", run.out);
            assertEquals("", run.err);
            assertEquals(DecodeEvents.ALL_DECODED, run.status);
        }
    }

    @Test
    void aFullExportHasNoKeysUnlessTheyAreNamed() {
        String export = "{\"Item\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"1\"},\"v\":{\"S\":\"x\"}}}\n";
        Run without = Run.ofText(export + export);
        assertEquals(List.of(), without.lines("    key"));
        assertEquals(
                "no event has Keys, as in a full export. -Dkeys=NAME,NAME names the key attributes.\n", without.err);
        assertEquals(DecodeEvents.ALL_DECODED, without.status);

        Run run = Run.ofText(export, "--keys=pk, sk");
        assertEquals(List.of("    key      pk  \"a\"", "    key      sk  1"), run.lines("    key"));
        assertEquals("", run.err);

        Run wrong = Run.ofText(export, "--keys=id");
        assertTrue(wrong.err.contains("MISSING_FIELD"), wrong.err);
        assertEquals(1, wrong.err.lines().count());
        assertEquals(DecodeEvents.SOME_FAILED, wrong.status);
    }

    @Test
    void anObjectThatIsNotAnEventIsAFailure() {
        for (String text : List.of("{}", "[[]]", "null", "hello", "\u0000", "[1]", "{\"Records\":[{}]}")) {
            Run run = Run.ofText(text);
            assertTrue(run.out.contains("0 events; 1 failed: 1 "), run.out);
            assertEquals(1, run.err.lines().count());
            assertEquals(DecodeEvents.SOME_FAILED, run.status);
        }
    }

    @Test
    void aNamedFileIsRead(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("two.jsonl"), LINES.get(0) + LINES.get(3));
        for (Run run : List.of(Run.of(file.toString()), Run.ofProperty(file.toString(), ""))) {
            assertEquals(List.of("#1", "#2"), run.headers());
            assertEquals(DecodeEvents.ALL_DECODED, run.status);
        }
    }

    @Test
    void severalFilesAreReadOneAfterAnotherUnderTheirNames(@TempDir Path folder) throws IOException {
        String first =
                Files.writeString(folder.resolve("a.jsonl"), LINES.get(0)).toString();
        String second = Files.writeString(folder.resolve("b.jsonl"), LINES.get(1) + "\n{}\n")
                .toString();
        for (Run run : List.of(
                Run.of(first, second), Run.ofProperty(first + "," + second, ""), Run.ofProperty(first, "", second))) {
            assertEquals(List.of("== " + first, "== " + second), run.lines("== "));
            assertEquals(List.of("#1", "#1"), run.headers());
            assertTrue(run.err.startsWith(second + ": record 2 at byte "), run.err);
            assertTrue(run.out.contains("\n2 events: "), run.out);
            assertTrue(run.out.endsWith("; 2 inputs; 1 failed: 1 NOT_AN_EVENT\n"), run.out);
        }
    }

    @Test
    void aFileWithACommaInItsNameIsOneFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a,b.jsonl"), LINES.get(0));
        assertEquals(List.of("#1"), Run.ofProperty(file.toString(), "").headers());
    }

    @Test
    void envelopesAreUnwrapped() throws IOException {
        String base64 = Base64.getEncoder().encodeToString(LINES.get(0).getBytes(StandardCharsets.UTF_8));
        for (String text : List.of(
                "{\"Records\":[" + LINES.get(0) + "]}",
                "[" + LINES.get(0) + "]",
                "{\"requestId\":\"r\",\"records\":[{\"data\":\"" + base64 + "\"}]}",
                "{\"invocationId\":\"i\",\"records\":[{\"recordId\":\"1\",\"data\":\"" + base64 + "\"}]}",
                "{\"Records\":[{\"kinesis\":{\"data\":\"" + base64 + "\"}}]}")) {
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            for (byte[] input : List.of(plain, Deliveries.gzip(plain))) {
                Run run = Run.ofInput(input);
                assertEquals(List.of("#1"), run.headers());
                assertEquals("", run.err);
                assertEquals(DecodeEvents.ALL_DECODED, run.status);
            }
        }
    }

    @Test
    void aTruncatedInputShowsItsWholeRecordsAndSaysThatNothingFollows() {
        Run run = Run.ofText("[" + LINES.get(0) + "," + LINES.get(1).substring(0, 100));
        assertEquals(List.of("#1"), run.headers());
        assertTrue(run.err.contains("END_OF_INPUT at offset "), run.err);
        assertTrue(run.err.endsWith("; nothing after it can be read\n"), run.err);
    }

    @Test
    void optionsOfTheDecoderAreAccepted() {
        String local = event("\"NewImage\":{\"tags\":{}}");
        String moto = "{\"dynamodb\":{\"keys\":{\"k\":{\"S\":\"1\"}},"
                + "\"approximateCreationDateTime\":\"2024-06-22T07:04:39.869591\"}}";
        assertTrue(Run.ofText(local).err.contains("the option emptyValueAsMap"));
        assertTrue(Run.ofText(local, "--emptyValueAsMap").out.contains("new      tags  {}"));
        assertTrue(Run.ofText(moto, "--memberAliases").err.contains("the option timesWithoutOffsetAsUtc"));
        Run run = Run.ofText(moto, "--memberAliases", "--timesWithoutOffsetAsUtc");
        assertTrue(run.out.contains("2024-06-22T07:04:39.869591Z"), run.out);
        String bundled = Run.ofProperty(null, "memberAliases, numbersAsJson,binaryOnce").out;
        assertTrue(bundled.startsWith("#1"), bundled);
    }

    @Test
    void anUnknownArgumentIsRefused() {
        for (Run run : List.of(Run.ofText("", "--nope"), Run.ofProperty(null, "nope"), Run.ofText("", "-x"))) {
            assertEquals("", run.out);
            assertEquals(1, run.err.lines().count());
            assertTrue(run.err.contains("emptyValueAsMap, memberAliases, numbersAsJson"), run.err);
            assertEquals(DecodeEvents.UNREADABLE, run.status);
        }
        Run stray = Run.of("nope");
        assertEquals("nope: no such file\n", stray.err);
        assertEquals("", stray.out);
        assertEquals(DecodeEvents.UNREADABLE, stray.status);
    }

    @Test
    void aListThatNamesNoFileIsRefusedInsteadOfPrintingTheBundledEvents() {
        for (String files : List.of("", " ", ",", " , ")) {
            Run run = Run.ofProperty(files, "");
            assertEquals("events: no file is named; - is the standard input\n", run.err);
            assertEquals("", run.out);
            assertEquals(DecodeEvents.UNREADABLE, run.status);
        }
    }

    @Test
    void aFolderIsAllFilesInItAndItsSubfoldersInOrder(@TempDir Path folder) throws IOException {
        Path sub = Files.createDirectory(folder.resolve("b"));
        Path first = Files.writeString(folder.resolve("a.jsonl"), LINES.get(0));
        Path second = Files.write(
                sub.resolve("1.json.gz"), Deliveries.gzip(LINES.get(1).getBytes(StandardCharsets.UTF_8)));
        Path third = Files.writeString(folder.resolve("c"), LINES.get(2));
        Files.writeString(folder.resolve(".hidden"), "{}");
        Run run = Run.of(folder.toString());
        assertEquals(List.of("== " + first, "== " + second, "== " + third), run.lines("== "));
        assertEquals("", run.err);
        assertTrue(run.out.endsWith("; 3 inputs; 0 failed\n"), run.out);
    }

    // ------------------------------------------------------------------------------- the summary and the headings

    @Test
    void theSummaryCountsEventsByKindTablesTheSpanOfTimeAndFailuresByReason() {
        String bad = LINES.get(1).replace("\"BOOL\":true", "\"BOOL\":\"yes\"");
        Run run = Run.ofText(BUNDLED + "\n" + bad + "\n{}\n" + bad + "\n" + event("\"NewImage\":null"));
        assertTrue(
                run.out.endsWith("\n6 events: 1 INSERT, 3 MODIFY, 2 REMOVE; 2 tables; "
                        + "2025-03-14T07:22:05Z to 2025-03-14T08:05:12Z; "
                        + "3 failed: 1 NOT_AN_EVENT, 2 WRONG_TYPE\n"),
                run.out);
    }

    @Test
    void anEnvelopeIsNamedInAHeadingAndBareRecordsAreNot() {
        assertEquals(List.of(), Run.ofText(LINES.get(0)).lines("=="));
        Run run = Run.ofText("{\"Records\":[" + LINES.get(0) + "," + LINES.get(1) + "]}");
        assertEquals(List.of("== -: RECORDS"), run.lines("=="));
        Run mixed = Run.ofText("[" + LINES.get(0) + "]\n[" + LINES.get(1) + "]\n" + LINES.get(2));
        assertEquals(List.of("== -: ARRAY", "== -"), mixed.lines("=="));
    }

    @Test
    void nestedEnvelopesAreNamedFromTheOutermostToTheInnermost(@TempDir Path folder) throws IOException {
        String records = "{\"Records\":[" + LINES.get(0) + "," + LINES.get(1) + "]}";
        String notification = "{\"Type\":\"Notification\",\"MessageId\":\"n\",\"TopicArn\":\"arn:t\",\"Message\":"
                + quoted(records) + "}";
        String queue =
                "{\"Records\":[" + message(notification) + "," + message("{}") + "," + message(LINES.get(3)) + "]}";
        Run run = Run.ofText(queue);
        assertEquals(List.of("== -: SQS > SNS > RECORDS", "== -: SQS"), run.lines("=="));
        assertEquals(List.of("#1", "#2", "#4"), run.headers());
        assertTrue(run.err.startsWith("-: record 3 at byte "), run.err);
        assertTrue(run.out.endsWith("; 1 failed: 1 NOT_AN_EVENT\n"), run.out);

        String first = Files.writeString(folder.resolve("1.json"), queue).toString();
        String second =
                Files.writeString(folder.resolve("2.json"), notification).toString();
        String third = Files.writeString(folder.resolve("3.jsonl"), BUNDLED).toString();
        assertEquals(
                List.of(
                        "== " + first + ": SQS > SNS > RECORDS",
                        "== " + first + ": SQS",
                        "== " + second + ": SNS > RECORDS",
                        "== " + third),
                Run.of(first, second, third).lines("=="));
        assertEquals(
                3 + 2 + LINES.size() + 1,
                Run.of(first, second, third, "--json").out.lines().count());
    }

    private static String message(String body) {
        return "{\"messageId\":\"m\",\"eventSource\":\"aws:sqs\",\"body\":" + quoted(body) + "}";
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    @Test
    void readingEndsWhenNothingReadsTheOutput() {
        byte[] input = (LINES.get(0) + "\n").repeat(10_000).getBytes(StandardCharsets.UTF_8);
        for (String option : List.of("--json", "--color")) {
            ByteArrayInputStream in = new ByteArrayInputStream(input);
            PrintStream closed = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            closed.close();
            closed.print("this fails");
            DecodeEvents.run(new String[] {option, "-"}, null, "", in, closed, closed);
            assertTrue(in.available() > input.length / 2, "most of the input was read");
        }
    }

    @Test
    void colorsAreForTerminalsOnly() {
        assertFalse(Run.of().out.contains("\u001b"));
        Run colored = Run.ofProperty(null, "color");
        assertTrue(colored.out.contains("    \u001b[33mchanged\u001b[0m  bikes "), colored.out);
        assertEquals(EXPECTED, colored.out.replaceAll("\u001b\\[\\d+m", ""));
    }

    // ------------------------------------------------------------------------------------------------ JSON lines

    @Test
    void jsonIsOneLineForEachRecordAndNothingElse() throws IOException {
        String bad = LINES.get(1).replace("\"BOOL\":true", "\"BOOL\":\"yes\"");
        Run run = Run.ofText("[" + LINES.get(0) + "," + bad + "," + LINES.get(3) + "]", "--json");
        ObjectMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        List<String> lines = run.out.lines().collect(Collectors.toList());
        assertEquals(3, lines.size());
        JsonNode first = mapper.readTree(lines.get(0));
        assertEquals("-", first.path("input").asText());
        assertEquals(1, first.path("record").asInt());
        assertEquals("bike-stations", first.path("table").asText());
        assertEquals("INSERT", first.path("eventName").asText());
        assertEquals("2025-03-14T07:22:05.318204Z", first.path("time").asText());
        assertEquals(1741936925318204L, first.path("timeMicros").asLong());
        assertEquals("{\"station_id\":\"FRA-0117\"}", first.path("keys").toString());
        assertEquals("Römerberg", first.path("newImage").path("name").asText());
        assertEquals("[3,7,15]", first.path("newImage").path("free_docks").toString());
        assertTrue(first.path("oldImage").isNull());
        JsonNode failure = mapper.readTree(lines.get(1)).path("failure");
        assertEquals("WRONG_TYPE", failure.path("reason").asText());
        assertEquals("dynamodb.NewImage.*.BOOL", failure.path("path").asText());
        assertTrue(failure.path("offset").isIntegralNumber());
        assertEquals("REMOVE", mapper.readTree(lines.get(2)).path("eventName").asText());
        assertTrue(run.err.startsWith("2 events: 1 INSERT, 1 REMOVE; "), run.err);
        assertEquals(1, run.err.lines().count());
    }

    @Test
    void jsonHasExactNumbersSetsAsArraysAndBinaryAsBase64() {
        String out = Run.ofText(
                        event("\"NewImage\":{\"n\":{\"N\":\"+01.50\"},\"e\":{\"N\":\"1E+125\"},"
                                + "\"big\":{\"N\":\"12345678901234567890123456789012345678\"},"
                                + "\"ns\":{\"NS\":[\"2\",\"1\"]},\"b\":{\"B\":\"aGk=\"},\"bs\":{\"BS\":[\"AA==\"]},"
                                + "\"z\":{\"NULL\":true},\"l\":{\"L\":[{\"M\":{}},{\"L\":[]},{\"BOOL\":true}]},"
                                + "\"s\":{\"S\":\"\\u0000\\n\\\"\\\\\\u2028\"}}"),
                        "--json")
                .out;
        assertEquals(
                "{\"input\":\"-\",\"record\":1,\"offset\":0,\"table\":null,\"eventName\":\"MODIFY\","
                        + "\"time\":null,\"timeMicros\":null,\"keys\":{\"k\":\"1\"},"
                        + "\"newImage\":{\"n\":1.50,\"e\":1E+125,\"big\":12345678901234567890123456789012345678,"
                        + "\"ns\":[2,1],\"b\":\"aGk=\",\"bs\":[\"AA==\"],\"z\":null,\"l\":[{},[],true],"
                        + "\"s\":\"\\u0000\\u000a\\\"\\\\\\u2028\"},\"oldImage\":null}\n",
                out);
    }

    @Test
    void aFileThatCannotBeReadIsOneLineAndNoOutput(@TempDir Path folder) {
        String missing = folder.resolve("none.jsonl").toString();
        assertAll(
                () -> assertUnreadable(missing, missing + ": no such file\n"),
                () -> assertUnreadable("a\0b", "a\0b: no such file\n"),
                () -> assertUnreadable(
                        folder.toString(), folder + ": cannot be read: it is a directory without files\n"));
    }

    private static void assertUnreadable(String file, String message) {
        Run run = Run.of(file);
        assertEquals(message, run.err);
        assertEquals("", run.out);
        assertEquals(DecodeEvents.UNREADABLE, run.status);
    }

    @Test
    void aTimeToLiveDeleteIsMarked() {
        assertTrue(Run.ofText(LINES.get(3)).out.contains(" expired (TTL)\n"));
        assertFalse(Run.ofText(LINES.get(2)).out.contains("expired"));
    }

    @Test
    void anEventWithoutImagesOrWithoutADifferenceSaysSo() {
        String image = "{\"k\":{\"S\":\"1\"},\"n\":{\"N\":\"1\"}}";
        String sameImage = "{\"n\":{\"N\":\"1.0\"},\"k\":{\"S\":\"1\"}}";
        assertEquals("""
                #1  MODIFY  (no table name)  (no time)
                    key      k  "1"
                    (nothing but the keys was sent)

                1 event: 1 MODIFY; 0 failed
                """, Run.ofText(event("\"NewImage\":null")).out);
        assertTrue(Run.ofText(event("\"NewImage\":" + image + ",\"OldImage\":" + sameImage))
                .out
                .contains("\n    (no attribute changed)\n"));
    }

    @Test
    void aSingleImageIsShownUnchanged() {
        String image = "{\"k\":{\"S\":\"1\"},\"n\":{\"N\":\"1\"}}";
        assertTrue(Run.ofText(event("\"NewImage\":" + image)).out.contains("\n    new      n  1\n"));
        assertTrue(Run.ofText(event("\"OldImage\":" + image)).out.contains("\n    old      n  1\n"));
    }

    @Test
    void aChangeInsideMapsAndListsIsShownByItsPath() {
        String before = "{\"m\":{\"M\":{\"a\":{\"N\":\"1\"},\"b\":{\"N\":\"1\"}}},"
                + "\"l\":{\"L\":[{\"L\":[{\"S\":\"x\"}]},{\"S\":\"y\"}]},\"t\":{\"N\":\"1\"}}";
        String after = "{\"m\":{\"M\":{\"a\":{\"N\":\"1.0\"},\"c\":{\"N\":\"1\"}}},"
                + "\"l\":{\"L\":[{\"L\":[{\"S\":\"z\"}]}]},\"t\":{\"S\":\"1\"}}";
        String out = Run.ofText(event("\"OldImage\":" + before + ",\"NewImage\":" + after)).out;
        assertEquals(
                Set.of(
                        "    key      k        \"1\"",
                        "    changed  l[0][0]  \"x\" -> \"z\"",
                        "    changed  t        1 -> \"1\"",
                        "    added    m.c      1",
                        "    removed  m.b      1",
                        "    removed  l[1]     \"y\""),
                out.lines().filter(line -> line.startsWith("    ")).collect(Collectors.toSet()));
    }

    @Test
    void everyTypeHasItsOwnText() {
        String out = Run.ofText(event("\"NewImage\":{\"s\":{\"S\":\"\"},\"n\":{\"N\":\"-1.50\"},\"b0\":{\"B\":\"\"},"
                        + "\"b1\":{\"B\":\"AA==\"},\"b2\":{\"B\":\"aGk=\"},"
                        + "\"t\":{\"BOOL\":false},\"z\":{\"NULL\":true},"
                        + "\"ss\":{\"SS\":[\"b\",\"a\"]},\"ns\":{\"NS\":[\"2\",\"1\"]},"
                        + "\"bs\":{\"BS\":[\"aGk=\",\"/w==\"]},"
                        + "\"l\":{\"L\":[{\"L\":[]},{\"M\":{}}]},\"m\":{\"M\":{\"x\":{\"S\":\"y\"}}}}"))
                .out;
        assertEquals(
                List.of(
                        "s   \"\"",
                        "n   -1.50",
                        "b0  0 bytes",
                        "b1  1 byte 0x00",
                        "b2  2 bytes \"hi\"",
                        "t   false",
                        "z   null",
                        "ss  {\"b\", \"a\"}",
                        "ns  {2, 1}",
                        "bs  {2 bytes \"hi\", 1 byte 0xff}",
                        "l   [[], {}]",
                        "m   {x: \"y\"}"),
                out.lines()
                        .filter(line -> line.startsWith("    new      "))
                        .map(line -> line.substring(13))
                        .collect(Collectors.toList()));
    }

    @Test
    void controlCharactersAreShownEscaped() {
        String out = Run.ofText(event("\"NewImage\":{\"a\\n\":{\"S\":\"\\u001b[31m\\u202e\\u2028\\\"\\\\\"}}")).out;
        assertTrue(out.contains("a\\u000a  \"\\u001b[31m\\u202e\\u2028\\\"\\\\\"\n"), out);
    }

    private static String event(String images) {
        return "{\"eventName\":\"MODIFY\",\"dynamodb\":{\"Keys\":{\"k\":{\"S\":\"1\"}}," + images + "}}";
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The output of a run, with line breaks as in the expected texts, and its status. */
    private static final class Run {
        final int status;
        final String out;
        final String err;

        private Run(int status, ByteArrayOutputStream out, ByteArrayOutputStream err) {
            this.status = status;
            this.out = text(out);
            this.err = text(err);
        }

        /** With these arguments. */
        static Run of(String... args) {
            return of(args, null, "", InputStream.nullInputStream());
        }

        static Run ofProperty(@Nullable String files, String options, String... args) {
            return of(args, files, options, InputStream.nullInputStream());
        }

        /** With this on the standard input. */
        static Run ofInput(byte[] input, String... options) {
            List<String> args = new ArrayList<>(List.of(options));
            args.add("-");
            return of(args.toArray(new String[0]), null, "", new ByteArrayInputStream(input));
        }

        static Run ofText(String input, String... options) {
            return ofInput(input.getBytes(StandardCharsets.UTF_8), options);
        }

        private static Run of(String[] args, @Nullable String files, String options, InputStream in) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int status = DecodeEvents.run(
                    args,
                    files,
                    options,
                    in,
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8));
            return new Run(status, out, err);
        }

        List<String> headers() {
            return lines("#").stream()
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .collect(Collectors.toList());
        }

        List<String> lines(String start) {
            return out.lines().filter(line -> line.startsWith(start)).collect(Collectors.toList());
        }

        private static String text(ByteArrayOutputStream bytes) {
            return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
        }
    }
}
