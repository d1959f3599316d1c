package io.github.dynamodbcdc.jackson;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** The kinds of time types that are read or written differently. */
enum TimeKind {
    INSTANT,
    OFFSET_DATE_TIME,
    ZONED_DATE_TIME,
    DURATION,
    /** Date, java.sql.Date and Calendar, which count milliseconds. */
    MILLIS,
    /** XMLGregorianCalendar, which counts milliseconds too. */
    XML,
    /** java.sql.Timestamp, the only Date with nanoseconds. */
    TIMESTAMP;

    /** Returns the kind of a type; null if it does not count time. Jackson writes a java.sql.Time as text. */
    static @Nullable TimeKind of(Class<?> type) {
        if (type == Instant.class) {
            return INSTANT;
        }
        if (type == OffsetDateTime.class) {
            return OFFSET_DATE_TIME;
        }
        if (type == ZonedDateTime.class) {
            return ZONED_DATE_TIME;
        }
        if (type == Duration.class) {
            return DURATION;
        }
        // By name, because a runtime may lack the modules java.sql and java.xml.
        if (type.getName().equals("java.sql.Timestamp")) {
            return TIMESTAMP;
        }
        if (type.getName().equals("java.sql.Time")) {
            return null;
        }
        if (type.getName().equals("javax.xml.datatype.XMLGregorianCalendar")) {
            return XML;
        }
        boolean legacy = Date.class.isAssignableFrom(type) || Calendar.class.isAssignableFrom(type);
        return legacy && type.getName().startsWith("java.") ? MILLIS : null;
    }

    /** Returns whether the type is older than java.time. */
    boolean isLegacy() {
        return this == MILLIS || this == XML || this == TIMESTAMP;
    }
}
