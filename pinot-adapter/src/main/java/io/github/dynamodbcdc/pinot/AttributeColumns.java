package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.jspecify.annotations.Nullable;

/**
 * Fills the columns of a row that come from attributes, by a plan that is made once. A row may read several items, and
 * the first that has an attribute wins: Keys before an image. Not thread-safe, because it reuses its cells for each
 * row.
 */
final class AttributeColumns {
    private final String prefix;
    private final boolean everything;
    private final AttributeNames names;
    private final String[] columns;
    /** Null for a name whose column is not filled from the attribute. */
    private final @Nullable Conversion[] conversions;
    /**
     * For a name without a conversion, the warning that the attribute exists. For any other name, the warning that a
     * REMOVE proceeded without the value; null where a REMOVE must fail instead.
     */
    private final @Nullable SampledWarning[] warnings;

    private final boolean[] emitted;
    private final boolean[] primaryKey;

    private final @Nullable Object[] cells;
    private final boolean[] filled;
    private boolean deletes;

    private AttributeColumns(Builder from) {
        prefix = from.prefix;
        everything = from.everything;
        int size = from.attributes.size();
        names = AttributeNames.of(from.attributes.toArray(new String[0]));
        columns = from.attributes.stream().map(name -> prefix + name).toArray(String[]::new);
        conversions = from.conversions.toArray(new @Nullable Conversion[0]);
        warnings = from.warnings.toArray(new @Nullable SampledWarning[0]);
        emitted = new boolean[size];
        primaryKey = new boolean[size];
        for (int i = 0; i < size; i++) {
            emitted[i] = from.emitted.get(i);
            primaryKey[i] = from.primaryKey.contains(columns[i]);
        }
        cells = new @Nullable Object[size];
        filled = new boolean[size];
    }

    /**
     * Clears the values of the previous row.
     *
     * @param deletes whether the next row is a delete, which a value that does not fit must not prevent
     */
    void begin(boolean deletes) {
        this.deletes = deletes;
        Arrays.fill(cells, null);
        Arrays.fill(filled, false);
    }

    /**
     * Fills the columns that an earlier item of the row did not fill.
     *
     * @param before the item that was read earlier for this row; null if there was none
     * @param row receives the attributes without a planned column, where all attributes are wanted
     * @return the number of attributes that are columns of the primary key
     */
    int read(Item item, @Nullable Item before, GenericRow row) {
        AttributeReader reader = item.reader();
        return everything ? readAll(reader, before, row) : readPlanned(reader);
    }

    private int readPlanned(AttributeReader reader) {
        int keys = 0;
        for (int i = reader.next(names); i >= 0; i = reader.next(names)) {
            keys += read(i, reader);
        }
        return keys;
    }

    private int readAll(AttributeReader reader, @Nullable Item before, GenericRow row) {
        int keys = 0;
        while (reader.next()) {
            int i = reader.select(names);
            if (i >= 0) {
                keys += read(i, reader);
            } else {
                putUnplanned(reader, before, row);
            }
        }
        return keys;
    }

    /** Returns 1 if the attribute is a column of the primary key, otherwise 0. */
    private int read(int i, AttributeReader reader) {
        if (!filled[i]) {
            filled[i] = true;
            fill(i, reader);
        }
        return primaryKey[i] ? 1 : 0;
    }

    private void fill(int i, AttributeReader reader) {
        Conversion conversion = conversions[i];
        SampledWarning warning = warnings[i];
        if (conversion != null) {
            try {
                cells[i] = conversion.of(reader);
                return;
            } catch (RowException e) {
                if (!deletes || warning == null) {
                    throw e;
                }
            }
        }
        if (warning != null) {
            warning.occurred();
        }
    }

    private void putUnplanned(AttributeReader reader, @Nullable Item before, GenericRow row) {
        String name = reader.name();
        if (before == null || !before.contains(name)) {
            row.putValue(prefix + name, Conversions.PLAIN.of(reader));
        }
    }

    /** Puts every planned column into the row, with null where no item filled it. */
    void put(GenericRow row) {
        for (int i = 0; i < columns.length; i++) {
            if (emitted[i]) {
                row.putValue(columns[i], cells[i]);
            }
        }
    }

    /** Collects the plan. */
    static final class Builder {
        private final String prefix;
        private final boolean everything;
        private final List<String> primaryKey;
        private final List<String> attributes = new ArrayList<>();
        private final List<@Nullable Conversion> conversions = new ArrayList<>();
        private final List<@Nullable SampledWarning> warnings = new ArrayList<>();
        private final List<Boolean> emitted = new ArrayList<>();

        /**
         * @param prefix the prefix of column names before the attribute's name
         * @param everything whether attributes that are not added become columns too
         */
        Builder(String prefix, boolean everything, List<String> primaryKey) {
            this.prefix = prefix;
            this.everything = everything;
            this.primaryKey = primaryKey;
        }

        /**
         * Adds a column that is filled from the attribute.
         *
         * @param expendable the warning for a REMOVE that proceeds without a value that does not fit; null if such a
         *     REMOVE must fail
         */
        void add(String attribute, Conversion conversion, @Nullable SampledWarning expendable) {
            add(attribute, conversion, expendable, true);
        }

        /** Adds a column that stays null, for its transform or for Pinot, even when an attribute has its name. */
        void addUnfilled(String attribute, SampledWarning warning) {
            add(attribute, null, warning, true);
        }

        /** Adds an attribute that is left out, because its column is filled from another source or reserved. */
        void addHidden(String attribute, SampledWarning warning) {
            add(attribute, null, warning, false);
        }

        private void add(
                String attribute, @Nullable Conversion conversion, @Nullable SampledWarning warning, boolean emit) {
            attributes.add(attribute);
            conversions.add(conversion);
            warnings.add(warning);
            emitted.add(emit);
        }

        AttributeColumns build() {
            return new AttributeColumns(this);
        }
    }
}
