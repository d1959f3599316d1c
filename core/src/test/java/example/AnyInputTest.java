package example;

import static example.Payloads.BAD_NUMBER;
import static example.Payloads.FIRST;
import static example.Payloads.SECOND;
import static example.Payloads.WITHOUT_IDENTIFIER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dynamodbcdc.DecodeException;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide's recipe for an input of any format. */
class AnyInputTest {
    @BeforeEach
    void reset() {
        YourCode.reset();
    }

    private static void load(String input) {
        AnyInput.load(new ByteArrayInputStream(input.getBytes(UTF_8)));
    }

    /** Inputs that contain the bad record, each with its layers and the name of the record. */
    static String[][] inputs() {
        String notification = Payloads.notification(BAD_NUMBER);
        String trigger = Payloads.kinesis(BAD_NUMBER);
        return new String[][] {
            {BAD_NUMBER, "[BARE] 2"},
            {Payloads.stream(BAD_NUMBER), "[RECORDS] 2"},
            {"[" + BAD_NUMBER + "]", "[ARRAY] e-2"},
            {trigger, "[LAMBDA_KINESIS] k-1"},
            {Payloads.kafka(BAD_NUMBER), "[LAMBDA_KAFKA] changes-3 1"},
            {notification, "[SNS] n-1"},
            {Payloads.queue(BAD_NUMBER), "[SQS] m-1"},
            {Payloads.queue(notification), "[SQS, SNS] m-1"},
            {Payloads.queue(Payloads.notification(trigger)), "[SQS, SNS, LAMBDA_KINESIS] m-1"},
            {Payloads.event(WITHOUT_IDENTIFIER), "[EVENTBRIDGE] byte 0, record 0"},
            {Payloads.queue(Payloads.event(BAD_NUMBER)), "[SQS, EVENTBRIDGE] m-1"},
            {Payloads.notice(Payloads.stream(BAD_NUMBER)), "[LAMBDA_FAILURE, RECORDS] 2"},
            {Payloads.firehose("", WITHOUT_IDENTIFIER), "[FIREHOSE_HTTP] byte 38, record 0"},
            {Payloads.transform(BAD_NUMBER), "[FIREHOSE_TRANSFORM] f-1"},
            {Payloads.undelivered(WITHOUT_IDENTIFIER), "[FIREHOSE_FAILURE] byte 0, record 0"},
            {WITHOUT_IDENTIFIER, "[BARE] byte 0, record 0"},
            {Payloads.notice("[" + WITHOUT_IDENTIFIER + "]"), "[LAMBDA_FAILURE, ARRAY] byte 0, record 0"},
        };
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aBadRecordIsParkedWithItsLayersAndTheNameThatItsSenderGivesIt(String input, String place) {
        load(input);
        assertThat(YourCode.CALLS).containsExactly("parked " + place + " BAD_NUMBER");
    }

    @Test
    void inputsOfSeveralFormatsMayFollowEachOther() {
        load(FIRST + Payloads.queue(Payloads.notification(SECOND), BAD_NUMBER) + "\n" + Payloads.undelivered(FIRST));
        assertThat(YourCode.CALLS).containsExactly("stored 1", "stored 2", "parked [SQS] m-2 BAD_NUMBER", "stored 1");
    }

    @Test
    void aRecordThatTheSinkRefusesIsParked() {
        YourCode.refused = "1";
        load(Payloads.queue(FIRST, SECOND));
        assertThat(YourCode.CALLS).containsExactly("refused 1", "parked [SQS] m-1 refused", "stored 2");
    }

    @Test
    void aTruncatedInputFailsAfterItsRecords() {
        String whole = Payloads.queue(FIRST, SECOND);
        assertThatThrownBy(() -> load(whole.substring(0, whole.length() - 20))).isInstanceOf(DecodeException.class);
        assertThat(YourCode.CALLS).containsExactly("stored 1");
    }
}
