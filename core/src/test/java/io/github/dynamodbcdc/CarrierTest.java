package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Records;
import io.github.dynamodbcdc.Member.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CarrierTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "github", "dynamodbcdc");

    /** Carriers whose elements are in an array of its own kind, which the classifier has to know too. */
    private static final Set<Carrier> WITH_ARRAYS = Set.of(Carrier.FIREHOSE, Carrier.LAMBDA_KAFKA);

    private static @Nullable Carrier carrier(String object, @Nullable Carrier usual) {
        byte[] data = Records.json(object);
        JsonScanner json = new JsonScanner();
        json.reset(data, 0, data.length);
        Carrier.Evidence evidence = new Carrier.Evidence();
        int p = 1;
        while (data[p] != '}') {
            int close = json.string(p + 1);
            Member member = Names.CARRIER.find(data, p + 1, close, json.flags);
            p = close + 2;
            if (member != null) {
                evidence.add(member, json, p);
            }
            p = json.afterValue(json.skip(p, 1), '}');
        }
        return evidence.carrier(usual);
    }

    /** The table of members, the table of carriers and the vocabulary: nothing else knows a carrier by name. */
    @ParameterizedTest
    @EnumSource
    void aCarrierIsAddedInThreeFiles(Carrier carrier) throws IOException {
        Set<String> touched = new TreeSet<>(List.of("Member"));
        Pattern name = Pattern.compile("\\b" + carrier.name() + "\\b");
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                String code = Files.readString(file, UTF_8).replaceAll("(?m)^\\s*(\\*|/\\*|//).*$", "");
                if (name.matcher(code).find()) {
                    touched.add(file.getFileName().toString().replace(".java", ""));
                }
            }
        }
        if (WITH_ARRAYS.contains(carrier)) {
            touched.remove("RecordClassifier");
        }
        assertThat(touched).hasSizeLessThanOrEqualTo(3).contains("Carrier");
    }

    @Test
    void everyMemberOfACarrierHasABitOfItsOwn() {
        List<Integer> places = Arrays.stream(Member.values())
                .filter(member -> member.scope == Member.Scope.CARRIER)
                .map(Member::ofCarrier)
                .toList();
        assertThat(places).doesNotHaveDuplicates().allMatch(place -> place >= 0 && place < Long.SIZE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'kinesis':{}}                                | LAMBDA_KINESIS
            {'kinesis':null}                              |
            {'kinesis':'data'}                            |
            {'data':'','kinesisSchemaVersion':'1.0'}      | KINESIS_RECORDS
            {'data':'','eventSource':'aws:kinesis'}       | KINESIS_RECORDS
            {'data':'','partitionKey':'p'}                | KINESIS_RECORDS
            {'Data':''}                                   | KINESIS_RECORDS
            {'data':''}                                   |
            {'data':'','recordId':'r'}                    | FIREHOSE
            {'kafkaRecordValue':'','recordId':'r'}        | FIREHOSE
            {'data':null,'recordId':'r'}                  |
            {'value':'','topic':'t'}                      | LAMBDA_KAFKA
            {'topic':'t','partition':0,'offset':1}        | LAMBDA_KAFKA
            {'topic':'t','partition':0}                   |
            {'value':''}                                  |
            {'body':'','messageId':'m'}                   | SQS
            {'body':'','eventSource':'aws:sqs'}           | SQS
            {'body':'','eventSource':'aws:kinesis'}       |
            {'body':''}                                   |
            {'messageId':'m','receiptHandle':'h'}         | SQS
            {'Sns':{}}                                    | SNS
            {'Message':'','Type':'Notification'}          | SNS
            {'Message':''}                                |
            {'detail':{},'source':'s'}                    | EVENTBRIDGE
            {'detail':{},'detail-type':'t'}               | EVENTBRIDGE
            {'detail':{}}                                 |
            {'payload':'','requestContext':{}}            | LAMBDA_FAILURE
            {'requestPayload':{},'requestContext':{}}     | LAMBDA_FAILURE
            {'DDBStreamBatchInfo':{},'requestContext':{}} | LAMBDA_FAILURE
            {'KinesisBatchInfo':{},'requestContext':{}}   | LAMBDA_FAILURE
            {'payload':''}                                |
            {'rawData':'','errorCode':'403'}              | FIREHOSE_FAILURE
            {'rawData':'','attemptsMade':1}               | FIREHOSE_FAILURE
            {'rawData':''}                                |
            {}                                            |
            """)
    void aPayloadNeedsAProof(String object, @Nullable Carrier expected) {
        assertThat(carrier(object, null)).isEqualTo(expected);
    }

    @Test
    void inAnArrayOfRecordsABodyNeedsNoProof() {
        assertThat(carrier("{'body':''}", Carrier.USUAL_OF_RECORDS)).isEqualTo(Carrier.SQS);
        assertThat(carrier("{'body':null}", Carrier.USUAL_OF_RECORDS)).isNull();
        assertThat(carrier("{'data':''}", Carrier.USUAL_OF_RECORDS)).isNull();
    }

    @Test
    void inAnArrayOfItsOwnEveryElementIsACarrier() {
        assertThat(carrier("{}", Carrier.FIREHOSE)).isEqualTo(Carrier.FIREHOSE);
        assertThat(carrier("{'body':''}", Carrier.LAMBDA_KAFKA)).isEqualTo(Carrier.LAMBDA_KAFKA);
    }
}
