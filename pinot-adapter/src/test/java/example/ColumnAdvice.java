package example;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.Item;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.config.table.ingestion.IngestionConfig;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.utils.IngestionConfigUtils;
import org.jspecify.annotations.Nullable;

/** Compares the columns of a table with the attributes of events, because a misspelled column is null in every row. */
final class ColumnAdvice {
    private static final int MAX_NAMES = 10;

    private final Schema schema;
    private final Set<String> fieldsToRead;
    private final Set<String> filledOtherwise = new LinkedHashSet<>();
    private final Map<String, String> stream;
    private final Set<String> attributes = new LinkedHashSet<>();
    private int events;

    /** @param fieldsToRead the fields that Pinot asks the decoder for; empty for all */
    ColumnAdvice(TableConfig config, Schema schema, Set<String> fieldsToRead) {
        this.schema = schema;
        this.fieldsToRead = fieldsToRead;
        stream = IngestionConfigUtils.getStreamConfigMaps(config).get(0);
        filledOtherwise.add(property("timeColumnName"));
        filledOtherwise.add(property("deleteColumnName"));
        IngestionConfig ingestion = config.getIngestionConfig();
        if (ingestion != null && ingestion.getTransformConfigs() != null) {
            ingestion.getTransformConfigs().forEach(transform -> filledOtherwise.add(transform.getColumnName()));
        }
    }

    private String property(String name) {
        return stream.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".decoder.prop.dynamodb." + name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    void add(ChangeEvent event) {
        events++;
        add(event.keys());
        add(event.newImage());
        add(event.oldImage());
    }

    private void add(@Nullable Item item) {
        if (item != null) {
            item.forEach((name, value) -> attributes.add(name));
        }
    }

    /** Returns a line about columns without an attribute, and then one about attributes without a column. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        // Without a list of fields, a part of an attribute can be a column.
        if (events > 0 && !fieldsToRead.isEmpty()) {
            Set<String> unfilled = schema.getAllFieldSpecs().stream()
                    .filter(this::isFilledByAttribute)
                    .map(FieldSpec::getName)
                    .filter(name -> !attributes.contains(withoutPrefix(name, "oldImagePrefix")))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            Set<String> unused = new LinkedHashSet<>(attributes);
            unused.removeAll(fieldsToRead);
            if (!unfilled.isEmpty()) {
                lines.add(named("column", unfilled) + " in " + events + (events == 1 ? " event" : " events"));
            }
            if (!unfilled.isEmpty() && !unused.isEmpty()) {
                lines.add(named("attribute", unused));
            }
        }
        return lines;
    }

    @SuppressWarnings("deprecation") // Pinot prefers transformConfigs, but still applies it
    private boolean isFilledByAttribute(FieldSpec column) {
        return !filledOtherwise.contains(column.getName())
                && column.getTransformFunction() == null
                && !InferredTable.OF_THE_EVENT.contains(withoutPrefix(column.getName(), "envelopePrefix"));
    }

    private String withoutPrefix(String column, String property) {
        String prefix = property(property);
        return column.startsWith(prefix) ? column.substring(prefix.length()) : column;
    }

    private static String named(String kind, Set<String> names) {
        boolean isOne = names.size() == 1;
        String shown = names.stream().limit(MAX_NAMES).map(TextTable::printable).collect(Collectors.joining(", "));
        return kind + (isOne ? " " : "s ") + shown
                + (names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "")
                + ": no " + (kind.equals("column") ? "attribute" : "column")
                + (isOne ? " of this name" : " of these names");
    }
}
