package example;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.Channel;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.TimePrecision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A Pinot table for the events that were added: a column for each attribute, of the narrowest type that holds every
 * value seen exactly, and FULL upsert by the item's key. Not thread-safe.
 */
public final class InferredTable {
    /** Names that the decoder gives the fields of the event itself, whatever the item has. */
    static final Set<String> OF_THE_EVENT = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        OF_THE_EVENT.addAll(List.of(
                "eventID",
                "eventName",
                "eventSource",
                "eventVersion",
                "eventSourceARN",
                "awsRegion",
                "tableName",
                "recordFormat",
                "ApproximateCreationDateTime",
                "SequenceNumber",
                "SizeBytes",
                "StreamViewType",
                "userIdentityType",
                "userIdentityPrincipalId",
                "isTimeToLiveDelete"));
    }

    private final String onlyTable;
    private final Set<String> keys;
    private final boolean areKeysGiven;
    private final Map<String, ColumnEvidence> attributes = new LinkedHashMap<>();
    private final Set<String> tables = new LinkedHashSet<>();
    private int events;
    private int images;
    private int unknownEvents;
    private int eventsOfOtherTables;
    private int eventsWithoutTime;
    private int eventsInSeconds;
    private int eventsWithSequenceNumber;
    private int eventsOfKinesis;
    private int changesWithNewImage;
    private int changesWithoutNewImage;
    private int changesWithOldImageOnly;

    private InferredTable(String onlyTable, List<String> keys) {
        this.onlyTable = onlyTable;
        this.keys = new LinkedHashSet<>(keys);
        this.areKeysGiven = !keys.isEmpty();
    }

    /**
     * Returns a table that has seen no event.
     *
     * @param onlyTable the DynamoDB table whose events are added, others being passed over; empty for all
     * @param keys the key attributes, for events that do not name theirs, as in a full export; empty for those of Keys
     */
    public static InferredTable of(String onlyTable, List<String> keys) {
        return new InferredTable(onlyTable, keys);
    }

    /** Adds what an event says about the columns. */
    public void add(ChangeEvent event) {
        String table = event.tableName() == null ? "" : event.tableName();
        if (!onlyTable.isEmpty() && !onlyTable.equals(table)) {
            eventsOfOtherTables++;
            return;
        }
        if (event.eventName() == EventName.UNKNOWN) {
            unknownEvents++; // the decoder passes over them too
            return;
        }
        events++;
        tables.add(table);
        CreationTime time = event.approximateCreationDateTime();
        eventsWithoutTime += time == null ? 1 : 0;
        eventsInSeconds += time != null && time.precision() == TimePrecision.SECOND ? 1 : 0;
        eventsWithSequenceNumber += event.sequenceNumber() == null ? 0 : 1;
        eventsOfKinesis += event.channel() == Channel.KINESIS ? 1 : 0;
        Item newImage = event.newImage();
        Item oldImage = event.oldImage();
        if (event.eventName() != EventName.REMOVE) {
            changesWithNewImage += newImage == null ? 0 : 1;
            changesWithoutNewImage += newImage == null ? 1 : 0;
            changesWithOldImageOnly += newImage == null && oldImage != null ? 1 : 0;
        }
        if (!areKeysGiven) {
            event.keys().forEach((name, value) -> keys.add(name));
        }
        if (newImage != null || oldImage == null) {
            addImage(event.keys(), newImage); // Keys alone count too
        }
        if (oldImage != null) {
            addImage(event.keys(), oldImage);
        }
    }

    private void addImage(Item keys, @Nullable Item image) {
        images++;
        keys.forEach((name, value) -> evidence(name).add(value));
        if (image != null) {
            image.forEach((name, value) -> {
                if (!keys.contains(name)) {
                    evidence(name).add(value);
                }
            });
        }
    }

    private ColumnEvidence evidence(String name) {
        return attributes.computeIfAbsent(name, any -> new ColumnEvidence());
    }

    /** Returns how many events decide about the table. */
    public int events() {
        return events;
    }

    // ----------------------------------------------------------------------------------------------- what follows

    /** Returns the table's name in Pinot: that of DynamoDB, with an underscore for what Pinot's names cannot have. */
    public String name() {
        String name = tables.size() == 1 ? tables.iterator().next().replaceAll("[^A-Za-z0-9]+", "_") : "";
        return name.isEmpty() ? "changes" : name;
    }

    /** Returns whether a row is an item, and not an event. */
    private boolean isUpsert() {
        return !keys.isEmpty() && keys.stream().allMatch(this::isKeyColumn) && !isWithoutNewImages();
    }

    private boolean isWithoutNewImages() {
        return changesWithoutNewImage > 0 && changesWithNewImage == 0;
    }

    private boolean hasSeveralTables() {
        return tables.size() > 1;
    }

    /** Returns whether Pinot accepts the name of an attribute as the name of a column. */
    private boolean isColumn(String name) {
        return attributes.containsKey(name)
                && !name.isEmpty()
                && name.chars().noneMatch(Character::isWhitespace)
                && !name.equals("*") // a query takes it for all columns
                && !name.startsWith("$")
                && !name.startsWith("__");
    }

    /** Returns whether the values can be those of a key, which are S, N or B. */
    private boolean isKeyColumn(String name) {
        return isColumn(name)
                && Set.of(AttributeType.S, AttributeType.N, AttributeType.B)
                        .containsAll(evidence(name).types.keySet());
    }

    private String timeColumn() {
        return unused("changed_at");
    }

    private String deleteColumn() {
        return unused("deleted");
    }

    private String unused(String name) {
        String unused = name;
        while (attributes.keySet().stream().anyMatch(unused::equalsIgnoreCase)) {
            unused = "cdc_" + unused;
        }
        return unused;
    }

    /** Returns the groups of columns that queries mix up, because by default Pinot ignores the case of their names. */
    private Collection<List<String>> sameExceptForCase() {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        choices()
                .keySet()
                .forEach(name -> byName.computeIfAbsent(name.toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                        .add(name));
        byName.values().removeIf(names -> names.size() == 1);
        return byName.values();
    }

    /** Returns the prefix that keeps columns of the event apart from attributes; empty if no attribute needs it. */
    private String envelopePrefix() {
        if (attributes.keySet().stream().noneMatch(OF_THE_EVENT::contains)) {
            return "";
        }
        String prefix = "cdc_";
        while (isPrefix(prefix)) {
            prefix += "_";
        }
        return prefix;
    }

    private boolean isPrefix(String prefix) {
        return attributes.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    private Map<String, ColumnChoice> choices() {
        Map<String, ColumnChoice> choices = new LinkedHashMap<>();
        for (boolean isKey : new boolean[] {true, false}) {
            attributes.forEach((name, seen) -> {
                if (keys.contains(name) == isKey && isColumn(name)) {
                    choices.put(name, ColumnChoice.of(name, seen, isKey));
                }
            });
        }
        return choices;
    }

    private List<String> primaryKey() {
        List<String> columns = new ArrayList<>();
        if (hasSeveralTables()) {
            columns.add(envelopePrefix() + "tableName");
        }
        columns.addAll(keys);
        return columns;
    }

    // ------------------------------------------------------------------------------------------------- the schema

    /** Returns the schema as JSON. */
    public String schema() {
        List<String> dimensions = new ArrayList<>();
        List<String> times = new ArrayList<>();
        if (hasSeveralTables()) {
            dimensions.add(field(envelopePrefix() + "tableName", DataType.STRING, ""));
        }
        if (!isUpsert()) {
            dimensions.add(field(envelopePrefix() + "eventName", DataType.STRING, ""));
        }
        choices().forEach((name, choice) -> {
            if (choice.type() == DataType.TIMESTAMP) {
                times.add(
                        field(name, choice.type(), ", \"format\": \"TIMESTAMP\", \"granularity\": \"1:MILLISECONDS\""));
            } else {
                dimensions.add(field(name, choice.type(), choice.options()));
            }
        });
        if (isUpsert()) {
            dimensions.add(field(deleteColumn(), DataType.BOOLEAN, ""));
        }
        times.add(field(
                timeColumn(),
                DataType.LONG,
                ", \"format\": \"EPOCH|MICROSECONDS\", \"granularity\": \"1:MICROSECONDS\""));
        String key = primaryKey().stream().map(Json::quoted).collect(Collectors.joining(", "));
        return "{\n  \"schemaName\": " + Json.quoted(name()) + ",\n  \"enableColumnBasedNullHandling\": true,\n"
                + (isUpsert() ? "  \"primaryKeyColumns\": [" + key + "],\n" : "")
                + "  \"dimensionFieldSpecs\": [\n    " + String.join(",\n    ", dimensions) + "\n  ],\n"
                + "  \"dateTimeFieldSpecs\": [\n    " + String.join(",\n    ", times) + "\n  ]\n}";
    }

    private static String field(String name, DataType type, String more) {
        return "{\"name\": " + Json.quoted(name) + ", \"dataType\": \"" + type + "\"" + more + "}";
    }

    // ------------------------------------------------------------------------------------------- the table config

    /** Returns the table config as JSON, with {@code kinesis} or {@code kafka} as its stream; empty to choose. */
    public String tableConfig(String streamType) {
        String type = !streamType.isEmpty() ? streamType : eventsOfKinesis > 0 ? "kinesis" : "kafka";
        Map<String, String> stream = new LinkedHashMap<>();
        String prefix = "stream." + type + ".";
        stream.put("streamType", type);
        stream.put(prefix + "topic.name", name() + "-changes");
        if (type.equals("kinesis")) {
            stream.put("region", "us-east-1");
            stream.put("shardIteratorType", "TRIM_HORIZON");
        } else {
            stream.put(prefix + "broker.list", "localhost:9092");
            stream.put(prefix + "consumer.prop.auto.offset.reset", "smallest");
        }
        stream.put(prefix + "consumer.type", "lowlevel");
        stream.put(
                prefix + "consumer.factory.class.name",
                type.equals("kinesis")
                        ? "org.apache.pinot.plugin.stream.kinesis.KinesisConsumerFactory"
                        : "org.apache.pinot.plugin.stream.kafka30.KafkaConsumerFactory");
        stream.put(prefix + "decoder.class.name", "io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder");
        decoderProperties().forEach((key, value) -> stream.put(prefix + "decoder.prop." + key, value));
        String options = stream.entrySet().stream()
                .map(entry -> Json.quoted(entry.getKey()) + ": " + Json.quoted(entry.getValue()))
                .collect(Collectors.joining(",\n          "));
        // A dictionary would make 1.10 and 1.1 one value.
        String decimals = choices().entrySet().stream()
                .filter(choice -> choice.getValue().type() == DataType.BIG_DECIMAL)
                .map(choice -> Json.quoted(choice.getKey()))
                .collect(Collectors.joining(", "));
        String raw = decimals.isEmpty() ? "" : ",\n    \"noDictionaryColumns\": [" + decimals + "]";
        String upsert = """
                  "routing": {
                    "instanceSelectorType": "strictReplicaGroup"
                  },
                  "upsertConfig": {
                    "mode": "FULL",
                    "comparisonColumns": [%s],
                    "deleteRecordColumn": %s
                  },
                """.formatted(Json.quoted(timeColumn()), Json.quoted(deleteColumn()));
        return """
                {
                  "tableName": %s,
                  "tableType": "REALTIME",
                  "segmentsConfig": {
                    "timeColumnName": %s,
                    "replication": "1"
                  },
                  "tenants": {},
                  "tableIndexConfig": {
                    "loadMode": "MMAP"%s
                  },
                %s  "ingestionConfig": {
                    "streamIngestionConfig": {
                      "streamConfigMaps": [
                        {
                          %s
                        }
                      ]
                    }
                  },
                  "metadata": {}
                }""".formatted(Json.quoted(name()), Json.quoted(timeColumn()), raw, isUpsert() ? upsert : "", options);
    }

    private Map<String, String> decoderProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("dynamodb.timeColumnName", timeColumn());
        if (isUpsert()) {
            properties.put("dynamodb.deleteColumnName", deleteColumn());
        }
        if (!onlyTable.isEmpty()) {
            properties.put("dynamodb.tables", onlyTable);
        }
        if (!envelopePrefix().isEmpty()) {
            properties.put("dynamodb.envelopePrefix", envelopePrefix());
        }
        if (isWithoutNewImages() && changesWithOldImageOnly > 0) {
            properties.put("dynamodb.image", "OLD");
        }
        if (eventsWithoutTime > 0) {
            properties.put("dynamodb.snapshotTime", "2000-01-01T00:00:00Z");
        }
        choices().forEach((name, choice) -> {
            if (choice.unit() != null) {
                properties.put(
                        "dynamodb.column." + name + ".unit", choice.unit().name());
            }
        });
        return properties;
    }

    // ------------------------------------------------------------------------------------------------- the reasons

    /** Returns one line for each column, with its type and the reason. */
    public List<String> columns() {
        Map<String, String> lines = new LinkedHashMap<>();
        if (hasSeveralTables()) {
            lines.put(envelopePrefix() + "tableName", "STRING  key: the events are of " + tables.size() + " tables");
        }
        if (!isUpsert()) {
            lines.put(envelopePrefix() + "eventName", "STRING  what the event of this row was");
        }
        choices().forEach((name, choice) -> lines.put(name, describe(name, choice)));
        if (isUpsert()) {
            lines.put(deleteColumn(), "BOOLEAN  delete column: true on REMOVE");
        }
        lines.put(
                timeColumn(),
                "LONG  time " + (isUpsert() ? "and comparison " : "")
                        + "column: the time of the change in microseconds");
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<String> reasons = new ArrayList<>();
        lines.forEach((name, line) -> reasons.add(name + " ".repeat(width - name.length() + 2) + aligned(line)));
        return reasons.stream().map(TextTable::printable).toList();
    }

    private static String aligned(String line) {
        int type = line.indexOf("  ");
        return line.substring(0, type)
                + " ".repeat(Math.max(0, "BIG_DECIMAL[]".length() - type))
                + line.substring(type);
    }

    private String describe(String name, ColumnChoice choice) {
        ColumnEvidence seen = evidence(name);
        String counts = new TreeMap<>(seen.types)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " in " + entry.getValue())
                        .collect(Collectors.joining(", "));
        return choice.type() + (choice.isMultiValue() ? "[]" : "") + "  "
                + (keys.contains(name) ? "key: " : "") + counts + " of " + images + " images"
                + (choice.why().isEmpty() ? "" : "; " + choice.why());
    }

    /** Returns the decisions about the table that a person should know. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (hasSeveralTables()) {
            notes.add("The events are of several tables: "
                    + tables.stream()
                            .map(table -> table.isEmpty() ? "(no name)" : table)
                            .collect(Collectors.joining(", "))
                    + ". -Dtable=NAME makes a table of one.");
        }
        if (!isUpsert()) {
            notes.add("A row is a change, not an item: " + whyAppend());
        }
        List<String> refused =
                attributes.keySet().stream().filter(name -> !isColumn(name)).toList();
        refused.forEach(name -> notes.add("'" + name + "' has no column: " + whyNoColumn(name)));
        if (!refused.isEmpty()) {
            notes.add("A transform can give them columns with other names: see Transforms in"
                    + " pinot-adapter/docs/columns.md.");
        }
        for (List<String> names : sameExceptForCase()) {
            notes.add("'" + String.join("', '", names) + "' differ only in case: by default, a query of a cluster finds"
                    + " one of them. enable.case.insensitive=false in the cluster's config keeps them apart.");
        }
        if (!envelopePrefix().isEmpty()) {
            notes.add("dynamodb.envelopePrefix is " + envelopePrefix()
                    + ": an attribute has the name of a column of the event itself.");
        }
        if (eventsWithoutTime > 0) {
            notes.add("dynamodb.snapshotTime: " + eventsWithoutTime + " of " + events
                    + " events have no time; set it to the time of the export.");
        }
        if (isUpsert() && eventsInSeconds > 0 && eventsInSeconds + eventsWithoutTime == events) {
            notes.add("All times are in whole seconds: of two changes of an item in one second, the later arrival wins."
                    + (eventsWithSequenceNumber < eventsInSeconds
                            ? ""
                            : " To compare by " + envelopePrefix() + "SequenceNumber, see Events of DynamoDB Streams in"
                                    + " pinot-adapter/docs/tables.md."));
        }
        if (unknownEvents > 0) {
            notes.add("Events that are no INSERT, MODIFY or REMOVE are passed over: " + unknownEvents + ".");
        }
        if (eventsOfOtherTables > 0) {
            notes.add("Events of other tables are passed over: " + eventsOfOtherTables + ".");
        }
        return notes.stream().map(TextTable::printable).toList();
    }

    private static String whyNoColumn(String name) {
        return name.chars().anyMatch(Character::isWhitespace)
                ? "in Pinot, the name of a column has no blanks."
                : "Pinot reserves such names.";
    }

    private String whyAppend() {
        if (keys.isEmpty()) {
            return "no event has Keys, as in a full export. -Dkeys=NAME,NAME names the key attributes.";
        }
        if (isWithoutNewImages()) {
            return "no change has a NewImage, so the stream's view type is KEYS_ONLY or OLD_IMAGE.";
        }
        return keys.stream()
                .filter(key -> !isKeyColumn(key))
                .map(key -> "'" + key + "' cannot be a key: "
                        + (!attributes.containsKey(key)
                                ? "no event has this attribute."
                                : !isColumn(key) ? "it has no column." : "some of its values are no S, N or B."))
                .collect(Collectors.joining(" "));
    }

    /** Writes texts as JSON. */
    private static final class Json {
        private Json() {}

        static String quoted(String text) {
            return TextNode.valueOf(text).toString();
        }
    }
}
