package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import example.Kcl.KinesisClientRecord;
import example.Kcl.ProcessRecordsInput;
import example.Lambda.Context;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path MODULE = module();
    private static final String STATION = "{'station_id':{'S':'FRA-0117'},'bikes':{'N':'4'},'open':{'BOOL':true},"
            + "'operator':{'NULL':true},'pay_with':{'SS':['app','card']},"
            + "'tariff':{'M':{'unlock':{'N':'1'},'per_minute':{'N':'0.18'},'currency':{'S':'EUR'}}},"
            + "'slots':{'L':[{'M':{'bike':{'S':'B-2041'},'charge':{'N':'85'}}},{'M':{'bike':{'NULL':true},'charge':{'N':'0'}}}]},"
            + "'seal':{'B':'%s'}}";

    private final Store store = new Store();

    @Test
    void theJavaCodeOfTheReadmeIsTheCodeThatIsCompiledAndRunHere() throws IOException {
        List<String> pieces = new ArrayList<>();
        for (String file : List.of("Station", "StationHandler", "StationProcessor", "ReadmeSnippets")) {
            String source = Files.readString(MODULE.resolve("src/test/java/example/" + file + ".java"), UTF_8);
            pieces.addAll(find("(?s)// README: (?!end)[^\n]*\n(.*?)\n *// README: end", source));
        }
        assertThat(pieces).hasSize(7);
        String readme = Files.readString(MODULE.resolve("README.md"), UTF_8);
        assertThat(find("(?s)```java\n(.*?)\n```", readme)).containsExactlyInAnyOrderElementsOf(pieces);
    }

    private static String streamRecord(String eventName, String images) {
        return ("{'eventID':'1','eventName':'" + eventName + "','eventVersion':'1.1','dynamodb':{"
                        + "'ApproximateCreationDateTime':1741938077,'Keys':{'station_id':{'S':'FRA-0117'}}" + images
                        + ",'SequenceNumber':'7'},"
                        + "'eventSourceARN':'arn:aws:dynamodb:eu-central-1:111122223333:table/stations/stream/x'}")
                .replace('\'', '"');
    }

    private static String modify() {
        return streamRecord("MODIFY", ",'NewImage':" + STATION.formatted("andQQg=="));
    }

    @Test
    void theHandlerSavesImagesAndDeletesKeys() throws IOException {
        String batch = "{\"Records\":[" + modify() + "," + streamRecord("REMOVE", "") + "]}";
        new StationHandler(store)
                .handleRequest(
                        new ByteArrayInputStream(batch.getBytes(UTF_8)), new ByteArrayOutputStream(), new Context() {});
        assertStation();
        assertThat(store.deleted).containsExactly(new Station.Key("FRA-0117"));
    }

    private void assertStation() {
        assertThat(store.saved).singleElement().isInstanceOfSatisfying(Station.class, station -> {
            assertThat(station.id()).isEqualTo("FRA-0117");
            assertThat(station.bikes()).isEqualTo(4);
            assertThat(station.open()).isTrue();
            assertThat(station.payWith()).isEqualTo(Set.of("app", "card"));
            assertThat(station.tariff()).isEqualTo(new Station.Tariff(BigDecimal.ONE, new BigDecimal("0.18"), "EUR"));
            assertThat(station.slots()).containsExactly(new Station.Slot("B-2041", 85), new Station.Slot(null, 0));
            assertThat(station.seal()).isEqualTo(ByteBuffer.wrap("jwPB".getBytes(UTF_8)));
        });
    }

    @Test
    void theProcessorSavesWhatItCanReadAndCheckpointsAll() {
        String kinesis =
                ("{'eventName':'MODIFY','tableName':'stations','recordFormat':'application/json','userIdentity':null,"
                                + "'dynamodb':{'ApproximateCreationDateTime':1741938077082,'Keys':{'station_id':{'S':'FRA-0117'}},"
                                + "'NewImage':" + STATION.formatted("YW5kUVFnPT0=") + "}}")
                        .replace('\'', '"');
        List<KinesisClientRecord> records = new ArrayList<>();
        for (String record : List.of(
                kinesis.replace("\"N\":\"4\"", "\"N\":\"four\""),
                kinesis.replace("\"N\":\"4\"", "\"N\":\"4.5\""),
                kinesis)) {
            ByteBuffer data = ByteBuffer.wrap(record.getBytes(UTF_8)).asReadOnlyBuffer();
            records.add(new KinesisClientRecord("n" + records.size(), data));
        }
        List<String> checkpoints = new ArrayList<>();
        new StationProcessor(store).processRecords(new ProcessRecordsInput(records, checkpoints::add));
        assertStation();
        assertThat(checkpoints).containsExactly("n0", "n1", "n2");
    }

    private static ChangeEvent event(String record) {
        return ChangeEventDecoder.create().decode(record.getBytes(UTF_8));
    }

    @Test
    void otherTargetsAreMapsTreesAndJson() throws IOException {
        ChangeEvent event = event(modify());
        Object[] targets = ReadmeSnippets.targets(ItemMapper.create(), Objects.requireNonNull(event.newImage()), event);
        assertThat(targets[0])
                .isInstanceOfSatisfying(
                        Map.class, map -> assertThat(map.get("bikes")).isEqualTo(4));
        assertThat(targets[1])
                .isInstanceOfSatisfying(
                        JsonNode.class,
                        tree -> assertThat(tree.at("/tariff/per_minute").decimalValue())
                                .isEqualTo(new BigDecimal("0.18")));
        assertThat(new JsonMapper()
                        .readTree((byte[]) targets[2])
                        .at("/dynamodb/NewImage/slots/0/bike")
                        .textValue())
                .isEqualTo("B-2041");
    }

    @Test
    void theEnvelopeHasDebeziumsShape() throws IOException {
        String images = ",'OldImage':{'bikes':{'N':'9'}},'NewImage':{'bikes':{'N':'4'},'note':{'NULL':true}}";
        assertThat(new String(ReadmeSnippets.envelope(event(streamRecord("MODIFY", images))), UTF_8).replace('"', '\''))
                .isEqualTo("{'before':{'bikes':9},'after':{'bikes':4,'note':null},"
                        + "'source':{'connector':'dynamodb','table':'stations','ts_us':1741938077000000},"
                        + "'op':'u','ts_ms':1741938077000}");
        assertThat(new String(ReadmeSnippets.envelope(event(streamRecord("REMOVE", ""))), UTF_8).replace('"', '\''))
                .startsWith("{'before':null,'after':null,'source'")
                .contains("'op':'d'");
    }

    @Test
    void producersAndTestsGetDynamoDbJson() throws IOException {
        Object[] produced = ReadmeSnippets.producing(
                StationHandler.JSON, new JsonFactory().createParser("{\"price\":12345678901234567890.123456789}"));
        assertThat(produced[1]).isEqualTo("{\"price\":{\"N\":\"12345678901234567890.123456789\"}}");
        assertThat(produced[2])
                .isInstanceOfSatisfying(
                        Item.class,
                        item -> assertThat(item.require("tags").asStringSet()).containsExactly("late"));
    }

    @Test
    void eachPropertyHasItsUnitOfTime() throws IOException {
        Item item = StationHandler.JSON.readValue(
                "{\"expires_at\":{\"N\":\"1741938077\"},\"updated_at\":{\"N\":\"1741938077082\"},"
                        + "\"reserved_at\":{\"S\":\"2025-03-14T07:41:00Z\"}}",
                Item.class);
        assertThat(ItemMapper.create().read(item, ReadmeSnippets.Reservation.class))
                .isEqualTo(new ReadmeSnippets.Reservation(
                        Instant.parse("2025-03-14T07:41:17Z"),
                        Instant.parse("2025-03-14T07:41:17.082Z"),
                        Instant.parse("2025-03-14T07:41:00Z")));
    }

    /** What the pattern's group matches, each time, without its indentation. */
    private static List<String> find(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text.replace("\r\n", "\n"))
                .results()
                .map(result -> result.group(1).stripIndent())
                .toList();
    }

    /** Tests run in the module's folder or in the one above it. */
    private static Path module() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("jackson")) ? here.resolve("jackson") : here;
    }
}
