package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.StreamViewType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Decides once, from the configuration, what fills each column of a row: a transform of Pinot, the event itself, or an
 * attribute through a conversion.
 */
final class RowPlanner {
    private final DecoderOptions options;
    private final TableFacts table;
    private final Logger log;
    /** Whether attributes without a planned column become columns too. */
    private final boolean everything;

    private final Set<String> wanted = new LinkedHashSet<>();
    private final Map<String, EnvelopeColumn> envelope = new LinkedHashMap<>();
    private final AttributeColumns.Builder attributes;
    private final AttributeColumns.@Nullable Builder oldAttributes;
    private final List<String> transformed = new ArrayList<>();
    private final SampledWarning controlField;

    /** @param fieldsToRead the fields that Pinot wants in a row; null or empty for all */
    RowPlanner(DecoderOptions options, TableFacts table, @Nullable Collection<String> fieldsToRead, Logger log) {
        this.options = options;
        this.table = table;
        this.log = log;
        everything = fieldsToRead == null || fieldsToRead.isEmpty();
        if (fieldsToRead == null || fieldsToRead.isEmpty()) {
            wanted.addAll(table.columns());
        } else {
            wanted.addAll(fieldsToRead);
            wanted.removeIf(Objects::isNull); // of a transform without a column, which Pinot ignores
        }
        controlField = ControlFields.warning(log);
        attributes = new AttributeColumns.Builder("", everything, table.primaryKeyColumns());
        oldAttributes = options.oldImagePrefix == null
                ? null
                : new AttributeColumns.Builder(options.oldImagePrefix, everything, List.of());
    }

    /**
     * Returns a decoder of rows.
     *
     * @throws IllegalArgumentException if the configuration cannot work; the message says what to change
     */
    RowDecoder plan() {
        planNamedColumns();
        wantColumnsWithDelimiter();
        if (everything) {
            wanted.add(options.envelopePrefix + EnvelopeField.EVENT_NAME);
            wanted.add(options.envelopePrefix + EnvelopeField.CREATION_TIME);
        }
        if (everything && !table.hasSchema()) {
            wanted.addAll(options.columnUnits.keySet());
        }
        new TimeColumnCheck(options, table).check();
        wanted.forEach(this::plan);
        envelope.keySet().forEach(this::hide);
        hideControlFields();
        checkUnits();
        logTimeUnit();
        adviseOnTrailingZeros();
        new TableAdvice(options, table, envelope, log).give();
        return new RowDecoder(
                options,
                table,
                decoder().newSession(),
                attributes.build(),
                oldAttributes == null ? null : oldAttributes.build(),
                new ArrayList<>(envelope.values()),
                keyCheck(),
                log);
    }

    /**
     * Plans the columns of {@code timeColumnName} and {@code deleteColumnName}, which are emitted whatever else the
     * schema says about them.
     */
    private void planNamedColumns() {
        String time = options.timeColumn;
        if (time != null && isThere(DecoderKeys.TIME_COLUMN, time)) {
            requireOwnColumn(DecoderKeys.TIME_COLUMN, time, "a TIMESTAMP or LONG column");
            boolean isNeverNull = options.snapshotTime != null || table.comparisonColumns.contains(time);
            adviseOnTransform(DecoderKeys.TIME_COLUMN, time, isNeverNull);
            envelope.put(time, timeColumn(time));
        }
        String delete = options.deleteColumn;
        if (delete != null && isThere(DecoderKeys.DELETE_COLUMN, delete)) {
            requireOwnColumn(DecoderKeys.DELETE_COLUMN, delete, "a BOOLEAN column");
            adviseOnTransform(DecoderKeys.DELETE_COLUMN, delete, true);
            envelope.put(delete, EnvelopeColumn.delete(delete, table.column(delete)));
        }
    }

    /** Says that the property wins over the column's transform, which wins over an attribute or another field. */
    private void adviseOnTransform(String key, String column, boolean isNeverNull) {
        if (table.isTransformed(column)) {
            log.info(
                    "column {} is filled by {}, so Pinot {}: remove one of the two",
                    Quoted.of(column),
                    key,
                    isNeverNull ? "ignores its transform" : "applies its transform only to events without a time");
        }
    }

