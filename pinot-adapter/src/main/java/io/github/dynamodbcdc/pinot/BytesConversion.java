package io.github.dynamodbcdc.pinot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import org.jspecify.annotations.Nullable;

/** BYTES: the bytes of B, and of an S its UTF-8. A String here would be read as hexadecimal. */
final class BytesConversion extends Conversion {
    private final ColumnPolicy policy;

    BytesConversion(ColumnPolicy policy) {
        this.policy = policy;
    }

    @Override
    @Nullable
    Object convert(AttributeReader value, AttributeType type) {
        switch (type) {
            case B:
                return value.bytesValue();
            case S:
                return value.stringValue().getBytes(UTF_8);
            default:
                return policy.mismatch(type);
        }
    }
}
