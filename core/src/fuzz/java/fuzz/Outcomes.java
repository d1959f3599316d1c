package fuzz;

import fixtures.EventText;
import fixtures.Refusals;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;

/** What a decode ends in, as text: all that an event says, or a failure that keeps its promises. */
final class Outcomes {
    private Outcomes() {}

    static String of(DecodeResult result, int length) {
        DecodeException failure = result.failure();
        return failure == null ? of(result.orElseThrow()) : of(failure, length);
    }

    static String of(ChangeEvent event) {
        return EventText.describe(event) + "\n" + event;
    }

    static String of(DecodeException failure, int length) {
        Refusals.assertDeclared(failure, length);
        return failure.reason() + " at " + failure.offset() + " in " + failure.path() + ": " + failure.getMessage();
    }

    static void assertSame(String way, String expected, String actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(way + ": expected\n" + expected + "\nbut was\n" + actual);
        }
    }
}
