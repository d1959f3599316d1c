package rows;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reference.RefValue;

/** The expected value of a column: a certain value, or any object that Pinot writes as certain JSON. */
record Expected(String description, Predicate<@Nullable Object> holds) {
    static final Expected NULL = exactly(null);

    /** Expects an object of the same class and value; bytes and arrays are compared by content. */
    static Expected exactly(@Nullable Object value) {
        String description = value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value);
        return new Expected(description, actual -> isSame(value, actual));
    }

    /** Expects an object that Pinot stores in a JSON column as this value. */
    static Expected storedAs(RefValue value) {
        return new Expected("JSON of " + value, actual -> JsonForms.isStoredAs(value, actual));
    }

    /** Expects a text that is the JSON of this value. */
    static Expected jsonTextOf(RefValue value) {
        return new Expected(
                "JSON text of " + value, actual -> actual instanceof String text && JsonForms.isTextOf(value, text));
    }

    private static boolean isSame(@Nullable Object expected, @Nullable Object actual) {
        return actual == null
                ? expected == null
                : expected != null && expected.getClass() == actual.getClass() && Objects.deepEquals(expected, actual);
    }
}
