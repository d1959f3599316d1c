package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ValueFactory;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path MODULE = module();
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new DynamoDbModule()).build();

    @Test
    void theJavaCodeOfTheReadmeIsTheCodeThatIsCompiledAndRunHere() throws IOException {
        List<String> pieces = new ArrayList<>();
        for (String file : List.of(
                "Station",
                "StationHandler",
                "StationProcessor",
                "ReadmeSnippets",
                "JsonLines",
                "../blackbox/ModulePathIT")) {
            String source = Files.readString(MODULE.resolve("src/test/java/example/" + file + ".java"), UTF_8);
            pieces.addAll(find("(?s)// README: (?!end)[^\n]*\n(.*?)\n *// README: end", source));
        }
        assertThat(pieces).hasSize(11);
        String readme = Files.readString(MODULE.resolve("README.md"), UTF_8);
        assertThat(find("(?s)```java\n(.*?)\n```", readme)).containsExactlyInAnyOrderElementsOf(pieces);
    }

    private static ChangeEvent event(String record) {
        return ChangeEventDecoder.create().decode(record.getBytes(UTF_8));
    }

    @Test
    void otherTargetsAreMapsTreesAndJson() throws IOException {
        ChangeEvent event = event(Stations.modify());
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
    void aMapHoldsTheTypesThatTheReadmeStates() {
        Item item = Objects.requireNonNull(event(Stations.streamRecord(
                        "INSERT",
                        ",'NewImage':{'int':{'N':'4'},'whole':{'N':'5.0'},'long':{'N':'3000000000'},"
                                + "'large':{'N':'12345678901234567890'},'decimal':{'N':'0.180'},'b':{'B':'AQ=='},"
                                + "'ss':{'SS':['a']},'ns':{'NS':['1','2.5']},'l':{'L':[]},'m':{'M':{}},"
                                + "'null':{'NULL':true},'bool':{'BOOL':true}}"))
                .newImage());
        Map<String, Object> map = ItemMapper.create().read(item, new TypeReference<>() {});
        assertThat(map)
                .containsEntry("int", 4)
                .containsEntry("whole", 5)
                .containsEntry("long", 3_000_000_000L)
                .containsEntry("large", new BigInteger("12345678901234567890"))
                .containsEntry("decimal", new BigDecimal("0.180"))
                .containsEntry("ss", List.of("a"))
                .containsEntry("ns", List.of(1, new BigDecimal("2.5")))
                .containsEntry("l", List.of())
                .containsEntry("m", Map.of())
                .containsEntry("null", null)
                .containsEntry("bool", true);
        assertThat((byte[]) map.get("b")).containsExactly(1);
        assertThat(item.toMap()).containsEntry("ss", Set.of("a")).containsEntry("int", new BigDecimal("4"));
    }

    @Test
    void theEnvelopeHasDebeziumsShape() throws IOException {
        String images = ",'OldImage':{'bikes':{'N':'9'}},'NewImage':{'bikes':{'N':'4'},'note':{'NULL':true}}";
        assertThat(new String(ReadmeSnippets.envelope(event(Stations.streamRecord("MODIFY", images))), UTF_8)
                        .replace('"', '\''))
                .isEqualTo("{'before':{'bikes':9},'after':{'bikes':4,'note':null},"
                        + "'source':{'connector':'dynamodb','table':'stations','ts_us':1741938077000000},"
                        + "'op':'u','ts_ms':1741938077000}");
        assertThat(new String(ReadmeSnippets.envelope(event(Stations.streamRecord("REMOVE", ""))), UTF_8)
                        .replace('"', '\''))
                .startsWith("{'before':null,'after':null,'source'")
                .contains("'op':'d'");
    }

    @Test
    void producersAndTestsGetDynamoDbJson() throws IOException {
        assertThat(ReadmeSnippets.dynamoDbJson(
                        new JsonFactory().createParser("{\"price\":12345678901234567890.123456789}")))
                .asString(UTF_8)
                .isEqualTo("{\"price\":{\"N\":\"12345678901234567890.123456789\"}}");
        ReadmeSnippets.Rental rental = new ReadmeSnippets.Rental("r-1", Set.of("late"), Instant.EPOCH);
        assertThat(ReadmeSnippets.item(rental).require("tags").asStringSet()).containsExactly("late");
        assertThat(ReadmeSnippets.values(rental, texts()))
                .isEqualTo(Map.of("id", "string[r-1]", "tags", "stringSet[[late]]", "at", "number[0]"));
    }

    /** Returns a factory whose values are texts of its calls. */
    @SuppressWarnings("unchecked")
    private static ValueFactory<String> texts() {
        return (ValueFactory<String>) Proxy.newProxyInstance(
                ReadmeTest.class.getClassLoader(),
                new Class<?>[] {ValueFactory.class},
                (proxy, method, arguments) -> method.getName() + Arrays.toString(arguments));
    }

    @Test
    void oneValueIsReadAndABeanIsUpdated() {
        Item image = Objects.requireNonNull(event(Stations.modify()).newImage());
        ReadmeSnippets.Board board = new ReadmeSnippets.Board();
        assertThat(ReadmeSnippets.valuesAndUpdates(ItemMapper.create(), image, board))
                .isEqualTo(new Station.Tariff(BigDecimal.ONE, new BigDecimal("0.18"), "EUR"));
        assertThat(board.bikes).isEqualTo(4);
        assertThat(board.absent).isEqualTo(7);
    }

    @SuppressWarnings("NullAway.Init") // set by Jackson
    static final class Changing {
        public LocalDate day;
        public Instant at;
        public List<String> ss;
        public int[] ns;
        public List<byte[]> bs;
        public String n;
        public byte[] s;
        public @Nullable String absent;
    }

    record Kept(
            @JsonFormat(shape = JsonFormat.Shape.STRING) LocalDate day,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at,
            Set<String> ss,
            Set<Integer> ns,
            AttributeValue bs,
            int n,
            String s) {}

    @Test
    void whatIsReadAndWrittenBackHasTheTypesThatTheReadmeStates() throws IOException {
        Item item = item("{'day':{'S':'2024-01-31'},'at':{'S':'2025-03-14T07:41:17Z'},'ss':{'SS':['a','b']},"
                + "'ns':{'NS':['1','2']},'bs':{'BS':['aGk=']},'n':{'N':'5'},'s':{'S':'aGk='}}");
        assertThat(types(writtenBack(ItemMapper.create(), item, Changing.class)))
                .isEqualTo("day=L at=N ss=L ns=L bs=L n=S s=B absent=NULL");
        assertThat(writtenBack(ItemMapper.create(), item, Changing.class)
                        .require("day")
                        .toObject())
                .isEqualTo(List.of(new BigDecimal(2024), BigDecimal.ONE, new BigDecimal(31)));
        assertThat(types(writtenBack(ReadmeSnippets.TIMES_AS_TEXT, item, Changing.class)))
                .startsWith("day=S at=S ss=L ");
        assertThat(writtenBack(ItemMapper.create(), item, Kept.class)).isEqualTo(item);
    }

    private static Item item(String json) throws IOException {
        return JSON.readValue(json.replace('\'', '"'), Item.class);
    }

    private static Item writtenBack(ItemMapper mapper, Item item, Class<?> type) throws IOException {
        return JSON.readValue(mapper.write(mapper.read(item, type)), Item.class);
    }

    private static String types(Item item) {
        List<String> types = new ArrayList<>();
        item.forEach((name, value) -> types.add(name + "=" + value.type()));
        return String.join(" ", types);
    }

    record Missing(Optional<String> more) {}

    @Test
    void withoutItsModuleAnOptionalWithoutAnAttributeIsNull() throws IOException {
        Item empty = item("{}");
        assertThat(ItemMapper.of(new JsonMapper()).read(empty, Missing.class).more())
                .isNull();
        assertThat(ItemMapper.create().read(empty, Missing.class).more()).isEmpty();
    }

    record Sets(List<BigDecimal> list, Set<BigDecimal> decimals, Set<Integer> integers) {}

    @Test
    void onlyASetAndAMapDropRepeatedMembers() throws IOException {
        String ns = "{'NS':['1','1.0']}";
        Item item = item("{'list':" + ns + ",'decimals':" + ns + ",'integers':" + ns + "}");
        Sets sets = ItemMapper.create().read(item, Sets.class);
        assertThat(sets.list()).hasSize(2);
        assertThat(ItemMapper.create().read(item.require("list"), BigDecimal[].class))
                .hasSize(2);
        assertThat(item.toMap().get("list")).isEqualTo(Set.of(BigDecimal.ONE));
        assertThat(sets.decimals()).hasSize(2);
        assertThat(sets.integers()).containsExactly(1);
    }

    record Large(BigInteger n) {}

    @Test
    void aLargeNumberWithAnExponentIsNoBigInteger() throws IOException {
        Item item = item("{'n':{'N':'1E300'}}");
        assertThatExceptionOfType(ItemMappingException.class)
                .isThrownBy(() -> ItemMapper.create().read(item, Large.class))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(ItemMappingException.Reason.MISMATCH));
    }

    static final class Part {
        public int count;
    }

    static final class Whole {
        @JsonUnwrapped
        public @Nullable Part part;
    }

    @Test
    void anUnwrappedNullWhoseClassHasPrimitivesIsNotReadBack() throws IOException {
        byte[] written = ItemMapper.create().write(new Whole());
        assertThat(new String(written, UTF_8)).isEqualTo("{}");
        Item item = JSON.readValue(written, Item.class);
        assertThatExceptionOfType(ItemMappingException.class)
                .isThrownBy(() -> ItemMapper.create().read(item, Whole.class))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(ItemMappingException.Reason.MISMATCH));
    }

    record Note(@Nullable String text, Optional<String> more) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ShortNote(@Nullable String text, Optional<String> more) {}

    @Test
    void whatIsAbsentBecomesNullUnlessItIsOmitted() {
        Note none = new Note(null, Optional.empty());
        assertThat(new String(ItemMapper.create().write(none), UTF_8))
                .isEqualTo("{\"text\":{\"NULL\":true},\"more\":{\"NULL\":true}}");
        assertThat(new String(ItemMapper.create().write(new ShortNote(null, Optional.empty())), UTF_8))
                .isEqualTo("{}");
        ItemMapper omitting = ItemMapper.of(JsonMapper.builder()
                .findAndAddModules()
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                .build());
        assertThat(new String(omitting.write(none), UTF_8)).isEqualTo("{}");
    }

    @Test
    void eachPropertyHasItsUnitOfTime() throws IOException {
        Item item = JSON.readValue(
                "{\"expires_at\":{\"N\":\"1741938077\"},\"updated_at\":{\"N\":\"1741938077082\"},"
                        + "\"reserved_at\":{\"S\":\"2025-03-14T07:41:00Z\"}}",
                Item.class);
        assertThat(ItemMapper.create().read(item, ReadmeSnippets.Reservation.class))
                .isEqualTo(new ReadmeSnippets.Reservation(
                        Instant.parse("2025-03-14T07:41:17Z"),
                        Instant.parse("2025-03-14T07:41:17.082Z"),
                        Instant.parse("2025-03-14T07:41:00Z")));
    }

    /** Returns each match of the pattern's group, without its indentation. */
    private static List<String> find(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text.replace("\r\n", "\n"))
                .results()
                .map(result -> result.group(1).stripIndent())
                .toList();
    }

    /** Returns the file, because tests run in the module's folder or in its parent. */
    private static Path module() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("jackson")) ? here.resolve("jackson") : here;
    }
}
