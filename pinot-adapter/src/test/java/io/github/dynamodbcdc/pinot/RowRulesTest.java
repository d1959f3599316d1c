package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixture.Change;
import io.github.dynamodbcdc.DecodeException;
import java.util.List;
import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image that fills a row, and the events that would destroy a row. */
class RowRulesTest {
    static final String REMOVE =
            Change.of("REMOVE").oldImage("\"v\":{\"N\":\"7\"}").json();
    private static final String KEYS_ONLY = Change.of("MODIFY").json();
    private static final String OLD_ONLY =
            Change.of("MODIFY").oldImage("\"v\":{\"N\":\"7\"}").json();

    static Table table() {
        return Table.with("id", DataType.STRING).and("v", DataType.LONG).primaryKey("id");
    }

    static Table upsert() {
        return table().and("at", DataType.LONG)
                .and("gone", DataType.BOOLEAN)
                .property("timeColumnName", "at")
                .property("deleteColumnName", "gone")
                .upsert(Mode.FULL, "gone", "at");
    }

    @Test
    void theRowHasExactlyTheFieldsToReadAndNullForEachThatIsMissing() {
        assertThat(table().row(Change.insert("\"other\":{\"N\":\"1\"}")))
                .containsOnlyKeys("id", "v")
                .containsEntry("id", "k1")
                .containsEntry("v", null);
    }

    @Test
    void fieldsBeyondTheSchemaAreInputsOfTransformsAndConvertedWithoutAType() {
        assertThat(table().fieldsToRead("id", "raw").row(Change.insert("\"raw\":{\"N\":\"1.0\"}")))
                .containsOnlyKeys("id", "raw")
                .containsEntry("raw", 1L);
    }

    @Test
    void withASchemaAndNoFieldsToReadTheRowHasAllAttributesAndTheInputsOfTransforms() {
        assertThat(table().everyField().row(Change.insert("\"raw\":{\"N\":\"1\"},\"v\":{\"S\":\"2\"}")))
                .containsOnlyKeys("id", "v", "raw", "eventName", "ApproximateCreationDateTime")
                .containsEntry("eventName", "INSERT")
                .containsEntry("v", 2L)
                .containsEntry("raw", 1L);
    }

    @Test
    void keysWinOverImages() {
        String event = Change.of("MODIFY")
                .keys("\"id\":{\"S\":\"key\"}")
                .images("\"NewImage\":{" + Change.ID + "}")
                .json();

        assertThat(table().row(event)).containsEntry("id", "key");
        assertThat(new Table().everyField().row(event)).containsEntry("id", "key");
    }

    @Test
    void onRemoveTheOtherColumnsAreFilledFromOldImage() {
        assertThat(table().row(REMOVE)).containsEntry("id", "k1").containsEntry("v", 7L);
        assertThat(table().property("fillFromOldImage", "false").row(REMOVE))
                .containsEntry("id", "k1")
                .containsEntry("v", null);
    }

