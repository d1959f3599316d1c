package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.EventName;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Reports a filter of an upsert table. Pinot drops a row for which the filter is true before it updates or deletes the
 * row of the same item, which then stays as it was. Reads only the names in the filter, so the advice may be needless.
 */
final class FilterAdvice {
    /** A text, a column in quotation marks, or a word and the parenthesis that makes it a function. */
    private static final Pattern TOKEN = Pattern.compile(
            "'[^']*'|\"(?<quoted>[^\"]*)\"|(?<word>[\\p{L}_$][\\p{L}\\w$.]*+)(?<call>\\s*\\()?|[\\w.]+");

    private static final Set<String> KEYWORDS = Set.of(
            "and", "or", "not", "true", "false", "null", "is", "like", "between", "case", "when", "then", "else", "end",
            "as");

    /** Functions that may have another result for the next event of the same item. */
    private static final Set<String> VARYING =
            Set.of("groovy", "now", "ago", "agomv", "rand", "random", "uuid", "sleep");

    /** A filter that is true if its one column is. */
    private static final Pattern IS_TRUE = Pattern.compile("(?i)[\\s(]*\"?[\\w$]+\"?[\\s)]*(= *(true|1)[\\s)]*)?"
            + "|[\\s(]*strcmp *\\( *\"?[\\w$]+\"? *, *'true' *\\) *= *0[\\s)]*");

    private final DecoderOptions options;
    private final TableFacts table;
    private final Set<String> filledByEvent;
    private final Logger log;

    /** @param filledByEvent the columns that the event itself fills, and not an attribute */
    FilterAdvice(DecoderOptions options, TableFacts table, Set<String> filledByEvent, Logger log) {
        this.options = options;
        this.table = table;
        this.filledByEvent = filledByEvent;
        this.log = log;
    }

    /** @param filter an expression that is true for rows that Pinot drops */
    void give(String filter) {
        Set<String> columns = new LinkedHashSet<>();
        boolean varies = false;
        for (Matcher token = TOKEN.matcher(filter); token.find(); ) {
            String quoted = token.group("quoted");
            String word = token.group("word");
            String lower = word == null ? "" : word.toLowerCase(Locale.ROOT);
            if (quoted != null) {
                columns.add(quoted);
            } else if (token.group("call") != null) {
                varies |= VARYING.contains(lower);
            } else if (word != null && !KEYWORDS.contains(lower)) {
                columns.add(word);
            }
        }
        if (!columns.isEmpty() && (isExpiry(columns, filter) || (!varies && isSameForItem(columns)))) {
            return;
        }
        String deletes = options.events.contains(EventName.REMOVE) ? table.deleteRecordColumn : null;
        if (deletes != null && !columns.contains(deletes) && !isNullForDeletes(columns)) {
            log.warn(
                    "ingestionConfig.filterConfig: where it drops a REMOVE or an update, the item's row stays as it"
                            + " was; to keep deletes, write {} AND (…); to leave out REMOVE, set {}",
                    condition(deletes),
                    DecoderKeys.EVENTS);
        } else if (deletes != null || options.events.contains(EventName.MODIFY)) {
            log.info("ingestionConfig.filterConfig: where it drops an event, the item's row stays as it was");
        }
    }

    /** Returns whether the filter is the same for all changes of an item. */
    private boolean isSameForItem(Set<String> columns) {
        return columns.stream().allMatch(column -> {
            EnvelopeField field = field(column);
            return table.primaryKeyColumns().contains(column) || (field != null && field.isSameForItem());
        });
    }

    /** Returns whether the filter is true only for deletes by Time to Live. */
    private boolean isExpiry(Set<String> columns, String filter) {
        return IS_TRUE.matcher(filter).matches()
                && columns.stream().allMatch(column -> {
                    EnvelopeField field = field(column);
                    return field != null
                            && field.kind == EnvelopeField.Kind.FLAG
                            && !column.equals(table.deleteRecordColumn);
                });
    }

    /** Returns the field of the event that fills a column by its name; null if something else does. */
    private @Nullable EnvelopeField field(String column) {
        boolean byName = filledByEvent.contains(column) && !column.equals(options.deleteColumn);
        return byName ? options.field(column) : null;
    }

    /** Returns whether the row of a REMOVE lacks all of these columns. */
    private boolean isNullForDeletes(Set<String> columns) {
        boolean hasNoImage = options.image == DecoderOptions.Image.KEYS
                || (options.image == DecoderOptions.Image.NEW && !options.fillFromOldImage);
        return hasNoImage
                && !columns.isEmpty()
                && columns.stream()
                        .noneMatch(column -> filledByEvent.contains(column)
                                || options.isOld(column)
                                || table.isTransformed(column)
                                || table.primaryKeyColumns().contains(column));
    }

    /**
     * Returns a condition that Pinot can evaluate for the type of the delete column. A transform may fill the column
     * with a value of another type.
     */
    private String condition(String column) {
        FieldSpec spec = table.column(column);
        boolean isText = spec != null && spec.getDataType() == DataType.STRING && !table.isTransformed(column);
        String name = "\"" + Quoted.cut(column) + "\"";
        return isText ? "strcmp(" + name + ", 'false') = 0" : name + " = false";
    }
}
