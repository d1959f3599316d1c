package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeOptions.Projection;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a record found: where each attribute value lies, and where the members of the envelope do. Views
 * read through it; it holds no value itself.
 *
 * <p>An entry is two words, a value and its name (0 in lists and sets). An item, map, list or set is followed by the
 * entries of its members and, if it has any, an END:
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
 * <p>The word of a value is a {@link Span}. Of a scalar it is the stretch of its content: the text within the quotes,
 * or the literal. Of a container it begins at the opening bracket, and its length counts the entries inside, END
 * included.
 */
final class RecordIndex {
    /** Behind the types of {@link AttributeType}. */
    static final int END = 11;

    private static final int MIN_WORDS = 32;

    /** A record of long strings has fewer values than its length suggests. */
    private static final int MAX_EXPECTED_WORDS = 4096;

    /** The record lies in {@code [base, base + length)}. */
    byte[] data = {};

    int base;
    int length;

    /** Keeps reflection away from this index and from all views that refer to it. */
    final Opaque.Marker opaque = Opaque.Marker.INSTANCE;

    /** Counts the records that this index showed; views of an earlier one find out by it. */
    int generation;

    /** The names that words refer to by their ids. */
    @Nullable
    KnownName[] names = {};

    /** What is left out of the images; null for nothing. */
    final @Nullable Projection projection;

    /** The names that maps of earlier records have. */
    MapNames.Cache mapNames;

    private long[] words;
    private int size;

    /** How many entries there were before {@link #project}; 0 if that was not done. */
    private int unprojected;

    /** The entries of the items; −1 where there is none. */
    int keys = -1;

    int newImage = -1;
    int oldImage = -1;

    /** The contents of text members, 0 where there is none, by {@link #slot}. */
    private final long[] texts = new long[Member.OF_RECORD];

    /** The map that was made of an image: values of the other one that are the same need not be made again. */
    @Nullable
    AttributeMap imageMap;

    /** Whether anybody asks for the values of both images, so that it pays to know which are the same. */
    boolean sharesValues;

    EventName eventName = EventName.UNKNOWN;

    /** What counts only if {@link #hasTime}. */
    final CreationTime.Fields time = new CreationTime.Fields();

    boolean hasTime;

    /** What counts only if {@link #hasSizeBytes}. */
    long sizeBytes;

    boolean hasSizeBytes;

    boolean export;
    /** Whether there is an entry of type B or BS. */
    boolean hasBinary;

    /** Whether there is an entry of type UNKNOWN. */
    boolean hasUnknown;

    @Nullable
    BinaryEncoding binaryEncoding;

    RecordIndex(MapNames.Cache mapNames, @Nullable Projection projection, int expectedLength) {
        this.projection = projection;
        this.mapNames = mapNames;
        // A value of a typical record takes about 40 bytes of JSON.
        words = new long[Math.min(Math.max(expectedLength / 16, MIN_WORDS), MAX_EXPECTED_WORDS) & ~1];
    }

    private RecordIndex(RecordIndex other, byte[] bytes, int start) {
        this(other.mapNames, other.projection, 0);
        generation = 1;
        data = bytes;
        base = start;
        length = other.length;
        names = other.names;
        words = Arrays.copyOf(other.words, other.size * 2);
        size = other.size;
        keys = other.keys;
        newImage = other.newImage;
        oldImage = other.oldImage;
        System.arraycopy(other.texts, 0, texts, 0, Member.OF_RECORD);
        eventName = other.eventName;
        time.set(other.time);
        hasTime = other.hasTime;
        sizeBytes = other.sizeBytes;
        hasSizeBytes = other.hasSizeBytes;
        export = other.export;
        hasBinary = other.hasBinary;
        hasUnknown = other.hasUnknown;
        binaryEncoding = other.binaryEncoding;
    }

    /** Shows another record, of which nothing is known yet. */
    void reset(byte[] record, int start, int recordLength) {
        generation++;
        data = record;
        base = start;
        length = recordLength;
        clear();
    }

    /**
     * Gives up all that was kept from earlier records, which may be damaged. Views of all of them are stale:
     * generations may have been counted wrong, but not by so many.
     */
    void renew(MapNames.Cache freshMapNames) {
        generation += 1 << 16;
        mapNames = freshMapNames;
        names = new KnownName[0];
        words = new long[MIN_WORDS];
    }

