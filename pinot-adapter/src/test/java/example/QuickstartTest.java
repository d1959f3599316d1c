package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.pinot.segment.local.utils.TableConfigUtils;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.utils.JsonUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
    private static final String SCHEMA = """
            {"schemaName":"t","primaryKeyColumns":["order"],"dimensionFieldSpecs":[
              {"name":"order","dataType":"INT"},{"name":"text","dataType":"STRING"}]}""";
    private static final String CONFIG = """
            {"tableName":"t","tableType":"REALTIME","segmentsConfig":{"replication":"1"},"tenants":{},"metadata":{},
             "tableIndexConfig":{"nullHandlingEnabled":true,"streamConfigs":{
               "streamType":"kafka","stream.kafka.topic.name":"t",
               "stream.kafka.decoder.class.name":"io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder"}}}""";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String events, String schema, String config) {
        return run(Map.of("events", events, "schema", schema, "tableConfig", config));
    }

    private int run(Map<String, String> options) {
        return Quickstart.run(
                new Quickstart.Options(options),
                Quickstart.WIDTH,
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static String bundled(String name) throws IOException {
        try (InputStream in = Quickstart.class.getResourceAsStream("stock/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        }
    }

    private static String event(String order, String text) {
        return "{\"eventName\":\"INSERT\",\"tableName\":\"t\",\"dynamodb\":{\"Keys\":{\"order\":{\"N\":\"" + order
                + "\"}},\"NewImage\":{\"order\":{\"N\":\"" + order + "\"},\"text\":{\"S\":\"" + text + "\"}}}}\n";
    }

    @Test
    void theBundledEventsPrintAsExpected() throws IOException {
        assertThat(run("", "", "")).isEqualTo(Quickstart.NONE_DROPPED);

        assertThat(out.toString(UTF_8)).isEqualTo(bundled("output.txt"));
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void theProgramPrintsWhatTheGuideShows() throws IOException {
        String guide = Files.readString(Path.of("docs", "tables.md"));
        int shown = guide.lastIndexOf("```text\n") + "```text\n".length();
        assertThat(bundled("output.txt")).contains("\n" + guide.substring(shown, guide.indexOf("```", shown)));
    }

    @Test
    void eventsOfAnEnvelopeAreReadLikeThoseOfLines() throws IOException {
        String file = file("events", "{\"Records\":[" + event("1", "a") + "," + event("2", "b") + ",7]}");

        assertThat(run(file, file("schema", SCHEMA), file("config", CONFIG))).isEqualTo(Quickstart.SOME_DROPPED);
        assertThat(out.toString(UTF_8))
                .contains("#1  INSERT  {order=1}\n", "#2  INSERT  {order=2}\n")
                .contains("#3  (no change record)  -> dropped: NOT_AN_EVENT ")
                .endsWith("\n3 events, 1 dropped\n");
    }

    @Test
    void aFileWithoutEventsIsReportedWithTheFirstReason() throws IOException {
        String file = file("table.csv", "id;name\n1;a\n");

        assertThat(run(Map.of("events", file))).isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8)).startsWith(file + ": no change event was found; the first record: UNEXPECTED_");
    }

    @Test
    void aTableConfigWithAnotherDecoderIsToldWhichOneItNeeds() throws IOException {
        String config = CONFIG.replace("io.github.dynamodbcdc.pinot", "com.example");

        assertThat(run("", file("schema", SCHEMA), file("config", config))).isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8))
                .startsWith("tableConfig: the class com.example.DynamoDbMessageDecoder is not here; ")
                .endsWith(" is io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder\n");
    }

    @Test
    void aBinaryKeyIsPrintedAsPinotPrintsIt() throws IOException {
        String file = file("events", event("1", "a").replace("{\"N\":\"1\"}", "{\"B\":\"AP8=\"}"));

        assertThat(run(Map.of("events", file))).isEqualTo(Quickstart.NONE_DROPPED);
        assertThat(out.toString(UTF_8)).contains("#1  INSERT  {order=00ff}\n", "\n    00ff   ");
    }

    @Test
    void pinotsControllerAcceptsTheBundledTable() throws IOException {
        Schema schema = Schema.fromString(bundled("schema.json"));
        TableConfig config = JsonUtils.stringToObject(bundled("table-config.json"), TableConfig.class);

        assertThatCode(schema::validate).doesNotThrowAnyException();
        assertThatCode(() -> TableConfigUtils.validate(config, schema)).doesNotThrowAnyException();
    }

    @Test
    void filesOfTheUserAreReadAndReservedWordsOfSqlAreQuoted() throws IOException {
        String events = file("events", event("1", "a") + "\n" + event("2", "b\\u001b[2J"));

        assertThat(run(events, file("schema", SCHEMA), file("config", CONFIG))).isEqualTo(Quickstart.NONE_DROPPED);
        assertThat(out.toString(UTF_8)).isEqualTo("""
                SELECT "order", text FROM t LIMIT 50

                #1  INSERT  {order=1}
                    order  text
                    -----------
                    1      a

                #2  INSERT  {order=2}
                    order  text
                    ------------
                    1      a
                    2      b\uFFFD[2J

                2 events, 0 dropped
                """);
    }

    @Test
    void aColumnThatNoAttributeHasIsNamed() throws IOException {
        String events = file("events", event("1", "a") + event("2", "b"));
        String schema = file("schema", SCHEMA.replace("\"text\"", "\"txet\""));

        assertThat(run(events, schema, file("config", CONFIG))).isEqualTo(Quickstart.NONE_DROPPED);
        assertThat(out.toString(UTF_8)).endsWith("""
                column txet: no attribute of this name in 2 events
                attribute text: no column of this name
                2 events, 0 dropped
                """);
    }

    @Test
    void aColumnThatTheEventOrATransformFillsIsNotNamed() throws IOException {
        String schema = SCHEMA.replace("\"text\"", "\"e_userIdentityType\"").replace("]}", """
                ,{"name":"at","dataType":"LONG"},{"name":"gone","dataType":"BOOLEAN"},{"name":"e_tableName",
                "dataType":"STRING"},{"name":"old_text","dataType":"STRING"},{"name":"twice","dataType":"INT"}]}""");
        String config = CONFIG.replace("\"streamType\"", """
                        "stream.kafka.decoder.prop.dynamodb.timeColumnName":"at",
                        "stream.kafka.decoder.prop.dynamodb.deleteColumnName":"gone",
                        "stream.kafka.decoder.prop.dynamodb.envelopePrefix":"e_",
                        "stream.kafka.decoder.prop.dynamodb.oldImagePrefix":"old_","streamType\"""")
                .replace(
                        "\"tenants\"",
                        "\"ingestionConfig\":{\"transformConfigs\":[{\"columnName\":\"twice\","
                                + "\"transformFunction\":\"plus(\\\"order\\\", \\\"order\\\")\"}]},\"tenants\"");

        assertThat(run(file("events", event("1", "a")), file("schema", schema), file("config", config)))
                .as(() -> err.toString(UTF_8))
                .isEqualTo(Quickstart.NONE_DROPPED);
        assertThat(out.toString(UTF_8)).doesNotContain("no attribute", "no column");
    }

    @Test
    void aDroppedMessageIsPrintedWithItsReason() throws IOException {
        String events = file("events", event("1.5", "a") + "{\n" + event("3", "c"));

        assertThat(run(events, file("schema", SCHEMA), file("config", CONFIG))).isEqualTo(Quickstart.SOME_DROPPED);
        assertThat(out.toString(UTF_8))
                .contains("#1  INSERT  {order=1.5}  -> dropped: column 'order' of type INT")
                .contains("#2  (no change record)  -> dropped: END_OF_INPUT")
                .endsWith("\n3 events, 2 dropped\n");
    }

    @Test
    void ofManyEventsOnlyTheLastRowsAndTheDroppedOnesArePrinted() throws IOException {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            events.append(event(i == 7 ? "x" : String.valueOf(i), "a"));
        }

        assertThat(run(file("events", events.toString()), file("schema", SCHEMA), file("config", CONFIG)))
                .isEqualTo(Quickstart.SOME_DROPPED);
        assertThat(out.toString(UTF_8).lines().filter(line -> line.startsWith("#")))
                .singleElement()
                .asString()
                .startsWith("#8  ");
        assertThat(out.toString(UTF_8).lines()).hasSize(2 + 1 + 2 + 29 + 1 + 1);
    }

    @Test
    void anUnusableFileIsReportedAndNothingElseIsPrinted() throws IOException {
        String missing = folder.resolve("missing").toString();
        assertThat(run(missing, "", "")).isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8)).isEqualTo(missing + ": no such file" + System.lineSeparator());

        err.reset();
        assertThat(run("", file("broken", "{"), "")).isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8)).isNotBlank();

        err.reset();
        String misspelt = CONFIG.replace(
                "\"streamType\"", "\"stream.kafka.decoder.prop.dynamodb.timeColum\":\"at\",\"streamType\"");
        assertThat(run("", file("schema", SCHEMA), file("config", misspelt))).isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8)).contains("dynamodb.timeColum").contains("dynamodb.timeColumnName");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void eventsAloneShowTheirRowsInATableThatFollowsFromThem() throws IOException {
        String carried = "{\"Records\":[{\"messageId\":\"m\",\"eventSource\":\"aws:sqs\",\"body\":"
                + JsonUtils.objectToString(event("2", "b")) + "}]}\n";
        String file = file("events", event("1", "a") + carried);

        assertThat(run(Map.of("events", file))).isEqualTo(Quickstart.NONE_DROPPED);
        assertThat(out.toString(UTF_8))
                .contains("exec:java@pinot-schema")
                .containsPattern("order +INT +key: N in 2 of 2 images")
                .containsPattern("\n    1 +\\d+ +false +a\n    2 +\\d+ +false +b\n")
                .endsWith("2 events, 0 dropped\n");
    }

    @Test
    void aQueryOfOnesOwnReplacesTheRows() throws IOException {
        String file = file("events", event("1", "a") + event("2", "b"));

        assertThat(run(Map.of("events", file, "sql", "SELECT COUNT(*) AS n FROM t WHERE text = 'b'")))
                .isEqualTo(Quickstart.NONE_DROPPED);
        assertThat(out.toString(UTF_8)).contains("    n\n    -\n    1\n");
    }

    @Test
    void theLastLineSaysWhyAQueryFails() throws IOException {
        for (String sql : new String[] {
            "SELECT cost FROM stock",
            "SELEC 1",
            "SELECT foo(sku) FROM stock",
            "SELECT sku FROM stock WHERE price = 'high'",
            "DELETE FROM stock"
        }) {
            err.reset();
            assertThat(run(Map.of("sql", sql))).isEqualTo(Quickstart.UNUSABLE);
            assertThat(err.toString(UTF_8).lines())
                    .as(sql)
                    .singleElement()
                    .asString()
                    .startsWith("sql: ");
        }
    }

    @Test
    void aQueryOfAnotherTableIsRefusedWithTheNameOfThisOne() {
        for (String sql : new String[] {"SELECT 1", "SELECT * FROM stocks", "SELECT * FROM stock JOIN t ON sku = id"}) {
            err.reset();
            assertThat(run(Map.of("sql", sql))).isEqualTo(Quickstart.UNUSABLE);
            assertThat(err.toString(UTF_8)).as(sql).isEqualTo("sql: write FROM stock, which is the only table here\n");
        }
        assertThat(run(Map.of("sql", "SELECT sku FROM STOCK_REALTIME"))).isEqualTo(Quickstart.NONE_DROPPED);
    }

    @Test
    void theMessageOnAMistakeInAQueryQuotesTheQueryAsItIs() {
        assertThat(run(Map.of("sql", "SELECT sku FORM stock"))).isEqualTo(Quickstart.UNUSABLE);

        assertThat(err.toString(UTF_8)).contains("SELECT sku FORM stock: ").doesNotContain("SET ");
    }

    @Test
    void aSchemaWithoutATableConfigIsRefusedWithAdvice() throws IOException {
        String file = file("events", event("1", "a"));

        assertThat(run(Map.of("events", file, "schema", file("schema", SCHEMA))))
                .isEqualTo(Quickstart.UNUSABLE);
        assertThat(err.toString(UTF_8)).startsWith("tableConfig: give both -Dschema and -DtableConfig");
    }
}
