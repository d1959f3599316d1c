package io.github.dynamodbcdc.pinot;

import java.util.concurrent.TimeUnit;
import org.apache.pinot.spi.data.DateTimeFieldSpec;
import org.apache.pinot.spi.data.DateTimeFieldSpec.TimeFormat;
import org.apache.pinot.spi.data.DateTimeFormatSpec;
import org.apache.pinot.spi.data.FieldSpec;
import org.apache.pinot.spi.data.FieldSpec.DataType;

/**
 * Refuses a time column of the table with which Pinot may build no segment, because it cannot parse the least or the
 * greatest of its values. Consumption would stop at the end of the first segment. Pinot with continueOnError builds it.
 */
final class TimeColumnCheck {
    private final DecoderOptions options;
    private final TableFacts table;

    TimeColumnCheck(DecoderOptions options, TableFacts table) {
        this.options = options;
        this.table = table;
    }

    /** @throws IllegalArgumentException if the column cannot work; the message says what to change */
    void check() {
        FieldSpec spec = table.timeColumn == null ? null : table.column(table.timeColumn);
        if (spec instanceof DateTimeFieldSpec && !table.buildsAnyTime) { // Pinot refuses a column of another class
            checkType(spec, ((DateTimeFieldSpec) spec).getFormatSpec());
            checkField(spec.getName(), ((DateTimeFieldSpec) spec).getFormatSpec());
            checkLength(spec, ((DateTimeFieldSpec) spec).getFormatSpec());
        }
    }

    /**
     * Pinot shows some numbers as 1.7E15, and parses no decimal beyond a long. In a text of format TIMESTAMP, it stores
     * a date for null, and then expects milliseconds.
     */
    private void checkType(FieldSpec spec, DateTimeFormatSpec formatSpec) {
        DataType type = spec.getDataType();
        TimeFormat format = formatSpec.getTimeFormat();
        boolean isFloating = type == DataType.DOUBLE || type == DataType.FLOAT;
        boolean isLarge = type == DataType.BIG_DECIMAL && formatSpec.getColumnUnit() == TimeUnit.NANOSECONDS;
        boolean isText = (type == DataType.STRING || type == DataType.JSON) && format == TimeFormat.TIMESTAMP;
        boolean isTruth = type == DataType.BOOLEAN && format == TimeFormat.SIMPLE_DATE_FORMAT;
        if (isFloating || isLarge || table.stripsTrailingZeros(spec.getName()) || isText || isTruth) {
            throw refused(
                    spec.getName(),
                    "is a column of type " + type + (isText || isTruth ? " and format " + format : "")
                            + ", with which Pinot may build no segment: make it a LONG column");
        }
    }

    private void checkField(String column, DateTimeFormatSpec format) {
        boolean isLeft = table.isTransformed(column) && !options.keepTransformed;
        EnvelopeField field = isLeft || column.equals(options.timeColumn) ? null : options.field(column);
        boolean isNumber =
                field != null && field.kind == EnvelopeField.Kind.COUNT && format.getTimeFormat() == TimeFormat.EPOCH;
        if (field != null && field.kind != EnvelopeField.Kind.TIME && !isNumber) {
            throw refused(
                    column,
                    "gets a field of the event that is no time, with which Pinot may build no segment: name another"
                            + " column, or set " + DecoderKeys.ENVELOPE_PREFIX);
        }
    }

    /** Pinot stores the current time for null, and cuts it, too. */
    private void checkLength(FieldSpec spec, DateTimeFormatSpec format) {
        int maxLength = TableFacts.maxLength(spec);
        int needed = format.fromMillisToFormat(System.currentTimeMillis()).length();
        if (needed > maxLength) {
            throw refused(
                    spec.getName(),
                    "has a maxLength of " + maxLength + ", which holds no time in its format: set maxLength to "
                            + needed + " or more");
        }
    }

    private static IllegalArgumentException refused(String column, String why) {
        return new IllegalArgumentException("segmentsConfig.timeColumnName " + Quoted.of(column) + " " + why);
    }
}
