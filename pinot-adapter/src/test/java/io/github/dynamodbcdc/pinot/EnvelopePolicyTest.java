package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixture.Change;
import java.math.BigDecimal;
import java.util.List;
import org.apache.pinot.spi.config.table.UpsertConfig.Mode;
import org.apache.pinot.spi.data.DateTimeFieldSpec;
import org.apache.pinot.spi.data.DimensionFieldSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value of the event itself that its column cannot hold follows the policies, as the value of an attribute does. */
class EnvelopePolicyTest {
    /**
     * A value of the event that a column cannot hold.
     *
     * @param member the member of {@code dynamodb} with the value
     * @param key the property that decides
     * @param saturated the nearest value of the column; null if there is none
     */
    record Misfit(
            FieldSpec column,
            String member,
            String key,
            @Nullable Object saturated) {
        String name() {
            return column.getName();
        }

        String event(String eventName) {
            String time = member.contains("Time\"") ? "" : "\"ApproximateCreationDateTime\":1719039879,";
            return "{\"eventName\":\"" + eventName + "\",\"eventVersion\":\"1.1\",\"dynamodb\":{" + time + "\"Keys\":{"
                    + Change.ID + "}," + (eventName.equals("REMOVE") ? "" : "\"NewImage\":{" + Change.ID + "},")
                    + member
                    + "}}";
        }

        /** Returns a table of the column, where it is no key, comparison or time column. */
        Table table() {
            Table table = Table.with("id", DataType.STRING)
                    .primaryKey("id")
                    .and("changed_at", DataType.LONG)
                    .property("timeColumnName", "changed_at");
            return name().equals("changed_at") ? table : table.and(column);
        }

        Table upsert(String comparisonColumn) {
            return table().and("gone", DataType.BOOLEAN)
                    .property("deleteColumnName", "gone")
                    .upsert(Mode.FULL, "gone", comparisonColumn);
        }

        @Override
        public String toString() {
            return column.getDataType() + " " + member;
        }
    }

    private static FieldSpec plain(String name, DataType type) {
        return new DimensionFieldSpec(name, type, true);
    }

    private static Misfit size(String number, int nearest) {
        return new Misfit(plain("SizeBytes", DataType.INT), "\"SizeBytes\":" + number, "onNumberOverflow", nearest);
    }

    private static Misfit time(DataType type, String format, String iso, Object nearest) {
        String name = "ApproximateCreationDateTime";
        return new Misfit(
                new DateTimeFieldSpec(name, type, format, "1:SECONDS"),
                "\"" + name + "\":\"" + iso + "\"",
                "onNumberOverflow",
                nearest);
    }

    private static Misfit sequence(String text) {
        return new Misfit(
                plain("SequenceNumber", DataType.BIG_DECIMAL),
                "\"SequenceNumber\":\"" + text + "\"",
                "onTypeMismatch",
                null);
    }

