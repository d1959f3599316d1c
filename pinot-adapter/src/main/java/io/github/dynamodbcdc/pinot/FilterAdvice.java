package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.EventName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Reports a filter of an upsert table. Pinot drops a row for which the filter is true before it updates or deletes the
 * row of the same item, which then stays as it was.
 *
 * <p>Reads the filter as a list of tokens: columns in quotation marks, other words in lower case, and everything else
 * as it is. A form that it does not know gets the advice, which then may be needless.
 */
final class FilterAdvice {
    private static final Pattern TOKEN =
            Pattern.compile("'[^']*'|\"[^\"]*\"|[\\p{L}_$][\\w$.]*|[0-9][\\w.]*|<>|!=|<=|>=|\\S");
    private static final Set<String> KEYWORDS = Set.of(
            "and", "or", "not", "true", "false", "null", "is", "like", "between", "case", "when", "then", "else", "end",
            "as");
    private static final Set<String> COMPARISONS = Set.of("=", "!=", "<>", "<", ">", "<=", ">=");

    /** Functions, and the brace of a script, that may give another result for the next event of the same item. */
    private static final Set<String> VARYING =
            Set.of("groovy", "now", "ago", "agomv", "rand", "random", "uuid", "sleep", "{");

    /** Functions that return null for null, by which a filter drops no row. */
    private static final Set<String> NULL_FOR_NULL = Set.of("strcmp", "startswith", "length", "lower", "upper");

