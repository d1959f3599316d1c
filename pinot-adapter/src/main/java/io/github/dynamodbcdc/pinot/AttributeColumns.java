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
 * The columns of a row that are filled from attributes, by the plan that was made of them once. Of several items that are
 * read for one row the first wins: Keys before an image. Not thread-safe: it uses its cells for each row again.
 */
final class AttributeColumns {
    private final String prefix;
    private final boolean everything;
    private final AttributeNames names;
    private final String[] columns;
    /** Null for names whose column is not filled from the attribute. */
    private final @Nullable Conversion[] conversions;
    /**
     * Of names without a conversion: that the attribute is there. Of others: that a REMOVE went on without the value; null
     * where it must not.
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
     * Forgets the row before.
     *
     * @param deletes whether the next row deletes another, which a value that does not fit must not prevent
     */
    void begin(boolean deletes) {
        this.deletes = deletes;
        Arrays.fill(cells, null);
        Arrays.fill(filled, false);
    }

    /**
     * Fills what an earlier item did not.
     *
     * @param before the item that was read before; null if there was none
     * @param row gets the attributes that have no planned column, where everything is wanted
     * @return how many of the attributes are columns of the primary key
     */
    int read(Item item, @Nullable Item before, GenericRow row) {
        int keys = 0;
        AttributeReader reader = item.reader();
        while (reader.next()) {
            int i = reader.select(names);
            if (i < 0) {
                if (everything) {
                    putUnplanned(reader, before, row);
                }
                continue;
            }
            if (primaryKey[i]) {
                keys++;
            }
            if (!filled[i]) {
                filled[i] = true;
                fill(i, reader);
            }
        }
        return keys;
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

    /** Puts every planned column into the row, null for what was not filled. */
    void put(GenericRow row) {
        for (int i = 0; i < columns.length; i++) {
            if (emitted[i]) {
                row.putValue(columns[i], cells[i]);
            }
        }
    }

    /** Makes the plan. */
    static final class Builder {
        private final String prefix;
        private final boolean everything;
        private final List<String> primaryKey;
        private final List<String> attributes = new ArrayList<>();
        private final List<@Nullable Conversion> conversions = new ArrayList<>();
        private final List<@Nullable SampledWarning> warnings = new ArrayList<>();
        private final List<Boolean> emitted = new ArrayList<>();

        /**
         * @param prefix what column names have before the attribute's
         * @param everything whether attributes that are not added make columns as well
         */
        Builder(String prefix, boolean everything, List<String> primaryKey) {
            this.prefix = prefix;
            this.everything = everything;
            this.primaryKey = primaryKey;
        }

        /**
         * A column that is filled from the attribute.
         *
         * @param expendable what to log of a REMOVE that goes on without the value, as it does not fit; null if it must
         *     not go on
         */
        void add(String attribute, Conversion conversion, @Nullable SampledWarning expendable) {
            add(attribute, conversion, expendable, true);
        }

        /** A column that stays null though there may be an attribute of its name, for its transform. */
        void addUnfilled(String attribute, SampledWarning warning) {
            add(attribute, null, warning, true);
        }

        /** An attribute whose column is filled from somewhere else. */
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