    @Test
    void aValueOfOldImageThatDoesNotFitDoesNotPreventADelete() {
        String remove = Change.of("REMOVE")
                .oldImage("\"many\":{\"L\":[{\"N\":\"1\"},{\"N\":\"0.5\"},{\"N\":\"2\"}]},"
                        + "\"v\":{\"N\":\"0.5\"},\"w\":{\"N\":\"6\"}")
                .json();
        Table table = upsert().multiValue("many", DataType.LONG).and("w", DataType.INT);

        assertThat(table.row(remove))
                .containsEntry("id", "k1")
                .containsEntry("gone", true)
                .containsEntry("v", null)
                .containsEntry("many", null)
                .containsEntry("w", 6);
        assertThat(table.log.warnings())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("REMOVE").doesNotContain("0.5"))
                .anySatisfy(line -> assertThat(line).contains("'v'"))
                .anySatisfy(line -> assertThat(line).contains("'many'"));
    }

    @Test
    void aValueThatDoesNotFitFailsARowThatIsNoDeleteAndADeleteIfItIsAKeyOrComparisonColumn() {
        String remove = Change.of("REMOVE").oldImage("\"v\":{\"N\":\"0.5\"}").json();
        String wrongKey = Change.of("REMOVE").keys("\"v\":{\"N\":\"0.5\"}").json();

        assertThatThrownBy(() -> table().row(remove)).isInstanceOf(RowException.class);
        assertThatThrownBy(() -> table().upsert(Mode.FULL, null, "v").row(remove))
                .isInstanceOf(RowException.class);
        assertThatThrownBy(() -> upsert().primaryKey("v").row(wrongKey)).isInstanceOf(RowException.class);
        assertThatThrownBy(() -> upsert().row(Change.insert("\"v\":{\"N\":\"0.5\"}")))
                .isInstanceOf(RowException.class);
    }

    @Test
    void onRemoveWithoutImagesKeysAreThere() {
        assertThat(upsert().row(Change.of("REMOVE").json()))
                .containsEntry("id", "k1")
                .containsEntry("v", null)
                .containsEntry("gone", true);
    }

    @Test
    void inAnUpsertTableAChangeWithoutNewImageIsSkippedWithOneWarning() {
        Table table = upsert();

        assertThat(table.skips(KEYS_ONLY)).isTrue();
        assertThat(table.skips(OLD_ONLY)).isTrue();
        assertThat(table.log.warnings()).singleElement().asString().contains("NEW_AND_OLD_IMAGES");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MODIFY", "INSERT"})
    void anEmptyNewImageCountsAsNoneAndTheEventIsSkipped(String eventName) {
        for (String images : List.of(
                "\"NewImage\":{}",
                "\"NewImage\":{},\"OldImage\":{" + Change.ID + "}",
                "\"OldImage\":{},\"NewImage\":{}")) {
            Table table = upsert();

            assertThat(table.skips(Change.of(eventName).images(images).json())).isTrue();
            assertThat(table.log.warnings()).singleElement().asString().contains("NEW_AND_OLD_IMAGES");
        }
    }

    @Test
    void anEmptyNewImageOfAStreamRecordIsSkippedAndThatOfAnExportDeletes() {
        String stream = "{\"eventName\":\"MODIFY\",\"dynamodb\":{\"ApproximateCreationDateTime\":1719039879,"
                + "\"Keys\":{\"id\":{\"S\":\"k1\"}},\"NewImage\":{},\"SequenceNumber\":\"1\"}}";
        String export = "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1719039879869591\"}},"
                + "\"Keys\":{\"id\":{\"S\":\"k1\"}},\"NewImage\":{}}";

        assertThat(upsert().skips(stream)).isTrue();
        assertThat(upsert().row(export)).containsEntry("id", "k1").containsEntry("gone", true);
    }

    @Test
    void inAnyOtherTableAnEmptyNewImageMakesARowOfKeysWithTheSameWarning() {
        Table table = table();

        assertThat(table.row(Change.of("MODIFY").images("\"NewImage\":{}").json()))
                .containsEntry("id", "k1")
                .containsEntry("v", null);
        assertThat(table.log.warnings()).singleElement().asString().contains("Keys alone");
    }

    @Test
    void aRemoveWithAnEmptyNewImageDeletesAndIsFilledFromOldImage() {
        for (String eventImages : List.of(
                "\"NewImage\":{},\"OldImage\":{\"v\":{\"N\":\"7\"}}",
                "\"OldImage\":{\"v\":{\"N\":\"7\"}},\"NewImage\":{}")) {
            assertThat(upsert().row(Change.of("REMOVE").images(eventImages).json()))
                    .containsEntry("id", "k1")
                    .containsEntry("v", 7L)
                    .containsEntry("gone", true);
        }
        for (String eventImages : List.of("\"NewImage\":{}", "\"NewImage\":{},\"OldImage\":{}", "\"OldImage\":{}")) {
            Table table = upsert();

            assertThat(table.row(Change.of("REMOVE").images(eventImages).json()))
                    .containsEntry("id", "k1")
                    .containsEntry("v", null)
                    .containsEntry("gone", true);
            assertThat(table.log.warnings()).isEmpty();
        }
    }

    @Test
    void inAnyOtherTableAChangeWithoutNewImageHasItsKeysAndIsNeverFilledFromOldImage() {
        Table table = table();

        assertThat(table.row(KEYS_ONLY)).containsEntry("id", "k1").containsEntry("v", null);
        assertThat(table.row(OLD_ONLY)).containsEntry("v", null);
        assertThat(table.log.warnings()).hasSize(1);
    }

    @Test
    void unknownEventsAreSkippedAndCountedUnlessTheyAreNamed() {
        String expire = Change.of("EXPIRE").newImage("").json();
        Table table = table().and("eventName", DataType.STRING);

        for (int i = 0; i < 10; i++) {
            assertThat(table.skips(expire)).isTrue();
        }
        assertThat(table.log.warnings())
                .hasSize(2)
                .last()
                .asString()
                .contains("UNKNOWN", "(occurrence 10)")
                .doesNotContain("EXPIRE");
        assertThat(table().and("eventName", DataType.STRING)
                        .property("events", "INSERT,UNKNOWN")
                        .row(expire))
                .containsEntry("eventName", "EXPIRE");
    }

    @Test
    void anUnknownEventWithoutNewImageDoesNotEmptyARow() {
        assertThat(upsert().property("events", "UNKNOWN")
                        .skips(Change.of("EXPIRE").json()))
                .isTrue();
    }

    @Test
    void anEventThatDoesNotDecodeFailsOrIsSkippedByOnDecodeError() {
        String broken = Change.insert("\"v\":{\"N\":\"secret\"}");

        assertThatThrownBy(() -> table().row(broken)).isInstanceOf(DecodeException.class);
        Table lenient = table().property("onDecodeError", "SKIP");
        assertThat(lenient.skips(broken)).isTrue();
        assertThat(lenient.log.warnings())
                .singleElement()
                .asString()
                .contains("BAD_NUMBER at offset")
                .doesNotContain("secret");
        assertThat(lenient.row(Change.insert(""))).containsEntry("id", "k1");
    }

    @Test
    void aMissingPrimaryKeyIsEmittedWithOneWarningOrSkippedOrFails() {
        String other = Change.of("REMOVE").keys("\"sku\":{\"S\":\"s\"}").json();
        Table emit = table().fieldsToRead("id", "v");

        assertThat(emit.row(other)).containsEntry("id", null);
        emit.row(other);
        assertThat(emit.log.warnings())
                .filteredOn(line -> line.contains("lacks"))
                .singleElement()
                .asString()
                .contains("(id)", "dynamodb.onMissingPrimaryKey")
                .doesNotContain("sku");
        assertThat(table().property("onMissingPrimaryKey", "SKIP").skips(other)).isTrue();
        assertThatThrownBy(() -> table().property("onMissingPrimaryKey", "FAIL").row(other))
                .isInstanceOf(RowException.class)
                .hasMessageContaining("'id'");
    }

    @Test
    void keysThatAreNotThePrimaryKeyGiveOneWarningWithTheSchemasNames() {
        Table table = table();
        String composite = Change.of("INSERT")
                .keys(Change.ID + ",\"range\":{\"N\":\"1\"}")
                .newImage("")
                .json();

        table.row(Change.insert(""));
        assertThat(table.log.warnings()).isEmpty();
        table.row(composite);
        table.row(composite);
        assertThat(table.log.warnings())
                .singleElement()
                .asString()
                .contains("(id)")
                .doesNotContain("range");
    }

    @Test
    void thePrimaryKeyMayHaveAnEnvelopeColumn() {
        Table table = Table.with("id", DataType.STRING)
                .and("tableName", DataType.STRING)
                .primaryKey("tableName", "id");

        assertThat(table.row(Change.insert(""))).containsEntry("tableName", "orders");
        assertThat(table.log.warnings()).isEmpty();
    }

    @Test
    void anEventWithoutTimeFailsWhereTheTableComparesByIt() {
        String timeless = Change.of("INSERT").newImage("").withoutTime().json();

        assertThatThrownBy(() -> upsert().row(timeless))
                .isInstanceOf(RowException.class)
                .hasMessageContaining("dynamodb.snapshotTime");
        assertThat(table().and("ApproximateCreationDateTime", DataType.TIMESTAMP)
                        .row(timeless))
                .containsEntry("ApproximateCreationDateTime", null);
    }

    @Test
    void snapshotTimeIsTheTimeOfRowsWithoutOneAndLaterEventsWin() {
        Table table = upsert().property("snapshotTime", "2024-06-22T07:00:00Z");
        String exported = "{\"Item\":{" + Change.ID + ",\"v\":{\"N\":\"1\"}}}";

        assertThat(table.row(exported))
                .containsEntry("id", "k1")
                .containsEntry("v", 1L)
                .containsEntry("at", 1719039600000000L)
                .containsEntry("gone", false);
        assertThat((Long) table.row(Change.insert("")).get("at")).isGreaterThan(1719039600000000L);
        assertThat(table.log.warnings()).isEmpty();
    }

    @Test
    void imageOldAndKeysChooseWhatFillsTheColumns() {
        String modify = Change.of("MODIFY")
                .newImage("\"v\":{\"N\":\"8\"}")
                .oldImage("\"v\":{\"N\":\"7\"}")
                .json();

        assertThat(table().row(modify)).containsEntry("v", 8L);
        assertThat(table().property("image", "OLD").row(modify)).containsEntry("v", 7L);
        assertThat(table().property("image", "KEYS").row(modify))
                .containsEntry("v", null)
                .containsEntry("id", "k1");
        assertThat(upsert().property("image", "KEYS").row(KEYS_ONLY)).containsEntry("id", "k1");
    }

    @Test
    void oldImagePrefixThatBeginsTheNameOfAKeyIsRefused() {
        Table table = Table.with("pk", DataType.STRING)
                .and("sk", DataType.STRING)
                .primaryKey("sk", "pk")
                .property("oldImagePrefix", "p");
        assertThatThrownBy(table::init)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("dynamodb.oldImagePrefix", "'pk'");
    }

    @Test
    void oldImagePrefixMayBeTheNameOfAKey() {
        Table table = Table.with("id", DataType.STRING).primaryKey("id").property("oldImagePrefix", "id");
        assertThat(table.row(Change.insert(""))).containsEntry("id", "k1");
    }

    @Test
    void oldImagePrefixMayBeginTheNameOfAKeyThatATransformOrTheEventFills() {
        Table transformed = Table.with("pk", DataType.STRING)
                .primaryKey("pk")
                .transform("pk", "concat(a, b)")
                .property("oldImagePrefix", "p");
        assertThat(transformed.row(Change.insert(""))).containsEntry("pk", null);
        Table event =
                Table.with("eventID", DataType.STRING).primaryKey("eventID").property("oldImagePrefix", "event");
        assertThat(event.row("{\"eventName\":\"INSERT\",\"eventID\":\"e1\",\"dynamodb\":{\"Keys\":{" + Change.ID
                        + "},\"NewImage\":{" + Change.ID + "}}}"))
                .containsEntry("eventID", "e1");
    }

    @Test
    void oldImagePrefixAddsColumnsOfOldImage() {
        Table table = table().and("old_v", DataType.STRING)
                .and("old_id", DataType.STRING)
                .property("oldImagePrefix", "old_");
        String modify = Change.of("MODIFY")
                .newImage("\"v\":{\"N\":\"8\"},\"old_v\":{\"S\":\"an attribute\"}")
                .oldImage("\"v\":{\"N\":\"7\"}")
                .json();

        assertThat(table.row(modify))
                .containsEntry("v", 8L)
                .containsEntry("old_v", "7")
                .containsEntry("old_id", "k1");
        assertThat(table.row(Change.insert("\"v\":{\"N\":\"8\"}"))).containsEntry("old_v", null);
        assertThat(new Table().property("oldImagePrefix", "old_").everyField().row(modify))
                .containsEntry("old_v", 7L)
                .containsEntry("v", 8L);
    }

    @Test
    void aColumnWithATransformIsLeftToTheTransformWithOneWarning() {
        Table table = table().transform("v", "plus(a, b)");
        String event = Change.insert("\"v\":{\"N\":\"1\"}");

        assertThat(table.row(event)).containsEntry("v", null);
        table.row(event);
        assertThat(table.log.warnings()).singleElement().asString().contains("'v'", "dynamodb.transformedColumns=KEEP");
        Table keeping = table().transform("v", "plus(a, b)").property("transformedColumns", "KEEP");
        assertThat(keeping.row(event)).containsEntry("v", 1L);
        assertThat(keeping.log.warnings()).isEmpty();
    }

    @Test
    void timeAndDeleteColumnsAreEmittedDespiteATransformWithAdvice() {
        Table table =
                upsert().transform("gone", "strcmp(eventName, 'REMOVE') = 0").transform("at", "now()");

        for (int i = 0; i < 2; i++) {
            assertThat(table.row(REMOVE)).containsEntry("gone", true).containsEntry("at", 1719039879869591L);
        }
        assertThat(table.log.lines.stream().filter(line -> line.contains("ignores its transform")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("INFO").contains("'at'", "dynamodb.timeColumnName"),
                        line -> assertThat(line).startsWith("INFO").contains("'gone'", "dynamodb.deleteColumnName"));
        assertThat(upsert().transform("at", "now()")
                        .property("transformedColumns", "KEEP")
                        .init()
                        .log
                        .lines)
                .anyMatch(line -> line.contains("ignores its transform"));
    }

    @Test
    void theTransformOfATimeColumnIsForEventsWithoutATimeOnlyIfSuchAnEventMakesARow() {
        String advice = "dynamodb.timeColumnName, so Pinot applies its transform only to events without a time";
        Table table = timed();
        assertThat(table.row(Change.of("INSERT").withoutTime().newImage("").json()))
                .containsEntry("at", null);
        assertThat(table.log.lines).anyMatch(line -> line.startsWith("INFO") && line.contains(advice));

        Table snapshot = timed().property("snapshotTime", "2024-06-22T07:04:39Z");
        assertThat(snapshot.row(Change.of("INSERT").withoutTime().newImage("").json()))
                .containsEntry("at", 1719039879000000L);
        assertThat(snapshot.log.lines).anyMatch(line -> line.contains("ignores its transform"));
    }

    private static Table timed() {
        return table().and("at", DataType.LONG).property("timeColumnName", "at").transform("at", "now()");
    }

    @Test
    void aPrimaryKeyThatATransformMakesIsNotMissing() {
        Table table = table().transform("id", "concat(a, b)").property("onMissingPrimaryKey", "FAIL");

        assertThat(table.row(Change.of("REMOVE").keys("\"a\":{\"S\":\"1\"}").json()))
                .containsEntry("id", null);
    }

    @Test
    void binaryEncodingConfiguresCore() {
        String kinesis = "{\"eventName\":\"INSERT\",\"tableName\":\"t\",\"recordFormat\":\"application/json\","
                + "\"dynamodb\":{\"Keys\":{"
                + Change.ID + "},\"NewImage\":{\"b\":{\"B\":\"QVA4PQ==\"}}}}";

        assertThat(Table.with("b", DataType.BYTES).row(kinesis)).containsEntry("b", new byte[] {0, -1});
        assertThat(Table.with("b", DataType.STRING)
                        .property("binaryEncoding", "SINGLE")
                        .row(kinesis))
                .containsEntry("b", "QVA4PQ==");
    }

    @Test
    void lenienciesConfigureCore() {
        String local = Change.insert("\"v\":{\"N\":5}");

        assertThatThrownBy(() -> table().row(local)).isInstanceOf(DecodeException.class);
        assertThat(table().property("leniencies", "numbersAsJson, emptyValueAsMap")
                        .row(local))
                .containsEntry("v", 5L);
        String bean = "{\"eventName\":\"INSERT\",\"Dynamodb\":{\"keys\":{\"id\":{\"s\":\"k1\"}},"
                + "\"approximateCreationDateTime\":\"2024-06-22T07:04:39\",\"newImage\":{\"v\":{\"n\":\"5\"}}}}";
        assertThat(table().property("leniencies", "memberAliases,descriptorAliases,timesWithoutOffsetAsUtc")
                        .row(bean))
                .containsEntry("v", 5L);
    }

    @Test
    void aUnitForAColumnThatIsNoTimestampOfAnAttributeIsRefused() {
        for (String column : new String[] {"v", "absent"}) {
            assertThatThrownBy(() -> table().property("column." + column + ".unit", "SECONDS")
                            .init())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("TIMESTAMP");
        }
        assertThatThrownBy(() -> Table.with("ApproximateCreationDateTime", DataType.TIMESTAMP)
                        .property("column.ApproximateCreationDateTime.unit", "SECONDS")
                        .init())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