    /**
     * Refuses to replace the item's key, which would make one row of many items, or many rows of one, and to fill a
     * field by which Pinot controls rows.
     */
    private void requireOwnColumn(String key, String column, String advice) {
        if (ControlFields.NAMES.contains(column)) {
            throw new IllegalArgumentException(
                    key + " names a field by which Pinot controls rows: add " + advice + " for it");
        }
        if (table.primaryKeyColumns().contains(column)) {
            throw new IllegalArgumentException(key + " names a column of the primary key: add " + advice + " for it");
        }
        if (key.equals(DecoderKeys.DELETE_COLUMN) && column.equals(table.timeColumn)) {
            throw new IllegalArgumentException(key + " names the time column of the table: add " + advice + " for it");
        }
    }

    private boolean isThere(String key, String column) {
        boolean there = wanted.contains(column) || table.column(column) != null || (everything && !table.hasSchema());
        if (!there) {
            log.warn("{} names the column {}, which the table does not have: it is ignored", key, Quoted.of(column));
        }
        return there;
    }

    /**
     * Adds the columns that the event or OldImage fills by a prefix, and for which Pinot does not ask because their
     * names contain the delimiter of nested attributes. Pinot asks for the part of the name before it, and fills the
     * column from an M with that name.
     */
    private void wantColumnsWithDelimiter() {
        if (table.delimiter == null) {
            return;
        }
        String oldPrefix = options.oldImagePrefix;
        for (String column : table.columns()) {
            int end = column.indexOf(table.delimiter);
            // If the delimiter comes after the prefix, Pinot asks for an attribute such as old_m, an M of OldImage.
            boolean isOldAlone = oldPrefix != null && options.isOld(column) && end <= oldPrefix.length();
            boolean isLeft = table.isTransformed(column) && !options.keepTransformed;
            if (end >= 0 && !isLeft && (isOldAlone || options.field(column) != null)) {
                wanted.add(column);
            }
        }
    }

    private void plan(String column) {
        if (envelope.containsKey(column)) {
            return;
        }
        if (ControlFields.NAMES.contains(column)) {
            attributesOf(column).addUnfilled(attributeOf(column), controlField);
            return;
        }
        if (table.isTransformed(column) && !options.keepTransformed) {
            transformed.add(column);
            attributesOf(column).addUnfilled(attributeOf(column), transformWarning(column));
            return;
        }
        EnvelopeField field = options.field(column);
        if (field == null) {
            refuseOldKey(column);
            ColumnPolicy policy = policy(column);
            attributesOf(column).add(attributeOf(column), conversion(column, policy), policy.expendable);
        } else if (field.kind == EnvelopeField.Kind.TIME) {
            envelope.put(column, timeColumn(column));
        } else if (field.kind == EnvelopeField.Kind.SEQUENCE && table.comparisonColumns.contains(column)) {
            envelope.put(
                    column,
                    EnvelopeColumn.comparedSequence(
                            field, column, table.column(column), policy(column), lengthCheck(column)));
        } else {
            envelope.put(
                    column,
                    EnvelopeColumn.of(field, column, table.column(column), policy(column), lengthCheck(column)));
        }
    }

    /**
     * Refuses to fill the item's key from OldImage. Most events have none, and would share the row of Pinot's default
     * value.
     */
    private void refuseOldKey(String column) {
        if (options.isOld(column) && table.primaryKeyColumns().contains(column) && !table.isTransformed(column)) {
            throw new IllegalArgumentException(DecoderKeys.OLD_IMAGE_PREFIX
                    + " begins the name of the primary-key column " + Quoted.of(column)
                    + ", which OldImage would then fill: use another prefix");
        }
    }

    private AttributeColumns.Builder attributesOf(String column) {
        return oldAttributes != null && options.isOld(column) ? oldAttributes : attributes;
    }

    private String attributeOf(String column) {
        return options.oldImagePrefix != null && options.isOld(column)
                ? column.substring(options.oldImagePrefix.length())
                : column;
    }

    private SampledWarning transformWarning(String column) {
        return SampledWarning.once(
                log,
                "column " + Quoted.of(column)
                        + " is left to its transform, although an attribute has its name; to use the"
                        + " attribute, set " + DecoderKeys.TRANSFORMED_COLUMNS + "=KEEP");
    }

