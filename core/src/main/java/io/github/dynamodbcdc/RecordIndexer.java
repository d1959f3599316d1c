package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeOptions.Projection;
import org.jspecify.annotations.Nullable;

/**
 * Indexes one record: determines its kind, reads its members, and completes the index at its end.
 *
 * <p>The first reading assumes that the first members show the kind of the record. If they do not, or if a member is
 * malformed that may have no meaning in this kind, {@link RecordClassifier} decides and the record is read again.
 */
final class RecordIndexer {
    private static final byte[] NOTHING = {};

    private final DecodeOptions options;
    private final MapNames.Cache sharedMapNames;
    private final boolean frozen;
    private final RecordIndex index;
    private final Confinement confinement = new Confinement();
    private final Retention retention = new Retention();
    private JsonScanner json = new JsonScanner();
    private AttributeIndexer attributes;
    private RecordMembers members;
    private RecordClassifier classifier;
    private WholeRecord wholeRecord;
    private @Nullable Shapes shapes;
    private @Nullable DecodePath path;
    private AttributeNames.@Nullable Ordinals ordinals;

    /** Whether more bytes may follow the record. */
    private boolean more;

    /** Whether an envelope of Kinesis or Firehose carries the records, which indicates how their binary is encoded. */
    boolean carried;

    /** Whether a reader is the caller: then a hint to open a reader would not help. */
    boolean reading;

    // out parameters

    /** The position after the record. */
    private int end;

    /**
     * Creates an indexer.
     *
     * @param shapes the shapes to predict from, which also learn unless they are frozen; null for no prediction
     * @param expectedLength the expected length of a record, in bytes
     */
    RecordIndexer(
            DecodeOptions options,
            MapNames.Cache sharedMapNames,
            @Nullable Shapes shapes,
            boolean frozen,
            int expectedLength) {
        this.options = options;
        this.sharedMapNames = sharedMapNames;
        this.shapes = shapes;
        this.frozen = frozen;
        index = new RecordIndex(mapNames(), options.projection, expectedLength);
        index.sharesValues = frozen; // in a session, views set it when they use it
        attributes = newAttributes();
        members = newMembers();
        classifier = newClassifier();
        wholeRecord = newWholeRecord();
    }

    /** Returns the cache for map names. Shapes that learn need their own, because their ids of names differ. */
    private MapNames.Cache mapNames() {
        return shapes == null || frozen ? sharedMapNames : new MapNames.Cache(options.hash);
    }

    /** Returns the index, which is the same object for all records. */
    RecordIndex lastIndex() {
        return index;
    }

    /** Releases memory that the latest records did not need, because a session uses this indexer for another record. */
    void giveBack() {
        index.giveBack(retention);
    }

    /** Returns whether this indexer predicts from these shapes. */
    @SuppressWarnings("ReferenceEquality") // the same snapshot
    boolean isOver(@Nullable Shapes snapshot) {
        return shapes == snapshot;
    }

    /** Returns the number of words that are kept for the next record. */
    int capacity() {
        return index.capacity() + attributes.capacity();
    }

    /** Empties the index, and throws if a record of {@code length} bytes is over the limit. */
    void begin(int length) {
        int me = enter();
        try {
            index.reset(NOTHING, 0, 0);
            options.limits.checkRecord(length);
        } finally {
            confinement.leave(me);
        }
    }

    /** Indexes a record, and returns the index, which is always the same object. */
    RecordIndex index(byte[] data, int start, int length) {
        return indexRecord(data, start, length, false, false);
    }

    /**
     * Indexes the record at the beginning of these bytes and sets {@link #end}. Any bytes may follow the record.
     *
     * @throws NeedMore if the bytes end in the middle of the record and {@code mayGrow}
     */
    void indexFirst(byte[] data, int start, int length, boolean mayGrow) {
        indexRecord(data, start, length, true, mayGrow);
        index.length = end - start;
    }

    /** Releases everything that was kept from earlier records, except the index object, which views refer to. */
    private void renew() {
        index.renew(mapNames());
        json = new JsonScanner();
        json.metLineBreak = true; // no longer known
        ordinals = null;
        shapes = shapes == null || frozen ? shapes : new Shapes(options.hash);
        attributes = newAttributes();
        members = newMembers();
        classifier = newClassifier();
        wholeRecord = newWholeRecord();
        path = null;
        confinement.repaired();
    }

    /** Begins a record. Releases everything from earlier records if it may be damaged. */
    private int enter() {
        int me = confinement.enter();
        if (confinement.isBroken()) {
            renew();
        }
        return me;
    }

    private DecodePath path() {
        DecodePath made = path == null ? new DecodePath(json, options) : path;
        path = made;
        return made;
    }

    private AttributeIndexer newAttributes() {
        return new AttributeIndexer(json, index, new NumberScanner(json, options.limits), options, shapes, frozen);
    }

    private RecordMembers newMembers() {
        return new RecordMembers(json, index, attributes, options, shapes, frozen);
    }

    private WholeRecord newWholeRecord() {
        return new WholeRecord(options, json, index, members);
    }

    private RecordClassifier newClassifier() {
        return new RecordClassifier(json, options.memberAliases);
    }

    // --------------------------------------------------------------------------------------------------- reading

    /** Returns the position after the record that was indexed last. */
    int end() {
        return end;
    }

    private void endOfRecord(int p) {
        end = p;
        if (!more) {
            json.endOfRecord(p, reading ? null : "read(…) reads records one after another");
        }
    }

