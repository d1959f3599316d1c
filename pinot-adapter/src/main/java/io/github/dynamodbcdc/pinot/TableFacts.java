package io.github.dynamodbcdc.pinot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pinot.spi.config.table.FieldConfig;
import org.apache.pinot.spi.config.table.IndexingConfig;
import org.apache.pinot.spi.config.table.SegmentsValidationAndRetentionConfig;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.UpsertConfig;
import org.apache.pinot.spi.config.table.ingestion.ComplexTypeConfig;
import org.apache.pinot.spi.config.table.ingestion.FilterConfig;
import org.apache.pinot.spi.config.table.ingestion.IngestionConfig;
import org.apache.pinot.spi.config.table.ingestion.TransformConfig;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a table's schema and configuration that matter to the decoder. Pinot before 1.2 passes neither. Then
 * nothing is known, and every column gets the values that Pinot's own conversions handle best.
 */
final class TableFacts {
    private final @Nullable Schema schema;
    private final UpsertConfig.Mode mode;
    private final Set<String> transformed = new HashSet<>();

    /** Empty if this is no upsert table. */
    final List<String> comparisonColumns;

    final @Nullable String deleteRecordColumn;
    /** The table's own time column, by which Pinot retains and drops segments. */
    final @Nullable String timeColumn;
    /** Whether Pinot builds segments whatever values the time column has. */
    final boolean buildsAnyTime;
    /** How long Pinot retains segments, such as {@code 7 DAYS}; null if it drops none. */
    final @Nullable String retention;
    /** After what difference of the comparison column Pinot forgets a key; 0 if never. */
    final double metadataTimeToLive;
    /** After what difference of the comparison column Pinot forgets a deleted key; 0 if never. */
    final double deletedKeysTimeToLive;
    /** Whether Pinot keeps only the first row of each primary key. */
    final boolean isDedup;
    /** The columns with a JSON index, for which Pinot parses every value. */
    final Set<String> jsonIndexed = new LinkedHashSet<>();
    /** The columns of whose values a built segment keeps no dictionary. */
    final Set<String> noDictionary = new HashSet<>();
    /** The expression that is true for rows that Pinot drops; null if there is none. */
    final @Nullable String filter;
    /** What separates the names of nested attributes in the names of columns; null if Pinot fills no such columns. */
    final @Nullable String delimiter;
    /** The attributes whose parts have columns, which Pinot takes from the value of the whole. */
    final Set<String> wholes = new LinkedHashSet<>();
    /** The paths in fieldsToUnnest: attributes, or parts of them, of whose members Pinot makes rows. */
    final Set<String> unnested = new LinkedHashSet<>();

    /** Whether Pinot makes a text of each list and set that it makes no rows of. */
    final boolean writesListsAsJson;

    private TableFacts(@Nullable Schema schema, @Nullable TableConfig table) {
        this.schema = schema;
        SegmentsValidationAndRetentionConfig segments = table == null ? null : table.getValidationConfig();
        timeColumn = segments == null ? null : segments.getTimeColumnName();
        retention = segments == null ? null : retention(segments);
        isDedup = table != null && table.isDedupEnabled();
        UpsertConfig upsert = table == null ? null : table.getUpsertConfig();
        mode = upsert == null || upsert.getMode() == null ? UpsertConfig.Mode.NONE : upsert.getMode();
        if (upsert == null || mode == UpsertConfig.Mode.NONE) {
            comparisonColumns = List.of();
            deleteRecordColumn = null;
            metadataTimeToLive = 0;
            deletedKeysTimeToLive = 0;
        } else {
            comparisonColumns = comparison(upsert, timeColumn);
            deleteRecordColumn = upsert.getDeleteRecordColumn();
            metadataTimeToLive = upsert.getMetadataTTL();
            deletedKeysTimeToLive = upsert.getDeletedKeysTTL();
        }
        if (schema != null) {
            for (String name : schema.getColumnNames()) {
                FieldSpec column = column(name);
                if (column != null && hasTransform(column)) {
                    transformed.add(name);
                }
            }
        }
        IngestionConfig ingestion = table == null ? null : table.getIngestionConfig();
        buildsAnyTime = ingestion != null && ingestion.isContinueOnError();
        FilterConfig filtered = ingestion == null ? null : ingestion.getFilterConfig();
        filter = filtered == null ? null : filtered.getFilterFunction();
        ComplexTypeConfig nested = ingestion == null ? null : ingestion.getComplexTypeConfig();
        delimiter = delimiter(nested);
        writesListsAsJson = nested != null
                && nested.getCollectionNotUnnestedToJson() == ComplexTypeConfig.CollectionNotUnnestedToJson.ALL;
        if (nested != null && nested.getFieldsToUnnest() != null) {
            unnested.addAll(nested.getFieldsToUnnest());
        }
        for (String column : delimiter == null ? List.<String>of() : columns()) {
            int end = column.indexOf(delimiter);
            if (end > 0) {
                wholes.add(column.substring(0, end));
            }
        }
        if (table != null) {
            addJsonIndexed(table);
            addNoDictionary(table);
        }
        List<TransformConfig> transforms = ingestion == null ? null : ingestion.getTransformConfigs();
        if (transforms != null) {
            for (TransformConfig transform : transforms) {
                transformed.add(transform.getColumnName());
            }
        }
    }

