package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/**
 * Looks for {@code dynamodb.SequenceNumber} in a record that cannot be decoded, as far as it is JSON: a partial batch
 * answer to Lambda names the record by it.
 */
final class SequenceNumberFinder {
    private final JsonScanner json;
    private final boolean aliases;

    private SequenceNumberFinder(JsonScanner json, boolean aliases) {
        this.aliases = aliases;
        this.json = json;
    }

    /**
     * Returns the text in the object that begins at {@code p}; null if it is not there.
     *
     * @param to the end of what belongs to the record
     * @param aliases whether names of members may be in any case
     */
    static @Nullable String find(JsonScanner json, byte[] data, int p, int to, boolean aliases) {
        json.reset(data, p, to, true);
        try {
            return new SequenceNumberFinder(json, aliases).inRecord(p);
        } catch (NeedMore | DecodeException e) {
            return null; // it would be after what is not JSON
        }
    }

    private @Nullable String inRecord(int brace) {
        int value = member(brace, MemberNames.RECORD, Member.DYNAMODB);
        int text = value < 0 ? -1 : member(value, MemberNames.DYNAMODB, Member.SEQUENCE_NUMBER);
        if (text < 0 || json.peek(text) != '"') {
            return null;
        }
        int close = json.string(text + 1);
        return JsonText.string(json.data, text, Span.of(1, close - text - 1, json.flags));
    }

    /** The position of a member's value in the object at {@code brace}; −1 if there is none. */
    private int member(int brace, MemberNames names, Member wanted) {
        if (json.peek(brace) != '{') {
            return -1;
        }
        int p = json.space(brace + 1);
        while (json.peek(p) != '}') {
            if (json.data[p] != '"') {
                return -1;
            }
            int close = json.string(p + 1);
            boolean found = names.find(json.data, p + 1, close, json.flags, aliases) == wanted;
            p = json.expect(json.space(close + 1), ':');
            if (found) {
                return p;
            }
            p = json.afterValue(json.skip(p, 1), '}');
        }
        return -1;
    }
}
