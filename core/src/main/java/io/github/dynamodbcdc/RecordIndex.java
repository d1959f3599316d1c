package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeOptions.Projection;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The result of one pass over a record: the position of each attribute value and of each member. Views read values
 * through the index, which contains no values itself.
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
 * <p>The word of a value is a {@link Span}. The span of a scalar is its content: the text within the quotes, or the
 * literal. The span of a container begins at the opening bracket, and its length is the number of entries inside,
 * including the END.
 */
final class RecordIndex {
    /** The type of an entry that ends a container. It follows the types of {@link AttributeType}. */
    static final int END = 11;

    private static final byte[] NOTHING = {};
    private static final KnownName[] NO_NAMES = {};
    private static final int MIN_WORDS = 32;

    /** The limit of the initial size: a record of long strings has fewer values than its length suggests. */
    private static final int MAX_EXPECTED_WORDS = 4096;

    /** The array that contains the record, in {@code [base, base + length)}. */
    byte[] data = NOTHING;

    int base;
    int length;

    /** Keeps reflection away from this index and from all views that refer to it. */
    final Opaque.Marker opaque = Opaque.Marker.INSTANCE;

    /** The number of records that were indexed. It changes when views of an earlier record become stale. */
    int generation;

    /** The names by the ids that words contain. */
    @Nullable
    KnownName[] names = NO_NAMES;

    /** The projection that is applied to the images; null for none. */
    final @Nullable Projection projection;

    /** The names of the maps of earlier records. */
    MapNames.Cache mapNames;

    /** The entries, which {@link AttributeRun} writes too, and their number. */
    long[] words;

    int size;

    /** The number of entries before {@link #project}; 0 without a projection. */
    private int unprojected;

    /** The entries of the items; −1 for an item that is absent. */
    int keys = -1;

    int newImage = -1;
    int oldImage = -1;

    /** The spans of the text members by {@link #slot}; 0 for a member that is absent. */
    private final long[] texts = new long[Member.OF_RECORD];

    /** The map of one image, from which the map of the other takes equal values instead of creating them again. */
    @Nullable
    AttributeMap imageMap;

    /** Whether the caller reads the values of both images, so equal values are worth finding. */
    boolean sharesValues;

    EventName eventName = EventName.UNKNOWN;

    /** The creation time; meaningless unless {@link #hasTime}. */
    final CreationTime.Fields time = new CreationTime.Fields();

    boolean hasTime;

    /** The unit that the record states; null if it states none, or another one. */
    @Nullable
    TimePrecision statedUnit;

    /** The SizeBytes member; meaningless unless {@link #hasSizeBytes}. */
    long sizeBytes;

    boolean hasSizeBytes;

    /** Whether the record is a line of an export. */
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
        projection = other.projection;
        mapNames = other.mapNames;
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

    /** Removes all entries, for the record in {@code [start, start + recordLength)}. */
    void reset(byte[] record, int start, int recordLength) {
        generation++;
        data = record;
        base = start;
        length = recordLength;
        clear();
    }

    /**
     * Releases everything that was kept from earlier records, because it may be damaged. All their views become stale:
     * the generation may have been miscounted, but not by as much as is added here.
     */
    void renew(MapNames.Cache freshMapNames) {
        generation += 1 << 16;
        mapNames = freshMapNames;
        names = new KnownName[0];
        words = new long[MIN_WORDS];
    }

