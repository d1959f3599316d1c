package blackbox;

import static fixtures.Records.DECODER;
import static fixtures.Records.decode;
import static fixtures.Records.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Meaning;
import fixtures.Records;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link ChangeEvent#itemKey()}: one text for each table and Keys. */
class ItemKeyTest {
    private static final List<String> TABLES = List.of("t", "t2", "");

    /** Binary encoded once or twice. */
    private static final List<ChangeEventDecoder> DECODERS = List.of(
            ChangeEventDecoder.builder().binaryEncoding(BinaryEncoding.SINGLE).build(),
            ChangeEventDecoder.builder().binaryEncoding(BinaryEncoding.DOUBLE).build());

    private static String itemKey(String keys) {
        return String.valueOf(
                decode("{'tableName':'t','dynamodb':{'Keys':" + keys + "}}").itemKey());
    }

    // ------------------------------------------------------------------------------------------------- the format

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id':{'S':'FRA-0117'}} | t/id=S:FRA-0117",
                "{'id':{'S':'azAZ09@[`{/:'}} | t/id=S:azAZ09%40%5B%60%7B%2F%3A",
                "{'id':{'BOOL':false},'or':{'BOOL':true}} | t/id=BOOL:false&or=BOOL:true",
                "{'r':{'S':'r 1'},'at':{'N':'1741935660'}} | t/at=N:1741935660&r=S:r%201",
                "{'a/b':{'S':'x=1&y:2,%/(~._-)'}} | t/a%2Fb=S:x%3D1%26y%3A2%2C%25%2F%28~._-%29",
                "{'café':{'S':'\\ud83d\\udeb2\\u0000'}} | t/caf%C3%A9=S:%F0%9F%9A%B2%00",
                "{'':{'S':''}} | t/=S:",
                "{'b':{'B':'+/8='}} | t/b=B:-_8",
                "{'k':{'BOOL':true},'l':{'NULL':true}} | t/k=BOOL:true&l=NULL:",
                "{'k':{'N':'0.00000000000000000000000000012345678901234567'}} | t/k=N:12345678901234567E-44",
                "{'k':{'N':'0.00000000000000000000000000000000000000123'}} | t/k=N:123E-41",
                "{'k':{'N':'12E-40'}} | t/k=N:0.0000000000000000000000000000000000000012",
                "{'k':{'SS':['b','a','b']}} | t/k=SS:(S:a,S:b)",
                "{'k':{'SS':['']}} | t/k=SS:(S:)",
                "{'k':{'SS':[]}} | t/k=SS:()",
                "{'k':{'NS':['1.0','2','1']}} | t/k=NS:(N:1,N:2)",
                "{'k':{'BS':['AA==']}} | t/k=BS:(B:AA)",
                "{'k':{'L':[{'S':'b'},{'L':[]}]}} | t/k=L:(S:b,L:())",
                "{'k':{'M':{'y':{'N':'1'},'x':{'M':{}}}}} | t/k=M:(x=M:()&y=N:1)",
            })
    void aKeyIsTheTableAndTheSortedAttributesWithTheirTypes(String keys, String expected) {
        assertThat(itemKey(keys)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0E7, 0",
        "1, 1",
        "1.0, 1",
        "1E0, 1",
        "+1, 1",
        "001, 1",
        "10E-1, 1",
        "-1.50, -1.5",
        "100, 100",
        "1E2, 100",
        "0.0015, 0.0015",
        "15E-4, 0.0015",
        "12.5e-1, 1.25",
        "1E40, 10000000000000000000000000000000000000000",
        "1E41, 1E41",
        "-25E+98, -25E98",
        "1E-40, 0.0000000000000000000000000000000000000001",
        "100E-43, 1E-41",
        "99999999999999999999999999999999999999, 99999999999999999999999999999999999999",
        "1E-130, 1E-130",
    })
    void aNumberHasOneTextInEverySpelling(String spelled, String expected) {
        assertThat(itemKey("{'n':{'N':'" + spelled + "'}}")).isEqualTo("t/n=N:" + expected);
    }

    @Test
    void theTextDoesNotDependOnTheChannel() {
        String arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2024-01-01T00:00:00.000";
        String stream = Records.stream("MODIFY", "'NewImage':{'pk':{'S':'a'}}");
        ChangeEvent lambda = decode("{'eventSourceARN':'" + arn + "'," + stream.substring(1));
        ChangeEvent kinesis = decode(Records.kinesis("MODIFY", ""));
        assertThat(kinesis.itemKey()).isEqualTo("orders/pk=S:a").isEqualTo(lambda.itemKey());
    }

    @Test
    void aTableThatTheRecordDoesNotNameIsEmpty() {
        assertThat(decode(Records.stream("MODIFY", "")).itemKey()).isEqualTo("/pk=S:a");
    }

    @Test
    void withoutKeysThereIsNoTextAndNotTheSameOneForAllItems() {
        byte[] line = json("{'Item':{'pk':{'S':'a'},'v':{'N':'1'}}}");
        assertThat(DECODER.decode(line).itemKey()).isNull();
        ChangeEventDecoder named =
                ChangeEventDecoder.builder().keyAttributes("pk").build();
        assertThat(named.decode(line).itemKey()).isEqualTo("/pk=S:a");
        assertThat(decode("{'tableName':'t','dynamodb':{'Keys':{}}}").itemKey()).isNull();
    }

    @Test
    void aSessionsEventShowsTheLatestRecord() {
        DecodeSession session = DECODER.newSession();
        ChangeEvent event = session.decode(json("{'tableName':'t','dynamodb':{'Keys':{'a':{'S':'1'}}}}"));
        assertThat(event.itemKey()).isEqualTo("t/a=S:1");
        session.decode(json("{'tableName':'u','dynamodb':{'Keys':{'b':{'N':'2'}}}}"));
        assertThat(event.itemKey()).isEqualTo("u/b=N:2");
    }

    // ---------------------------------------------------------------------------------------------- the properties

    @Property(tries = 2_000)
    void everySpellingOfTheKeysHasTheSameText(@ForAll long seed) {
        Random random = new Random(seed);
        Meaning keys = Meaning.item(random, 3);
        Map<String, Meaning> texts = new HashMap<>();
        for (int i = 0; i < 6; i++) {
            texts.put(String.valueOf(event("t", keys, random).itemKey()), keys);
        }
        assertThat(texts).hasSize(1);
        String text = texts.keySet().iterator().next();
        assertThat(text.chars()).allMatch(c -> c > ' ' && c <= '~');
    }

    @Property(tries = 5_000)
    void textsAreEqualIfAndOnlyIfTableAndKeysAre(@ForAll long seed) {
        Random random = new Random(seed);
        Meaning keys = Meaning.item(random, 2);
        Meaning others = random.nextBoolean() ? keys.changedAttributes(random) : Meaning.item(random, 1);
        ChangeEvent one = event(TABLES.get(random.nextInt(3)), keys, random);
        ChangeEvent two = event(TABLES.get(random.nextInt(3)), others, random);
        boolean none = one.keys().size() == 0 || two.keys().size() == 0;
        boolean same =
                Objects.equals(one.tableName(), two.tableName()) && one.keys().equals(two.keys());
        if (!none) {
            assertThat(Objects.equals(one.itemKey(), two.itemKey())).isEqualTo(same);
        }
        assertThat(one.itemKey() == null).isEqualTo(keys.attributes().isEmpty());
    }

    private static ChangeEvent event(String table, Meaning keys, Random random) {
        int encodings = 1 + random.nextInt(2);
        String record =
                "{\"tableName\":\"" + table + "\",\"dynamodb\":{\"Keys\":" + keys.content(random, encodings) + "}}";
        return DECODERS.get(encodings - 1).decode(record.getBytes(UTF_8));
    }
}