    // The forms of a condition; # is the column.
    private static final Pattern IS_TRUE =
            Pattern.compile("#|# = (true|1)|(true|1) = #|# (!=|<>) (false|0)|strcmp \\( # , 'true' \\) = 0");
    private static final Pattern COMPARED_WITH_FALSE = Pattern.compile("# = (false|0)|(false|0) = #"
            + "|# (!=|<>) (true|1)|(true|1) (!=|<>) #|not # = (true|1)|not \\( # = (true|1) \\)");
    private static final Pattern NEGATED = Pattern.compile("not #");
    private static final Pattern TEXT_IS_FALSE =
            Pattern.compile("strcmp \\( # , 'false' \\) = 0|strcmp \\( # , 'true' \\) (!=|<>) 0");

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
        List<String> tokens = tokens(filter);
        String failing = failing(tokens);
        if (failing != null) {
            log.warn(
                    "ingestionConfig.filterConfig: Pinot fails every row for which it tests column {} of type {} in"
                            + " this way; write {}",
                    Quoted.of(failing),
                    type(failing),
                    condition(failing, failing.equals(table.deleteRecordColumn) ? "false" : "true"));
            return;
        }
        if (losesNothing(tokens)) {
            return;
        }
        String deletes = options.events.contains(EventName.REMOVE) ? table.deleteRecordColumn : null;
        if (deletes != null && !keepsDeletes(tokens, deletes) && !isNullForDeletes(tokens)) {
            log.warn(
                    "ingestionConfig.filterConfig: where it drops a REMOVE or an update, the item's row stays as it"
                            + " was; to keep deletes, write {} AND (…); to leave out REMOVE, set {}",
                    condition(deletes, "false"),
                    DecoderKeys.EVENTS);
        } else if (options.events.contains(EventName.MODIFY)) {
            log.info("ingestionConfig.filterConfig: where it drops an update, the item's row stays as it was");
        }
    }

    /** Returns a condition that Pinot can evaluate for a column of this type. */
    private String condition(String column, String value) {
        String quoted = "\"" + Quoted.cut(column) + "\"";
        return type(column) == DataType.STRING ? "strcmp(" + quoted + ", '" + value + "') = 0" : quoted + " = " + value;
    }

    /** Returns the type of a column; null if it is unknown, or if a transform fills it with a value of another type. */
    private @Nullable DataType type(String column) {
        FieldSpec spec = table.column(column);
        return spec == null || table.isTransformed(column) ? null : spec.getDataType();
    }

    private @Nullable EnvelopeField field(String column) {
        return column.startsWith(options.envelopePrefix)
                ? EnvelopeField.named(column.substring(options.envelopePrefix.length()))
                : null;
    }

    private boolean isFlag(String column) {
        EnvelopeField field = field(column);
        return field != null && field.kind == EnvelopeField.Kind.FLAG;
    }

    /** Returns the first column of truth values that the filter tests in a way that fails; null if there is none. */
    private @Nullable String failing(List<String> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            String column = column(tokens.get(i));
            if (column != null
                    && (column.equals(table.deleteRecordColumn) || isFlag(column))
                    && fails(tokens, i, type(column))) {
                return column;
            }
        }
        return null;
    }

    private static boolean fails(List<String> tokens, int i, @Nullable DataType type) {
        if (type == null) {
            return false;
        }
        String before = at(tokens, i - 1);
        String after = at(tokens, i + 1);
        boolean isCompared = COMPARISONS.contains(before) || COMPARISONS.contains(after);
        if (isCompared) {
            String other = COMPARISONS.contains(after) ? at(tokens, i + 2) : at(tokens, i - 2);
            return type == DataType.STRING || other.matches("(?i)'(true|false)'");
        }
        return type != DataType.BOOLEAN && isOperand(before, after) && !tokens.contains("between");
    }

    /** Returns whether the token between these two is an operand of AND, OR or NOT. */
    private static boolean isOperand(String before, String after) {
        Set<String> operators = Set.of("and", "or", "not");
        return (operators.contains(before) || before.isEmpty() || before.equals("("))
                && (operators.contains(after) || after.isEmpty() || after.equals(")"))
                && (operators.contains(before) || operators.contains(after));
    }

    private static String at(List<String> tokens, int i) {
        return i < 0 || i >= tokens.size() ? "" : tokens.get(i);
    }

    /** Returns whether the filter drops deletes by Time to Live, all changes of an item, or nothing else. */
    private boolean losesNothing(List<String> tokens) {
        return isSameForItem(tokens)
                || isTimeToLiveDelete(tokens)
                || every(split(strip(tokens), "or"), this::losesNothing);
    }

    private boolean isTimeToLiveDelete(List<String> tokens) {
        List<String> condition = strip(tokens);
        List<List<String>> parts = split(condition, "and");
        if (split(condition, "or").size() > 1) {
            return every(split(condition, "or"), this::isTimeToLiveDelete);
        }
        if (parts.size() > 1) {
            return parts.stream().anyMatch(this::isTimeToLiveDelete);
        }
        return columns(condition).stream()
                .anyMatch(column -> isFlag(column)
                        && IS_TRUE.matcher(form(condition, column)).matches());
    }

    /** Returns whether the filter is the same for all changes of an item: it tests its key and its table only. */
    private boolean isSameForItem(List<String> tokens) {
        List<String> columns = columns(tokens);
        return !columns.isEmpty()
                && columns.stream().allMatch(this::isSameForItem)
                && tokens.stream().noneMatch(VARYING::contains);
    }

    private boolean isSameForItem(String column) {
        EnvelopeField field = field(column);
        return table.primaryKeyColumns().contains(column)
                || (field != null
                        && filledByEvent.contains(column)
                        && (field == EnvelopeField.named("tableName")
                                || field == EnvelopeField.named("eventSourceARN")
                                || field == EnvelopeField.named("awsRegion")
                                || field == EnvelopeField.named("eventSource")));
    }

    /** Returns whether the filter is false for deletes, other than those that it drops without a loss. */
    private boolean keepsDeletes(List<String> tokens, String deleteColumn) {
        List<String> condition = strip(tokens);
        List<List<String>> alternatives = split(condition, "or");
        if (alternatives.size() > 1) {
            return every(alternatives, part -> losesNothing(part) || keepsDeletes(part, deleteColumn));
        }
        List<List<String>> parts = split(condition, "and");
        if (parts.size() > 1) {
            return parts.stream().anyMatch(part -> keepsDeletes(part, deleteColumn));
        }
        String form = form(condition, deleteColumn);
        DataType type = type(deleteColumn);
        boolean isTruth = type == null || type == DataType.BOOLEAN;
        return (type != DataType.STRING && COMPARED_WITH_FALSE.matcher(form).matches())
                || (isTruth && NEGATED.matcher(form).matches())
                || ((isTruth || type == DataType.STRING)
                        && TEXT_IS_FALSE.matcher(form).matches());
    }

    /** Returns whether each condition tests attributes that the row of a REMOVE lacks, or is the same for the item. */
    private boolean isNullForDeletes(List<String> tokens) {
        return !options.fillFromOldImage
                && options.image == DecoderOptions.Image.NEW
                && columns(tokens).stream()
                        .allMatch(column -> isSameForItem(column)
                                || (!filledByEvent.contains(column)
                                        && field(column) == null
                                        && !table.isTransformed(column)))
                && !columns(tokens).isEmpty()
                && !tokens.contains("null")
                && tokens.stream().noneMatch(token -> isFunction(token) && !NULL_FOR_NULL.contains(token))
                && !tokens.contains("case")
                && !tokens.contains("{");
    }

    // ------------------------------------------------------------------------------------------------ tokens

    private static boolean every(List<List<String>> parts, Predicate<List<String>> predicate) {
        return parts.size() > 1 && parts.stream().allMatch(predicate);
    }

    private static String form(List<String> tokens, String column) {
        List<String> form = new ArrayList<>(tokens);
        form.replaceAll(token -> column.equals(column(token)) ? "#" : token);
        return String.join(" ", form);
    }

    private static List<String> tokens(String filter) {
        List<String> words = new ArrayList<>();
        for (Matcher token = TOKEN.matcher(filter); token.find(); ) {
            words.add(token.group());
        }
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String lower = word.toLowerCase(Locale.ROOT);
            boolean isWord = isLetter(word);
            boolean isColumn =
                    isWord && !KEYWORDS.contains(lower) && !at(words, i + 1).equals("(");
            int last = tokens.size() - 1;
            if (word.equals(")")
                    && column(at(tokens, last)) != null
                    && at(tokens, last - 1).equals("(")
                    && !isFunction(at(tokens, last - 2))) {
                tokens.remove(last - 1); // parentheses around one column alone
            } else {
                tokens.add(isColumn ? "\"" + word + "\"" : isWord ? lower : word);
            }
        }
        return tokens;
    }

    private static boolean isLetter(String word) {
        return !word.isEmpty() && (Character.isLetter(word.charAt(0)) || "_$".indexOf(word.charAt(0)) >= 0);
    }

    private static boolean isFunction(String token) {
        return isLetter(token) && !KEYWORDS.contains(token);
    }

    /** Returns the column that a token names; null if it names none. */
    private static @Nullable String column(String token) {
        return token.length() > 1 && token.charAt(0) == '"' ? token.substring(1, token.length() - 1) : null;
    }

    private static List<String> columns(List<String> tokens) {
        List<String> columns = new ArrayList<>();
        for (String token : tokens) {
            String column = column(token);
            if (column != null) {
                columns.add(column);
            }
        }
        return columns;
    }

    /** Removes the parentheses around all tokens. */
    private static List<String> strip(List<String> tokens) {
        List<String> inside = tokens;
        while (at(inside, 0).equals("(") && closing(inside) == inside.size() - 1) {
            inside = inside.subList(1, inside.size() - 1);
        }
        return inside;
    }

    /** Returns where the parenthesis that is the first token closes. */
    private static int closing(List<String> tokens) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += depth(tokens.get(i));
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static int depth(String token) {
        return token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
    }

    /** Splits tokens by an operator outside parentheses. The AND of BETWEEN is none; CASE is not split. */
    private static List<List<String>> split(List<String> tokens, String operator) {
        List<List<String>> parts = new ArrayList<>();
        int start = 0;
        int depth = 0;
        boolean isRange = false;
        for (int i = 0; i < tokens.size() && !tokens.contains("case"); i++) {
            String token = tokens.get(i);
            depth += depth(token);
            if (depth == 0 && token.equals(operator) && !(isRange && operator.equals("and"))) {
                parts.add(tokens.subList(start, i));
                start = i + 1;
            }
            if (depth == 0 && (token.equals("between") || token.equals("and"))) {
                isRange = token.equals("between");
            }
        }
        parts.add(tokens.subList(start, tokens.size()));
        return parts;
    }
}
