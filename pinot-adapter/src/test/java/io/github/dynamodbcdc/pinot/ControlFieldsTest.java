package io.github.dynamodbcdc.pinot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixture.Change;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pinot.segment.local.segment.creator.TransformPipeline;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.utils.builder.TableConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attributes with the names of the fields by which Pinot controls a row. Such a field of another value than Pinot's own
 * drops the row, replaces it, or fails in Pinot.
 */
class ControlFieldsTest {
    /** A record's value for each type that Pinot could mistake for its own. */
    private static final List<String> VALUES = List.of(
            "{\"BOOL\":true}",
            "{\"S\":\"a\"}",
            "{\"N\":\"1\"}",
            "{\"NULL\":true}",
            "{\"L\":[{\"S\":\"a\"}]}",
            "{\"L\":[]}",
            "{\"SS\":[\"a\"]}",
            "{\"M\":{}}");

    /** The names in Pinot 1.0 to 1.5, of which no version has all. */
    static List<String> names() {
        return List.of(
                "$SKIP_RECORD_KEY$", "$MULTIPLE_RECORDS_KEY$", "$INCOMPLETE_RECORD_KEY$", "$SANITIZED_RECORD_KEY$");
    }

    private static Table table() {
        return Table.with("k", DataType.STRING).everyField();
    }

    private static DynamoDbMessageDecoder withoutSchema(Map<String, String> properties) {
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder();
        decoder.init(properties, null, "t");
        return decoder;
    }

    private static GenericRow decode(DynamoDbMessageDecoder decoder, String event) {
        return decoder.decode(event.getBytes(UTF_8), new GenericRow());
    }

    /** Transforms a row as Pinot does, and asserts that it stays one row with its attribute {@code k}. */
    private static void assertOneRow(GenericRow row) {
        Schema schema = new Schema.SchemaBuilder()
                .setSchemaName("t")
                .addSingleValueDimension("k", DataType.STRING)
                .build();
        TransformPipeline pipeline = new TransformPipeline(
                new TableConfigBuilder(TableType.REALTIME).setTableName("t").build(), schema);
        TransformPipeline.Result result = pipeline.processRow(row);
        assertThat(result.getSkippedRowCount()).isZero();
        assertThat(result.getIncompleteRowCount()).isZero();
        assertThat(result.getSanitizedRowCount()).isZero();
        assertThat(result.getTransformedRows())
                .singleElement()
                .satisfies(one -> assertThat(one.getValue("k")).isEqualTo("x"));
    }

    private static String item(String name, String value) {
        return "\"k\":{\"S\":\"x\"},\"" + name + "\":" + value;
    }

    @ParameterizedTest
    @MethodSource("names")
    void anAttributeWithSuchANameIsLeftOutWhereTheRowHasAllAttributes(String name) {
        for (String value : VALUES) {
            String event = Change.insert(item(name, value));
            GenericRow row = decode(withoutSchema(Map.of()), event);

            assertThat(row.getFieldToValueMap()).doesNotContainKey(name).containsEntry("k", "x");
            assertOneRow(row);
            assertThat(table().row(event)).doesNotContainKey(name).containsEntry("k", "x");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void itIsLeftOutOfEveryPartOfAnEvent(String name) {
        String value = "{\"BOOL\":true}";
        String escaped = "\\u0024" + name.substring(1);

        assertOneRow(decode(withoutSchema(Map.of()), Change.insert(item(escaped, value))));
        assertOneRow(decode(
                withoutSchema(Map.of()),
                Change.of("REMOVE").oldImage(item(name, value)).json()));
        assertOneRow(decode(
                withoutSchema(Map.of()),
                Change.of("INSERT").keys(item(name, value)).newImage("").json()));
        assertOneRow(decode(
                withoutSchema(Map.of("dynamodb.image", "OLD")),
                Change.of("MODIFY").oldImage(item(name, value)).json()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameThatThePrefixOfTheOldImageCompletesIsLeftOut(String name) {
        for (int length : new int[] {1, 5, name.length() - 1}) {
            String prefix = name.substring(0, length);
            DynamoDbMessageDecoder decoder = withoutSchema(Map.of("dynamodb.oldImagePrefix", prefix));
            for (String attribute : List.of(name, name.substring(length))) {
                GenericRow row = decode(
                        decoder,
                        Change.of("MODIFY")
                                .newImage(item(attribute, "{\"BOOL\":true}"))
                                .oldImage(item(attribute, "{\"BOOL\":true}"))
                                .json());

                assertThat(row.getFieldToValueMap()).doesNotContainKey(name);
                assertOneRow(row);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFieldOfSuchANameThatIsAskedForIsNull(String name) {
        String event = Change.insert(item(name, "{\"BOOL\":true}"));
        DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder();
        decoder.init(Map.of(), Set.of("k", name), "t");
        GenericRow row = decode(decoder, event);

        assertThat(row.getFieldToValueMap()).containsOnlyKeys("k", name).containsEntry(name, null);
        assertOneRow(row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeColumnName", "deleteColumnName"})
    void aPropertyThatNamesSuchAFieldIsRefused(String property) {
        for (String name : names()) {
            assertThatThrownBy(() -> withoutSchema(Map.of("dynamodb." + property, name)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("dynamodb." + property)
                    .hasMessageContaining("control");
        }
    }

    @Test
    void aWarningSaysItOnceWithoutTheName() {
        Table table = table();
        for (String name : names()) {
            table.row(Change.insert(item(name, "{\"S\":\"777177\"}")));
            table.row(Change.insert(item(name, "{\"S\":\"777177\"}")));
        }

        assertThat(table.log.warnings())
                .singleElement()
                .asString()
                .contains("left out")
                .doesNotContain("777177", "RECORD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$SKIP_RECORD_KEY", "SKIP_RECORD_KEY$", "$skip_record_key$", "$x$", "$", "__key"})
    void anyOtherNameIsAnAttribute(String name) {
        GenericRow row = decode(withoutSchema(Map.of()), Change.insert(item(name, "{\"BOOL\":true}")));

        assertThat(row.getFieldToValueMap()).containsEntry(name, true);
        assertOneRow(row);
    }

    @Test
    void anEventWithoutARowIsStillMarked() {
        GenericRow row = withoutSchema(Map.of("dynamodb.events", "REMOVE"))
                .decode(
                        Change.insert(item("$SKIP_RECORD_KEY$", "{\"BOOL\":false}"))
                                .getBytes(UTF_8),
                        new GenericRow());

        assertThat(row.getValue(GenericRow.SKIP_RECORD_KEY)).isEqualTo(true);
    }
}