    /** Removes all entries and members. The record's bytes stay. */
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
        statedUnit = null;
        hasSizeBytes = false;
        export = false;
        hasBinary = false;
        hasUnknown = false;
        binaryEncoding = null;
    }

    /** Returns a copy of this index over a copy of the record. */
    RecordIndex copy() {
        return new RecordIndex(this, Arrays.copyOfRange(data, base, base + length), 0);
    }

    /** Returns a copy of this index over the same bytes, which does not change when this index is used again. */
    RecordIndex detached() {
        return new RecordIndex(this, data, base);
    }

    /** Returns the exception for the use of a stale view. */
    static IllegalStateException stale() {
        return new IllegalStateException(
                "the session has decoded another record since; copy() of the event keeps its values");
    }

    // ------------------------------------------------------------------------------------------------ entries

    /** Returns the number of entries. */
    int size() {
        return size;
    }

    int type(int entry) {
        return Span.type(words[entry * 2]);
    }

    /** Returns the word of a value: a {@link Span}. */
    long value(int entry) {
        return words[entry * 2];
    }

    /** Returns the word of a name: {@link Span#NAMED} with an id, or a {@link Span}; 0 in lists and sets. */
    long name(int entry) {
        return words[entry * 2 + 1];
    }

    /** Returns the known name of an entry; null if its name has no id, or it has no name. */
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

    /** Returns whether this entry and an entry of another index have the same name. */
    @SuppressWarnings("ReferenceEquality") // a table has one object for each name
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

    /** Releases memory that the latest records did not need, because a session uses the index again. */
    void giveBack(Retention retention) {
        int kept = retention.keep(words.length, Math.max(size, unprojected) * 2, MAX_EXPECTED_WORDS);
        if (kept < words.length) {
            words = Arrays.copyOf(words, kept & ~1);
        }
    }

    /** Returns the number of words that there is room for. */
    int capacity() {
        return words.length;
    }

    /** Returns the entry after this one and everything that it contains. */
    int next(int entry) {
        long word = words[entry * 2];
        return isContainer(Span.type(word)) ? entry + 1 + Span.length(word) : entry + 1;
    }

    /** Returns the END of a container; the container itself if it is empty. */
    int end(int container) {
        return container + Span.length(words[container * 2]);
    }

    /** Returns the number of members of a container. */
    int count(int container) {
        int end = end(container);
        return end == container ? 0 : Span.length(words[end * 2 + 1]);
    }

    static boolean isContainer(int type) {
        return type >= TypeCodes.SS && type <= TypeCodes.M;
    }

    /** Returns the word of a name with this id. Its content begins at {@code position}. */
    long nameWord(int position, int id) {
        return Span.NAMED | Span.of(position - base, id, 0);
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

    /** Adds a container that opens at {@code bracket} and returns its entry. New entries are in it until it closes. */
    int open(int type, int bracket, long name) {
        return add(Span.of(bracket - base, 0, Span.type(type)), name);
    }

    /** Closes a container at {@code bracket}. */
    void close(int container, int bracket, int members) {
        if (members > 0) {
            int end = add(Span.of(bracket - base, 0, Span.type(END)), members);
            words[container * 2] = Span.withLength(words[container * 2], end - container);
        }
    }

    /** Returns the entry of an item's attribute with this name; −1 if there is none. */
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

    /** Returns the position of the opening quote of an attribute's name. */
    int attributeStart(int entry) {
        return base + Span.start(words[entry * 2 + 1]) - 1;
    }

    /** Removes an entry and all entries after it. */
    void truncate(int entry) {
        size = entry;
    }

    /**
     * Copies the entries in {@code [from, to)} to the end of the index.
     *
     * @param distance how far the bytes of the copies are after the same bytes of the originals
     * @param flag a flag that is added to the words of all copied values
     */
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
            // A member of a list or set has no name. The count of an END is in bits that the shift does not change.
            entries[at + 1] = name == 0 ? 0 : name + shift;
        }
        size += to - from;
    }

    void setName(int entry, long name) {
        words[entry * 2 + 1] = name;
    }

    /** Removes the images and attributes that are not in the projection. */
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

    /** Moves the entries in {@code [from, next)} to {@code to}, and returns the entry after them. */
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

    /** Returns the decoded bytes of a B, or of a member of BS. */
    byte[] bytes(long span) {
        return NestedBase64.decode(data, base, span, binaryEncoding == BinaryEncoding.DOUBLE);
    }

    ByteBuffer buffer(long span) {
        return ByteBuffer.wrap(bytes(span)).asReadOnlyBuffer();
    }

    /** Returns the span of the content in {@code [from, to)}. */
    long span(int from, int to, long flags) {
        return Span.of(from - base, to - from, flags);
    }

    @SuppressWarnings("EnumOrdinal") // an EnumMap would box
    static int slot(Member member) {
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

    /** Returns the channel that the members of the record show. */
    Channel channel() {
        if (export) {
            return Channel.EXPORT;
        }
        boolean kinesis = hasAny(Member.ONLY_KINESIS);
        return hasAny(Member.ONLY_STREAMS) ? Channel.STREAMS : kinesis ? Channel.KINESIS : Channel.UNKNOWN;
    }

    private boolean hasAny(Member[] members) {
        for (Member member : members) {
            if (hasText(member)) {
                return true;
            }
        }
        return false;
    }
}
