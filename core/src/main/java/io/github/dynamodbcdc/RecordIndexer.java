package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeOptions.Projection;
import org.jspecify.annotations.Nullable;

/**
 * One record, from bytes to its index: what it is, its members, and what can only be said at its end.
 *
 * <p>It reads on the assumption that the first members tell what the record is. If they don't, or if a member is
 * malformed that may turn out to mean nothing, {@link RecordClassifier} decides and the record is read once more.
 */
final class RecordIndexer {
    private static final byte[] NOTHING = {};

    private final DecodeOptions options;
    private final MapNames.Cache sharedMapNames;
    private final boolean frozen;
    private final RecordIndex index;
    private final Confinement confinement = new Confinement();
    private JsonScanner json = new JsonScanner();
    private AttributeIndexer attributes;
    private RecordMembers members;
    private RecordClassifier classifier;
    private WholeRecord wholeRecord;
    private @Nullable Shapes shapes;
    private @Nullable DecodePath path;
    private AttributeNames.@Nullable Ordinals ordinals;

    /** Whether more may follow the record, and where it ended. */
    private boolean more;

    private int end;

    /** Whether an envelope of Kinesis or Firehose carries the records: evidence of how their binary is encoded. */
    boolean carried;

    /** Whether a reader asks: what holds records where a record belongs is not read by reading it again. */
    boolean reading;

    /**
     * @param shapes what to predict from, and to learn if it is not frozen; null to do without
     * @param expectedLength of a record, in bytes
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
        index.sharesValues = frozen; // a session finds out
        attributes = newAttributes();
        members = newMembers();
        classifier = newClassifier();
        wholeRecord = newWholeRecord();
    }

    /** A table of its own, as a session has, gives other ids to names than the one that the decoder shares. */
    private MapNames.Cache mapNames() {
        return shapes == null || frozen ? sharedMapNames : new MapNames.Cache(options.hash);
    }

    /** The index that each record is put into. */
    RecordIndex lastIndex() {
        return index;
    }

    /** Whether it predicts from these shapes, and no others. */
    @SuppressWarnings("ReferenceEquality") // the same snapshot
    boolean isOver(@Nullable Shapes snapshot) {
        return shapes == snapshot;
    }

    /** How many words it keeps for the next record. */
    int capacity() {
        return index.capacity() + attributes.capacity();
    }

    /** Shows no record, and refuses one of {@code length} bytes if that is over the limit. */
    void begin(int length) {
        int me = enter();
        try {
            index.reset(NOTHING, 0, 0);
            options.limits.checkRecord(length);
        } finally {
            confinement.leave(me);
        }
    }

    /** Indexes a record; the index that is returned is always the same. */
    RecordIndex index(byte[] data, int start, int length) {
        return indexRecord(data, start, length, false, false);
    }

    /**
     * Indexes the record that these bytes begin with, whatever follows it; {@link #end} returns where it ends.
     *
     * @throws NeedMore if the bytes end in the middle of the record and {@code mayGrow}
     */
    RecordIndex indexFirst(byte[] data, int start, int length, boolean mayGrow) {
        indexRecord(data, start, length, true, mayGrow);
        index.length = end - start;
        return index;
    }

    /** Gives up everything that was kept from earlier records, except the index object, which views refer to. */
    private void renew() {
        index.renew(mapNames());
        json = new JsonScanner();
        json.metLineBreak = true; // not known any more
        ordinals = null;
        shapes = shapes == null || frozen ? shapes : new Shapes(options.hash);
        attributes = newAttributes();
        members = newMembers();
        classifier = newClassifier();
        wholeRecord = newWholeRecord();
        path = null;
        confinement.repaired();
    }

    /** Begins the work on a record, with nothing from earlier records if that cannot be trusted. */
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

    /** The position behind the last record that was indexed. */
    int end() {
        return end;
    }

