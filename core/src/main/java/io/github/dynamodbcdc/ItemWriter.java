package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes items as DynamoDB's JSON, from Java values and from views of other records. The result refers to none of them.
 * Throws IllegalArgumentException for what a decoder with default options would refuse. Its message contains no value
 * and no name.
 */
final class ItemWriter {
    private static final DecodeLimits LIMITS = DecodeLimits.defaults();
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    /** The JSON, cut around the base64 in it: each part with an odd index is base64. */
    private final List<String> parts = new ArrayList<>();

    private StringBuilder json = new StringBuilder();
    private long length;
    private boolean hasUnknown;

    private ItemWriter() {}

    /** An item as JSON, whose binary can still be encoded once or twice. */
    static final class Json {
        private final List<String> parts;

        /** Whether there is a value of type UNKNOWN. */
        final boolean hasUnknown;

        private Json(ItemWriter writer) {
            parts = List.copyOf(writer.parts);
            hasUnknown = writer.hasUnknown;
        }

        /** Returns whether there are no attributes. */
        boolean isEmpty() {
            return parts.size() == 1 && parts.get(0).equals("{}");
        }

        void appendTo(StringBuilder record, boolean twice) {
            for (int i = 0; i < parts.size(); i++) {
                boolean encodeAgain = twice && i % 2 == 1;
                record.append(encodeAgain ? BASE64.encodeToString(parts.get(i).getBytes(ISO_8859_1)) : parts.get(i));
            }
        }
    }

    /** Writes an {@link Item} or a Map. */
    static Json write(Object item) {
        ItemWriter writer = new ItemWriter();
        writer.map(item, 1);
        return writer.end();
    }

    static Json write(RecordIndex index, int item) {
        ItemWriter writer = new ItemWriter();
        writer.attributes(index, item, 1);
        return writer.end();
    }

    private Json end() {
        parts.add(json.toString());
        return new Json(this);
    }

    // --------------------------------------------------------------------------------------------- Java values

    private void attributes(Map<?, ?> item, int level) {
        json.append('{');
        boolean first = true;
        for (Map.Entry<?, ?> attribute : item.entrySet()) {
            Object name = attribute.getKey();
            if (!(name instanceof String)) {
                throw new IllegalArgumentException("an attribute name must be a String, is " + className(name));
            }
            separate(first);
            name((String) name);
            value(attribute.getValue(), level);
            first = false;
        }
        json.append('}');
    }

    private void value(@Nullable Object value, int level) {
        if (value instanceof AttributeValue) {
            AttributeValue view = (AttributeValue) value;
            value(view.index(), view.entry, level);
            return;
        }
        if (value == null) {
            begin(AttributeType.NULL, level);
            json.append("true}");
            return;
        }
        AttributeType type = typeOf(value);
        begin(type, level);
        switch (type) {
            case L:
                list((Collection<?>) value, level + 1);
                break;
            case M:
                map(value, level + 1);
                break;
            case SS:
            case NS:
            case BS:
                set((Set<?>) value, type);
                break;
            default:
                scalar(type, value);
        }
        json.append('}');
    }

    /** Returns the type that a Java value is written as. */
    private static AttributeType typeOf(Object value) {
        if (value instanceof Item || value instanceof Map) {
            return AttributeType.M;
        }
        if (value instanceof Set) {
            return typeOfSet((Set<?>) value);
        }
        return value instanceof Collection ? AttributeType.L : typeOfScalar(value);
    }

    private static AttributeType typeOfScalar(Object value) {
        AttributeType type = value instanceof Boolean ? AttributeType.BOOL : typeOfPlainMember(value);
        if (type == null) {
            throw new IllegalArgumentException("DynamoDB has no type for a value of " + className(value));
        }
        return type;
    }

    private static AttributeType typeOfSet(Set<?> set) {
        AttributeType found = null;
        for (Object member : set) {
            AttributeType type = typeOfMember(member);
            if (found != null && type != found) {
                throw new IllegalArgumentException("a set has members of the types " + found + " and " + type
                        + "; the members of DynamoDB's sets are of one type");
            }
            found = type;
        }
        if (found == null) {
            throw new IllegalArgumentException(
                    "a set is empty, which does not show its type, and DynamoDB has no empty sets");
        }
        return setOf(found);
    }

    private static AttributeType setOf(AttributeType member) {
        return member == AttributeType.S
                ? AttributeType.SS
                : member == AttributeType.N ? AttributeType.NS : AttributeType.BS;
    }

    /** Returns S, N or B. */
    private static AttributeType typeOfMember(@Nullable Object member) {
        AttributeType type =
                member instanceof AttributeValue ? ((AttributeValue) member).type() : typeOfPlainMember(member);
        if (type == AttributeType.S || type == AttributeType.N || type == AttributeType.B) {
            return type;
        }
        throw new IllegalArgumentException("a set has a member of " + className(member)
                + "; the members of DynamoDB's sets are strings, numbers or binary");
    }

    /** Returns S, N or B; null for other values. */
    private static @Nullable AttributeType typeOfPlainMember(@Nullable Object member) {
        if (member instanceof String) {
            return AttributeType.S;
        }
        boolean binary = member instanceof byte[] || member instanceof ByteBuffer;
        return binary ? AttributeType.B : NumberText.isNumber(member) ? AttributeType.N : null;
    }

    private static String className(@Nullable Object value) {
        return value == null ? "null" : "class " + value.getClass().getName();
    }

    private void list(Collection<?> values, int level) {
        json.append('[');
        boolean first = true;
        for (Object member : values) {
            separate(first);
            value(member, level);
            first = false;
        }
        json.append(']');
    }