    /** Hides an attribute that has the name of a column which the event itself fills. */
    private void hide(String column) {
        AttributeColumns.Builder builder = attributesOf(column);
        String advice = EnvelopeField.named(column) == null
                ? "; give the column another name"
                : "; to use the attribute, set " + DecoderKeys.ENVELOPE_PREFIX;
        builder.addHidden(
                attributeOf(column),
                SampledWarning.once(
                        log,
                        "column " + Quoted.of(column)
                                + " is filled from the event itself, although an attribute has its name" + advice));
    }

    /** Hides the attributes with the names of such fields, where an attribute needs no planned column. */
    private void hideControlFields() {
        if (everything) {
            for (String field : ControlFields.NAMES) {
                hideControlField(field, attributes, "");
                if (oldAttributes != null && options.oldImagePrefix != null) {
                    hideControlField(field, oldAttributes, options.oldImagePrefix);
                }
            }
        }
    }

    private void hideControlField(String field, AttributeColumns.Builder builder, String prefix) {
        boolean planned = wanted.contains(field) && attributesOf(field) == builder;
        if (field.startsWith(prefix) && !planned) {
            builder.addHidden(field.substring(prefix.length()), controlField);
        }
    }

    private Conversion conversion(String column, ColumnPolicy policy) {
        FieldSpec spec = table.column(column);
        TimeUnit unit = options.columnUnits.get(column);
        boolean isUnnested = table.unnested.contains(column);
        if (spec == null) {
            Conversion any = table.wholes.contains(column) ? Conversions.forParts() : Conversions.PLAIN;
            Conversion single = unit == null ? any : new TimestampConversion(unit, policy);
            return isUnnested ? Conversions.unnested(null, single) : single;
        }
        DataType type = spec.getDataType();
        if (!spec.isSingleValueField() && (type == DataType.BIG_DECIMAL || type == DataType.BYTES)) {
            log.warn(
                    "column {}: Pinot 1.5 stores no multi-value {} and drops the rows; use STRING",
                    Quoted.of(column),
                    type);
        }
        if (type == DataType.MAP) {
            log.warn(
                    "column {}: Pinot 1.5 builds no segment whose rows all lack a member in a MAP column; use JSON if"
                            + " items may lack the attribute",
                    Quoted.of(column));
        }
        LengthCheck length = lengthCheck(column);
        boolean isJsonKey = type == DataType.JSON && isMergedBy(column);
        Conversion any = isJsonKey
                ? Conversions.jsonKey(length)
                : Conversions.single(spec, unit, policy, length, table.wholes.contains(column));
        boolean isTime = column.equals(table.timeColumn) && !table.buildsAnyTime;
        Conversion single = isTime ? Conversions.inFormat(spec, any, policy) : any;
        Conversion whole = spec.isSingleValueField() ? single : new MultiValueConversion(single, policy);
        // The members of a key are what its own conversion makes of them, so that each is checked.
        return isUnnested ? Conversions.unnested(isJsonKey ? DataType.STRING : type, whole) : whole;
    }

    /**
     * Returns whether any value other than that of the event, including null, would change the row's identity or order.
     */
    private boolean isExact(String column) {
        return table.primaryKeyColumns().contains(column)
                || table.comparisonColumns.contains(column)
                || column.equals(table.timeColumn);
    }

    /** Returns whether a column identifies the row of an item, so that a part of its value is that of another item. */
    private boolean isMergedBy(String column) {
        return table.mergesRows() && table.primaryKeyColumns().contains(column);
    }

    /** Returns the check for a column of which a part of a value would change the row's identity or order; or null. */
    private @Nullable LengthCheck lengthCheck(String column) {
        FieldSpec spec = table.column(column);
        boolean isKey = isMergedBy(column);
        boolean orders = table.comparisonColumns.contains(column) || column.equals(table.timeColumn);
        return spec != null && (isKey || orders) ? LengthCheck.of(spec, isKey) : null;
    }

    /** Returns what happens to a value, of an attribute or of the event itself, that does not fit the column. */
    private ColumnPolicy policy(String column) {
        return new ColumnPolicy(column, table.column(column), isExact(column), options, log);
    }

