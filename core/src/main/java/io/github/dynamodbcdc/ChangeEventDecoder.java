package io.github.dynamodbcdc;

import io.github.dynamodbcdc.DecodeOptions.Leniency;
import io.github.dynamodbcdc.DecodeOptions.Projection;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
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
public final class ChangeEventDecoder implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Gson must see it, and does not see transient fields; writeReplace keeps it out
    final Opaque.Marker opaque = Opaque.Marker.INSTANCE;

    final transient DecodeOptions options;
    final transient SharedShapes shared;

    private ChangeEventDecoder(DecodeOptions options) {
        this.options = options;
        shared = new SharedShapes(options);
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
        return new ChangeEvent(shared.index(array, offset, length));
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
        options.limits.checkRecord(record.remaining());
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
        return new ChangeEventReader(new Input(array, offset, length), new RecordDecoder(options, shared));
    }

    /**
     * Reads the records of a stream, as {@link #read(byte[])}, in memory that does not grow with the stream. Events
     * stay valid for ever: each keeps the piece of the stream that it lies in, 64 KiB or more, of which
     * {@link ChangeEvent#copy()} lets go.
     *
     * @param input closed by {@link ChangeEventReader#close()} and not before
     */
    public ChangeEventReader read(InputStream input) {
        return new ChangeEventReader(
                new Input(Objects.requireNonNull(input), false), new RecordDecoder(options, shared));
    }

    /** A session with the options of this decoder: for one thread, and it allocates nothing per record. */
    public DecodeSession newSession() {
        return new DecodeSession(options, shared.newSessionIndexer());
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
        private final EnumSet<Leniency> leniencies = EnumSet.noneOf(Leniency.class);

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
            return keyAttributes(List.of(names));
        }

        /** Sets the names of the key attributes, as {@link #keyAttributes(String...)}; the collection is copied. */
        public Builder keyAttributes(Collection<String> names) {
            List<String> keys = List.copyOf(names); // refuses null
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
            return attributes(List.of(names));
        }

        /**
         * Sets the only attributes of the images that can be seen, as {@link #attributes(String...)}; the collection is
         * copied.
         *
         * @throws IllegalArgumentException if a name occurs twice
         */
        public Builder attributes(Collection<String> names) {
            attributes = AttributeNames.of(names.toArray(new String[0]));
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
            return set(Leniency.EMPTY_VALUE_AS_MAP, on);
        }

        /** Leniency: N, and members of NS, may be JSON numbers instead of strings. Off: WRONG_TYPE. */
        public Builder numbersAsJson(boolean on) {
            return set(Leniency.NUMBERS_AS_JSON, on);
        }

        /**
         * Leniency: type descriptors in any case, and {@code nul} and {@code nULLValue} for NULL, as serializers of the
         * AWS SDKs' classes write them; descriptors whose value is null are ignored. Off: UNKNOWN_TYPE, or WRONG_TYPE and
         * TWO_TYPES where a descriptor is null.
         */
        public Builder descriptorAliases(boolean on) {
            return set(Leniency.DESCRIPTOR_ALIASES, on);
        }

        /**
         * Leniency: a value with a type descriptor that DynamoDB does not have is {@link AttributeType#UNKNOWN}, with
         * its JSON text. Off: UNKNOWN_TYPE.
         */
        public Builder unknownDescriptors(boolean on) {
            return set(Leniency.UNKNOWN_DESCRIPTORS, on);
        }

        /**
         * Leniency: names of members in any case, as serializers of the AWS SDKs' classes write them: {@code Dynamodb},
         * {@code EventName}, {@code keys}, {@code newImage}. Names of attributes stay exact. Such serializers mostly
         * write other type descriptors as well: see {@link #descriptorAliases}. Off: such members are unknown, and the
         * record is NOT_AN_EVENT or lacks its Keys (MISSING_FIELD).
         */
        public Builder memberAliases(boolean on) {
            return set(Leniency.MEMBER_ALIASES, on);
        }

        /**
         * Leniency: an ApproximateCreationDateTime in ISO-8601 without an offset is in UTC, as moto and Python's
         * {@code isoformat()} write it: {@code 2024-06-22T07:04:39.869591}. Off: BAD_TIME.
         */
        public Builder timesWithoutOffsetAsUtc(boolean on) {
            return set(Leniency.TIMES_WITHOUT_OFFSET_AS_UTC, on);
        }

        private Builder set(Leniency leniency, boolean on) {
            if (on) {
                leniencies.add(leniency);
            } else {
                leniencies.remove(leniency);
            }
            return this;
        }

        /** Returns a new decoder with these options. */
        public ChangeEventDecoder build() {
            Projection projection = new Projection(attributes, newImage, oldImage);
            return new ChangeEventDecoder(new DecodeOptions(
                    limits, binaryEncoding, timePrecision, List.copyOf(keyAttributes), projection, leniencies));
        }
    }

    private Object writeReplace() {
        return new Serialized(options);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a decoder is read from its options");
    }

    /** A decoder in a stream of objects: its options, and nothing that it has learned. */
    private static final class Serialized implements Serializable {
        private static final long serialVersionUID = 1L;

        private final DecodeOptions options;

        Serialized(DecodeOptions options) {
            this.options = options;
        }

        private Object readResolve() {
            return new ChangeEventDecoder(options);
        }
    }
}
