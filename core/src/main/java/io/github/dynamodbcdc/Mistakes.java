package io.github.dynamodbcdc;

import io.github.dynamodbcdc.Member.Names;
import io.github.dynamodbcdc.RecordIndexer.Preamble;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes what is handed in by mistake where a record belongs, so that the failure names it. It looks only at
 * input that was refused already.
 */
final class Mistakes {
    private static final String BASE64 = "this is base64 text: decode it first";
    private static final String ALIASES = "the option memberAliases reads this spelling of the member names";

    private static final String STREAM_RECORD = "this is the content of \"dynamodb\" without its record";

    /** Fewer characters of the base64 alphabet are too few to recognize base64 by. */
    private static final int BASE64_CHARACTERS = 12;

    /** How many bytes of a text {@link #text} looks at. */
    static final int TEXT_LENGTH = BASE64_CHARACTERS;

    private final JsonScanner json;
    private final boolean aliases;

    private int members;
    private int attributeValues;

    /** Whether there is a {@code dynamodb} in another case. */
    private boolean dynamodb;

    /** Whether there are Keys, in whatever case. */
    private boolean keys;

    /** Whether there are Keys or images, and whether there is any other member of a StreamRecord. */
    private boolean items;

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

    /** Returns what the text at {@code p} is, which is not JSON; null if it is not recognized. */
    static @Nullable String text(JsonScanner json, int p) {
        if (spells(json, p, "$ion_1_0")) {
            return Preamble.ION;
        }
        return isBase64(json, p) ? BASE64 : null;
    }

    /** Returns what the JSON string at {@code quote} holds that should have been handed in itself; null for nothing. */
    static @Nullable String string(JsonScanner json, int quote) {
        int p = json.space(quote + 1);
        if (p < json.end && (json.data[p] == '{' || json.data[p] == '[')) {
            return "this is JSON text inside a JSON string: decode the string first";
        }
        return text(json, p);
    }

    /**
     * Returns what the object at {@code brace} is, which is JSON but no record; null if it is not recognized.
     *
     * @param aliases whether the option memberAliases is on
     */
    static @Nullable String object(JsonScanner json, int brace, boolean aliases) {
        Mistakes seen = new Mistakes(json, aliases);
        seen.walk(brace);
        return seen.hint();
    }

    /** Returns the option that reads the Keys of the {@code dynamodb} object at {@code brace}; null for none. */
    static @Nullable String keys(JsonScanner json, int brace, boolean aliases) {
        Mistakes seen = new Mistakes(json, aliases);
        seen.walk(brace);
        return seen.keys && !aliases ? ALIASES : null;
    }

    /**
     * Returns what the object at {@code brace} is, which has Keys and lacks Metadata; null if it may well be a line of an
     * export.
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
        if (Names.RECORD.find(json.data, from, close, flags, true) == Member.DYNAMODB) {
            dynamodb |= value == '{';
        }
        Member member = Names.DYNAMODB.find(json.data, from, close, flags, true);
        if (member == Member.KEYS || member == Member.NEW_IMAGE || member == Member.OLD_IMAGE) {
            items |= value == '{';
            keys |= member == Member.KEYS && value == '{';
        } else {
            streamRecord |= member != null;
        }
        metadata |= Names.RECORD.find(json.data, from, close, flags, true) == Member.EXPORT_METADATA;
        long name = Span.of(0, close - from, flags);
        scanOutput |= value == '[' && JsonText.is(json.data, from, name, "Items");
        schema |= JsonText.is(json.data, from, name, "schema");
        payload |= JsonText.is(json.data, from, name, "payload");
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
            return "this is JSON of Kafka Connect with a schema: its payload belongs here";
        }
        if (cloudEvent) {
            return "this is a CloudEvents envelope: its data belongs here";
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

    /** Returns whether an object has one member, which is named as a type descriptor in any spelling. */
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

    /** Returns whether base64 of an object, an array or gzip begins here. */
    private static boolean isBase64(JsonScanner json, int p) {
        if (json.end - p < BASE64_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < BASE64_CHARACTERS; i++) {
            if (base64Value(json.data[p + i]) < 0) {
                return false;
            }
        }
        int first = base64Value(json.data[p]) << 2 | base64Value(json.data[p + 1]) >> 4;
        return first == '{' || first == '[' || first == 0x1F;
    }

    private static int base64Value(byte b) {
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".indexOf(b);
    }
}
