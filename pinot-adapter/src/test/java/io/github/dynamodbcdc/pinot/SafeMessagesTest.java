package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import fixture.Change;
import java.util.List;
import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No message and no log line contains a value from an event or the name of one of its attributes. All are short. */
class SafeMessagesTest {
    /** Contained in every text, number and binary value below, and in every name that the schema does not have. */
    private static final String CANARY = "777177";

    private static final List<String> VALUES = List.of(
            "{\"S\":\"c777177\"}",
            "{\"S\":\"777177.5\"}",
            "{\"S\":\"777177-01-01\"}",
            "{\"S\":\"777177\\u0000\"}",
            "{\"S\":\"777177" + "7".repeat(512) + "\"}",
            "{\"N\":\"777177.5\"}",
            "{\"N\":\"-777177E99\"}",
            "{\"N\":\"777177E9000\"}",
            "{\"N\":\"777177x\"}",
            "{\"B\":\"777177==\"}",
            "{\"B\":\"777177!!\"}",
            "{\"BOOL\":true}",
            "{\"SS\":[\"c777177\"]}",
            "{\"NS\":[\"777177.5\",\"777177E99\"]}",
            "{\"BS\":[\"777177==\"]}",
            "{\"L\":[{\"S\":\"c777177\"},{\"N\":\"777177.5\"}]}",
            "{\"M\":{\"n777177\":{\"N\":\"777177.5\"}}}",
            "{\"M\":{\"n777177\":{\"N777177\":1}}}");

    /** At least as long as Pinot allows. */
    private static final String COLUMN = "v".repeat(300);

    @ParameterizedTest
    @MethodSource("fixture.Columns#types")
    void messagesAreSafeForEveryValueAndPolicy(DataType type) {
        for (String policy : List.of("FAIL", "NULL")) {
            for (boolean key : new boolean[] {true, false}) {
                Table table = Table.with(COLUMN, type)
                        .and("at", DataType.LONG)
                        .primaryKey(key ? COLUMN : "id")
                        .upsert(Mode.FULL, null, "at")
                        .property("timeColumnName", "at")
                        .property("onTypeMismatch", policy)
                        .property("onNumberOverflow", policy)
                        .property("onMissingPrimaryKey", key ? "FAIL" : "EMIT")
                        .property("onDecodeError", key ? "FAIL" : "SKIP");
                for (String value : VALUES) {
                    String attributes = "\"" + COLUMN + "\":" + value + ",\"n777177\":" + value;
                    isSafe(catchThrowable(() -> table.skips(Change.insert(attributes))));
                    isSafe(catchThrowable(() ->
                            table.skips(Change.of("REMOVE").oldImage(attributes).json())));
                    isSafe(catchThrowable(
                            () -> table.skips(Change.of("e777177").newImage("").json())));
                }
                // The recorder refuses a line of more than 256 characters.
                assertThat(table.log.lines).noneMatch(line -> line.contains(CANARY));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAIL", "NULL", "SATURATE"})
    void messagesAreSafeForValuesOfTheEventItself(String policy) {
        for (boolean isExact : new boolean[] {true, false}) {
            for (String time : List.of("\"+777177-01-01T00:00:00Z\"", "\"+177177-01-01T00:00:00Z\"", "777177E30")) {
                Table table = Table.with("id", DataType.STRING)
                        .and("SequenceNumber", DataType.BIG_DECIMAL)
                        .and("SizeBytes", DataType.INT)
                        .dateTime("ApproximateCreationDateTime", DataType.LONG, "SIMPLE_DATE_FORMAT|ssyyyyMMddHHmmssSS")
                        .primaryKey(isExact ? "SequenceNumber" : "id")
                        .property("onTypeMismatch", policy.equals("SATURATE") ? "NULL" : policy)
                        .property("onNumberOverflow", policy);
                for (String sequence : List.of("777177x", "7771771".repeat(9), "777177")) {
                    String event =
                            "{\"eventName\":\"INSERT\",\"eventVersion\":\"1.1\",\"dynamodb\":{\"Keys\":{" + Change.ID
                                    + "},\"SequenceNumber\":\"" + sequence + "\",\"SizeBytes\":777177777177,"
                                    + "\"ApproximateCreationDateTime\":" + time + "}}";
                    isSafe(catchThrowable(() -> table.skips(event)));
                }
                assertThat(table.log.lines).noneMatch(line -> line.contains(CANARY));
            }
        }
    }

    private static void isSafe(@Nullable Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            assertThat(t).isNotInstanceOf(AssertionError.class);
            assertThat(String.valueOf(t.getMessage())).doesNotContain(CANARY).hasSizeLessThanOrEqualTo(256);
            assertThat(t.getSuppressed()).isEmpty();
        }
    }
}
