package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.pinot.segment.local.utils.SchemaUtils;
import org.apache.pinot.segment.local.utils.TableConfigUtils;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.utils.JsonUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reference.SharedData;

class PinotSchemaTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(InputStream in, String... options) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        out.reset();
        err.reset();
        return PinotSchema.run(
                new Quickstart.Options(values),
                in,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }

    private int run(String... options) {
        return run(InputStream.nullInputStream(), options);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    /** Returns the schema that was printed, after Pinot has accepted it and the table config. */
    private Schema schema() throws IOException {
        String[] printed = out.toString(UTF_8).split("\n\n", -1);
        Schema schema = Schema.fromString(printed[0]);
        SchemaUtils.validate(schema);
        TableConfigUtils.validate(JsonUtils.stringToObject(printed[1], TableConfig.class), schema);
        return schema;
    }

    private List<String> reasons() {
        return err.toString(UTF_8)
                .lines()
                .map(line -> line.replaceAll("  +", "  "))
                .toList();
    }

    @Test
    void everyColumnHasItsTypeAndTheReason() throws IOException {
        String events = Change.insert("\"total\":{\"N\":\"1.10\"},\"tags\":{\"SS\":[\"x\"]},\"ok\":{\"BOOL\":true}")
                + "\n"
                + Change.insert("\"total\":{\"NULL\":true},\"address\":{\"M\":{}},\"ttl\":{\"N\":\"1719039879\"}");

        assertThat(run("events", file("events", events))).isZero();

        assertThat(out.toString(UTF_8))
                .contains(
                        "\"schemaName\": \"orders\"",
                        "\"primaryKeyColumns\": [\"id\"]",
                        "{\"name\": \"id\", \"dataType\": \"STRING\", \"maxLength\": 2048}",
                        "{\"name\": \"total\", \"dataType\": \"BIG_DECIMAL\", \"allowTrailingZeros\": true}",
                        "{\"name\": \"tags\", \"dataType\": \"STRING\", \"singleValueField\": false}",
                        "{\"name\": \"address\", \"dataType\": \"JSON\"}",
                        "decoder.prop.dynamodb.column.ttl.unit\": \"SECONDS\"",
                        "\"noDictionaryColumns\": [\"total\"]",
                        "\"mode\": \"FULL\"",
                        "\"comparisonColumns\": [\"changed_at\"]");
        assertThat(reasons())
                .contains(
                        "id  STRING  key: S in 2 of 2 images; a key is never cut",
                        "total  BIG_DECIMAL  N in 1, NULL in 1 of 2 images; numbers that DOUBLE does not hold exactly;"
                                + " DOUBLE, if the nearest one will do",
                        "tags  STRING[]  SS in 1 of 2 images; members are S",
                        "ok  BOOLEAN  BOOL in 1 of 2 images",
                        "ttl  TIMESTAMP  N in 1 of 2 images; a time by its name, in seconds");
        assertThat(schema().getPrimaryKeyColumns()).containsExactly("id");
    }

    @Test
    void mixedTypesBecomeTextAndTheReasonSaysSo() throws IOException {
        String events = Change.insert("\"v\":{\"N\":\"1\"}") + "\n" + Change.insert("\"v\":{\"S\":\"x\"}");

        assertThat(run("events", file("events", events))).isZero();
        assertThat(reasons()).contains("v  STRING  S in 1, N in 1 of 2 images; types are mixed, and each has a text");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "L, '{\"N\":\"%d\"}', INT[]",
        "L, '{\"S\":\"%d\"}', STRING[]",
        "L, '{\"BOOL\":true}', BOOLEAN[]",
        "NS, '\"%d\"', INT[]",
        "NS, '\"%d.1\"', STRING[]",
        "SS, '\"%d\"', STRING[]",
        "BS, '\"%04d\"', STRING[]"
    })
    void aListThatIsTooLongForAMultiValueColumnIsJson(String type, String member, String usual) throws IOException {
        String some = Change.insert("\"v\":" + list(type, member, 1000));
        String many = Change.insert("\"v\":" + list(type, member, 1001));

        assertThat(run("events", file("events", some))).isZero();
        assertThat(reasons()).anyMatch(line -> line.startsWith("v  " + usual));
        assertThat(schema().getFieldSpecFor("v").isSingleValueField()).isFalse();

        assertThat(run("events", file("events", some + "\n" + many + "\n" + some)))
                .isZero();
        assertThat(reasons())
                .contains("v  JSON  " + type + " in 3 of 3 images; a list or set has more than 1000 members, and other"
                        + " columns may have no room for them");
        assertThat(schema().getFieldSpecFor("v").getDataType()).isEqualTo(DataType.JSON);
    }

    private static String list(String type, String member, int size) {
        return IntStream.range(0, size)
                .mapToObj(member::formatted)
                .collect(Collectors.joining(",", "{\"" + type + "\":[", "]}"));
    }

    @Test
    void severalTablesShareATableByNameOrOneIsChosen() throws IOException {
        String events = Change.kinesis("INSERT", "1")
                        .ofTable("a")
                        .at(1_719_039_879_869L)
                        .newImage("")
                        .json()
                + "\n"
                + Change.kinesis("INSERT", "1")
                        .ofTable("b")
                        .at(1_719_039_879_869L)
                        .newImage("")
                        .json();
        String file = file("events", events);

        assertThat(run("events", file)).isZero();
        assertThat(schema().getPrimaryKeyColumns()).containsExactly("tableName", "id");
        assertThat(err.toString(UTF_8)).contains("a, b", "-Dtable=NAME");

        assertThat(run("events", file, "table", "b")).isZero();
        assertThat(schema().getPrimaryKeyColumns()).containsExactly("id");
        assertThat(out.toString(UTF_8)).contains("dynamodb.tables\": \"b\"");

        assertThat(run("events", file, "table", "c")).isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8)).endsWith(": no change event of the table c was found\n");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void aFullExportInGzipNeedsItsKeysNamed() throws IOException {
        Path file = folder.resolve("export.json.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write("{\"Item\":{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}}\n".getBytes(UTF_8));
        }

        assertThat(run("events", file.toString())).isZero();
        assertThat(schema().getPrimaryKeyColumns()).isNull();
        assertThat(err.toString(UTF_8)).contains("-Dkeys=NAME,NAME", "dynamodb.snapshotTime");

        assertThat(run("events", file.toString(), "keys", "pk")).isZero();
        assertThat(schema().getPrimaryKeyColumns()).containsExactly("pk");
    }

    @Test
    void keysWithoutImagesAreATableOfChanges() throws IOException {
        assertThat(run("events", file("events", Change.of("INSERT").json()))).isZero();

        assertThat(schema().getPrimaryKeyColumns()).isNull();
        assertThat(schema().getColumnNames()).contains("id", "eventName", "changed_at");
        assertThat(err.toString(UTF_8)).contains("KEYS_ONLY");
    }

    @Test
    void everySharedSampleGivesATableOrAMessage() throws IOException {
        Path samples = SharedData.requireOrSkip("events", "samples");
        int tables = 0;
        for (String kind : List.of("kinesis", "lambda-ddb", "export", "getrecords", "pipes")) {
            assertThat(run("events", samples.resolve(kind).toString())).as(kind).isNotEqualTo(Quickstart.UNUSABLE);
            schema();
            tables++;
        }
        assertThat(tables).isEqualTo(5);
    }

    @Test
    void standardInputFoldersAndSeveralFilesAreRead() throws IOException {
        Path sub = Files.createDirectories(folder.resolve("sub"));
        Files.writeString(sub.resolve("one"), Change.insert("\"one\":{\"N\":\"1\"}"));
        Files.writeString(sub.resolve("two"), Change.insert("\"two\":{\"N\":\"1\"}"));
        String three = Change.insert("\"three\":{\"N\":\"1\"}");

        assertThat(run(new ByteArrayInputStream(three.getBytes(UTF_8)), "events", sub + ",-"))
                .isZero();
        assertThat(schema().getColumnNames()).contains("one", "two", "three");
    }

    @Test
    void columnsWhoseNamesDifferOnlyInCaseAreNamedAndTheTablesOwnDoNotJoinThem() throws IOException {
        String attributes = "\"name\":{\"S\":\"x\"},\"Name\":{\"S\":\"y\"},\"Deleted\":{\"N\":\"1\"}";

        assertThat(run("events", file("events", Change.insert(attributes)))).isZero();
        assertThat(schema().getColumnNames())
                .containsExactlyInAnyOrder("id", "name", "Name", "Deleted", "cdc_deleted", "changed_at");
        assertThat(err.toString(UTF_8)).contains("'name', 'Name' differ only in case: ", "enable.case.insensitive");
    }

    @Test
    void bothStreamsAreReadFromTheirOldestEvent() throws IOException {
        String file = file("events", Change.insert(""));

        assertThat(run("events", file, "stream", "kinesis")).isZero();
        assertThat(out.toString(UTF_8)).contains("\"shardIteratorType\": \"TRIM_HORIZON\"");

        assertThat(run("events", file, "stream", "kafka")).isZero();
        assertThat(out.toString(UTF_8)).contains("\"stream.kafka.consumer.prop.auto.offset.reset\": \"smallest\"");
    }

    @Test
    void timesInWholeSecondsGiveAHintThatNamesTheSequenceNumberIfThereIsOne() throws IOException {
        String seconds =
                "All times are in whole seconds: of two changes of an item in one second, the later arrival wins.";
        Change change = Change.of("INSERT").at(1_719_039_879).newImage("");

        assertThat(run("events", file("events", change.json()))).isZero();
        assertThat(reasons()).contains(seconds);

        String sequenced = change.sequenceNumber("100").json();
        assertThat(run("events", file("events", sequenced))).isZero();
        assertThat(reasons())
                .contains(seconds
                        + " To compare by SequenceNumber, see Events of DynamoDB Streams in"
                        + " pinot-adapter/docs/tables.md.");

        assertThat(run("events", file("events", sequenced + "\n" + Change.insert(""))))
                .isZero();
        assertThat(err.toString(UTF_8)).doesNotContain("whole seconds");
    }

    @Test
    void aKeyThatCannotBeOneIsNamedWithTheReason() throws IOException {
        String file = file("events", Change.insert("\"a b\":{\"S\":\"x\"},\"$c\":{\"S\":\"x\"},\"d\":{\"BOOL\":true}"));

        assertThat(run("events", file, "keys", "id,a b,d,e")).isZero();
        assertThat(schema().getPrimaryKeyColumns()).isNull();
        assertThat(err.toString(UTF_8))
                .contains(
                        "'a b' cannot be a key: it has no column. 'd' cannot be a key: some of its values are no S, N"
                                + " or B. 'e' cannot be a key: no event has this attribute.",
                        "'a b' has no column: in Pinot, the name of a column has no blanks.",
                        "'$c' has no column: Pinot reserves such names.",
                        "A transform can give them columns with other names: see Transforms in"
                                + " pinot-adapter/docs/columns.md.");
    }

    /** From the root of the repository, where the command runs. */
    @Test
    void everyGuideThatANoteNamesHasTheSectionThatItNames() throws IOException {
        Change inSeconds = Change.of("INSERT").at(1_719_039_879).sequenceNumber("100");
        run("events", file("events", inSeconds.newImage("\"a b\":{\"S\":\"x\"}").json()));
        List<MatchResult> guides = Pattern.compile("see ([^:.]*) in (\\S*\\.md)")
                .matcher(err.toString(UTF_8))
                .results()
                .toList();

        assertThat(guides).hasSize(2);
        for (MatchResult guide : guides) {
            assertThat(Path.of("..").resolve(guide.group(2)))
                    .content()
                    .containsPattern("(?m)^#+ " + Pattern.quote(guide.group(1)));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        String events = file("events", Change.insert(""));

        assertThat(run("events", events, "into", events)).isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8)).endsWith("\ninto: cannot write to the folder " + events + "\n");
    }

    @Test
    void intoAFolderTwoFilesAreWritten() throws IOException {
        Path into = folder.resolve("new/pinot");

        assertThat(run("events", file("events", Change.insert("")), "into", into.toString()))
                .isZero();
        assertThat(Schema.fromString(Files.readString(into.resolve("schema.json")))
                        .getSchemaName())
                .isEqualTo("orders");
        assertThat(into.resolve("table-config.json")).exists();
    }

    @Test
    void whatCannotBeReadIsSaidInOneLine() throws IOException {
        assertThat(run("events", "")).isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8)).isEqualTo("events: no file is named; - is the standard input\n");

        assertThat(run("events", folder.resolve("none").toString())).isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8)).isEqualTo(folder.resolve("none") + ": no such file\n");

        assertThat(run("events", file("events", "[]"))).isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8)).endsWith(": no change event was found\n");

        assertThat(run("events", "-")).isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8)).isEqualTo("standard input: no change event was found\n");

        assertThat(run("events", file("none", "a,b\n1,2\n"))).isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .contains("none: no change event was found; ", " cannot be decoded", "none: record 1: ");
    }

    @Test
    void theLastLineOfTheErrorStreamCountsTheRecordsThatCannotBeDecoded() throws IOException {
        String good = Change.insert("") + "\n";

        assertThat(run("events", file("half", good + "{\n"))).isEqualTo(Quickstart.SOME_DROPPED);
        assertThat(err.toString(UTF_8).lines())
                .last()
                .asString()
                .startsWith("1 record cannot be decoded: ")
                .contains("half: record 2: ");

        assertThat(run("events", file("most", "{\"a\":1}\n{\"b\":1}\n" + good))).isEqualTo(Quickstart.SOME_DROPPED);
        assertThat(err.toString(UTF_8).lines()).last().asString().contains(" records cannot be decoded; the first: ");
        assertThat(schema().getPrimaryKeyColumns()).containsExactly("id");
    }
}
