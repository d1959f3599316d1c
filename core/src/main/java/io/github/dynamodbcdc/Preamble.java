package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;

/** What may stand where a record belongs: a byte order mark, or data of another kind that is worth naming. */
final class Preamble {
    static final String ION = "this is Amazon Ion: DynamoDB also exports as DynamoDB JSON";
    private static final String UTF_16 = "this is UTF-16 or UTF-32, and JSON is UTF-8";

    private Preamble() {}

    /** The position behind a byte order mark, which RFC 8259 lets a parser ignore. */
    static int afterByteOrderMark(JsonScanner json) {
        boolean mark = json.start < json.end && json.data[json.start] < 0 && begins(json, 3, 0xEFBBBF);
        return mark ? json.start + 3 : json.start;
    }

    /** Refuses data of another kind, which no JSON in UTF-8 begins with, by its name. */
    static void refuseForeign(JsonScanner json) {
        int next = json.start + 1;
        if (next < json.end && json.data[json.start] == '{' && json.data[next] != 0) {
            return;
        }
        if (begins(json, 2, 0xFEFF) || begins(json, 2, 0xFFFE) || begins(json, 2, '{') || begins(json, 2, '[')) {
            throw json.fail(Reason.UNEXPECTED_BYTE, json.start, UTF_16);
        }
        if (begins(json, 2, '{' << 8) || begins(json, 2, '[' << 8)) {
            throw json.fail(Reason.UNEXPECTED_BYTE, next, UTF_16);
        }
        if (begins(json, 4, 0xE00100EA)) {
            throw json.fail(Reason.UNEXPECTED_BYTE, json.start, ION);
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
        if (begins(json, 4, 0x504B0304) || begins(json, 4, 0x504B0506) || begins(json, 4, 0x504B0708)) {
            throw json.fail(Reason.COMPRESSED, json.start, "this is ZIP");
        }
        // The framing format, and the one of snappy-java's streams.
        if (begins(json, 4, 0xFF060000) || begins(json, 4, 0x82534E41)) {
            throw json.fail(Reason.COMPRESSED, json.start, "this is Snappy");
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
