package blackbox;

import static fixtures.Records.newImage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.EnvelopeShape;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.SourceRecord;
import io.github.dynamodbcdc.TimePrecision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reference.SharedData;

/** Input that other tools write, each with its outcome, through every entry point that takes it. */
class StrangersTest {
    /** Inputs of the adapters, which their own tests read. */
    private static final Set<String> OF_ADAPTERS = Set.of("P05-True", "P06b-S", "P01d", "M01", "M03b", "M03c", "M08");

    private final Map<String, Consumer<Stranger>> outcomes = new HashMap<>();

    StrangersTest() {
        handedInByMistake();
        deliveries();
        carriers();
        emulators();
        serializedBeans();
        times();
        values();
        images();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stranger(String id, List<String> options, byte[] payload) {
        ChangeEventDecoder decoder() {
            return with(options);
        }

        ChangeEvent event() {
            return decoder().decode(payload);
        }

        DecodeException refusal() {
            return refusal(decoder());
        }

        DecodeException refusal(ChangeEventDecoder decoder) {
            return Objects.requireNonNull(
                    catchThrowableOfType(DecodeException.class, () -> decoder.decode(payload)), "a refusal");
        }

        List<SourceRecord> records() {
            return records(decoder());
        }

        /** Returns the records, after checking that an array, a stream and a session give the same ones. */
        List<SourceRecord> records(ChangeEventDecoder decoder) {
            List<SourceRecord> records = all(decoder.read(payload));
            for (ChangeEventReader reader : List.of(
                    decoder.read(new ByteArrayInputStream(payload)),
                    decoder.newSession().read(payload),
                    decoder.read(new OneByteStream(payload)))) {
                assertThat(all(reader).stream().map(SourceRecord::toString))
                        .containsExactlyElementsOf(
                                records.stream().map(SourceRecord::toString).toList());
            }
            return records;
        }

        EnvelopeShape shape() {
            ChangeEventReader reader = decoder().read(payload);
            reader.records().forEach(record -> {});
            return reader.envelope().shape();
        }

        ChangeEvent onlyRecord() {
            List<SourceRecord> records = records();
            assertThat(records).hasSize(1);
            return records.get(0).result().orElseThrow();
        }

        DecodeException onlyFailure(ChangeEventDecoder decoder) {
            List<SourceRecord> records = records(decoder);
            assertThat(records).hasSize(1);
            return Objects.requireNonNull(records.get(0).result().failure(), "a failure");
        }
    }

    private static final class OneByteStream extends ByteArrayInputStream {
        OneByteStream(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1));
        }
    }

    private static List<SourceRecord> all(ChangeEventReader reader) {
        List<SourceRecord> records = new ArrayList<>();
        reader.records().forEach(records::add);
        return records;
    }

    private static ChangeEventDecoder with(List<String> options) {
        ChangeEventDecoder.Builder builder = ChangeEventDecoder.builder();
        for (String option : options) {
            switch (option) {
                case "timesWithoutOffsetAsUtc" -> builder.timesWithoutOffsetAsUtc(true);
                case "memberAliases" -> builder.memberAliases(true);
                case "descriptorAliases" -> builder.descriptorAliases(true);
                case "emptyValueAsMap" -> builder.emptyValueAsMap(true);
                default -> throw new AssertionError("unknown option " + option);
            }
        }
        return builder.build();
    }

    private static Instant time(ChangeEvent event) {
        return Objects.requireNonNull(event.approximateCreationDateTime()).toInstant();
    }

    private static void assertFailure(DecodeException failure, Reason reason, String message) {
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure).hasMessageContaining(message);
        assertThat(failure.getMessage()).hasSizeLessThanOrEqualTo(256);
    }

    @TestFactory
    Stream<DynamicTest> everyInputHasItsOutcome() throws IOException {
        return strangers().stream()
                .filter(stranger -> !OF_ADAPTERS.contains(stranger.id()))
                .map(stranger -> DynamicTest.dynamicTest(
                        stranger.id(),
                        () -> Objects.requireNonNull(outcomes.get(stranger.id()), "an outcome for " + stranger.id())
                                .accept(stranger)));
    }

    @Test
    void everyOutcomeHasItsInput() throws IOException {
        List<String> ids = strangers().stream().map(Stranger::id).toList();
        assertThat(ids).containsAll(outcomes.keySet()).containsAll(OF_ADAPTERS);
    }

    // ------------------------------------------------------------------------------------------------ outcomes

    private void handedInByMistake() {
        outcomes.put("W10-base64-not-decoded", s -> assertFailure(s.refusal(), Reason.UNEXPECTED_BYTE, "base64 text"));
        outcomes.put(
                "W11-json-string-in-json",
                s -> assertFailure(s.refusal(), Reason.NOT_AN_EVENT, "JSON text inside a JSON string"));
        outcomes.put(
                "W18-scan-output",
                s -> assertFailure(s.onlyFailure(s.decoder()), Reason.NOT_AN_EVENT, "the output of Scan or Query"));
        outcomes.put("X06-zip", s -> {
            assertFailure(s.onlyFailure(s.decoder()), Reason.COMPRESSED, "ZIP");
            assertThat(s.records().get(0).isTerminal()).isTrue();
        });
        outcomes.put("X08-utf16le", s -> assertFailure(s.refusal(), Reason.UNEXPECTED_BYTE, "UTF-16"));
        outcomes.put(
                "X10-ion-gz", s -> assertFailure(s.onlyFailure(s.decoder()), Reason.UNEXPECTED_BYTE, "Amazon Ion"));
        outcomes.put(
                "C02-streamrecord-alone",
                s -> assertFailure(
                        s.refusal(), Reason.MISSING_FIELD, "the content of \"dynamodb\" without its record"));
        outcomes.put(
                "E11-no-keys", s -> assertFailure(s.onlyFailure(s.decoder()), Reason.MISSING_FIELD, "missing: Keys"));
    }

    private void deliveries() {
        outcomes.put("W13-stream-record-in-kinesis", s -> {
            assertThat(newImage(s.onlyRecord()).require("bin").asBytes()).isEqualTo("RWdJSWV3PT0=".getBytes(UTF_8));
            SourceRecord record = s.records().get(0);
            assertThat(record.itemIdentifier()).isEqualTo("495");
            assertThat(record.arrivalTime()).isEqualTo(Instant.parse("2022-12-20T18:54:58.449Z"));
        });
        outcomes.put("W14-localstack-kinesis-arrival-ms", s -> {
            assertThat(s.onlyRecord().eventName()).isEqualTo(EventName.INSERT);
            assertThat(s.records().get(0).arrivalTime()).isEqualTo(Instant.parse("2022-12-20T18:54:58.449Z"));
        });
        outcomes.put(
                "W23-pipes-array-of-one-sqs",
                s -> assertThat(s.onlyRecord().eventName()).isEqualTo(EventName.INSERT));
        outcomes.put("C13-blank-and-bad-line", s -> {
            List<SourceRecord> records = s.records();
            assertThat(records).hasSize(3);
            assertThat(records.get(1).result().failure()).isNotNull();
            assertThat(newImage(records.get(0).result().orElseThrow())
                            .require("id")
                            .asString())
                    .isEqualTo("1");
            assertThat(newImage(records.get(2).result().orElseThrow())
                            .require("id")
                            .asString())
                    .isEqualTo("3");
        });
        outcomes.put("C17-mixed-envelopes", s -> {
            assertThat(s.records()).hasSize(3);
            s.records().forEach(record -> record.result().orElseThrow());
        });
        outcomes.put("C19-timewindow-empty", s -> {
            ChangeEventReader reader = s.decoder().read(s.payload());
            assertThat(all(reader)).isEmpty();
            assertThat(reader.envelope().isFinalInvokeForWindow()).isTrue();
        });
        outcomes.put(
                "D13-trailing-newline-in-data",
                s -> assertThat(s.onlyRecord().eventName()).isEqualTo(EventName.INSERT));
        outcomes.put("L2", s -> {
            List<SourceRecord> records = s.records();
            assertThat(records).hasSize(4).noneMatch(SourceRecord::isTerminal);
            assertThat(records.get(0).result().orElseThrow().eventName()).isEqualTo(EventName.INSERT);
            assertThat(records.get(2).result().orElseThrow().eventName()).isEqualTo(EventName.MODIFY);
        });
    }

    private void carriers() {
        outcomes.put("W01-sqs-body-pipe", s -> {
            assertThat(s.onlyRecord().eventName()).isEqualTo(EventName.INSERT);
            assertThat(s.records().get(0).itemIdentifier()).isEqualTo("m1");
            assertThat(s.records().get(0).messageId()).isEqualTo("m1");
            assertThat(s.shape()).isEqualTo(EnvelopeShape.SQS);
        });
        outcomes.put("W02-sns", s -> {
            assertThat(s.onlyRecord().eventName()).isEqualTo(EventName.INSERT);
            assertThat(s.shape()).isEqualTo(EnvelopeShape.SNS);
        });
        outcomes.put("W03-eventbridge-detail", s -> {
            assertThat(s.onlyRecord().eventName()).isEqualTo(EventName.INSERT);
            assertThat(s.shape()).isEqualTo(EnvelopeShape.EVENTBRIDGE);
            assertFailure(s.refusal(), Reason.NOT_AN_EVENT, "read(…)");
        });
        outcomes.put("W05-msk-lambda", s -> {
            assertThat(s.onlyRecord().eventName()).isEqualTo(EventName.INSERT);
            SourceRecord record = s.records().get(0);
            assertThat(record.topic()).isEqualTo("orders");
            assertThat(record.partition()).isZero();
            assertThat(record.streamOffset()).isEqualTo(15);
            assertThat(record.arrivalTime()).isEqualTo(Instant.parse("2018-12-17T22:10:50.987Z"));
            assertThat(s.shape()).isEqualTo(EnvelopeShape.LAMBDA_KAFKA);
        });
        outcomes.put("W06-kinesis-getrecords-api", s -> {
            assertThat(s.onlyRecord().eventName()).isEqualTo(EventName.INSERT);
            SourceRecord record = s.records().get(0);
            assertThat(record.sequenceNumber()).isEqualTo("49");
            assertThat(record.partitionKey()).isEqualTo("A");
            assertThat(record.arrivalTime()).isEqualTo(Instant.parse("2022-04-17T02:35:05.387Z"));
            assertThat(s.shape()).isEqualTo(EnvelopeShape.KINESIS_RECORDS);
        });
        outcomes.put("W07-s3-onfailure-payload-string", s -> {
            assertThat(s.onlyRecord().eventName()).isEqualTo(EventName.INSERT);
            assertThat(s.shape()).isEqualTo(EnvelopeShape.LAMBDA_FAILURE);
        });
        outcomes.put(
                "W08-sqs-dlq-batchinfo",
                s -> assertFailure(
                        s.onlyFailure(s.decoder()),
                        Reason.NOT_AN_EVENT,
                        "this is an on-failure notice without the records"));
        outcomes.put("W24-pipes-kinesis-source-array", s -> {
            assertThat(s.onlyRecord().eventName()).isEqualTo(EventName.INSERT);
            assertThat(s.records().get(0).sequenceNumber()).isEqualTo("495");
            assertThat(s.records().get(0).partitionKey()).isEqualTo("1");
            assertThat(s.shape()).isEqualTo(EnvelopeShape.KINESIS_RECORDS);
        });
    }

    private void emulators() {
        outcomes.put("E01-moto-remove", s -> {
            ChangeEvent event = s.onlyRecord();
            assertThat(event.eventName()).isEqualTo(EventName.REMOVE);
            assertThat(event.newImage()).isNull();
            assertThat(time(event)).isEqualTo(Instant.parse("2024-06-22T07:04:39.869591Z"));
            assertFailure(s.onlyFailure(with(List.of())), Reason.BAD_TIME, "timesWithoutOffsetAsUtc");
        });
        outcomes.put("E02-moto-remove-time-ok", s -> {
            assertThat(s.event().eventName()).isEqualTo(EventName.REMOVE);
            assertThat(s.event().newImage()).isNull();
        });
        outcomes.put("E03-moto-insert-old-empty", s -> {
            ChangeEvent event = s.event();
            assertThat(event.oldImage()).isNull();
            assertThat(Objects.requireNonNull(event.diff()).added()).hasSize(2);
        });
        outcomes.put("E05-localstack-null-old", s -> {
            assertThat(s.event().eventName()).isEqualTo(EventName.REMOVE);
            assertThat(time(s.event())).isEqualTo(Instant.parse("2021-10-26T21:40:07.0969691Z"));
        });
        outcomes.put("E07-ydb", s -> {
            assertThat(s.event().eventName()).isEqualTo(EventName.MODIFY);
            assertThat(Objects.requireNonNull(s.event().approximateCreationDateTime())
                            .precision())
                    .isEqualTo(TimePrecision.MILLISECOND);
        });
        outcomes.put("C07-ddblocal-empty-list", s -> {
            assertThat(newImage(s.onlyRecord()).require("tags").type()).isEqualTo(AttributeType.M);
            assertFailure(
                    s.onlyFailure(with(List.of())),
                    Reason.NO_TYPE,
                    "emptyValueAsMap reads the empty maps and lists of DynamoDB Local, both as maps");
        });
    }

    private void serializedBeans() {
        outcomes.put("C04-dotnet-pascal", s -> {
            ChangeEvent event = s.onlyRecord();
            assertThat(event.eventName()).isEqualTo(EventName.INSERT);
            assertThat(event.eventId()).isEqualTo("e");
            assertThat(event.sequenceNumber()).isEqualTo("1");
            assertThat(event.eventSourceArn()).isEqualTo("arn");
            assertThat(time(event)).isEqualTo(Instant.parse("2019-11-07T03:10:23Z"));
            assertThat(s.records().get(0).itemIdentifier()).isEqualTo("1");
            assertFailure(s.onlyFailure(with(List.of())), Reason.NOT_AN_EVENT, "memberAliases");
        });
        outcomes.put("D20-java-events-lower-camel", s -> {
            ChangeEvent event = s.event();
            assertThat(event.eventName()).isEqualTo(EventName.MODIFY);
            assertThat(time(event)).isEqualTo(Instant.parse("2025-06-19T11:25:29Z"));
            assertThat(newImage(event).size()).isEqualTo(1);
            assertThat(Objects.requireNonNull(event.oldImage()).size()).isEqualTo(2);
            assertThat(event.sizeBytes()).isEqualTo(3800);
            assertFailure(s.refusal(with(List.of("descriptorAliases"))), Reason.MISSING_FIELD, "memberAliases");
        });
        outcomes.put(
                "D01-nULLValue",
                s -> assertThat(newImage(s.event()).require("url").type()).isEqualTo(AttributeType.NULL));
        outcomes.put("D02-gson-v1-case", s -> {
            Item image = newImage(s.event());
            assertThat(image.require("a").asBoolean()).isTrue();
            assertThat(image.require("b").asStringSet()).containsExactly("x");
            assertThat(image.require("c").asNumberSet()).hasSize(1);
            assertThat(image.require("d").asBinarySet()).hasSize(1);
        });
    }

    private void times() {
        Consumer<Stranger> noon = s -> assertThat(time(s.event())).isEqualTo(Instant.parse("2020-04-23T12:00:00Z"));
        outcomes.put("T03", noon);
        outcomes.put(
                "T04",
                noon.andThen(
                        s -> assertFailure(s.refusal(with(List.of())), Reason.BAD_TIME, "timesWithoutOffsetAsUtc")));
        outcomes.put("X01-export-micros-string", s -> {
            assertThat(s.event().eventName()).isEqualTo(EventName.INSERT);
            assertThat(time(s.event())).isEqualTo(Instant.parse("2025-08-18T14:29:51Z"));
        });
    }

    private void values() {
        outcomes.put("N01-numbers", s -> {
            Item image = newImage(s.event());
            String json = new String(s.payload(), UTF_8);
            image.forEach((name, value) -> {
                if (value.type() == AttributeType.N) {
                    assertThat(json).contains("\"" + name + "\":{\"N\":\"" + value.numberText() + "\"}");
                    assertThat(value.asBigDecimal().compareTo(new java.math.BigDecimal(value.numberText())))
                            .isZero();
                }
            });
        });
        outcomes.put(
                "N30-number-set-dupe-value",
                s -> assertThat(newImage(s.event()).require("ns").asNumberSet()).hasSize(2));
        outcomes.put(
                "S03-names",
                s -> assertThat(newImage(s.event()).toMap())
                        .containsOnlyKeys(
                                "id",
                                ".DEALER_ID",
                                "a.b",
                                "150",
                                "__proto__",
                                "$type",
                                "\u0438\u043c\u044f",
                                "",
                                "dynamodb",
                                "Keys"));
        outcomes.put("S04-empty-things", s -> {
            Item image = newImage(s.event());
            assertThat(image.require("s").asString()).isEmpty();
            assertThat(image.require("b").asBytes()).isEmpty();
            assertThat(image.require("m").asItem()).isEmpty();
            assertThat(image.require("l").asList()).isEmpty();
            assertThat(image.require("ss").asStringSet()).isEmpty();
            assertThat(image.require("f").type()).isEqualTo(AttributeType.NULL);
        });
        outcomes.put("B05-nested-binary-kinesis", s -> {
            Item map = newImage(s.event()).require("m").asItem();
            assertThat(map.require("b").asBytes()).isEqualTo("hi".getBytes(UTF_8));
            assertThat(map.require("l").asList().get(0).asBytes()).isEqualTo("yo".getBytes(UTF_8));
        });
        outcomes.put(
                "D24-number-key-fraction",
                s -> assertThat(s.event().keys().require("creationTime").numberText())
                        .isEqualTo("1472020859.327935"));
    }

    private void images() {
        outcomes.put(
                "B04-ttl-kinesis",
                s -> assertThat(s.event().deletedByTimeToLive()).isTrue());
        outcomes.put(
                "D10-user-delete-identity",
                s -> assertThat(s.event().deletedByTimeToLive()).isFalse());
        outcomes.put(
                "D07-estuary-removed-attr",
                s -> assertThat(Objects.requireNonNull(s.event().diff()).removed())
                        .containsOnlyKeys("x"));
        outcomes.put("D17-export-newimages-view", s -> {
            assertThat(s.event().eventName()).isEqualTo(EventName.INSERT);
            assertThat(s.event().diff()).isNull();
        });
    }

    // ------------------------------------------------------------------------------------------------- reading

    private static List<Stranger> strangers() throws IOException {
        List<Stranger> strangers = new ArrayList<>();
        for (String line : Files.readAllLines(SharedData.requireOrSkip("events", "strangers.jsonl"))) {
            if (!line.isBlank()) {
                strangers.add(stranger(line));
            }
        }
        return strangers;
    }

    private static Stranger stranger(String line) throws IOException {
        Map<String, String> texts = new HashMap<>();
        List<String> options = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(line)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                if (json.nextToken() == JsonToken.START_ARRAY) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        options.add(json.getText());
                    }
                } else {
                    texts.put(name, json.getText());
                }
            }
        }
        String payload = Objects.requireNonNull(texts.get("payload"));
        boolean base64 = "true".equals(texts.get("base64"));
        return new Stranger(
                Objects.requireNonNull(texts.get("id")),
                options,
                base64 ? Base64.getDecoder().decode(payload) : payload.getBytes(UTF_8));
    }
}
