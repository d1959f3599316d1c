package io.github.dynamodbcdc.pinot;

import org.slf4j.Logger;

/**
 * Logs a warning about something that may happen with every event: at the first occurrence only, or at occurrence 1,
 * 10, 100 and so on.
 */
final class SampledWarning {
    private final Logger log;
    private final String message;
    private final boolean once;
    private long count;
    private long next = 1;

    private SampledWarning(Logger log, String message, boolean once) {
        this.log = log;
        this.message = message;
        this.once = once;
    }

    static SampledWarning once(Logger log, String message) {
        return new SampledWarning(log, message, true);
    }

    static SampledWarning sampled(Logger log, String message) {
        return new SampledWarning(log, message, false);
    }

    void occurred() {
        occurred("");
    }

    /** @param detail the detail of this occurrence, which must contain no value or name from the event */
    void occurred(String detail) {
        count++;
        if (count == next) {
            next = once || next > Long.MAX_VALUE / 10 ? -1 : next * 10;
            String text = detail.isEmpty() ? message : message + ": " + detail;
            log.warn(once ? text : text + " (occurrence " + count + ")");
        }
    }
}