    private EnvelopeColumn timeColumn(String column) {
        TimeUnit byDefault = table.hasSchema() ? TimeUnit.MICROSECONDS : TimeUnit.MILLISECONDS;
        TimeUnit unit = options.timeUnit == null ? byDefault : options.timeUnit;
        ColumnPolicy policy = policy(column);
        ChangeTime time = ChangeTime.in(column, table.column(column), unit, policy);
        LengthCheck length = lengthCheck(column);
        if (length != null) {
            length.requireTime(time.textLength());
        }
        return EnvelopeColumn.time(column, time, policy, length);
    }

    private void checkUnits() {
        for (String column : options.columnUnits.keySet()) {
            FieldSpec spec = table.column(column);
            boolean timestamp = spec == null ? !table.hasSchema() : spec.getDataType() == DataType.TIMESTAMP;
            if (timestamp && !wanted.contains(column)) {
                throw new IllegalArgumentException(DecoderKeys.unitOf(Quoted.of(column))
                        + " is for a column that an attribute fills, and Pinot asks for no attribute of this name");
            }
            if (!timestamp || envelope.containsKey(column) || transformed.contains(column)) {
                throw new IllegalArgumentException(DecoderKeys.unitOf(Quoted.of(column))
                        + " is for a TIMESTAMP column that an attribute fills, and the schema has no such column");
            }
        }
    }

    private void logTimeUnit() {
        boolean used = false;
        for (EnvelopeColumn column : envelope.values()) {
            ChangeTime time = column.time();
            if (time != null && time.isPlain) {
                used = true;
                log.info(
                        "column {} holds the time of the change in {}; {} sets the unit",
                        Quoted.of(column.name),
                        time,
                        DecoderKeys.TIME_UNIT);
            }
        }
        if (options.timeUnit != null && !used) {
            log.warn(
                    "{} has no effect: no plain number column holds the time of the change, and other columns have"
                            + " their own unit",
                    DecoderKeys.TIME_UNIT);
        }
    }

    /**
     * Names the columns in which 1.10 may become 1.1: the same number, and therefore no warning. Includes columns that
     * the decoder does not fill, because Pinot strips the zeros of the values of transforms too. Leaves out what the
     * event itself fills, because that is integral.
     */
    private void adviseOnTrailingZeros() {
        for (String column : table.columns()) {
            if (envelope.containsKey(column) || !table.holdsDecimals(column)) {
                continue;
            }
            if (table.stripsTrailingZeros(column)) {
                log.info(
                        "column {}: Pinot strips trailing zeros, so 1.10 becomes 1.1; \"allowTrailingZeros\": true in"
                                + " the schema and noDictionaryColumns keep them",
                        Quoted.of(column));
            } else if (!table.noDictionary.contains(column)) {
                log.info(
                        "column {}: Pinot's dictionary makes 1.10 and 1.1 one value, with the zeros of either; name the"
                                + " column in noDictionaryColumns to keep both",
                        Quoted.of(column));
            }
        }
    }

    /**
     * Leaves out images that no column needs. It does not leave out attributes: skipping them with the cursor is as
     * fast as a projection on wide items, and up to a fifth faster on others.
     */
    private ChangeEventDecoder decoder() {
        ChangeEventDecoder.Builder builder = options.builder();
        boolean newImage = options.image == DecoderOptions.Image.NEW;
        boolean oldImage = options.image == DecoderOptions.Image.OLD
                || oldAttributes != null
                || (newImage && options.fillFromOldImage);
        if (newImage) {
            builder.images(oldImage ? StreamViewType.NEW_AND_OLD_IMAGES : StreamViewType.NEW_IMAGE);
        } else {
            builder.images(oldImage ? StreamViewType.OLD_IMAGE : StreamViewType.KEYS_ONLY);
        }
        return builder.build();
    }

    private KeyCheck keyCheck() {
        List<String> primaryKey = table.primaryKeyColumns();
        List<String> required = new ArrayList<>(primaryKey);
        required.removeAll(transformed);
        boolean comparable = required.size() == primaryKey.size();
        int fromAttributes = (int) primaryKey.stream()
                .filter(column -> !envelope.containsKey(column))
                .count();
        return new KeyCheck(primaryKey, required, comparable ? fromAttributes : -1, options.onMissingPrimaryKey, log);
    }
}