    private void map(Object map, int level) {
        if (map instanceof Item) {
            attributes(((Item) map).index, ((Item) map).container(), level);
        } else {
            attributes((Map<?, ?>) map, level);
        }
    }

    private void set(Set<?> set, AttributeType type) {
        json.append('[');
        boolean first = true;
        for (Object member : set) {
            if (setOf(typeOfMember(member)) != type) {
                throw new ConcurrentModificationException("a set changed while it was read");
            }
            separate(first);
            if (member instanceof AttributeValue) {
                AttributeValue view = (AttributeValue) member;
                scalar(view.index(), view.entry);
            } else {
                scalar(typeOfMember(member), member);
            }
            first = false;
        }
        json.append(']');
    }

    /** Writes the content of S, N, B or BOOL. */
    private void scalar(AttributeType type, Object value) {
        switch (type) {
            case S:
                text((String) value);
                break;
            case N:
                number(NumberText.of((Number) value, LIMITS.maxNumberLength(), LIMITS.maxExponentDigits()));
                break;
            case B:
                binary(value instanceof ByteBuffer ? bytes((ByteBuffer) value) : (byte[]) value);
                break;
            default:
                json.append(value);
        }
    }

    private byte[] bytes(ByteBuffer buffer) {
        checkLength(buffer.remaining());
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Writes the text of a number; null if it is too long to be made. */
    private void number(@Nullable String text) {
        if (text == null || NumberText.isOver(text, LIMITS.maxNumberLength(), LIMITS.maxExponentDigits())) {
            throw new IllegalArgumentException("a number or its exponent has more digits than a decoder accepts: "
                    + LIMITS.maxNumberLength() + " characters, " + LIMITS.maxExponentDigits()
                    + " digits of the exponent");
        }
        text(text);
    }

    // --------------------------------------------------------------------------------------------------- views

    private void attributes(RecordIndex index, int item, int level) {
        json.append('{');
        int end = index.end(item);
        for (int entry = item + 1; entry < end; entry = index.next(entry)) {
            separate(entry == item + 1);
            name(index.nameText(entry));
            value(index, entry, level);
        }
        json.append('}');
    }

    private void value(RecordIndex index, int entry, int level) {
        int type = index.type(entry);
        if (type == TypeCodes.UNKNOWN) {
            unknown(index, entry, level);
            return;
        }
        begin(AttributeType.of(type), level);
        if (type == TypeCodes.M) {
            attributes(index, entry, level + 1);
        } else if (RecordIndex.isContainer(type)) {
            members(index, entry, level + 1);
        } else {
            scalar(index, entry);
        }
        json.append('}');
    }

    /** Writes the members of a list or set. */
    private void members(RecordIndex index, int container, int level) {
        boolean list = index.type(container) == TypeCodes.L;
        json.append('[');
        int end = index.end(container);
        for (int entry = container + 1; entry < end; entry = index.next(entry)) {
            separate(entry == container + 1);
            if (list) {
                value(index, entry, level);
            } else {
                scalar(index, entry);
            }
        }
        json.append(']');
    }

    private void scalar(RecordIndex index, int entry) {
        long span = index.value(entry);
        switch (Span.type(span)) {
            case TypeCodes.S:
                text(index.text(span));
                break;
            case TypeCodes.N:
                number(index.text(span));
                break;
            case TypeCodes.B:
                binary(index.bytes(span));
                break;
            case TypeCodes.BOOL:
                json.append((span & Span.TRUE) != 0);
                break;
            default:
                json.append(true); // NULL
        }
    }

    /** Writes a value whose type DynamoDB does not have, as delivered; its type descriptor is before its content. */
    private void unknown(RecordIndex index, int entry, int level) {
        checkLevel(level);
        hasUnknown = true;
        long span = index.value(entry);
        int from = index.base + Math.max(Span.start(JsonText.nameBefore(index.data, index.base, span)) - 1, 0);
        String member = new String(index.data, from, index.base + Span.end(span) - from, UTF_8);
        json.append('{').append(member).append('}');
        checkLength(0);
    }

    // ------------------------------------------------------------------------------------------------- writing

    private void separate(boolean first) {
        if (!first) {
            json.append(',');
        }
    }

    /** Writes the beginning of a value. */
    private void begin(AttributeType type, int level) {
        checkLevel(level);
        json.append("{\"").append(type.name()).append("\":");
        checkLength(0);
    }

    private void checkLevel(int level) {
        if (level > LIMITS.maxAttributeDepth()) {
            throw new IllegalArgumentException("values are nested deeper than the " + LIMITS.maxAttributeDepth()
                    + " levels that a decoder accepts, or a collection contains itself");
        }
    }

    private void name(String name) {
        // A char takes one to three bytes.
        int max = DecodeLimits.MAX_NAME_BYTES;
        if (name.length() > max || (name.length() > max / 3 && name.getBytes(UTF_8).length > max)) {
            throw new IllegalArgumentException(
                    "an attribute name has more than " + max + " bytes of UTF-8, which DynamoDB does not allow");
        }
        text(name);
        json.append(':');
    }

    private void text(String text) {
        checkLength(text.length());
        JsonOutput.appendText(json, text);
    }

    private void binary(byte[] bytes) {
        checkLength(bytes.length);
        json.append('"');
        parts.add(json.toString());
        parts.add(BASE64.encodeToString(bytes));
        length += json.length() + parts.get(parts.size() - 1).length();
        json = new StringBuilder("\"");
    }

    /** Throws before a value of that many bytes, or a collection that contains another many times, fills the memory. */
    private void checkLength(int more) {
        if (length + json.length() + more > LIMITS.maxRecordBytes()) {
            throw new IllegalArgumentException(
                    "an item has more than the " + LIMITS.maxRecordBytes() + " bytes that a decoder accepts");
        }
    }
}
