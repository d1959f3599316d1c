package io.github.dynamodbcdc.pinot;

import java.util.concurrent.TimeUnit;
import org.apache.pinot.spi.data.FieldSpec;
import org.jspecify.annotations.Nullable;

/** The conversion for a column of the schema. */
final class Conversions {
    private Conversions() {}

    /** @param unit what numbers count in a TIMESTAMP column; null: their magnitude tells */
    static Conversion of(FieldSpec column, @Nullable TimeUnit unit, ColumnPolicy policy) {
        Conversion single = single(column, unit, policy);
        return column.isSingleValueField() ? single : new MultiValueConversion(single, policy);
    }

    private static Conversion single(FieldSpec column, @Nullable TimeUnit unit, ColumnPolicy policy) {
        switch (column.getDataType()) {
            case INT:
                return new IntegerConversion(false, policy);
            case LONG:
                return new IntegerConversion(true, policy);
            case FLOAT:
                return new FloatingConversion(false, policy);
            case DOUBLE:
                return new FloatingConversion(true, policy);
            case BIG_DECIMAL:
                return new DecimalConversion(policy);
            case BOOLEAN:
                return new BooleanConversion(policy);
            case TIMESTAMP:
                return new TimestampConversion(unit, policy);
            case STRING:
                return new TextConversion();
            case JSON:
                return new JsonConversion();
            case BYTES:
                return new BytesConversion(policy);
            case MAP:
                return new MapConversion(policy);
            default:
                // A type that this adapter does not know: Pinot's own conversion decides.
                return new PlainConversion();
        }
    }
}
