package io.github.dynamodbcdc.pinot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pinot.spi.data.DateTimeFormatSpec;

/**
 * Formats times by a SIMPLE_DATE_FORMAT of Pinot, with finer fractions. Pinot formats milliseconds only, so that
 * further fraction digits of a pattern ({@code SSSSSS}) would all be 0.
 */
final class DatePattern {
    private static final Pattern MORE_THAN_MILLIS = Pattern.compile("SSS(S+)");

    /** A placeholder for the digits finer than milliseconds. It is no letter, so a pattern copies it unchanged. */
    private static final String FINER = "\u0001";

    private static final int DIGITS_IN_MILLI = 6;

    private static final long START_OF_2023 = 1_672_531_200L;
    private static final long START_OF_2024 = 1_704_067_200L;

    /** About half an hour, with different minutes and seconds at each step. */
    private static final long STEP = 1777;

    private final DateTimeFormatSpec format;
    private final int finerDigits;

    DatePattern(String pinotFormat) {
        Matcher fraction = MORE_THAN_MILLIS.matcher(pinotFormat);
        finerDigits = fraction.find() ? fraction.group(1).length() : 0;
        format = new DateTimeFormatSpec(finerDigits == 0 ? pinotFormat : fraction.replaceFirst("SSS" + FINER));
    }

    String format(long epochSecond, int nano) {
        String text = format.fromMillisToFormat(Math.addExact(Math.multiplyExact(epochSecond, 1000), nano / 1_000_000));
        return finerDigits == 0 ? text : text.replace(FINER, finer(nano % 1_000_000));
    }

    private String finer(int nanoOfMilli) {
        StringBuilder digits = new StringBuilder(Integer.toString(1_000_000 + nanoOfMilli));
        digits.deleteCharAt(0);
        while (digits.length() < finerDigits) {
            digits.append('0');
        }
        return digits.substring(0, finerDigits);
    }

    boolean isNumeric() {
        return format(START_OF_2023, 0).matches("[0-9]{1,18}");
    }

    boolean isCoarserThanMicros() {
        return finerDigits < DIGITS_IN_MILLI / 2;
    }

    /**
     * Returns whether later times have texts that sort later, or larger numbers. Tries every half hour of a year,
     * including the hour when clocks are set back.
     */
    boolean isOrdered(boolean asNumber) {
        String last = format(START_OF_2023 - STEP, 0);
        for (long time = START_OF_2023; time <= START_OF_2024; time += STEP) {
            String text = format(time, 0);
            int order = asNumber ? Long.compare(Long.parseLong(last), Long.parseLong(text)) : last.compareTo(text);
            if (order > 0) {
                return false;
            }
            last = text;
        }
        return true;
    }
}
