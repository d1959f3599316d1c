package io.github.dynamodbcdc;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the records of DynamoDB's change data capture: of DynamoDB Streams, of Kinesis Data Streams for DynamoDB, and
 * the lines of exports to Amazon S3.
 *
 * <pre>{@code
 * ChangeEventDecoder decoder = ChangeEventDecoder.create();
 * ChangeEvent event = decoder.decode(bytes);
 * }</pre>
 *
 * <p>{@link #read(InputStream)} takes what records arrive in, and hands them out one after another.
 *
 * <p>The input of {@code decode} is one record: strict JSON (RFC 8259) in UTF-8, with at most a byte order mark before
 * and white space around it. Whatever the bytes, the outcome is an event or a {@link DecodeException}, and an event
 * that decodes is whole and right: what is malformed anywhere in the record, in members that mean nothing too, refuses
 * the record.
 *
 * <p>The kind of a record follows from its members, not from their order: {@code dynamodb} makes a change
 * record, {@code Keys} at the top a line of an incremental export, {@code Item} one of a full export. Members that mean
 * nothing there are skipped. An incremental export's line is a REMOVE without NewImage, an INSERT without OldImage,
 * else a MODIFY (of an export of new images only, every update is an INSERT: it does not say more); a full export's
 * line is an INSERT without a time.
 *
 * <p>Immutable and thread-safe: create one and share it. It learns from the names that it sees, which shows in its
 * speed only; what it keeps of them is bounded and never refers to a record.
 */
public final class ChangeEventDecoder {
    final DecodeLimits limits;
    final Leniencies leniencies;
    final BinaryEncoding binaryEncoding;
    final @Nullable TimePrecision timePrecision;
    final List<String> keyAttributes;
    /** Null for all. */
    final @Nullable Projection projection;

    final Opaque.Marker opaque = Opaque.Marker.INSTANCE;
    final NameHash hash = new NameHash();
    final MapNames.Cache mapNames = new MapNames.Cache(hash);

    private static final int MAX_LEARNING_INTERVAL = 256;

    /** An indexer with more words than this is not kept: the next event would keep them too. */
    private static final int MAX_KEPT = 512;

    /** Null where shapes are off. Written by races, each of which is only about who teaches. */
    private @Nullable Snapshot snapshot;

    /** An indexer that no event refers to; null for none. */
    private final AtomicReference<@Nullable RecordIndexer> unused = new AtomicReference<>();

    private int recordsUntilLearning;
    private int learningInterval = 1;

    private ChangeEventDecoder(Builder builder) {
        limits = builder.limits;
        leniencies = new Leniencies(
                builder.emptyValueAsMap,
                builder.numbersAsJson,
                builder.descriptorAliases,
                builder.unknownDescriptors,
                builder.memberAliases,
                builder.timesWithoutOffsetAsUtc);
        binaryEncoding = builder.binaryEncoding;
        timePrecision = builder.timePrecision;
        keyAttributes = new ArrayList<>(builder.keyAttributes);
        Projection wanted = new Projection(builder.attributes, builder.newImage, builder.oldImage);
        projection = wanted.isAll() ? null : wanted;
        boolean predict = !"off".equals(System.getProperty("io.github.dynamodbcdc.shapes"));
        snapshot = predict ? new Snapshot(new Shapes(hash), false) : null;
    }

    /** Returns a decoder with the defaults: strict, {@link DecodeLimits}, binary by {@link BinaryEncoding#AUTO}. */
    public static ChangeEventDecoder create() {
        return builder().build();
    }

    /** To set what differs from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Decodes a record.
     *
     * @param record the record, which the event refers to: see {@link ChangeEvent} for how long it must stay as it is
     * @throws DecodeException if it cannot be decoded
     */
    public ChangeEvent decode(byte[] record) {
        return decode(record, 0, record.length);
    }

    /**
     * Decodes a record in a part of an array. Nothing outside the part is read.
     *
     * @throws DecodeException if it cannot be decoded; offsets count from {@code offset}
     * @throws IndexOutOfBoundsException if the part is not inside the array
     */
    public ChangeEvent decode(byte[] array, int offset, int length) {
        try {
            return decodeOrFail(array, offset, length);
        } catch (DecodeException e) {
            throw e.withStackTrace();
        }
    }

    /** Decodes a record; a failure has no stack trace. */
    private ChangeEvent decodeOrFail(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        Snapshot known = snapshot;
        RecordIndexer indexer = indexer(known == null ? null : known.shapes, length);
        RecordIndex index;
        try {
            index = indexer.index(array, offset, length);
        } catch (DecodeException e) {
            keep(indexer);
            throw e;
        }
        index.trim();
        ChangeEvent event = new ChangeEvent(index);
        if (known != null && indexer.unknown() > 0) {
            learn(known, array, offset, length);
        }
        return event;
    }

    private RecordIndexer indexer(@Nullable Shapes shapes, int expectedLength) {
        if (unused.getPlain() != null) {
            RecordIndexer indexer = unused.getAndSet(null);
            if (indexer != null && indexer.isOver(shapes)) {
                return indexer;
            }
        }
        return new RecordIndexer(this, shapes, true, expectedLength);
    }

    /** Keeps an indexer whose record was refused, so that a flood of bad records does not allocate one for each. */
    private void keep(RecordIndexer indexer) {
        if (indexer.capacity() <= MAX_KEPT) {
            indexer.begin(0); // lets go of the record
            unused.setRelease(indexer);
        }
    }

    /**
     * Reads a record again to learn from it what the shapes did not know. Each time half as often as before, because
     * names that never come again are never learned; whether this was one of those times.
     */
    private boolean learn(Snapshot known, byte[] array, int offset, int length) {
        if (--recordsUntilLearning > 0) {
            return false;
        }
        learningInterval = Math.min(learningInterval * 2, MAX_LEARNING_INTERVAL);
        recordsUntilLearning = learningInterval;
        // A snapshot sees too few records to be emptied as a session's shapes are.
        Shapes shapes = known.shapes.isFull() ? new Shapes(hash) : known.shapes.copy();
        RecordIndexer learner = new RecordIndexer(this, shapes, false, length);
        learner.index(array, offset, length);
        snapshot = new Snapshot(shapes, known.holdsLineBreak || learner.metLineBreak());
        return true;
    }

    /** What is known now; null to do without. */
    @Nullable
    Snapshot known() {
        return snapshot;
    }

    /** Learns from a record that {@link #known} did not foresee; false if it is not the time to. */
    boolean teach(byte[] array, int offset, int length) {
        Snapshot known = snapshot;
        return known != null && learn(known, array, offset, length);
    }

    /** What is shared between threads: complete before it is seen, by its final field, and never changed after. */
    static final class Snapshot {
        /** What earlier records looked like, which nobody may change. */
        final Shapes shapes;

        /** Whether a record that was learned from had a line break in it, which is foreseen since. */
        final boolean holdsLineBreak;

        Snapshot(Shapes shapes, boolean holdsLineBreak) {
            this.shapes = shapes;
            this.holdsLineBreak = holdsLineBreak;
        }
    }

    /**
     * Decodes the record between a buffer's position and its limit, which stay as they are. A buffer with an accessible
     * array is read in place, as that array; a read-only or direct one is copied once, and the event is independent of
     * it.
     *
     * @throws DecodeException if it cannot be decoded; offsets count from the buffer's position
     */
    public ChangeEvent decode(ByteBuffer record) {
        try {
            return decodeOrFail(record);
        } catch (DecodeException e) {
            throw e.withStackTrace();
        }
    }

    private ChangeEvent decodeOrFail(ByteBuffer record) {
        if (record.hasArray()) {
            return decodeOrFail(record.array(), record.arrayOffset() + record.position(), record.remaining());
        }
        limits.checkRecord(record.remaining());
        byte[] copy = new byte[record.remaining()];
        record.duplicate().get(copy);
        return decodeOrFail(copy, 0, copy.length);
    }

    /** Decodes a record; a failure is returned, not thrown. Otherwise as {@link #decode(byte[])}. */
    public DecodeResult tryDecode(byte[] record) {
        return tryDecode(record, 0, record.length);
    }

    /** Decodes a record; a failure is returned, not thrown. Otherwise as {@link #decode(byte[], int, int)}. */
    public DecodeResult tryDecode(byte[] array, int offset, int length) {
        try {
            return DecodeResult.of(decodeOrFail(array, offset, length));
        } catch (DecodeException e) {
            return DecodeResult.of(e);
        }
    }

    /** Decodes a record; a failure is returned, not thrown. Otherwise as {@link #decode(ByteBuffer)}. */
    public DecodeResult tryDecode(ByteBuffer record) {
        try {
            return DecodeResult.of(decodeOrFail(record));
        } catch (DecodeException e) {
            return DecodeResult.of(e);
        }
    }

    /**
     * Reads the records of whatever they came in: an envelope of Lambda, Kinesis or Firehose, a GetRecords response, an
     * array, an object of Amazon S3, lines of an export; gzip is unpacked.
     *
     * <p>Events of records that lie in the array as they are refer to it, as those of {@link #decode(byte[])} do; what
     * was in gzip or base64 has memory of its own.
     */
    public ChangeEventReader read(byte[] input) {
        return read(input, 0, input.length);
    }

    /**
     * Reads the records of a part of an array, as {@link #read(byte[])}. Nothing outside the part is read.
     *
     * @throws IndexOutOfBoundsException if the part is not inside the array
     */
    public ChangeEventReader read(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new ChangeEventReader(new Input(array, offset, length), new RecordDecoder(this));
    }

    /**
     * Reads the records of a stream, as {@link #read(byte[])}, in memory that does not grow with the stream. Events
     * stay valid for ever: each keeps the piece of the stream that it lies in, 64 KiB or more, of which
     * {@link ChangeEvent#copy()} lets go.
     *
     * @param input closed by {@link ChangeEventReader#close()} and not before
     */
    public ChangeEventReader read(InputStream input) {
        return new ChangeEventReader(new Input(Objects.requireNonNull(input), false), new RecordDecoder(this));
    }

    /** A session with the options of this decoder: for one thread, and it allocates nothing per record. */
    public DecodeSession newSession() {
        return new DecodeSession(this, snapshot == null ? null : new Shapes(hash));
    }

    /**
     * Options of a decoder. Leniencies let through what DynamoDB does not write and others do; each is off by default
     * and lets through nothing else. Not thread-safe; it can build several decoders.
     */
    public static final class Builder {
        private DecodeLimits limits = DecodeLimits.defaults();
        private BinaryEncoding binaryEncoding = BinaryEncoding.AUTO;
        private @Nullable TimePrecision timePrecision;
        private final LinkedHashSet<String> keyAttributes = new LinkedHashSet<>();
        private @Nullable AttributeNames attributes;
        private boolean newImage = true;
        private boolean oldImage = true;
        private boolean emptyValueAsMap;
        private boolean numbersAsJson;
        private boolean descriptorAliases;
        private boolean unknownDescriptors;
        private boolean memberAliases;
        private boolean timesWithoutOffsetAsUtc;

        private Builder() {}

        /** How large records and their parts may be; {@link DecodeLimits#defaults()} by default. */
        public Builder limits(DecodeLimits limits) {
            this.limits = Objects.requireNonNull(limits);
            return this;
        }

        /** How often B and BS are base64-encoded; {@link BinaryEncoding#AUTO} by default. */
        public Builder binaryEncoding(BinaryEncoding binaryEncoding) {
            this.binaryEncoding = Objects.requireNonNull(binaryEncoding);
            return this;
        }

        /**
         * The unit of every ApproximateCreationDateTime that is a number, whatever the record says and however large
         * the number is. By default each record tells ({@link CreationTime}).
         */
        public Builder timePrecision(TimePrecision unit) {
            this.timePrecision = Objects.requireNonNull(unit);
            return this;
        }

        /**
         * The names of the key attributes, which lines of a full export do not name: {@link ChangeEvent#keys()} of
         * these are taken from their Item, which must have them all (MISSING_FIELD). Other records are not concerned.
         * Replaces the names given before.
         */
        public Builder keyAttributes(String... names) {
            List<String> keys = List.of(names); // refuses null
            keyAttributes.clear();
            keyAttributes.addAll(keys);
            return this;
        }

        /**
         * Projection: of the images, only the attributes of these names can be seen. All others are validated and
         * passed over; asking for one by name, and for {@link ChangeEvent#diff()}, throws IllegalStateException. Keys,
         * and what is inside of attributes, are not concerned. Replaces the names given before.
         *
         * @throws IllegalArgumentException if a name is there twice
         */
        public Builder attributes(String... names) {
            attributes = AttributeNames.of(names);
            return this;
        }

        /**
         * Projection: only these images can be seen, by the words of the stream's view type. The others are validated
         * and passed over; asking for one, and for {@link ChangeEvent#diff()} unless both are wanted, throws
         * IllegalStateException. {@link StreamViewType#NEW_AND_OLD_IMAGES} by default.
         *
         * @throws IllegalArgumentException if it is {@link StreamViewType#UNKNOWN}
         */
        public Builder images(StreamViewType wanted) {
            if (wanted == StreamViewType.UNKNOWN) {
                throw new IllegalArgumentException("UNKNOWN names no images");
            }
            newImage = wanted == StreamViewType.NEW_IMAGE || wanted == StreamViewType.NEW_AND_OLD_IMAGES;
            oldImage = wanted == StreamViewType.OLD_IMAGE || wanted == StreamViewType.NEW_AND_OLD_IMAGES;
            return this;
        }

        /**
         * Leniency: an attribute value {@code {}} is an empty M, as DynamoDB Local writes it. Newer versions of DynamoDB
         * Local write an empty L the same way, so with this option an empty list reads as an empty map: the record does
         * not show which of the two it was. Off: NO_TYPE.
         */
        public Builder emptyValueAsMap(boolean on) {
            emptyValueAsMap = on;
            return this;
        }

        /** Leniency: N, and members of NS, may be JSON numbers instead of strings. Off: WRONG_TYPE. */
        public Builder numbersAsJson(boolean on) {
            numbersAsJson = on;
            return this;
        }

        /**
         * Leniency: type descriptors in any case, and {@code nul} and {@code nULLValue} for NULL, as serializers of the
         * AWS SDKs' classes write them; descriptors whose value is null are ignored. Off: UNKNOWN_TYPE, or WRONG_TYPE and
         * TWO_TYPES where a descriptor is null.
         */
        public Builder descriptorAliases(boolean on) {
            descriptorAliases = on;
            return this;
        }

        /**
         * Leniency: a value with a type descriptor that DynamoDB does not have is {@link AttributeType#UNKNOWN}, with
         * its JSON text. Off: UNKNOWN_TYPE.
         */
        public Builder unknownDescriptors(boolean on) {
            unknownDescriptors = on;
            return this;
        }

        /**
         * Leniency: names of members in any case, as serializers of the AWS SDKs' classes write them: {@code Dynamodb},
         * {@code EventName}, {@code keys}, {@code newImage}. Names of attributes stay exact. Such serializers mostly
         * write other type descriptors as well: see {@link #descriptorAliases}. Off: such members are unknown, and the
         * record is NOT_AN_EVENT or lacks its Keys (MISSING_FIELD).
         */
        public Builder memberAliases(boolean on) {
            memberAliases = on;
            return this;
        }

        /**
         * Leniency: an ApproximateCreationDateTime in ISO-8601 without an offset is in UTC, as moto and Python's
         * {@code isoformat()} write it: {@code 2024-06-22T07:04:39.869591}. Off: BAD_TIME.
         */
        public Builder timesWithoutOffsetAsUtc(boolean on) {
            timesWithoutOffsetAsUtc = on;
            return this;
        }

        /** A decoder with these options. */
        public ChangeEventDecoder build() {
            return new ChangeEventDecoder(this);
        }
    }
}
