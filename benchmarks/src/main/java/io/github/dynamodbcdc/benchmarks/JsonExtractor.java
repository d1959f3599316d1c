package io.github.dynamodbcdc.benchmarks;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pinot.spi.data.readers.BaseRecordExtractor;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.data.readers.RecordExtractorConfig;
import org.jspecify.annotations.Nullable;

/**
 * What the extractor of Pinot's JSON plug-in does with the fields that a table reads: each one through the conversion
 * of Pinot's base class, into the row. Rebuilt, because the plug-in's release that goes with this one of Pinot cannot
 * be had as a dependency; the conversion, where the time goes, is Pinot's own.
 */
final class JsonExtractor extends BaseRecordExtractor<Map<String, Object>> {
    private static final long serialVersionUID = 1;

    private String[] fields = {};

    /**
     * @param fields not null, by which Pinot means all
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
