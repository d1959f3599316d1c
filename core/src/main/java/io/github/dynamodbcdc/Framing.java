package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;

/** What may stand where a record belongs: a byte order mark, or data of another kind that is worth naming. */
final class Framing {
    private Framing() {}

    /** The position behind a byte order mark, which RFC 8259 lets a parser ignore. */
    static int afterByteOrderMark(JsonScanner json) {
        boolean mark = json.start < json.end && json.data[json.start] < 0 && begins(json, 0xEF, 0xBB, 0xBF);
        return mark ? json.start + 3 : json.start;
    }

    /** No JSON begins with these, so that nobody has to guess what an UNEXPECTED_BYTE is about. */
    static void refuseForeign(JsonScanner json) {
        if (json.start < json.end && json.data[json.start] == '{') {
            return;
        }
        if (begins(json, 0x1F, 0x8B)) {
            throw json.fail(Reason.COMPRESSED, json.start, "this is gzip");
        }
        if (begins(json, 0x78, 0x01)
                || begins(json, 0x78, 0x5E)
                || begins(json, 0x78, 0x9C)
                || begins(json, 0x78, 0xDA)) {
            throw json.fail(Reason.COMPRESSED, json.start, "this is zlib");
        }
        if (begins(json, 0x28, 0xB5, 0x2F, 0xFD)) {
            throw json.fail(Reason.COMPRESSED, json.start, "this is Zstandard");
        }
        if (begins(json, 0xF3, 0x89, 0x9A, 0xC2)) {
            throw json.fail(Reason.AGGREGATED, json.start, "the Kinesis Client Library takes it apart");
        }
    }

    private static boolean begins(JsonScanner json, int... bytes) {
        if (json.end - json.start < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (json.data[json.start + i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
