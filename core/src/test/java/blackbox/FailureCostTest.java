package blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.AllocatedBytes;
import fixtures.LongRunning;
import fixtures.Records;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.SourceRecord;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A returned failure costs little; a thrown one has the caller's stack trace. */
@LongRunning
class FailureCostTest {
    private static final String GOOD = Records.change("INSERT", "");
    private static final int FLOOD = 500;
    private static final int MOST_BYTES = 1024;

    @SuppressWarnings("UnusedVariable") // keeps the JIT from removing the call
    private static volatile @Nullable Object sink;

    private static void assertCheap(int failures, Runnable round) {
        long bytes = AllocatedBytes.ofQuietestRound(round) / failures;
        assertThat(bytes).isBetween(1L, (long) MOST_BYTES);
    }

    private static void readAll(ChangeEventReader reader) {
        int failures = 0;
        for (SourceRecord record : reader.records()) {
            failures += record.result().failure() == null ? 0 : 1;
            sink = record;
        }
        assertThat(failures).isEqualTo(FLOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\n",
                "{}",
                "{}\n",
                "1 ",
                "1\n",
                "[]1\n",
                "{},",
                ",",
                ", \n",
                "\\n",
                "'\\q'\n",
                "{'a':1}",
                "{'dynamodb':{}}\n",
                "{'dynamodb':{'Keys':{'k':{'N':'x'}}}}",
                "{'dynamodb':{'Keys':{'k':{'N':'x\n",
                "{'Item':{'k':{}}}\n",
                "{'Records':[{}]}\n"
            })
    void aFloodOfTinyBadRecordsAllocatesAtMostAKilobyteEach(String bad) {
        int failuresEach = bad.equals("{},") ? 2 : 1;
        byte[] input = Records.json(GOOD + (bad.contains("\n") ? "\n" : "") + bad.repeat(FLOOD / failuresEach));
        assertCheap(FLOOD, () -> readAll(Records.DECODER.read(input)));
        assertCheap(FLOOD, () -> readAll(Records.DECODER.read(new ByteArrayInputStream(input))));
        assertCheap(FLOOD, () -> readAll(Records.DECODER.newSession().read(input)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "1",
                "{'a':1}",
                "{'dynamodb':{}}",
                "{'dynamodb':{'Keys':{'k':{'N':'x'}}}}",
                "{'dynamodb':{'Keys':{'k':{'S':1}}}}",
                "{'Item':{'k':{'N':'1'},'m':{'M':{'l':{'L':[{'S':'a'},{}]}}}}}"
            })
    void aFloodOfFailedDecodesAllocatesAtMostAKilobyteEach(String bad) {
        byte[] record = Records.json(bad);
        DecodeSession session = Records.DECODER.newSession();
        ByteBuffer direct = ByteBuffer.allocateDirect(record.length).put(record).flip();
        assertCheap(FLOOD, () -> repeat(() -> session.tryDecode(record)));
        assertCheap(FLOOD, () -> repeat(() -> session.tryDecode(direct)));
        assertCheap(FLOOD, () -> repeat(() -> Records.DECODER.tryDecode(record)));
    }

    private static void repeat(Supplier<DecodeResult> decoding) {
        for (int i = 0; i < FLOOD; i++) {
            sink = decoding.get().failure();
        }
    }

    // ---------------------------------------------------------------------------------------------- stack traces

    private static List<String> methods(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .toList();
    }

    private static DecodeException failure(DecodeResult result) {
        return Objects.requireNonNull(result.failure(), "it did not fail");
    }

    @Test
    void aReturnedFailureHasNoStackTrace() {
        byte[] bad = Records.json("{}");
        DecodeSession session = Records.DECODER.newSession();
        assertThat(failure(Records.DECODER.tryDecode(bad)).getStackTrace()).isEmpty();
        assertThat(failure(Records.DECODER.tryDecode(ByteBuffer.wrap(bad))).getStackTrace())
                .isEmpty();
        assertThat(failure(session.tryDecode(bad)).getStackTrace()).isEmpty();
        assertThat(failure(session.tryDecode(ByteBuffer.wrap(bad))).getStackTrace())
                .isEmpty();
        for (SourceRecord record : Records.DECODER.read(bad).records()) {
            assertThat(failure(record.result()).getStackTrace()).isEmpty();
        }
    }

    @Test
    void aThrownFailureHasTheStackTraceOfTheCaller() {
        byte[] bad = Records.json("{}");
        ByteBuffer direct = ByteBuffer.allocateDirect(2).put(bad).flip();
        DecodeSession session = Records.DECODER.newSession();
        DecodeResult result = Records.DECODER.tryDecode(bad);
        Iterator<ChangeEvent> events = Records.DECODER.read(bad).iterator();
        List<ThrowingCallable> throwing = List.of(
                () -> Records.DECODER.decode(bad),
                () -> Records.DECODER.decode(bad, 0, 2),
                () -> Records.DECODER.decode(direct),
                () -> session.decode(bad),
                () -> session.decode(bad, 0, 2),
                () -> session.decode(direct),
                result::orElseThrow,
                events::next);
        for (ThrowingCallable call : throwing) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            DecodeException.class,
                            thrown ->
                                    assertThat(methods(thrown)).contains("aThrownFailureHasTheStackTraceOfTheCaller"));
        }
    }

    private static DecodeException thrownHere(DecodeResult result) {
        try {
            result.orElseThrow();
            throw new AssertionError("it did not fail");
        } catch (DecodeException e) {
            return e;
        }
    }

    @Test
    void aFailureThrownAgainHasTheLatestStackTrace() {
        DecodeResult result = Records.DECODER.tryDecode(Records.json("{}"));
        assertThatThrownBy(result::orElseThrow)
                .satisfies(thrown -> assertThat(methods(thrown)).doesNotContain("thrownHere"));
        assertThat(methods(thrownHere(result))).contains("thrownHere");
        assertThat(thrownHere(result)).isSameAs(result.failure());
    }

    @Test
    void theMessageIsTheSameWhetherThrownOrReturned() {
        byte[] bad = Records.json("{'dynamodb':{'Keys':{'k':{'N':'x'}}}}");
        DecodeException returned = failure(Records.DECODER.tryDecode(bad));
        assertThat(returned).hasMessage("BAD_NUMBER at offset 31: not a number");
        assertThat(returned.path()).isEqualTo("dynamodb.Keys.*.N");
        assertThatThrownBy(() -> Records.DECODER.decode(bad)).hasMessage(returned.getMessage());
    }
}
