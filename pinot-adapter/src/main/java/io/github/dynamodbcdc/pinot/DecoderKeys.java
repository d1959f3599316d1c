package io.github.dynamodbcdc.pinot;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the decoder's properties, which follow {@code stream.<type>.decoder.prop.} in a table's stream
 * configuration. All begin with {@code dynamodb.}. An unknown key is refused, because a misspelled option would have no
 * effect.
 */
final class DecoderKeys {
    static final String TIME_COLUMN = "dynamodb.timeColumnName";
    static final String DELETE_COLUMN = "dynamodb.deleteColumnName";
    static final String ENVELOPE_DECODER = "dynamodb.envelope.decoder.class.name";
    static final String TIME_UNIT = "dynamodb.timeUnit";
    static final String ENVELOPE_PREFIX = "dynamodb.envelopePrefix";
    static final String IMAGE = "dynamodb.image";
    static final String OLD_IMAGE_PREFIX = "dynamodb.oldImagePrefix";
    static final String FILL_FROM_OLD_IMAGE = "dynamodb.fillFromOldImage";
    static final String TRANSFORMED_COLUMNS = "dynamodb.transformedColumns";
    static final String ON_NUMBER_OVERFLOW = "dynamodb.onNumberOverflow";
    static final String ON_TYPE_MISMATCH = "dynamodb.onTypeMismatch";
    static final String ON_MISSING_PRIMARY_KEY = "dynamodb.onMissingPrimaryKey";
    static final String ON_DECODE_ERROR = "dynamodb.onDecodeError";
    static final String TABLES = "dynamodb.tables";
    static final String EVENTS = "dynamodb.events";
    static final String SNAPSHOT_TIME = "dynamodb.snapshotTime";
    static final String BINARY_ENCODING = "dynamodb.binaryEncoding";
    static final String TIME_PRECISION = "dynamodb.timePrecision";
    static final String LENIENCIES = "dynamodb.leniencies";

    private static final String PREFIX = "dynamodb.";
    private static final String ENVELOPE_DECODER_PROPERTY = "dynamodb.envelope.decoder.prop.";
    private static final String COLUMN = "dynamodb.column.";
    private static final String UNIT = ".unit";

    static final List<String> ALL = List.of(
            TIME_COLUMN,
            DELETE_COLUMN,
            ENVELOPE_DECODER,
            TIME_UNIT,
            ENVELOPE_PREFIX,
            IMAGE,
            OLD_IMAGE_PREFIX,
            FILL_FROM_OLD_IMAGE,
            TRANSFORMED_COLUMNS,
            ON_NUMBER_OVERFLOW,
            ON_TYPE_MISMATCH,
            ON_MISSING_PRIMARY_KEY,
            ON_DECODE_ERROR,
            TABLES,
            EVENTS,
            SNAPSHOT_TIME,
            BINARY_ENCODING,
            TIME_PRECISION,
            LENIENCIES);

    private DecoderKeys() {}

    /** @throws IllegalArgumentException if the key begins with {@code dynamodb.} and is unknown */
    static void check(String key) {
        if (key.toLowerCase(Locale.ROOT).startsWith(PREFIX)
                && !ALL.contains(key)
                && !key.startsWith(ENVELOPE_DECODER_PROPERTY)
                && unitColumn(key) == null) {
            throw new IllegalArgumentException(
                    "there is no decoder property " + Quoted.of(key) + "; did you mean " + nearest(key) + "?");
        }
    }

    /** Returns the column in {@code dynamodb.column.<name>.unit}; null for any other key. */
    static @Nullable String unitColumn(String key) {
        boolean names = key.startsWith(COLUMN) && key.endsWith(UNIT) && key.length() > COLUMN.length() + UNIT.length();
        return names ? key.substring(COLUMN.length(), key.length() - UNIT.length()) : null;
    }

    static String unitOf(String column) {
        return COLUMN + column + UNIT;
    }

    private static String nearest(String key) {
        if (key.startsWith(COLUMN)) {
            return unitOf("<name>");
        }
        String nearest = TIME_COLUMN;
        int least = Integer.MAX_VALUE;
        for (String known : ALL) {
            int distance = distance(known.toLowerCase(Locale.ROOT), key.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = known;
            }
        }
        return nearest;
    }

    /** Returns how many characters must be inserted, deleted or replaced to turn one text into the other. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