    private void endOfRecord(int p) {
        end = p;
        if (!more) {
            json.endOfRecord(p);
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
            index.clear(); // nothing of a bad record can be seen
            if (length <= options.limits.maxRecordBytes()) {
                e.at(path().at(start + (int) e.offset()));
            }
            confinement.leave(me);
            throw e;
        } catch (RuntimeException | Error e) {
            confinement.tornOff(me, e);
            throw e;
        }
        confinement.leave(me);
        return index;
    }

    private void readRecord() {
        if (shapes != null && !frozen) {
            shapes.beginRecord();
        }
        Mistakes.refuseForeign(json);
        int p = json.space(json.afterByteOrderMark());
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

    /** What the wanted attributes are among the names of the table; looked up again when that is another. */
    @SuppressWarnings("ReferenceEquality") // the same table, not one with equal names
    private AttributeNames.@Nullable Ordinals ordinals(Projection projection) {
        AttributeNames wanted = projection.attributes;
        if (wanted == null || shapes == null || frozen) {
            return null;
        }
        AttributeNames.Ordinals known = ordinals;
        if (known == null || known.table != index.names) {
            known = new AttributeNames.Ordinals(wanted, index.names);
            ordinals = known;
        }
        return known;
    }

    /** Whether a line break was met in any record that was read here; one that was foreseen is not met. */
    boolean metLineBreak() {
        return json.metLineBreak;
    }

    /** How many attributes of the last record frozen shapes did not know. */
    int unknown() {
        return attributes.unknown();
    }

    /** Returns why the value at {@code p} is no record: it is not an object, or not JSON at all. */
    private DecodeException noObject(int p) {
        byte first = json.data[p];
        if (!JsonScanner.startsValue(first)) {
            if (json.mayGrow && json.end - p < Mistakes.TEXT_LENGTH) {
                throw NeedMore.BYTES; // the failure must not depend on the pieces that the input comes in
            }
            return json.fail(Reason.UNEXPECTED_BYTE, p, Mistakes.text(json, p));
        }
        endOfRecord(json.skip(p, 0));
        return json.fail(Reason.NOT_AN_EVENT, p, first == '[' ? holdsRecords() : Mistakes.string(json, p));
    }

    private @Nullable String holdsRecords() {
        return more || reading ? null : "read(…) reads what holds records";
    }

    /** Whether the record could be read, and as the only thing that it can be. */
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
                            ? holdsRecords()
                            : Mistakes.object(json, brace, options.memberAliases));
        }
        index.clear();
        members.reset(kind);
        endOfRecord(members.read(brace));
    }

    /**
     * Confines the indexer to one thread at a time, as far as plain fields can: they detect most misuse, and cost the
     * good case nothing that can be measured.
     */
    private static final class Confinement {
        /** The thread that is at work, by {@link #caller}; 0 for none. */
        private int user;

        /** The work on an earlier record was torn off, or two threads were at work. */
        private boolean broken;

        /** Returns an identity of the thread, never 0: storing a reference would cost a barrier for each record. */
        private static int caller() {
            return System.identityHashCode(Thread.currentThread()) | Integer.MIN_VALUE;
        }

        /**
         * Begins the work on a record and returns the thread at work. What was kept is broken if the work on an earlier
         * record did not end: a StackOverflowError, an OutOfMemoryError or another thread tore it off.
         *
         * @throws IllegalStateException if another thread is at work
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

        /** Returns whether what was kept from earlier records cannot be trusted. */
        boolean isBroken() {
            return broken;
        }

        /** Notes that everything that was kept is gone. */
        void repaired() {
            broken = false;
        }

        /** Ends the work on a record that succeeded, or failed for its bytes. */
        void leave(int me) {
            if (user != me) {
                broken = true;
                throw sharedByThreads(null);
            }
            user = 0;
        }

        /** Ends the work on a record that was torn off. */
        void tornOff(int me, Throwable cause) {
            broken = true;
            if (user != me) {
                throw sharedByThreads(cause);
            }
            user = 0;
        }

        private static IllegalStateException sharedByThreads(@Nullable Throwable cause) {
            return new IllegalStateException(
                    "a DecodeSession or a reader is used by two threads at once; make one for each thread", cause);
        }
    }
}
