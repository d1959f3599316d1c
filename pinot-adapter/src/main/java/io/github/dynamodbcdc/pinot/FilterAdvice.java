package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.EventName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Reports a filter of an upsert table. Pinot drops a row for which the filter is true before it updates or deletes the
 * row of the same item, which then stays as it was.
 */
final class FilterAdvice {
    private static final Pattern COLUMN =
            Pattern.compile("\\s*(\"?)([^\\s\"=]+)\\1(?:\\s*=\\s*true)?\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern OTHER_THAN_DELETES = Pattern.compile(
            "\\s*(?:NOT\\s+(\"?)([^\\s\"=()]+)\\1|(\"?)([^\\s\"=()]+)\\3\\s*=\\s*false)\\s+AND\\b(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern OR = Pattern.compile("\\bOR\\b", Pattern.CASE_INSENSITIVE);

    private final DecoderOptions options;
    private final @Nullable String deleteColumn;
    private final Logger log;

    /** @param deleteColumn the column by which Pinot deletes rows; null if it deletes none */
    FilterAdvice(DecoderOptions options, @Nullable String deleteColumn, Logger log) {
        this.options = options;
        this.deleteColumn = deleteColumn;
        this.log = log;
    }

    /** @param filter an expression that is true for rows that Pinot drops */
    void give(String filter) {
        boolean updates = options.events.contains(EventName.MODIFY);
        String deletes = options.events.contains(EventName.REMOVE) ? deleteColumn : null;
        if (isTimeToLiveDelete(filter)) {
            return;
        }
        if (deletes != null && !keepsDeletes(filter, deletes)) {
            log.warn(
                    "ingestionConfig.filterConfig: where it drops a REMOVE or an update, the item's row stays as it"
                            + " was; to keep deletes, write \"{}\" = false AND (…); to leave out REMOVE, set {}",
                    Quoted.cut(deletes),
                    DecoderKeys.EVENTS);
        } else if (updates) {
            log.info("ingestionConfig.filterConfig: where it drops an update, the item's row stays as it was");
        }
    }

    /** Returns whether the filter drops deletes by Time to Live and nothing else. */
    private boolean isTimeToLiveDelete(String filter) {
        Matcher column = COLUMN.matcher(filter);
        if (!column.matches() || !column.group(2).startsWith(options.envelopePrefix)) {
            return false;
        }
        EnvelopeField field = EnvelopeField.named(column.group(2).substring(options.envelopePrefix.length()));
        return field != null && field.kind == EnvelopeField.Kind.FLAG;
    }

    /** Returns whether the filter begins with a condition that is false for deletes, and no OR can make it true. */
    private static boolean keepsDeletes(String filter, String deleteColumn) {
        Matcher parts = OTHER_THAN_DELETES.matcher(filter);
        if (!parts.matches()) {
            return false;
        }
        String column = parts.group(2) == null ? parts.group(4) : parts.group(2);
        return deleteColumn.equals(column)
                && !OR.matcher(outsideParentheses(parts.group(5))).find();
    }

    private static String outsideParentheses(String expression) {
        StringBuilder outside = new StringBuilder();
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
            } else if (depth == 0) {
                outside.append(c);
            }
        }
        return outside.toString();
    }
}
