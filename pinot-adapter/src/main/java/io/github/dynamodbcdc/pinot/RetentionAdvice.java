package io.github.dynamodbcdc.pinot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import org.slf4j.Logger;

/** Reports settings of an upsert table by which Pinot drops or forgets rows of items that still exist. */
final class RetentionAdvice {
    /**
     * The least time for which Pinot should remember a deleted key, in seconds. Retries of a producer, and shards of a
     * stream that are read at different speeds, delay an older change by minutes. A number in a mistaken unit is far
     * below.
     */
    private static final double AN_HOUR = 3600;

    /** Rounds down, so that a little less than an hour is not shown as an hour. */
    private static final MathContext SHOWN = new MathContext(4, RoundingMode.DOWN);

    private static final double MAX_PLAIN = 1e18;

    private final TableFacts table;
    private final Map<String, EnvelopeColumn> envelope;
    private final Logger log;

    /** @param envelope the columns that the event itself fills, by name */
    RetentionAdvice(TableFacts table, Map<String, EnvelopeColumn> envelope, Logger log) {
        this.table = table;
        this.envelope = envelope;
        this.log = log;
    }

    void give() {
        if (table.retention != null) {
            log.warn(
                    "segmentsConfig drops rows after {}, also those of items that still exist but do not change; right"
                            + " only if rows of older items may go",
                    Quoted.of(table.retention));
        }
        for (String column : table.comparisonColumns) {
            adviseOnTimeToLive(column);
        }
    }

    /** Advises about the two settings that count in units of the comparison column. */
    private void adviseOnTimeToLive(String column) {
        EnvelopeColumn filled = envelope.get(column);
        ChangeTime time = filled == null ? null : filled.time();
        if (filled != null && (time == null || !time.countsUnits())) {
            adviseOnOtherUnit("metadataTTL", table.metadataTimeToLive, column);
            adviseOnOtherUnit("deletedKeysTTL", table.deletedKeysTimeToLive, column);
            return;
        }
        if (table.metadataTimeToLive > 0) {
            log.warn(
                    "upsertConfig.metadataTTL{}: Pinot then forgets an item: a change adds a row, a REMOVE deletes"
                            + " none; right only if old rows may go",
                    time == null ? "" : amount(table.metadataTimeToLive, time, column));
        }
        double deleted = table.deletedKeysTimeToLive;
        if (deleted > 0 && time != null && time.seconds(deleted) < AN_HOUR) {
            log.warn(
                    "upsertConfig.deletedKeysTTL{}: an older change that arrives later than that brings a deleted"
                            + " item back; set an hour or more",
                    amount(deleted, time, column));
        }
    }

    private void adviseOnOtherUnit(String setting, double value, String column) {
        if (value > 0) {
            log.warn(
                    "upsertConfig.{} counts in units of comparison column {}, whose values do not count time: remove"
                            + " it",
                    setting,
                    Quoted.of(column));
        }
    }

    private static String amount(double value, ChangeTime time, String column) {
        double seconds = time.seconds(value);
        String duration =
                seconds < AN_HOUR ? plain(seconds, SHOWN) + " seconds" : plain(seconds / AN_HOUR, SHOWN) + " hours";
        return " is " + plain(value, MathContext.UNLIMITED) + " " + time.unitText() + " (" + duration + ") of column "
                + Quoted.of(column);
    }

    private static String plain(double number, MathContext digits) {
        return number < MAX_PLAIN
                ? BigDecimal.valueOf(number).round(digits).stripTrailingZeros().toPlainString()
                : Double.toString(number);
    }
}
