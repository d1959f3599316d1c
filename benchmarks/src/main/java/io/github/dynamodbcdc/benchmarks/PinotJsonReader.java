package io.github.dynamodbcdc.benchmarks;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.readers.BaseRecordExtractor;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.data.readers.RecordExtractorConfig;
import org.apache.pinot.spi.utils.JsonUtils;
import org.jspecify.annotations.Nullable;

/**
 * Pinot without an adapter. Its JSON decoder reads the record as a map, its extractor converts the fields that the
 * table reads, {@code eventName} and {@code dynamodb}, and transforms extract columns from {@code dynamodb} by paths
 * such as {@code $.NewImage.amount.N}. Pinot then converts the resulting texts to the columns' types.
 *
 * <p>Decoder and extractor are built from the parts in Pinot's SPI ({@link JsonExtractor}). Map look-ups replace the
 * transforms; they cost less than the JsonPath that Pinot evaluates for each column. Keys are not read, because every
 * image contains them.
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
        for (PinotTable.Column column : PinotTable.ATTRIBUTES) {
            row.putValue(column.name(), value(image, column));
        }
        return row;
    }

    private static @Nullable Object value(@Nullable Map<?, ?> image, PinotTable.Column column) {
        Map<?, ?> attributeValue = image == null ? null : (Map<?, ?>) image.get(column.name());
        String text = attributeValue == null ? null : (String) attributeValue.get(column.typeDescriptor());
        return text == null || column.type() == DataType.STRING
                ? text
                : column.type().convert(text);
    }

    /**
     * Does the work of Pinot's JSON record extractor: passes each field that a table reads through the conversion of
     * Pinot's base class and puts it into the row. A copy, because the plug-in's release for this version of Pinot is
     * not available as a dependency; the conversion, which takes most of the time, is Pinot's own.
     */
    private static final class JsonExtractor extends BaseRecordExtractor<Map<String, Object>> {
        private static final long serialVersionUID = 1;

        private String[] fields = {};

        /**
         * @param fields not null, which would mean all fields
         * @param recordExtractorConfig not used for JSON
         */
        @Override
        public void init(@Nullable Set<String> fields, @Nullable RecordExtractorConfig recordExtractorConfig) {
            this.fields = Objects.requireNonNull(fields).toArray(new String[0]);
        }

        @Override
        public GenericRow extract(Map<String, Object> from, GenericRow to) {
            for (String field : fields) {
                Object value = from.get(field);
                to.putValue(field, value == null ? null : convert(value));
            }
            return to;
        }
    }
}
