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

    /** Dates before it are of the Julian calendar in texts, and in the XMLGregorianCalendars that the JDK makes. */
    static final Instant GREGORIAN = Instant.parse("1582-10-15T00:00:00Z");

    /** How much earlier the year 1 begins in the Julian calendar. */
    private static final Duration JULIAN_YEAR_1 = Duration.ofDays(2);

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

    /**
     * Returns whether a time of this kind that was read from a text is in the years 1 to 9999.
     *
     * @param type the public class of the time
     */
    boolean isInYears(Object time, Class<?> type) {
        switch (this) {
            case DURATION:
                return true;
            case INSTANT:
                return isInYears((Instant) time);
            case OFFSET_DATE_TIME:
                return isInYears(((OffsetDateTime) time).toInstant());
            case ZONED_DATE_TIME:
                return isInYears(((ZonedDateTime) time).toInstant());
            default:
                Instant instant = Instant.ofEpochMilli(epochMilli(time, type));
                boolean mayBeJulian = this != XML && instant.isBefore(GREGORIAN);
                return isInYears(mayBeJulian ? instant.plus(JULIAN_YEAR_1) : instant);
        }
    }

    /**
     * Returns the milliseconds of a legacy time.
     *
     * @param type the public class of the time
     */
    @SuppressWarnings("JavaUtilDate") // a java.sql.Date refuses to be an Instant
    long epochMilli(Object time, Class<?> type) {
        if (this == XML) {
            return instantOfXml(time, type).toEpochMilli();
        }
        return time instanceof Calendar ? ((Calendar) time).getTimeInMillis() : ((Date) time).getTime();
    }

    private static boolean isInYears(Instant instant) {
        return EpochNumber.isInYears(instant.getEpochSecond());
    }

    /** Returns whether an XMLGregorianCalendar is in the Gregorian calendar, and not after the year 9999. */
    static boolean isGregorianXml(Object time, Class<?> type) {
        Instant instant = instantOfXml(time, type);
        return !instant.isBefore(GREGORIAN) && isInYears(instant);
    }

    private static Instant instantOfXml(Object time, Class<?> type) {
        try {
            return ((Calendar) type.getMethod("toGregorianCalendar").invoke(time)).toInstant();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("javax.xml.datatype.XMLGregorianCalendar", e);
        }
    }

    /** Sets the nanoseconds of a java.sql.Timestamp. */
    static @Nullable Object withNanos(@Nullable Object timestamp, int nanos) {
        if (timestamp != null) {
            try {
                timestamp.getClass().getMethod("setNanos", int.class).invoke(timestamp, nanos);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("java.sql.Timestamp", e);
            }
        }
        return timestamp;
    }
}