    /** Forgets what was found, for a second reading. */
    void clear() {
        imageMap = null;
        size = 0;
        unprojected = 0;
        keys = -1;
        newImage = -1;
        oldImage = -1;
        Arrays.fill(texts, 0);
        eventName = EventName.UNKNOWN;
        hasTime = false;
        hasSizeBytes = false;
        export = false;
        hasBinary = false;
        hasUnknown = false;
        binaryEncoding = null;
    }

    /** The same over bytes of its own. */
    RecordIndex copy() {
        return new RecordIndex(this, Arrays.copyOfRange(data, base, base + length), 0);
    }

    /** The same over the same bytes, which stays when this one goes on to another record. */
    RecordIndex detached() {
        return new RecordIndex(this, data, base);
    }

    static IllegalStateException stale() {
        return new IllegalStateException(
                "the session has gone on to another record; copy() of the event keeps what must stay");
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

    /** The word of a name: {@link Span#NAMED} with an id, or a {@link Span}; 0 in lists and sets. */
    long name(int entry) {
        return words[entry * 2 + 1];
    }

    /** The known name of an entry; null if it has none that is known. */
    @Nullable
    KnownName knownName(int entry) {
        int id = Span.id(words[entry * 2 + 1]);
        return id == 0 ? null : names[id];
    }

    String nameText(int entry) {
        KnownName name = knownName(entry);
        return name != null ? name.text : text(name(entry));
    }

    int nameUtf8Length(int entry) {
        KnownName name = knownName(entry);
        return name != null ? name.utf8.length : JsonText.utf8Length(data, base, name(entry));
    }

    boolean nameIs(int entry, String text) {
        KnownName name = knownName(entry);
        return name != null ? name.text.equals(text) : JsonText.is(data, base, name(entry), text);
    }

    /** Whether this entry and one of another index have the same name. */
    @SuppressWarnings("ReferenceEquality") // a name of one table is one object
    boolean sameName(int entry, RecordIndex other, int there) {
        KnownName mine = knownName(entry);
        KnownName others = other.knownName(there);
        if (mine != null && mine == others) {
            return true;
        }
        if (mine != null && others != null && names == other.names) {
            return false;
        }
        if (mine == null && others == null) {
            return JsonText.same(data, base, name(entry), other.data, other.base, other.name(there));
        }
        return nameText(entry).equals(other.nameText(there));
    }

    /** Returns the ordinal of an entry's name in a prepared set; −1 if it is not in the set. */
    int ordinal(AttributeNames wanted, int entry) {
        KnownName name = knownName(entry);
        return name != null ? wanted.ordinal(name.text) : wanted.ordinal(data, base, name(entry));
    }

    /** Releases memory that was not needed, of an index that is kept. */
    void trim() {
        if (words.length > MAX_EXPECTED_WORDS && size * 2 < words.length - words.length / 8) {
            words = Arrays.copyOf(words, size * 2);
        }
    }

    /** Gives back memory that the latest records did not need, of an index that a session uses again. */
    void giveBack(Retention retention) {
        int kept = retention.keep(words.length, Math.max(size, unprojected) * 2, MAX_EXPECTED_WORDS);
        if (kept < words.length) {
            words = Arrays.copyOf(words, kept & ~1);
        }
    }

    int capacity() {
        return words.length;
    }

    /** The entry behind this one and all that it contains. */
    int next(int entry) {
        long word = words[entry * 2];
        return isContainer(Span.type(word)) ? entry + 1 + Span.length(word) : entry + 1;
    }

    /** The END of a container; the container itself, if it is empty. */
    int end(int container) {
        return container + Span.length(words[container * 2]);
    }

    /** How many members a container has. */
    int count(int container) {
        int end = end(container);
        return end == container ? 0 : Span.length(words[end * 2 + 1]);
    }

    static boolean isContainer(int type) {
        return type >= TypeCodes.SS && type <= TypeCodes.M;
    }

    /** The word of a name with an id whose content begins at this position. */
    long nameWord(int position, KnownName name) {
        return Span.NAMED | Span.of(position - base, name.id, 0);
    }

    /** Adds an entry and returns it. */
    int add(long value, long name) {
        int at = size * 2;
        if (at == words.length) {
            words = Arrays.copyOf(words, (at + (at >> 1) + 2) & ~1);
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
        if (members > 0) {
            int end = add(Span.of(bracket - base, 0, Span.type(END)), members);
            words[container * 2] = Span.withLength(words[container * 2], end - container);
        }
    }

    /** The entry of an item's attribute of this name; −1 if it has none. */
    int find(int item, String name) {
        int end = end(item);
        for (int entry = item + 1; entry < end; entry = next(entry)) {
            if (nameIs(entry, name)) {
                return entry;
            }
        }
        return -1;
    }

    /** Adds a flag to the word of a value. */
    void mark(int entry, long flag) {
        words[entry * 2] |= flag;
    }

    /** The position of the quote that an attribute begins with. */
    int attributeStart(int entry) {
        return base + Span.start(words[entry * 2 + 1]) - 1;
    }

    /** Forgets an entry and all behind it. */
    void truncate(int entry) {
        size = entry;
    }

    /** Copies the entries in {@code [from, to)} to the end, for the same bytes {@code distance} further on. */
    void addCopyOf(int from, int to, int distance, long flag) {
        int at = size * 2;
        int length = (to - from) * 2;
        if (at + length > words.length) {
            words = Arrays.copyOf(words, Math.max(words.length * 2, at + length));
        }
        long shift = (long) distance << Span.BITS;
        long[] entries = words;
        int i = from * 2;
        for (int stop = at + length; at < stop; at += 2, i += 2) {
            long name = entries[i + 1];
            entries[at] = (entries[i] + shift) | flag;
            // Of a list's or set's member there is no name; the count of an END is below what is shifted.
            entries[at + 1] = name == 0 ? 0 : name + shift;
        }
        size += to - from;
    }

    void setName(int entry, long name) {
        words[entry * 2 + 1] = name;
    }

    /** Leaves out of the images what the caller does not want to see. */
    void project(Projection projection, AttributeNames.@Nullable Ordinals ordinals) {
        int from = 0;
        int to = 0;
        int all = size;
        unprojected = all;
        while (from < all) {
            int next = next(from);
            if (from == keys) {
                keys = to;
                to = move(from, next, to);
            } else if (from == newImage) {
                newImage = projection.newImage ? to : -1;
                to = projection.newImage ? moveItem(from, to, projection.attributes, ordinals) : to;
            } else {
                oldImage = projection.oldImage ? to : -1;
                to = projection.oldImage ? moveItem(from, to, projection.attributes, ordinals) : to;
            }
            from = next;
        }
        size = to;
    }

    /** Moves the entries in {@code [from, next)} to {@code to}, and returns what is behind them there. */
    private int move(int from, int next, int to) {
        System.arraycopy(words, from * 2, words, to * 2, (next - from) * 2);
        return to + next - from;
    }

    private int moveItem(int from, int to, @Nullable AttributeNames names, AttributeNames.@Nullable Ordinals ordinals) {
        int end = end(from);
        if (names == null || end == from) {
            return move(from, end + 1, to);
        }
        int container = to;
        int count = 0;
        long opening = words[from * 2];
        to++;
        for (int entry = from + 1; entry < end; ) {
            int next = next(entry);
            int id = Span.id(words[entry * 2 + 1]);
            if ((id == 0 || ordinals == null ? ordinal(names, entry) : ordinals.of(id)) >= 0) {
                to = move(entry, next, to);
                count++;
            }
            entry = next;
        }
        words[container * 2] = Span.withLength(opening, count == 0 ? 0 : to - container);
        words[container * 2 + 1] = 0;
        if (count == 0) {
            return to;
        }
        words[to * 2] = words[end * 2];
        words[to * 2 + 1] = count;
        return to + 1;
    }

    // -------------------------------------------------------------------------------------------------- texts

    String text(long span) {
        return JsonText.string(data, base, span);
    }

    /** The bytes that the content of a B, or of a member of BS, stands for. */
    byte[] bytes(long span) {
        return NestedBase64.decode(data, base, span, binaryEncoding == BinaryEncoding.DOUBLE);
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

    boolean textIs(Member member, String text) {
        long span = texts[slot(member)];
        return span != 0 && JsonText.is(data, base, span, text);
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
