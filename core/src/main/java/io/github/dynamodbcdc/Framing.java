package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;

/** What may stand where a record belongs: a byte order mark, or data of another kind that is worth naming. */
final class Framing {
    private Framing() {}

    /** The position behind a byte order mark, which RFC 8259 lets a parser ignore. */
    static int afterByteOrderMark(JsonScanner json) {
        boolean mark = json.start < json.end && json.data[json.start] < 0 && begins(json, 3, 0xEFBBBF);
        return mark ? json.start + 3 : json.start;
    }

    /** No JSON begins with these, so that nobody has to guess what an UNEXPECTED_BYTE is about. */
    static void refuseForeign(JsonScanner json) {
        if (json.start < json.end && json.data[json.start] == '{') {
            return;
        }
        if (begins(json, 2, 0x1F8B)) {
            throw json.fail(Reason.COMPRESSED, json.start, "this is gzip");
        }
        if (begins(json, 2, 0x7801) || begins(json, 2, 0x785E) || begins(json, 2, 0x789C) || begins(json, 2, 0x78DA)) {
            throw json.fail(Reason.COMPRESSED, json.start, "this is zlib");
        }
        if (begins(json, 4, 0x28B52FFD)) {
            throw json.fail(Reason.COMPRESSED, json.start, "this is Zstandard");
        }
        if (begins(json, 4, 0xF3899AC2)) {
            throw json.fail(Reason.AGGREGATED, json.start, "the Kinesis Client Library takes it apart");
        }
    }

    /** Whether the record begins with these bytes, of which the first is the highest. */
    private static boolean begins(JsonScanner json, int count, int bytes) {
        if (json.end - json.start < count) {
            return false;
        }
        int first = 0;
        for (int i = 0; i < count; i++) {
            first = (first << 8) | (json.data[json.start + i] & 0xFF);
        }
        return first == bytes;
    }
}
