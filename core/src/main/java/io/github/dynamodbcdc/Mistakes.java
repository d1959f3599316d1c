package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.Member.Names;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes other formats that are passed by mistake in place of a record, so the failure can name them. Except for
 * {@link #refuseForeign}, it examines only input that was already refused.
 */
final class Mistakes {
    private static final String ION = "this is Amazon Ion: DynamoDB also exports as DynamoDB JSON";
    private static final String UTF_16 = "this is UTF-16 or UTF-32, and JSON is UTF-8";
    private static final String GZIP = "this is gzip";
    private static final String BASE64 = "this is base64 text: decode it first";
    private static final String ALIASES = "the option memberAliases reads this spelling of the member names";

    private static final String STREAM_RECORD = "this is the content of \"dynamodb\" without its record";

    /** The number of characters of the base64 alphabet that is enough to recognize base64. */
    private static final int BASE64_CHARACTERS = 12;

    /** The number of bytes that {@link #text} examines. */
    static final int TEXT_LENGTH = BASE64_CHARACTERS;

    private final JsonScanner json;
    private final boolean aliases;

    private int members;
    private int attributeValues;

    /** Whether there is a {@code dynamodb} in another case. */
    private boolean dynamodb;

    /** Whether there are Keys, in any case. */
    private boolean keys;

    /** Whether there are Keys or images. */
    private boolean items;

    /** Whether there is another member of a StreamRecord. */
    private boolean streamRecord;

    private boolean metadata;
    private boolean scanOutput;
    private boolean schema;
    private boolean payload;
    private boolean cloudEvent;

    private Mistakes(JsonScanner json, boolean aliases) {
        this.json = json;
        this.aliases = aliases;
    }

    /**
     * Throws an exception that names the format, if the first bytes of the record are those of another format.
     *
     * @param reading whether a reader has unpacked what can be unpacked
     */
    static void refuseForeign(JsonScanner json, boolean reading) {
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
            throw json.fail(Reason.COMPRESSED, json.start, reading ? GZIP : GZIP + ": read(…) unpacks it");
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
        // The framing format, and the format of snappy-java's streams.
        if (begins(json, 4, 0xFF060000) || begins(json, 4, 0x82534E41)) {
            throw json.fail(Reason.COMPRESSED, json.start, "this is Snappy");
        }
        if (begins(json, 4, 0xF3899AC2)) {
            throw json.fail(Reason.AGGREGATED, json.start, "the Kinesis Client Library deaggregates it");
        }
    }

    /** Returns whether the record begins with these bytes, in big-endian order. */
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

    /** Returns a hint that names the format of the text at {@code p}, which is not JSON; null if it is unknown. */
    static @Nullable String text(JsonScanner json, int p) {
        if (spells(json, p, "$ion_1_0")) {
            return ION;
        }
        return isBase64(json, p) ? BASE64 : null;
    }

    /** Returns a hint that names the content of the JSON string at {@code quote}; null if unknown, or no string. */
    static @Nullable String string(JsonScanner json, int quote) {
        if (json.data[quote] != '"') {
            return null; // what follows a number belongs to another value
        }
        int p = json.space(quote + 1);
        if (p < json.end && (json.data[p] == '{' || json.data[p] == '[')) {
            return "this is JSON text inside a JSON string: decode the string first";
        }
        return text(json, p);
    }

    /**
     * Returns a hint that names the object at {@code brace}, which is JSON but not a record; null if it is unknown.
     *
     * @param aliases whether the option memberAliases is on
     */
    static @Nullable String object(JsonScanner json, int brace, boolean aliases) {
        Mistakes seen = new Mistakes(json, aliases);
        seen.walk(brace);
        return seen.hint();
    }

    /** Returns a hint that names the option that reads the Keys of the object at {@code brace}; null if none does. */
    static @Nullable String keys(JsonScanner json, int brace, boolean aliases) {
        Mistakes seen = new Mistakes(json, aliases);
        seen.walk(brace);
        return seen.keys && !aliases ? ALIASES : null;
    }

    /**
     * Returns a hint that names the object at {@code brace}, which has Keys but no Metadata; null if it may be a line
     * of an export.
     */
    static @Nullable String line(JsonScanner json, int brace) {
        Mistakes seen = new Mistakes(json, true);
        seen.walk(brace);
        return seen.streamRecord ? STREAM_RECORD : null;
    }

    private void walk(int brace) {
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            int from = p + 1;
            int close = json.string(from);
            long flags = json.flags;
            p = json.expect(json.space(close + 1), ':');
            members++;
            note(from, close, flags, json.data[p]);
            attributeValues += isAttributeValue(p) ? 1 : 0;
            p = json.afterValue(json.skip(p, 1), '}');
        }
    }

    private void note(int from, int close, long flags, byte value) {
        Member ofRecord = Names.RECORD.find(json.data, from, close, flags, true);
        dynamodb |= ofRecord == Member.DYNAMODB && value == '{';
        metadata |= ofRecord == Member.EXPORT_METADATA;
        Member member = Names.DYNAMODB.find(json.data, from, close, flags, true);
        if (member == Member.KEYS || member == Member.NEW_IMAGE || member == Member.OLD_IMAGE) {
            items |= value == '{';
            keys |= member == Member.KEYS && value == '{';
        } else {
            streamRecord |= member != null;
        }
        long name = Span.of(0, close - from, flags);
        scanOutput |= value == '[' && JsonText.is(json.data, from, name, "Items");
        schema |= JsonText.is(json.data, from, name, "schema");
        payload |= JsonText.is(json.data, from, name, Member.CARRIER_PAYLOAD.wireName);
        cloudEvent |= value == '"' && JsonText.is(json.data, from, name, "specversion");
    }

    private @Nullable String hint() {
        if (dynamodb && !aliases) {
            return ALIASES;
        }
        if (scanOutput) {
            return "this is the output of Scan or Query";
        }
        if (schema && payload) {
            return "this is JSON of Kafka Connect with a schema: decode its payload";
        }
        if (cloudEvent) {
            return "this is a CloudEvents envelope: decode its data";
        }
        if (members > 0 && attributeValues == members) {
            return "this is an item without its change record";
        }
        if (metadata && keys && !aliases) {
            return ALIASES;
        }
        if (items && metadata) {
            return "this is a line of an export without its Keys";
        }
        return items || streamRecord ? STREAM_RECORD : null;
    }

    /** Returns whether there is an object whose only member has the name of a type descriptor, in any spelling. */
    private boolean isAttributeValue(int p) {
        if (json.data[p] != '{') {
            return false;
        }
        int quote = json.space(p + 1);
        if (json.peek(quote) != '"') {
            return false;
        }
        int close = json.string(quote + 1);
        if (TypeCodes.findAlias(json.data, quote + 1, close) < 0) {
            return false;
        }
        int value = json.expect(json.space(close + 1), ':');
        return json.data[json.afterValue(json.skip(value, 2), '}')] == '}';
    }

    private static boolean spells(JsonScanner json, int p, String text) {
        boolean same = json.end - p >= text.length();
        for (int i = 0; same && i < text.length(); i++) {
            same = json.data[p + i] == text.charAt(i);
        }
        return same;
    }

    /** Returns whether the base64 of an object, an array or gzip begins at {@code p}. */
    private static boolean isBase64(JsonScanner json, int p) {
        if (json.end - p < BASE64_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < BASE64_CHARACTERS; i++) {
            if (StrictBase64.sixBits(json.data[p + i]) < 0) {
                return false;
            }
        }
        int first = StrictBase64.sixBits(json.data[p]) << 2 | StrictBase64.sixBits(json.data[p + 1]) >> 4;
        return first == '{' || first == '[' || first == 0x1F;
    }
}
