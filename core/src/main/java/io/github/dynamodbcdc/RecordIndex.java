package io.github.dynamodbcdc;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a record found: where each attribute value lies, and where the members of the envelope do. Views
 * read through it; it holds no value itself.
 *
 * <p>An entry is two words, a value and its name (0 in lists and sets). An item, map, list or set is followed by the
 * entries of its members and an END:
 *
 * <pre>
 *   {"a":{"N":"1"},"b":{"L":[{"S":"x"}]}}      0  M    brace, 5 entries   –
 *                                              1  N    1                  a
 *                                              2  L    bracket, 2 entries b
 *                                              3  S    x                  –
 *                                              4  END  bracket            1 member
 *                                              5  END  brace              2 members
 * </pre>
 *
 * <p>The word of a value is a {@link Span}. Of a scalar it is the stretch of its content: the text within the quotes, or
 * the literal. Of a container it begins at the opening bracket, and its length counts the entries inside, END included.
 */
final class RecordIndex {
    /** Behind the types of {@link AttributeType}. */
    static final int END = 11;

    private static final int MEMBERS = Member.values().length;

    /** A record of long strings has fewer values than its length suggests. */
    private static final int MAX_EXPECTED_WORDS = 4096;

    /** The record lies in {@code [base, base + length)}. */
    final byte[] data;

    final int base;
    final int length;

    /** The names that maps of earlier records have. */
    final MapNamesCache mapNames;

    private long[] words;
    private int size;

    /** The entries of the items; −1 where there is none. */
    int keys = -1;

    int newImage = -1;
    int oldImage = -1;

    /** The contents of text members, 0 where there is none, by {@link #slot}. */
    private final long[] texts = new long[MEMBERS];

    EventName eventName = EventName.UNKNOWN;

    @Nullable
    CreationTime time;

    @Nullable
    Long sizeBytes;

    boolean export;
    /** Whether there is an entry of type B or BS. */
    boolean hasBinary;

    @Nullable
    BinaryEncoding binaryEncoding;

    RecordIndex(byte[] data, int base, int length, MapNamesCache mapNames) {
        this.mapNames = mapNames;
        this.data = data;
        this.base = base;
        this.length = length;
        // A value of a typical record takes about 40 bytes of JSON.
        words = new long[Math.min(Math.max(length / 16, 32), MAX_EXPECTED_WORDS) & ~1];
    }

    private RecordIndex(RecordIndex other) {
        data = Arrays.copyOfRange(other.data, other.base, other.base + other.length);
        base = 0;
        mapNames = other.mapNames;
        length = other.length;
        words = Arrays.copyOf(other.words, other.size * 2);
        size = other.size;
        keys = other.keys;
        newImage = other.newImage;
        oldImage = other.oldImage;
        System.arraycopy(other.texts, 0, texts, 0, MEMBERS);
        eventName = other.eventName;
        time = other.time;
        sizeBytes = other.sizeBytes;
        export = other.export;
        hasBinary = other.hasBinary;
        binaryEncoding = other.binaryEncoding;
    }

    /** The same over bytes of its own. */
    RecordIndex copy() {
        return new RecordIndex(this);
    }

    // ------------------------------------------------------------------------------------------------ entries

    int size() {
        return size;
    }

    int type(int entry) {
        return Span.type(words[entry * 2]);
    }

    long value(int entry) {
        return words[entry * 2];
    }

    long name(int entry) {
        return words[entry * 2 + 1];
    }

    /** The entry behind this one and all that it contains. */
    int next(int entry) {
        long word = words[entry * 2];
        return isContainer(Span.type(word)) ? entry + 1 + Span.length(word) : entry + 1;
    }

    /** The END of a container. */
    int end(int container) {
        return container + Span.length(words[container * 2]);
    }

    /** How many members a container has. */
    int count(int container) {
        return (int) words[end(container) * 2 + 1];
    }

    static boolean isContainer(int type) {
        return type >= Descriptors.SS && type <= Descriptors.M;
    }

    /** Adds an entry and returns it. */
    int add(long value, long name) {
        int at = size * 2;
        if (at == words.length) {
            words = Arrays.copyOf(words, at * 2);
        }
        words[at] = value;
        words[at + 1] = name;
        return size++;
    }

    /** Adds the entry of a container that opens at this position; what is added before it closes is inside. */
    int open(int type, int bracket, long name) {
        return add(Span.of(bracket - base, 0, Span.type(type)), name);
    }

    /** Closes a container at this position. */
    void close(int container, int bracket, int members) {
        int end = add(Span.of(bracket - base, 0, Span.type(END)), members);
        words[container * 2] = Span.withLength(words[container * 2], end - container);
    }

    /** The entry of an item's attribute of this name; −1 if it has none. */
    int find(int item, String name) {
        int end = end(item);
        for (int entry = item + 1; entry < end; entry = next(entry)) {
            if (JsonText.is(data, base, name(entry), name)) {
                return entry;
            }
        }
        return -1;
    }

    /** Forgets an entry and all behind it. */
    void truncate(int entry) {
        size = entry;
    }

    /** Copies an entry and all that it contains to the end. */
    void addCopyOf(int entry) {
        int to = next(entry);
        for (int i = entry; i < to; i++) {
            add(words[i * 2], words[i * 2 + 1]);
        }
    }

    // -------------------------------------------------------------------------------------------------- texts

    String text(long span) {
        return JsonText.string(data, base, span);
    }

    /** The bytes that the content of a B, or of a member of BS, stands for. */
    byte[] bytes(long span) {
        return BinaryText.decode(this, span, binaryEncoding == BinaryEncoding.DOUBLE);
    }

    ByteBuffer buffer(long span) {
        return ByteBuffer.wrap(bytes(span)).asReadOnlyBuffer();
    }

    /** The span of a content that the scanner found at these positions. */
    long span(int from, int to, long flags) {
        return Span.of(from - base, to - from, flags);
    }

    /** An EnumMap would box. */
    @SuppressWarnings("EnumOrdinal")
    private static int slot(Member member) {
        return member.ordinal();
    }

    void setText(Member member, long span) {
        texts[slot(member)] = span;
    }

    boolean hasText(Member member) {
        return texts[slot(member)] != 0;
    }

    long textSpan(Member member) {
        return texts[slot(member)];
    }

    @Nullable
    String text(Member member) {
        long span = texts[slot(member)];
        return span == 0 ? null : text(span);
    }

    void readEventName() {
        long span = textSpan(Member.EVENT_NAME);
        eventName = span == 0 ? EventName.UNKNOWN : EventName.of(data, base, span);
    }

    /** Whether a member is there that only a DynamoDB stream writes. */
    boolean isFromStream() {
        return hasText(Member.EVENT_VERSION)
                || hasText(Member.EVENT_SOURCE_ARN)
                || hasText(Member.SEQUENCE_NUMBER)
                || hasText(Member.STREAM_VIEW_TYPE);
    }

    /** Whether a member is there that only DynamoDB's channel to Kinesis writes. */
    boolean isFromKinesis() {
        return hasText(Member.TABLE_NAME) || hasText(Member.RECORD_FORMAT);
    }
}
