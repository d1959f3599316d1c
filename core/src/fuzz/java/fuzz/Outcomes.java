package fuzz;

import fixtures.EventText;
import fixtures.Refusals;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;
import java.util.function.Supplier;

/** What a decode ends in, as text: all that an event says, or a failure that keeps its promises. */
final class Outcomes {
    private static final String SHAPES = "io.github.dynamodbcdc.shapes";

    private Outcomes() {}

    /** Creates a decoder that predicts nothing, whatever the build's setting. */
    static ChangeEventDecoder withoutShapes(Supplier<ChangeEventDecoder> creation) {
        String before = System.getProperty(SHAPES);
        System.setProperty(SHAPES, "off");
        try {
            return creation.get();
        } finally {
            if (before == null) {
                System.clearProperty(SHAPES);
            } else {
                System.setProperty(SHAPES, before);
            }
        }
    }

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
