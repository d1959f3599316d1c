package example;

import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEventDecoder;
import org.jspecify.annotations.Nullable;

/** Reads a record without Jackson, for docs/migrating.md. */
final class JacksonAfter {
    private JacksonAfter() {}

    // migrating.md: the same without Jackson
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    static void read(byte[] record) {
        StationChanges.read(DECODER.decode(record));
    }

    static @Nullable Object unwrap(AttributeValue value) {
        return value.toObject(); // String, BigDecimal, byte[], Boolean, null, Set, List, Map
    }
    // migrating.md: end
}
