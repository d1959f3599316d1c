package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Five attributes of an image in a reusable row: three primitives, and two texts in byte buffers, as in a consumer that
 * writes rows to a column store. An attribute may be absent.
 */
final class ProjectedRow {
    static final String UPDATED_AT = "updated_at";
    static final String AMOUNT = "amount";
    static final String ACTIVE = "active";
    static final String STATUS = "status";
    static final String ID = "id";

    private static final int HAS_UPDATED_AT = 1;
    private static final int HAS_AMOUNT = 2;
    private static final int HAS_ACTIVE = 4;

    private final Text status = new Text();
    private final Text id = new Text();
    private int present;
    private long updatedAt;
    private double amount;
    private boolean active;

    void clear() {
        present = 0;
        updatedAt = 0;
        amount = 0;
        active = false;
        status.length = -1;
        id.length = -1;
    }

    void updatedAt(long value) {
        present |= HAS_UPDATED_AT;
        updatedAt = value;
    }

    void amount(double value) {
        present |= HAS_AMOUNT;
        amount = value;
    }

    void active(boolean value) {
        present |= HAS_ACTIVE;
        active = value;
    }

    Text status() {
        return status;
    }

    Text id() {
        return id;
    }

    /** Returns a checksum of all values, which forces every implementation to read all of them. */
    long checksum() {
        long sum = present;
        sum = sum * 31 + updatedAt;
        sum = sum * 31 + Double.doubleToRawLongBits(amount);
        sum = sum * 31 + (active ? 1 : 0);
        sum = sum * 31 + status.checksum();
        return sum * 31 + id.checksum();
    }

    /** Returns all values; null for an absent attribute. */
    List<@Nullable Object> values() {
        return Arrays.asList(
                (present & HAS_UPDATED_AT) == 0 ? null : updatedAt,
                (present & HAS_AMOUNT) == 0 ? null : amount,
                (present & HAS_ACTIVE) == 0 ? null : active,
                status.value(),
                id.value());
    }

    /** A text in UTF-8, in a buffer that is large enough for every payload. */
    static final class Text {
        final byte[] bytes = new byte[4096];

        /** The length of the text in bytes; negative if there is no text. */
        int length;

        void set(String value) {
            byte[] utf8 = value.getBytes(UTF_8);
            System.arraycopy(utf8, 0, bytes, 0, utf8.length);
            length = utf8.length;
        }

        private long checksum() {
            return length <= 0 ? length : length * 65_536L + bytes[0] * 256L + bytes[length - 1];
        }

        private @Nullable String value() {
            return length < 0 ? null : new String(bytes, 0, length, UTF_8);
        }
    }
}