    /** Adds the columns that any of the four places in a table's configuration names. */
    private void addJsonIndexed(TableConfig table) {
        IndexingConfig indexing = table.getIndexingConfig();
        if (indexing != null && indexing.getJsonIndexColumns() != null) {
            jsonIndexed.addAll(indexing.getJsonIndexColumns());
        }
        if (indexing != null && indexing.getJsonIndexConfigs() != null) {
            jsonIndexed.addAll(indexing.getJsonIndexConfigs().keySet());
        }
        List<FieldConfig> fields = table.getFieldConfigList();
        for (FieldConfig field : fields == null ? List.<FieldConfig>of() : fields) {
            if (hasJsonIndex(field) || field.getIndexTypes().contains(FieldConfig.IndexType.JSON)) {
                jsonIndexed.add(field.getName());
            }
        }
    }

    /** Adds the columns that any of the three places in a table's configuration names. */
    private void addNoDictionary(TableConfig table) {
        IndexingConfig indexing = table.getIndexingConfig();
        if (indexing != null && indexing.getNoDictionaryColumns() != null) {
            noDictionary.addAll(indexing.getNoDictionaryColumns());
        }
        if (indexing != null && indexing.getNoDictionaryConfig() != null) {
            noDictionary.addAll(indexing.getNoDictionaryConfig().keySet());
        }
        List<FieldConfig> fields = table.getFieldConfigList();
        for (FieldConfig field : fields == null ? List.<FieldConfig>of() : fields) {
            if (field.getEncodingType() == FieldConfig.EncodingType.RAW) {
                noDictionary.add(field.getName());
            }
        }
    }

    /** Calls methods by name, because Pinot's own jars have relocated Jackson, whose class the indexes are of. */
    private static boolean hasJsonIndex(FieldConfig field) {
        Object indexes = get(field, "getIndexes");
        try {
            Object json = indexes == null
                    ? null
                    : indexes.getClass().getMethod("get", String.class).invoke(indexes, "json");
            return json != null && !json.toString().contains("\"disabled\":true");
        } catch (ReflectiveOperationException otherRelease) {
            return false;
        }
    }

    @SuppressWarnings("deprecation") // Pinot prefers transformConfigs, but still applies it
    private static boolean hasTransform(FieldSpec column) {
        return column.getTransformFunction() != null;
    }

    private static @Nullable String delimiter(@Nullable ComplexTypeConfig nested) {
        String delimiter = nested == null ? "" : nested.getDelimiter();
        if (delimiter == null) {
            return "."; // as in Pinot
        }
        return delimiter.isEmpty() ? null : delimiter;
    }

    private static @Nullable String retention(SegmentsValidationAndRetentionConfig segments) {
        String value = segments.getRetentionTimeValue();
        String unit = segments.getRetentionTimeUnit();
        return value == null || value.isEmpty() || unit == null || unit.isEmpty() ? null : value + " " + unit;
    }

    /** Returns the comparison columns; by default the table's time column, as in Pinot. */
    private static List<String> comparison(UpsertConfig upsert, @Nullable String timeColumn) {
        List<String> columns = upsert.getComparisonColumns();
        if (columns != null && !columns.isEmpty()) {
            return List.copyOf(columns);
        }
        return timeColumn == null ? List.of() : List.of(timeColumn);
    }

