package rows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import example.InferredTable;
import generator.Events;
import generator.Events.Kind;
import generator.GeneratedEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.pinot.segment.local.utils.SchemaUtils;
import org.apache.pinot.segment.local.utils.TableConfigUtils;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.utils.JsonUtils;
import org.jspecify.annotations.Nullable;
import realpinot.Outcome;
import realpinot.PinotTable;
import reference.RefValue;
import rows.RandomItems.Message;

/** The table that follows from events holds exactly their values, in Pinot itself. */
class InferredTableTest {
    private static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    @Provide
    Arbitrary<List<GeneratedEvent>> tables() {
        return Arbitraries.frequencyOf(Tuple.of(3, Events.of(Kind.TABLE)), Tuple.of(1, Events.of(Kind.WILD)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Property(tries = 60)
    void everyValueOfAnyEventIsInItsColumn(@ForAll("tables") List<GeneratedEvent> events) throws Exception {
        check(messages(events));
    }

    @Property(tries = 300)
    void everyValueOfAttributesOfSeveralKindsIsInItsColumn(@ForAll long seed) throws Exception {
        check(RandomItems.of(seed));
    }

    @Example
    void everyTypeInEveryChannel() throws Exception {
        check(messages(Events.coveringEveryType()));
    }

    private static List<Message> messages(List<GeneratedEvent> events) {
        return events.stream()
                .filter(event -> isPossible(DECODER.decode(event.bytes()).tableName()))
                .map(event -> new Message(new String(event.bytes(), UTF_8), ReferenceRow.attributes(event.expected())))
                .toList();
    }

    /** The name of the table is a part of the key, and Pinot would cut one with U+0000. DynamoDB has no such name. */
    private static boolean isPossible(@Nullable String tableName) {
        return tableName == null || tableName.indexOf('\0') < 0;
    }

    private static void check(List<Message> events) throws Exception {
        InferredTable inferred = InferredTable.of("", List.of());
        events.forEach(event -> inferred.add(DECODER.decode(event.bytes())));
        if (inferred.events() == 0) {
            return;
        }
        Schema schema = Schema.fromString(inferred.schema());
        TableConfig config = JsonUtils.stringToObject(inferred.tableConfig(""), TableConfig.class);
        SchemaUtils.validate(schema);
        TableConfigUtils.validate(config, schema);
        try (PinotTable table = PinotTable.open(config, schema)) {
            List<Message> indexed = new ArrayList<>();
            for (Message event : events) {
                Outcome outcome = table.consume(event.bytes());
                assertThat(outcome.failure())
                        .as(event + "\n" + inferred.schema())
                        .isNull();
                if (outcome.kind() == Outcome.Kind.INDEXED) {
                    indexed.add(event);
                }
            }
            for (FieldSpec column : schema.getAllFieldSpecs()) {
                List<String> keys = schema.getPrimaryKeyColumns();
                boolean isKey = keys != null && keys.contains(column.getName());
                check(table, column, isKey, indexed, inferred);
            }
        }
    }

    private static void check(
            PinotTable table, FieldSpec column, boolean isKey, List<Message> events, InferredTable inferred) {
        String name = "\"" + column.getName().replace("\"", "\"\"") + "\"";
        List<Object[]> rows = table.query(
                        "SET skipUpsert = true; SET enableNullHandling = true; SELECT " + name + " FROM t LIMIT 1000")
                .getRows();
        assertThat(rows).hasSameSizeAs(events);
        for (int i = 0; i < rows.size(); i++) {
            RefValue value = events.get(i).attributes().get(column.getName());
            Object stored = rows.get(i)[0];
            if (value instanceof RefValue.Text text && isKey && column.getDataType() == DataType.JSON) {
                assertThat(stored)
                        .isEqualTo(JsonUtils.objectToJsonNode(text.text()).toString()); // however it looks
            } else if (value != null && !(value instanceof RefValue.Null) && !isSame(value, stored, column)) {
                throw new AssertionError("column " + column + " holds " + stored + " of " + events.get(i) + "\n"
                        + String.join("\n", inferred.columns()));
            }
        }
    }

    /** Returns whether what a query returns is the value. */
    private static boolean isSame(RefValue value, @Nullable Object stored, FieldSpec column) {
        if (!column.isSingleValueField()) {
            List<? extends RefValue> members = ReferenceColumn.members(value);
            List<Object> elements = stored == null ? List.of() : elements(stored);
            return members.size() == elements.size()
                    && IntStream.range(0, members.size())
                            .allMatch(i -> isSame(members.get(i), elements.get(i), column.getDataType()));
        }
        return stored != null && isSame(value, stored, column.getDataType());
    }

    private static List<Object> elements(Object array) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    private static boolean isSame(RefValue value, Object stored, DataType type) {
        if (type == DataType.JSON) {
            return JsonForms.isStoredAs(value, stored);
        } else if (type == DataType.TIMESTAMP) {
            return isSameTime(value, Timestamp.valueOf(stored.toString()));
        } else if (value instanceof RefValue.Numeral number) {
            return type == DataType.STRING
                    ? stored.equals(number.text())
                    : new BigDecimal(stored.toString()).compareTo(number.value()) == 0
                            && (type != DataType.DOUBLE
                                    || new BigDecimal((Double) stored).compareTo(number.value()) == 0);
        } else if (value instanceof RefValue.Text text) {
            return stored.equals(text.text());
        } else if (value instanceof RefValue.Bool bool) {
            return stored.toString().equals(String.valueOf(bool.value()));
        } else if (value instanceof RefValue.Binary binary) {
            byte[] bytes = binary.bytes().toArray();
            return stored.equals(
                    type == DataType.BYTES
                            ? HexFormat.of().formatHex(bytes)
                            : Base64.getEncoder().encodeToString(bytes));
        }
        throw new AssertionError("a value of type " + value.typeName() + " in a column of type " + type);
    }

    private static boolean isSameTime(RefValue value, Timestamp stored) {
        BigDecimal millis = BigDecimal.valueOf(stored.getTime());
        if (value instanceof RefValue.Numeral number) {
            return List.of(-3, 0, 3).stream()
                    .anyMatch(scale -> number.value().movePointLeft(scale).compareTo(millis) == 0);
        }
        return value instanceof RefValue.Text text
                && text.text().startsWith(stored.toLocalDateTime().toLocalDate().toString());
    }
}
