package io.github.dynamodbcdc.benchmarks;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.utils.JsonUtils;
import org.jspecify.annotations.Nullable;

/**
 * Pinot without an adapter: its JSON decoder reads the record as a map, its extractor converts the fields that the
 * table reads, {@code eventName} and {@code dynamodb}, and transforms take columns out of the latter by paths such as
 * {@code $.NewImage.amount.N}, whose texts Pinot then converts to the columns' types. Decoder and extractor are rebuilt
 * of the parts that Pinot's SPI has ({@link JsonExtractor}). In place of the transforms stand look-ups in the maps,
 * which cost less than the JsonPath that Pinot evaluates for each column. Keys are not looked at: every image has them.
 */
final class PinotJsonReader implements RowReader {
    private static final String CHANGE = "dynamodb";

    private final JsonExtractor extractor = new JsonExtractor();
    private final GenericRow row = new GenericRow();

    PinotJsonReader() {
        extractor.init(Set.of(PinotTable.EVENT_NAME, CHANGE), null);
    }

    @Override
    public GenericRow row(byte[] record) throws IOException {
        row.clear();
        extractor.extract(JsonUtils.bytesToMap(record, 0, record.length), row);
        Map<?, ?> change = (Map<?, ?>) row.getValue(CHANGE);
        row.putValue(PinotTable.CREATION_TIME, change.get(PinotTable.CREATION_TIME));
        Map<?, ?> image = (Map<?, ?>) change.get("NewImage");
        for (PinotColumn column : PinotTable.ATTRIBUTES) {
            row.putValue(column.name(), value(image, column));
        }
        return row;
    }

    private static @Nullable Object value(@Nullable Map<?, ?> image, PinotColumn column) {
        Map<?, ?> attributeValue = image == null ? null : (Map<?, ?>) image.get(column.name());
        String text = attributeValue == null ? null : (String) attributeValue.get(column.typeDescriptor());
        return text == null || column.type() == DataType.STRING
                ? text
                : column.type().convert(text);
    }
}
