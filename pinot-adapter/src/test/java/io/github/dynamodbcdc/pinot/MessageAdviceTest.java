package io.github.dynamodbcdc.pinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import fixture.Change;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The advice about messages that are not one event alone, or over a limit. */
class MessageAdviceTest {
    private static Table table() {
        return Table.with("id", DataType.STRING).and("v", DataType.LONG).primaryKey("id");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "RECORDS | {\"Records\":[EVENT]}",
                "RECORDS | {\"Records\":[EVENT,EVENT],\"window\":{},\"isFinalInvokeForWindow\":false}",
                "ARRAY | [EVENT]",
                "ARRAY | [EVENT,EVENT]",
                "LAMBDA_KINESIS | {\"Records\":[{\"kinesis\":{\"data\":\"BASE64\",\"sequenceNumber\":\"1\"}}]}",
                "FIREHOSE_HTTP | {\"requestId\":\"r\",\"timestamp\":1,\"records\":[{\"data\":\"BASE64\"}]}",
                "FIREHOSE_TRANSFORM | {\"invocationId\":\"i\",\"records\":[{\"recordId\":\"1\",\"data\":\"BASE64\"}]}",
            })
    void anEnvelopeInAMessageIsNamedAndTheAdviceIsOneEventPerMessage(String shape, String template) {
        String event = Change.insert("\"v\":{\"N\":\"777177\"}");
        String base64 = Base64.getEncoder().encodeToString(event.getBytes(UTF_8));
        String envelope = template.replace("EVENT", event).replace("BASE64", base64);
        Table table = table();

        assertThatThrownBy(() -> table.row(envelope))
                .isInstanceOfSatisfying(
                        DecodeException.class,
                        e -> assertThat(e.reason()).isEqualTo(DecodeException.Reason.NOT_AN_EVENT))
                .hasMessageContaining("(" + shape + ")")
                .hasMessageContaining("one event per message")
                .hasMessageNotContaining("read(")
                .hasMessageNotContaining("777177");
        assertThat(table.row(event)).containsEntry("v", 777177L);
        Table lenient = table().property("onDecodeError", "SKIP");
        assertThat(lenient.skips(envelope)).isTrue();
        assertThat(lenient.log.warnings())
                .singleElement()
                .asString()
                .contains("NOT_AN_EVENT at offset 0", shape, "one event per message")
                .doesNotContain("777177");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Records\":[{\"messageId\":\"m\",\"body\":\"TEXT\"}]}", "{\"Records\":[]}", "[]", "[1]"})
    void aWrapperWithoutAnEventHasTheSameAdvice(String template) {
        String text = Change.insert("").replace("\"", "\\\"");

        assertThatThrownBy(() -> table().row(template.replace("TEXT", text)))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("one event per message")
                .hasMessageNotContaining("read(");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SQS | {\"messageId\":\"m\",\"body\":\"TEXT\"}",
                "SQS | {\"Records\":[{\"messageId\":\"m\",\"body\":\"TEXT\"}]}",
                "SNS | {\"Type\":\"Notification\",\"TopicArn\":\"t\",\"Message\":\"TEXT\"}",
                "SNS | {\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":\"TEXT\"}}]}",
                "EVENTBRIDGE | {\"version\":\"0\",\"detail-type\":\"t\",\"source\":\"s\",\"detail\":EVENT}",
                "LAMBDA_FAILURE | {\"requestContext\":{},\"payload\":{\"Records\":[EVENT]}}",
                "FIREHOSE_FAILURE | {\"errorCode\":\"x\",\"rawData\":\"BASE64\"}",
            })
    void anEventInsideTheMessageOfAnotherServiceIsToBeSentItself(String service, String template) {
        String event = Change.insert("\"v\":{\"N\":\"777177\"}");
        String message = template.replace("EVENT", event)
                .replace("TEXT", event.replace("\"", "\\\""))
                .replace("BASE64", Base64.getEncoder().encodeToString(event.getBytes(UTF_8)));

        assertThatThrownBy(() -> table().row(message))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("wraps its event (" + service + ")")
                .hasMessageContaining("send the event itself, one event per message")
                .hasMessageNotContaining("read(")
                .hasMessageNotContaining("777177");
    }

    @Test
    void theAdviceForAnAggregatedMessageIsToTheProducerAndNotToALibrary() {
        byte[] message = new byte[64];
        System.arraycopy(new byte[] {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2}, 0, message, 0, 4);
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder();
        decoder.init(Map.of(), Set.of("id"), "t");

        assertThatThrownBy(() -> decoder.decode(message, new GenericRow()))
                .isInstanceOfSatisfying(
                        DecodeException.class, e -> assertThat(e.reason()).isEqualTo(DecodeException.Reason.AGGREGATED))
                .hasMessageContaining("turn off aggregation in the producer")
                .hasMessageNotContaining("deaggregates it");
    }

    @Test
    void theAdviceForAnEventInGzipIsToTheProducerAndNotToAProgram() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(message)) {
            gzip.write(Change.insert("").getBytes(UTF_8));
        }
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder();
        decoder.init(Map.of(), Set.of("id"), "t");

        assertThatThrownBy(() -> decoder.decode(message.toByteArray(), new GenericRow()))
                .isInstanceOf(DecodeException.class)
                .hasMessageStartingWith("COMPRESSED")
                .hasMessageContaining("this is gzip")
                .hasMessageContaining("the producer must not compress the event")
                .hasMessageNotContaining("read(");
    }

    @Test
    void gzipInAPartOfAnArrayThatIsSkippedHasTheSameAdvice() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write("before".getBytes(UTF_8));
        try (GZIPOutputStream gzip = new GZIPOutputStream(message)) {
            gzip.write(Change.insert("").getBytes(UTF_8));
        }
        Table table = table().property("onDecodeError", "SKIP").init();

        assertThat(table.skips(message.toByteArray(), 6)).isTrue();
        assertThat(table.log.warnings()).singleElement().asString().contains("the producer must not compress");
    }

    @Test
    void otherCompressionKeepsCoresMessage() {
        byte[] zlib = {0x78, (byte) 0x9c, 1, 2, 3, 4, 5, 6, 7, 8};
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder();
        decoder.init(Map.of(), Set.of("id"), "t");

        assertThatThrownBy(() -> decoder.decode(zlib, new GenericRow()))
                .hasMessageStartingWith("COMPRESSED")
                .hasMessageContaining("this is zlib");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", ",", " "})
    void severalEventsInAMessageHaveTheSameAdvice(String separator) {
        String event = Change.insert("\"v\":{\"N\":\"1\"}");

        assertThatThrownBy(() -> table().row(event + separator + event))
                .isInstanceOfSatisfying(
                        DecodeException.class,
                        e -> assertThat(e.reason()).isEqualTo(DecodeException.Reason.TRAILING_DATA))
                .hasMessageContaining("one event per message");
    }

    /** Returns events over each limit of a decoder, some of which a program can raise and some not. */
    static Stream<Arguments> eventsOverALimit() {
        return Stream.of(
                Arguments.of("DEPTH_LIMIT", Change.insert("\"v\":" + nested(65))),
                Arguments.of("DEPTH_LIMIT", Change.insert("\"v\":" + nested(130))),
                Arguments.of("NUMBER_LIMIT", Change.insert("\"v\":{\"N\":\"" + "7".repeat(257) + "\"}")),
                Arguments.of("NUMBER_LIMIT", Change.insert("\"v\":{\"N\":\"1E77777\"}")),
                Arguments.of("NUMBER_LIMIT", Change.insert("\"v\":{\"NS\":[\"1E77777\"]}")),
                Arguments.of("NAME_LIMIT", Change.insert("\"" + "n".repeat(65_536) + "\":{\"S\":\"\"}")),
                Arguments.of("RECORD_LIMIT", Change.insert("\"v\":{\"S\":\"" + "x".repeat(16 << 20) + "\"}")));
    }

    private static String nested(int levels) {
        return "{\"L\":[".repeat(levels - 1) + "{\"N\":\"1\"}" + "]}".repeat(levels - 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("eventsOverALimit")
    void noMessageAboutALimitNamesAnOptionThatATableDoesNotHave(String reason, String event) {
        assertThatThrownBy(() -> table().row(event))
                .isInstanceOf(DecodeException.class)
                .hasMessageStartingWith(reason)
                .hasMessageContaining("limits in Pinot are fixed")
                .hasMessageNotContaining("option")
                .hasMessageNotContaining("7777");
        Table lenient = table().property("onDecodeError", "SKIP");
        assertThat(lenient.skips(event)).isTrue();
        assertThat(lenient.log.warnings())
                .singleElement()
                .asString()
                .contains(reason, "limits in Pinot are fixed")
                .doesNotContain("7777");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "1", "null", "{\"Item\":5}", "{\"id\":{\"S\":\"k1\"}}"})
    void aPayloadThatIsNoEnvelopeKeepsCoresMessage(String payload) {
        String words = catchThrowable(() -> ChangeEventDecoder.create().decode(payload.getBytes(UTF_8)))
                .getMessage();

        assertThatThrownBy(() -> table().row(payload))
                .isInstanceOf(DecodeException.class)
                .hasMessage(words);
    }
}
