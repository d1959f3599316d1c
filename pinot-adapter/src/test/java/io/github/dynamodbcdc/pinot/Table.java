package io.github.dynamodbcdc.pinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fixture.Change;
import fixture.Columns;
import fixture.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pinot.spi.config.table.DedupConfig;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.config.table.UpsertConfig;
import org.apache.pinot.spi.config.table.ingestion.ComplexTypeConfig;
import org.apache.pinot.spi.config.table.ingestion.FilterConfig;
import org.apache.pinot.spi.config.table.ingestion.IngestionConfig;
import org.apache.pinot.spi.config.table.ingestion.TransformConfig;
import org.apache.pinot.spi.data.DateTimeFieldSpec;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;
import org.jspecify.annotations.Nullable;

/** A Pinot table as a test describes it, and the rows that the decoder makes for it. */
final class Table {
    final RecordingLogger log = new RecordingLogger();
    private final Schema schema = new Schema();
    private final Map<String, String> properties = new HashMap<>();
    private final List<TransformConfig> transforms = new ArrayList<>();
    private @Nullable UpsertConfig upsert;
    private @Nullable String timeColumn;
    private @Nullable String filter;
    private @Nullable String delimiter;
    private @Nullable String unnested;
    private boolean listsAsJson;
    private boolean continueOnError;
    private boolean dedup;
    private final List<String> noDictionary = new ArrayList<>();
    private final List<String> jsonIndexed = new ArrayList<>();
    private String retentionUnit = "";
    private String retentionValue = "";
    private @Nullable Set<String> fieldsToRead;
    private @Nullable DynamoDbMessageDecoder decoder;

    static Table with(String column, DataType type) {
        return new Table().and(column, type);
    }

    Table and(String column, DataType type) {
        schema.addField(type == DataType.MAP ? Columns.map(column) : new DimensionFieldSpec(column, type, true));
        return this;
    }

    Table and(FieldSpec column) {
        schema.addField(column);
        return this;
    }

    Table multiValue(String column, DataType type) {
        schema.addField(new DimensionFieldSpec(column, type, false));
        return this;
    }

    Table dateTime(String column, DataType type, String format) {
        schema.addField(new DateTimeFieldSpec(column, type, format, "1:MILLISECONDS"));
        return this;
    }

    Table primaryKey(String... columns) {
        schema.setPrimaryKeyColumns(List.of(columns));
        return this;
    }

    Table property(String key, String value) {
        properties.put("dynamodb." + key, value);
        return this;
    }

    Table transform(String column, String function) {
        transforms.add(new TransformConfig(column, function));
        return this;
    }

    Table timeColumn(String column) {
        timeColumn = column;
        return this;
    }

    Table upsert(UpsertConfig.Mode mode, @Nullable String deleteRecordColumn, String... comparisonColumns) {
        upsert = new UpsertConfig(mode);
        upsert.setDeleteRecordColumn(deleteRecordColumn);
        if (comparisonColumns.length > 0) {
            upsert.setComparisonColumns(List.of(comparisonColumns));
        }
        return this;
    }

    /** Sets the two times after which Pinot forgets keys, in a table with upsert. */
    Table timeToLive(double metadata, double deletedKeys) {
        Objects.requireNonNull(upsert).setMetadataTTL(metadata);
        upsert.setDeletedKeysTTL(deletedKeys);
        return this;
    }

    Table retention(String value, String unit) {
        retentionValue = value;
        retentionUnit = unit;
        return this;
    }

    Table dedup() {
        dedup = true;
        return this;
    }

    Table filter(String function) {
        filter = function;
        return this;
    }

    Table delimiter(String text) {
        delimiter = text;
        return this;
    }

    Table listsAsJson() {
        listsAsJson = true;
        return this;
    }

    Table continueOnError() {
        continueOnError = true;
        return this;
    }

    Table noDictionary(String column) {
        noDictionary.add(column);
        return this;
    }

    Table jsonIndex(String column) {
        jsonIndexed.add(column);
        return this;
    }

    Table fieldsToUnnest(String field) {
        unnested = field;
        return this;
    }

    Table fieldsToRead(@Nullable String... fields) {
        fieldsToRead = new LinkedHashSet<>(Arrays.asList(fields));
        return this;
    }

    Table everyField() {
        fieldsToRead = Set.of();
        return this;
    }

    Table init() {
        TableConfigBuilder builder = new TableConfigBuilder(TableType.REALTIME).setTableName("orders");
        if (timeColumn != null) {
            builder.setTimeColumnName(timeColumn);
        }
        if (upsert != null) {
            builder.setUpsertConfig(upsert);
        }
        if (dedup) {
            builder.setDedupConfig(new DedupConfig());
        }
        if (!retentionValue.isEmpty()) {
            builder.setRetentionTimeValue(retentionValue);
        }
        if (!retentionUnit.isEmpty()) {
            builder.setRetentionTimeUnit(retentionUnit);
        }
        TableConfig table = builder.setJsonIndexColumns(jsonIndexed)
                .setNoDictionaryColumns(noDictionary)
                .build();
        IngestionConfig ingestion = new IngestionConfig();
        ingestion.setTransformConfigs(transforms);
        ingestion.setContinueOnError(continueOnError);
        if (filter != null) {
            ingestion.setFilterConfig(new FilterConfig(filter));
        }
        if (delimiter != null || unnested != null || listsAsJson) {
            List<String> fields = unnested == null ? null : List.of(unnested);
            ingestion.setComplexTypeConfig(new ComplexTypeConfig(
                    fields, delimiter, listsAsJson ? ComplexTypeConfig.CollectionNotUnnestedToJson.ALL : null, null));
        }
        table.setIngestionConfig(ingestion);
        DynamoDbMessageDecoder made = new DynamoDbMessageDecoder(log.logger);
        Set<String> fields = fieldsToRead == null ? schema.getColumnNames() : fieldsToRead;
        made.init(fields, new StreamConfig("orders_REALTIME", Streams.kinesis(properties)), table, schema);
        decoder = made;
        return this;
    }

    /** Returns the row of an event, which must not be skipped. */
    Map<String, Object> row(String event) {
        Map<String, Object> row = outcome(event);
        assertThat(row).doesNotContainKey(GenericRow.SKIP_RECORD_KEY);
        return row;
    }

    boolean skips(String event) {
        return Boolean.TRUE.equals(outcome(event).get(GenericRow.SKIP_RECORD_KEY));
    }

    /** Returns whether the part of the array from this offset is skipped. */
    boolean skips(byte[] payload, int offset) {
        GenericRow row = new GenericRow();
        Objects.requireNonNull(decoder).decode(payload, offset, payload.length - offset, row);
        return Boolean.TRUE.equals(row.getValue(GenericRow.SKIP_RECORD_KEY));
    }

    private Map<String, Object> outcome(String event) {
        if (decoder == null) {
            init();
        }
        GenericRow row = new GenericRow();
        assertThat(Objects.requireNonNull(decoder).decode(event.getBytes(UTF_8), row))
                .isSameAs(row);
        return row.getFieldToValueMap();
    }

    /** Returns the value of the column {@code v} for an attribute {@code v}. */
    @Nullable
    Object value(String attributeValue) {
        return row(Change.insert("\"v\":" + attributeValue)).get("v");
    }
}