    static TableFacts unknown() {
        return new TableFacts(null, null);
    }

    static TableFacts of(TableConfig table, Schema schema) {
        return new TableFacts(schema, table);
    }

    boolean hasSchema() {
        return schema != null;
    }

    /**
     * Returns a column of the schema; null if the schema has no such column, or there is no schema. The column of a
     * timeFieldSpec, which Pinot has replaced by dateTimeFieldSpecs, has its unit as a format.
     */
    @Nullable
    FieldSpec column(String name) {
        if (schema == null) {
            return null;
        }
        try {
            FieldSpec time = schema.getSpecForTimeColumn(name);
            return time == null ? schema.getFieldSpecFor(name) : time;
        } catch (IllegalStateException twoPatterns) { // which Pinot cannot convert
            return schema.getFieldSpecFor(name);
        }
    }

    /** Returns the names of the schema's columns that rows contain, in order. */
    List<String> columns() {
        List<String> names = new ArrayList<>();
        if (schema != null) {
            for (String name : schema.getColumnNames()) {
                FieldSpec column = schema.getFieldSpecFor(name);
                if (column != null && !column.isVirtualColumn()) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /**
     * Returns whether Pinot removes the trailing zeros of a column's decimals. Pinot before 1.4 never does, and has no
     * setting for it.
     */
    boolean stripsTrailingZeros(String name) {
        FieldSpec column = column(name);
        if (column == null || !holdsDecimals(name)) {
            return false;
        }
        try {
            return !column.isAllowTrailingZeros();
        } catch (NoSuchMethodError olderPinot) {
            return false;
        }
    }

    /**
     * Returns the length beyond which Pinot does not store a value of a column as it is; the largest int if there is no
     * limit. Pinot before 1.4 has no method that applies the defaults.
     */
    static int maxLength(FieldSpec column) {
        DataType type = column.getDataType();
        if (type != DataType.STRING && type != DataType.JSON && type != DataType.BYTES) {
            return Integer.MAX_VALUE;
        }
        if (strategy(column).equals("NO_ACTION")) {
            return Integer.MAX_VALUE;
        }
        Object length = get(column, "getEffectiveMaxLength", "getMaxLength");
        return length instanceof Number ? ((Number) length).intValue() : Integer.MAX_VALUE;
    }

    /** Returns whether Pinot stores the beginning of a value that is too long. */
    static boolean isCut(FieldSpec column) {
        return maxLength(column) < Integer.MAX_VALUE && strategy(column).equals("TRIM_LENGTH");
    }

    /** Returns what Pinot does with a value that is too long for a column of texts or bytes. */
    private static String strategy(FieldSpec column) {
        Object strategy = get(column, "getEffectiveMaxLengthExceedStrategy", "getMaxLengthExceedStrategy");
        String byDefault = column.getDataType() == DataType.STRING ? "TRIM_LENGTH" : "NO_ACTION";
        return strategy == null ? byDefault : strategy.toString();
    }

    /**
     * Returns what the first getter of these that exists returns; null if none does. Calls them by name, because the
     * methods and their types differ between releases of Pinot.
     */
    private static @Nullable Object get(Object settings, String... getters) {
        for (String getter : getters) {
            try {
                return settings.getClass().getMethod(getter).invoke(settings);
            } catch (ReflectiveOperationException otherRelease) {
                // The next one may exist.
            }
        }
        return null;
    }

    /** Returns whether a column is of type BIG_DECIMAL. */
    boolean holdsDecimals(String name) {
        FieldSpec column = column(name);
        return column != null && column.getDataType() == DataType.BIG_DECIMAL;
    }

    List<String> primaryKeyColumns() {
        List<String> columns = schema == null ? null : schema.getPrimaryKeyColumns();
        return columns == null ? List.of() : columns;
    }

    boolean isTransformed(String column) {
        return transformed.contains(column);
    }

    boolean isUpsert() {
        return mode != UpsertConfig.Mode.NONE;
    }

    /** Returns whether rows with the same primary key are one, so that a part of a key would mix up items. */
    boolean mergesRows() {
        return isUpsert() || isDedup;
    }

    boolean isPartialUpsert() {
        return mode == UpsertConfig.Mode.PARTIAL;
    }
}