    static List<Misfit> misfits() {
        return List.of(
                size("3000000000", Integer.MAX_VALUE),
                size("9223372036854775807", Integer.MAX_VALUE),
                size("-2147483649", Integer.MIN_VALUE),
                time(DataType.INT, "EPOCH|SECONDS", "2038-01-19T03:14:08Z", Integer.MAX_VALUE),
                time(DataType.INT, "EPOCH|SECONDS", "1901-12-13T20:45:51Z", Integer.MIN_VALUE),
                time(DataType.LONG, "EPOCH|NANOSECONDS", "2262-04-11T23:47:17Z", Long.MAX_VALUE),
                time(DataType.LONG, "EPOCH|NANOSECONDS", "1600-01-01T00:00:00Z", Long.MIN_VALUE),
                sequence("abc"),
                sequence("1e5"),
                sequence("-1"),
                sequence("1.0"),
                sequence(" 1"),
                sequence("\uFF11"),
                sequence(""),
                sequence("1".repeat(41)));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void itFailsTheRowIfTheOptionSaysSo(Misfit misfit) {
        for (String eventName : List.of("INSERT", "MODIFY", "REMOVE")) {
            assertThatThrownBy(() -> misfit.table().property(misfit.key, "FAIL").row(misfit.event(eventName)))
                    .isInstanceOf(RowException.class)
                    .hasNoCause()
                    .hasMessageContainingAll("'" + misfit.name() + "'", "; see dynamodb." + misfit.key);
        }
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void itIsNullWithAWarningIfTheOptionSaysSo(Misfit misfit) {
        Table table = misfit.table().property(misfit.key, "NULL");

        assertThat(table.row(misfit.event("INSERT")))
                .containsEntry(misfit.name(), null)
                .containsEntry("id", "k1");
        assertThat(table.log.warnings())
                .singleElement()
                .asString()
                .contains("column '" + misfit.name() + "'", "became null: the value does not fit it");
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void itIsTheNearestValueIfTheOptionSaysSoAndThereIsOne(Misfit misfit) {
        Table table = misfit.table().property("onNumberOverflow", "SATURATE");

        assertThat(table.row(misfit.event("INSERT"))).containsEntry(misfit.name(), misfit.saturated);
        assertThat(table.log.warnings()).hasSize(misfit.saturated == null ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void itIsNullWithAWarningOnRemoveInAnUpsertTableWhateverTheOptionsSay(Misfit misfit) {
        Table table = misfit.upsert("changed_at").property(misfit.key, "FAIL");

        assertThat(table.row(misfit.event("REMOVE")))
                .containsEntry(misfit.name(), null)
                .containsEntry("id", "k1")
                .containsEntry("gone", true);
        assertThat(table.log.warnings())
                .singleElement()
                .asString()
                .contains("column '" + misfit.name() + "'", "became null in a REMOVE");
        assertThatThrownBy(() -> table.row(misfit.event("MODIFY"))).isInstanceOf(RowException.class);
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void itFailsTheRowOfAKeyComparisonOrTimeColumnWhateverTheOptionsSay(Misfit misfit) {
        for (String option : List.of("NULL", "SATURATE")) {
            List<Table> tables = List.of(
                    misfit.upsert("changed_at").primaryKey("id", misfit.name()),
                    misfit.upsert("changed_at").timeColumn(misfit.name()),
                    misfit.upsert(misfit.name()));
            for (Table table : tables) {
                table.property("onNumberOverflow", option).property("onTypeMismatch", "NULL");
                for (String eventName : List.of("INSERT", "REMOVE")) {
                    assertThatThrownBy(() -> table.row(misfit.event(eventName)))
                            .isInstanceOf(RowException.class)
                            .hasMessageContaining("column '" + misfit.name() + "'")
                            .hasMessageEndingWith(
                                    "; dynamodb." + misfit.key + " does not apply to key, comparison and time columns");
                }
            }
        }
    }

    @Test
    void theColumnOfTimeColumnNameFollowsTheOptionsToo() {
        Misfit misfit = time(DataType.LONG, "EPOCH|NANOSECONDS", "2500-01-01T00:00:00Z", Long.MAX_VALUE);
        Table table = misfit.table().property("timeUnit", "NANOSECONDS");
        String event = misfit.event("INSERT");

        assertThat(table.property("onNumberOverflow", "SATURATE").row(event))
                .containsEntry("changed_at", Long.MAX_VALUE);
        assertThat(table.init().property("onNumberOverflow", "NULL").init().row(event))
                .containsEntry("changed_at", null);
    }

    @Test
    void anyTextFitsASequenceNumberInAStringColumn() {
        for (String text : List.of("abc", "", "1e5")) {
            assertThat(Table.with("SequenceNumber", DataType.STRING)
                            .property("onTypeMismatch", "FAIL")
                            .row(sequence(text).event("INSERT")))
                    .containsEntry("SequenceNumber", text);
        }
    }

    @Test
    void aSequenceNumberOfUpTo40DigitsIsANumber() {
        for (String digits : List.of("0", "0042", "9".repeat(40))) {
            assertThat(Table.with("SequenceNumber", DataType.BIG_DECIMAL)
                            .row(sequence(digits).event("INSERT")))
                    .containsEntry("SequenceNumber", new BigDecimal(digits));
        }
    }

    /** Core reads such a SizeBytes as absent, because it is only a hint. */
    @ParameterizedTest
    @ValueSource(strings = {"\"313\"", "1.5", "9223372036854775808", "true", "{}", "null"})
    void aSizeThatIsNoLongCountsAsAbsentUnderEveryPolicy(String size) {
        for (DataType type : List.of(DataType.INT, DataType.LONG, DataType.BIG_DECIMAL, DataType.STRING)) {
            Table table = Table.with("SizeBytes", type)
                    .property("onTypeMismatch", "FAIL")
                    .property("onNumberOverflow", "FAIL");

            assertThat(table.row(size(size, 0).event("INSERT"))).containsEntry("SizeBytes", null);
            assertThat(table.log.warnings()).isEmpty();
        }
    }

    @Test
    void aMissingComparisonValueFailsADeleteWithoutAWarningAboutOtherColumns() {
        Table table = Table.with("id", DataType.STRING)
                .primaryKey("id")
                .and("ApproximateCreationDateTime", DataType.TIMESTAMP)
                .and("changed_at", DataType.LONG)
                .and("gone", DataType.BOOLEAN)
                .property("timeColumnName", "changed_at")
                .property("deleteColumnName", "gone")
                .upsert(Mode.FULL, "gone", "changed_at");

        assertThatThrownBy(() -> table.row(Change.of("REMOVE").withoutTime().json()))
                .isInstanceOf(RowException.class)
                .hasMessageContaining("no ApproximateCreationDateTime");
        assertThat(table.log.warnings()).isEmpty();
    }
}
