package realpinot;

import java.util.Map;
import org.apache.pinot.spi.data.ComplexFieldSpec;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;

/** Schemas that take more than a line of Pinot's builder. */
final class Schemas {
    private Schemas() {}

    /** One column of type MAP, whose values are texts by the schema and of any kind in truth. */
    static Schema withMap(String column) {
        return new Schema.SchemaBuilder()
                .setSchemaName("t")
                .addComplex(
                        column,
                        DataType.MAP,
                        Map.of(
                                ComplexFieldSpec.KEY_FIELD,
                                new DimensionFieldSpec(ComplexFieldSpec.KEY_FIELD, DataType.STRING, true),
                                ComplexFieldSpec.VALUE_FIELD,
                                new DimensionFieldSpec(ComplexFieldSpec.VALUE_FIELD, DataType.STRING, true)))
                .build();
    }
}
