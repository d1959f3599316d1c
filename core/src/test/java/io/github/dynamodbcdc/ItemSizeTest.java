package io.github.dynamodbcdc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reference.SharedData;

class ItemSizeTest {
    private static final ChangeEventDecoder DECODER =
            ChangeEventDecoder.builder().emptyValueAsMap(true).build();

    private static long size(ChangeEvent event, boolean twice) {
        RecordIndex index = event.keys().index;
        long once = new BinaryRule.ItemSize(index).ofRecord();
        return twice ? once - new BinaryRule(index, BinaryEncoding.AUTO).savedByTwice() : once;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'S':''}|0",
                "{'S':'abc'}|3",
                "{'S':'h\u00e9\u65e5\ud83d\ude00'}|10",
                "{'S':'h\\u00e9\\u65e5\\ud83d\\ude00\\n\\/'}|12",
                "{'N':'0'}|1",
                "{'N':'-97.169068'}|6",
                "{'N':'\\u0031.5'}|3",
                "{'B':''}|0",
                "{'B':'AA=='}|1",
                "{'B':'AAA='}|2",
                "{'B':'AAAA'}|3",
                "{'B':'Pz8\\/AA\\u003d\\u003d'}|4",
                "{'BOOL':true}|1",
                "{'BOOL':false}|1",
                "{'NULL':true}|1",
                "{'SS':[]}|0",
                "{'SS':['ab','c','']}|3",
                "{'NS':['1','-1','12345']}|9",
                "{'BS':['AA==','AAAA']}|4",
                "{'L':[]}|3",
                "{'L':[{'S':'ab'},{'NULL':true}]}|8",
                "{'L':[{'L':[]}]}|7",
                "{'M':{}}|3",
                "{}|3",
                "{'M':{'k':{'S':'v'},'\\u00e9':{'N':'1'}}}|11",
                "{'M':{'a':{'L':[{'M':{'b':{'SS':['x','y']}}}]}}}|16",
            })
    void sizeOfAValue(String value, long size) {
        ChangeEvent event = DECODER.decode(Decoded.json("{'dynamodb':{'Keys':{},'NewImage':{'name':" + value + "}}}"));
        assertThat(size(event, false)).isEqualTo("name".length() + size);
    }

    @Test
    void sizeIsTheSumOverKeysAndBothImages() {
        ChangeEvent event = DECODER.decode(Decoded.json("{'dynamodb':{'Keys':{'k\u00e9':{'S':'12345'}},"
                + "'NewImage':{'a':{'S':'1'}},'OldImage':{'b':{'S':'12'},'c':{'S':''}}}}"));
        assertThat(size(event, false)).isEqualTo(8 + 2 + 4);
    }

    @ParameterizedTest
    @CsvSource({"QUE9PQ==, 4, 1", "QUFBPQ==, 4, 2", "QUFBQQ==, 4, 3", "'', 0, 0"})
    void binaryIsCountedAfterDecodingOnceOrTwice(String text, long once, long twice) {
        ChangeEvent event = DECODER.decode(Decoded.json(
                "{'dynamodb':{'Keys':{},'NewImage':{'b':{'B':'" + text + "'},'s':{'BS':['" + text + "']}}}}"));
        assertThat(size(event, false)).isEqualTo(2 + 2 * once);
        assertThat(size(event, true)).isEqualTo(2 + 2 * twice);
    }

    @Test
    void sizesFromDynamoDbLocalAreExact() throws IOException {
        Path captures = SharedData.requireOrSkip("events", "dynamodb-local");
        int compared = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(captures, "*.json")) {
            for (Path file : files) {
                byte[] response = Files.readAllBytes(file);
                for (int[] record : records(response)) {
                    ChangeEvent event = DECODER.decode(response, record[0], record[1] - record[0]);
                    assertThat(size(event, false)).as(file + " at " + record[0]).isEqualTo(event.sizeBytes());
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(5);
    }

    /** Returns the start and end of each element of Records. */
    private static List<int[]> records(byte[] response) throws IOException {
        List<int[]> records = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(response)) {
            while (!"Records".equals(json.nextFieldName())) {
                if (json.currentToken() == JsonToken.START_ARRAY) {
                    json.skipChildren();
                }
            }
            json.nextToken();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                int from = (int) json.currentTokenLocation().getByteOffset();
                json.skipChildren();
                records.add(new int[] {from, (int) json.currentLocation().getByteOffset()});
            }
        }
        return records;
    }

    @Test
    void theInsertOfTheTutorialHas320BytesDecodedOnceAnd313Twice() throws IOException {
        String line = Files.readAllLines(SharedData.requireOrSkip("events", "tutorial", "events.jsonl"))
                .get(0);
        ChangeEvent event = DECODER.decode(Decoded.json(line));
        assertThat(size(event, false)).isEqualTo(320);
        assertThat(size(event, true)).isEqualTo(313).isEqualTo(event.sizeBytes());
        assertThat(event.binaryEncoding()).isEqualTo(BinaryEncoding.DOUBLE);
        assertThat(Objects.requireNonNull(event.newImage()).require("location").asBytes())
                .asString()
                .isEqualTo("placeholder_bytes");
    }
}