    private RecordIndex indexRecord(byte[] data, int start, int length, boolean first, boolean mayGrow) {
        int me = enter();
        try {
            more = first;
            index.reset(data, start, length);
            options.limits.checkRecord(length);
            json.reset(data, start, start + length, mayGrow);
            readRecord();
        } catch (NeedMore e) {
            index.clear();
            confinement.leave(me);
            throw e;
        } catch (DecodeException e) {
            index.clear(); // nothing of a bad record may be visible
            if (length <= options.limits.maxRecordBytes()) {
                e.at(path().at(start + (int) e.offset()));
            }
            confinement.leave(me);
            throw e;
        } catch (RuntimeException | Error e) {
            confinement.interrupted(me, e);
            throw e;
        }
        confinement.leave(me);
        return index;
    }

    private void readRecord() {
        if (shapes != null && !frozen) {
            shapes.beginRecord();
        }
        Mistakes.refuseForeign(json, more || reading);
        // A reader has already skipped a byte order mark where there may be one.
        int p = json.space(more || reading ? json.start : json.afterByteOrderMark());
        if (json.peek(p) != '{') {
            throw noObject(p);
        }
        read(p);
    }

    private void read(int brace) {
        if (!firstReading(brace)) {
            secondReading(brace);
        }
        if (shapes != null) {
            index.names = shapes.names();
        }
        wholeRecord.finish(brace, carried);
        if (options.projection != null) {
            index.project(options.projection, ordinals(options.projection));
        }
    }

    /** Returns the ordinals of the projected attributes by name id. They are computed again when the table changes. */
    @SuppressWarnings("ReferenceEquality") // the same table, not a table with equal names
    private AttributeNames.@Nullable Ordinals ordinals(Projection projection) {
        AttributeNames wanted = projection.attributes;
        if (wanted == null || shapes == null) {
            return null;
        }
        AttributeNames.Ordinals known = ordinals;
        if (known == null || known.table != index.names) {
            known = wanted.in(index.names);
            ordinals = known;
        }
        return known;
    }

    /** Returns whether a line break was found in any record so far. Line breaks in known openings do not count. */
    boolean metLineBreak() {
        return json.metLineBreak;
    }

    /** Returns whether frozen shapes did not know an attribute of the last record, or how its members follow. */
    boolean isUnknown() {
        return attributes.unknown() > 0 || members.isUnknown();
    }

    /** Returns the failure for a value at {@code p} that is not an object, or not JSON. */
    private DecodeException noObject(int p) {
        byte first = json.data[p];
        if (!JsonScanner.startsValue(first)) {
            if (json.mayGrow && json.end - p < Mistakes.TEXT_LENGTH) {
                throw NeedMore.BYTES; // the failure must not depend on how the input is divided into pieces
            }
            return json.fail(Reason.UNEXPECTED_BYTE, p, Mistakes.text(json, p));
        }
        endOfRecord(json.skip(p, 0));
        return json.fail(Reason.NOT_AN_EVENT, p, first == '[' ? containsRecords() : Mistakes.string(json, p));
    }

    private @Nullable String containsRecords() {
        return more || reading ? null : "read(…) reads arrays and envelopes of records";
    }

    /** Reads the record, and returns whether this succeeded and its members determine its kind. */
    private boolean firstReading(int brace) {
        members.reset(Member.Kind.UNDECIDED);
        int close;
        try {
            close = members.read(brace);
        } catch (DecodeException e) {
            if (members.kind() == Member.Kind.CHANGE) {
                throw e;
            }
            return false;
        }
        if (members.agreedKind() == Member.Kind.NONE) {
            return false;
        }
        endOfRecord(close);
        return true;
    }

    private void secondReading(int brace) {
        Member.Kind kind = classifier.classify(brace);
        if (kind == Member.Kind.NONE || kind == Member.Kind.ENVELOPE) {
            endOfRecord(classifier.end());
            throw json.fail(
                    Reason.NOT_AN_EVENT,
                    brace,
                    kind == Member.Kind.ENVELOPE
                            ? containsRecords()
                            : Mistakes.object(json, brace, options.memberAliases));
        }
        index.clear();
        members.reset(kind);
        endOfRecord(members.read(brace));
    }

    /**
     * Confines the indexer to one thread at a time. Plain fields detect most misuse, but not all, at no measurable
     * cost for correct use.
     */
    private static final class Confinement {
        /** The thread that uses the indexer, by {@link #caller}; 0 for none. */
        private int user;

        /** Whether an earlier record was interrupted, or two threads used the indexer at once. */
        private boolean broken;

        /** Returns an identity of the thread, which is never 0. Storing a reference would cost a barrier per record. */
        private static int caller() {
            return System.identityHashCode(Thread.currentThread()) | Integer.MIN_VALUE;
        }

        /**
         * Begins a record and returns the identity of the thread. The state from earlier records is broken if one of
         * them did not end, because of a StackOverflowError, an OutOfMemoryError or another thread.
         *
         * @throws IllegalStateException if another thread is using the indexer
         */
        int enter() {
            int me = caller();
            int before = user;
            if (before != 0 && before != me) {
                broken = true;
                throw sharedByThreads(null);
            }
            broken |= before != 0;
            user = me;
            return me;
        }

        /** Returns whether the state from earlier records may be damaged. */
        boolean isBroken() {
            return broken;
        }

        /** Notes that the state from earlier records has been replaced. */
        void repaired() {
            broken = false;
        }

        /** Ends a record that was decoded, or that was refused because of its bytes. */
        void leave(int me) {
            if (user != me) {
                broken = true;
                throw sharedByThreads(null);
            }
            user = 0;
        }

        /** Ends a record that was interrupted by an error. */
        void interrupted(int me, Throwable cause) {
            broken = true;
            if (user != me) {
                throw sharedByThreads(cause);
            }
            user = 0;
        }

        private static IllegalStateException sharedByThreads(@Nullable Throwable cause) {
            return new IllegalStateException(
                    "a DecodeSession or a reader is used by two threads at once; create one for each thread", cause);
        }
    }
}
