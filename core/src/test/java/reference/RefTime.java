package reference;

/** An instant and the unit it was written in: SECOND, MILLISECOND, MICROSECOND or NANOSECOND. */
public record RefTime(long epochSecond, int nano, String precision, boolean stated) {}
