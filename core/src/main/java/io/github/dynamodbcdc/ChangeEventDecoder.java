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
 * Decodes the records of DynamoDB's change data capture: records of DynamoDB Streams and of Kinesis Data Streams for
 * DynamoDB, and the lines of exports to Amazon S3.
 *
 * <pre>{@code
 * ChangeEventDecoder decoder = ChangeEventDecoder.create();
 * ChangeEvent event = decoder.decode(bytes);
 * }</pre>
 *
 * <p>{@link #read(InputStream)} takes an envelope, a file or a stream, detects its format, and returns its records one
 * at a time.
 *
 * <p>The input of {@code decode} is one record: strict JSON (RFC 8259) in UTF-8. A byte order mark may precede it, and
 * white space may surround it. Whatever the bytes, the result is an event or a {@link DecodeException}. A fault
 * anywhere in the record refuses the record, also in members that are skipped.
 *
 * <p>The members of a record determine its kind, and their order does not matter. An object with {@code dynamodb} is a
 * change record. Without it, an object with an array {@code Records}, or {@code records} of a delivery, is an envelope,
 * which {@link #read(byte[])} reads and {@code decode} refuses. Without these, an object with {@code Keys} is a line of
 * an incremental export, and one with {@code Item} is a line of a full export. Members that are unknown, or belong to
 * another kind, are validated and skipped. A line of an incremental export without NewImage is a REMOVE, one without
 * OldImage is an INSERT, and one with both is a MODIFY. In an export of new images only, every update is therefore an
 * INSERT. A line of a full export is an INSERT without a time.
 *
 * <p>A decoder is immutable and thread-safe: create one and share it. It learns the names that it sees, which changes
 * its speed and never a result. What it keeps is bounded and never refers to a record. A decoder is Serializable, so
 * that it can be part of a function that Flink, Spark or Beam distributes; only its options are written. Kryo, which
 * Spark may use for broadcast variables, keeps the options too.
 */
public final class ChangeEventDecoder implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Makes Gson refuse a decoder. */
    @SuppressWarnings("serial") // Gson must see it, and does not see transient fields; writeReplace keeps it out
    final Opaque.Marker opaque = Opaque.Marker.FOR_GSON;

    /** Incomplete after Kryo; {@link #options()} returns them complete. */
    private final DecodeOptions options;

    /** Null after Kryo, which Spark may use: it copies the fields that are not transient, and calls no constructor. */
    private transient @Nullable SharedShapes shared;

    private ChangeEventDecoder(DecodeOptions options) {
        this.options = options;
        shared = new SharedShapes(options);
    }

    SharedShapes shared() {
        SharedShapes known = shared;
        if (known == null) {
            known = new SharedShapes(options.complete());
            shared = known; // a racy write: what another thread made has the same options
        }
        return known;
    }

    DecodeOptions options() {
        return shared().options;
    }

    /** {@return a new decoder with the default options: strict, with {@link DecodeLimits#defaults()}} */
    public static ChangeEventDecoder create() {
        return builder().build();
    }

    /** {@return a builder for a decoder with non-default options} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Decodes a record.
     *
     * @param record the record; the event refers to the array, which must not change as long as the event is used
     *     ({@link ChangeEvent#copy()} returns an event without that condition)
     * @return the event, never null
     * @throws DecodeException if the record cannot be decoded
     */
    public ChangeEvent decode(byte[] record) {
        return decode(record, 0, record.length);
    }

    /**
     * Decodes a record in a part of an array, as {@link #decode(byte[])}. Bytes outside the part are never read.
     *
     * @param array contains the record; the event refers to it, as after {@link #decode(byte[])}
     * @param offset the index of the first byte of the record
     * @param length the number of bytes of the record
     * @return the event; never null
     * @throws DecodeException if the record cannot be decoded; its offset counts from {@code offset}
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
        return new ChangeEvent(shared().index(array, offset, length));
    }

    /**
     * Decodes the record in a buffer, and leaves the position and the limit unchanged. A buffer with an accessible
     * array is read in place, and the event refers to that array. A read-only or direct buffer is copied once, and the
     * event does not refer to it.
     *
     * @param record has the record between its position and its limit
     * @return the event; never null
     * @throws DecodeException if the record cannot be decoded; its offset counts from the buffer's position
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
        options().limits.checkRecord(record.remaining());
        byte[] copy = new byte[record.remaining()];
        record.duplicate().get(copy);
        return decodeOrFail(copy, 0, copy.length);
    }

    /**
     * Decodes a record, as {@link #decode(byte[])}, but returns a failure instead of throwing it.
     *
     * @param record as for {@link #decode(byte[])}
     * @return the event or the failure; never null
     */
    public DecodeResult tryDecode(byte[] record) {
        return tryDecode(record, 0, record.length);
    }

    /**
     * Decodes a record, as {@link #decode(byte[], int, int)}, but returns a failure instead of throwing it.
     *
     * @param array the array that contains the record
     * @param offset the index of the first byte of the record
     * @param length the number of bytes of the record
     * @return the event or the failure; never null
     * @throws IndexOutOfBoundsException if the part is not inside the array
     */
    public DecodeResult tryDecode(byte[] array, int offset, int length) {
        try {
            return DecodeResult.of(decodeOrFail(array, offset, length));
        } catch (DecodeException e) {
            return DecodeResult.of(e);
        }
    }

    /**
     * Decodes a record, as {@link #decode(ByteBuffer)}, but returns a failure instead of throwing it.
     *
     * @param record as for {@link #decode(ByteBuffer)}
     * @return the event or the failure; never null
     */
    public DecodeResult tryDecode(ByteBuffer record) {
        try {
            return DecodeResult.of(decodeOrFail(record));
        } catch (DecodeException e) {
            return DecodeResult.of(e);
        }
    }

    /**
     * {@return a reader of the records in an envelope of Lambda, Kinesis or Firehose, a GetRecords response, an array,
     * an object of Amazon S3, lines of an export, or what a queue, topic or bus carries, with or without gzip}
     *
     * <p>Events of records that are stored in the array as plain JSON refer to the array, as those of
     * {@link #decode(byte[])} do. Records that were in gzip, base64 or a JSON string have memory of their own.
     *
     * @param input the whole input; it must not change while the reader, or an event that refers to it, is used
     */
    public ChangeEventReader read(byte[] input) {
        return read(input, 0, input.length);
    }

    /**
     * {@return a reader of the records in a part of an array, as {@link #read(byte[])}} Bytes outside the part are
     * never read.
     *
     * @param array the array that contains the input
     * @param offset the index of the first byte of the input
     * @param length the number of bytes of the input
     * @throws IndexOutOfBoundsException if the part is not inside the array
     */
    public ChangeEventReader read(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new ChangeEventReader(new Input(array, offset, length, false), new RecordDecoder(options(), shared()));
    }

    /**
     * {@return a reader of the records in a stream, as {@link #read(byte[])}, in memory that does not grow with the
     * stream} Its events stay valid forever: each keeps the piece of the stream that contains it in memory, 64 KiB or
     * more. {@link ChangeEvent#copy()} releases the piece.
     *
     * @param input read until its end, and closed by {@link ChangeEventReader#close()} only
     * @throws NullPointerException if the stream is null
     */
    public ChangeEventReader read(InputStream input) {
        return new ChangeEventReader(
                new Input(Objects.requireNonNull(input), false), new RecordDecoder(options(), shared()));
    }

    /**
     * {@return a new session with the options of this decoder: for one thread, and without an allocation per record}
     */
    public DecodeSession newSession() {
        return new DecodeSession(options(), shared().newSessionIndexer());
    }

    /**
     * Collects the options of a decoder. A leniency accepts one form of input that DynamoDB does not write but others
     * do; each is off by default and independent of the others. Not thread-safe. One builder can build several
     * decoders.
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

        /**
         * Sets how large records and their parts may be.
         *
         * @param limits {@link DecodeLimits#defaults()} by default
         * @return this builder
         * @throws NullPointerException if they are null
         */
        public Builder limits(DecodeLimits limits) {
            this.limits = Objects.requireNonNull(limits);
            return this;
        }

        /**
         * Sets how often B and BS are base64-encoded.
         *
         * @param binaryEncoding {@link BinaryEncoding#AUTO} by default
         * @return this builder
         * @throws NullPointerException if it is null
         */
        public Builder binaryEncoding(BinaryEncoding binaryEncoding) {
            this.binaryEncoding = Objects.requireNonNull(binaryEncoding);
            return this;
        }

        /**
         * Sets the unit of every ApproximateCreationDateTime that is a number, whatever the record states and however
         * large the number is. By default the decoder detects the unit of each record ({@link CreationTime}). This does
         * not affect WriteTimestampMicros of an incremental export, whose name states its unit.
         *
         * @param unit the unit of all such numbers
         * @return this builder
         * @throws NullPointerException if it is null
         */
        public Builder timePrecision(TimePrecision unit) {
            this.timePrecision = Objects.requireNonNull(unit);
            return this;
        }

        /**
         * Sets the names of the key attributes for lines of a full export, which do not name them:
         * {@link ChangeEvent#keys()} then contains these attributes of the Item, in this order. An Item that lacks one
         * is refused with MISSING_FIELD. This does not affect other records. Replaces the names that were set before.
         *
         * @param names the partition key and, if there is one, the sort key; a repeated name counts once. Without
         *     names, which is the default, {@code keys()} of such a line is empty
         * @return this builder
         * @throws NullPointerException if a name is null
         */
        public Builder keyAttributes(String... names) {
            return keyAttributes(List.of(names));
        }

        /**
         * Sets the names of the key attributes, as {@link #keyAttributes(String...)}.
         *
         * @param names copied; may be empty
         * @return this builder
         * @throws NullPointerException if a name is null
         */
        public Builder keyAttributes(Collection<String> names) {
            List<String> keys = List.copyOf(names); // refuses null
            keyAttributes.clear();
            keyAttributes.addAll(keys);
            return this;
        }

        /**
         * Projection: limits the images to the attributes with these names. All other attributes are validated and
         * skipped. {@link Item#get}, {@link Item#require} and {@link Item#contains} throw IllegalStateException for
         * another name, and so does {@link ChangeEvent#diff()}. Iteration, maps and {@link AttributeReader} do not
         * include the others: {@code select} and {@code next} never find them. Keys and nested attributes stay
         * complete. Replaces the names that were set before.
         *
         * @param names of attributes of the images; without names, the images have no attributes
         * @return this builder
         * @throws IllegalArgumentException if a name occurs twice
         * @throws NullPointerException if a name is null
         */
        public Builder attributes(String... names) {
            return attributes(List.of(names));
        }

        /**
         * Sets the only attributes of the images that can be seen, as {@link #attributes(String...)}.
         *
         * @param names copied; may be empty
         * @return this builder
         * @throws IllegalArgumentException if a name occurs twice
         * @throws NullPointerException if a name is null
         */
        public Builder attributes(Collection<String> names) {
            attributes = AttributeNames.of(names.toArray(new String[0]));
            return this;
        }

        /**
         * Projection: limits the events to the images of a stream view type. The other images are validated and
         * skipped; a call that asks for one, and {@link ChangeEvent#diff()} unless both images are included, throw
         * IllegalStateException.
         *
         * @param wanted {@link StreamViewType#NEW_AND_OLD_IMAGES} by default
         * @return this builder
         * @throws IllegalArgumentException if it is {@link StreamViewType#UNKNOWN}
         * @throws NullPointerException if it is null
         */
        public Builder images(StreamViewType wanted) {
            if (Objects.requireNonNull(wanted) == StreamViewType.UNKNOWN) {
                throw new IllegalArgumentException("UNKNOWN names no images");
            }
            newImage = wanted == StreamViewType.NEW_IMAGE || wanted == StreamViewType.NEW_AND_OLD_IMAGES;
            oldImage = wanted == StreamViewType.OLD_IMAGE || wanted == StreamViewType.NEW_AND_OLD_IMAGES;
            return this;
        }

        /**
         * Leniency: accepts the attribute value {@code {}} as an empty M, as DynamoDB Local writes it. Newer versions
         * of DynamoDB Local write an empty L the same way, and the record does not show which of the two it was. With
         * this option such an empty list is an empty map.
         *
         * @param on true to accept it; false, the default, to refuse it with NO_TYPE
         * @return this builder
         */
        public Builder emptyValueAsMap(boolean on) {
            return set(Leniency.EMPTY_VALUE_AS_MAP, on);
        }

        /**
         * Leniency: accepts JSON numbers instead of strings for N and members of NS.
         *
         * @param on true to accept it; false, the default, to refuse it with WRONG_TYPE
         * @return this builder
         */
        public Builder numbersAsJson(boolean on) {
            return set(Leniency.NUMBERS_AS_JSON, on);
        }

        /**
         * Leniency: accepts type descriptors in any case, and {@code nul} and {@code nULLValue} for NULL, as
         * serializers of the AWS SDKs' classes write them. Descriptors whose value is null are ignored.
         *
         * @param on true to accept it; false, the default, to refuse it with UNKNOWN_TYPE, or with WRONG_TYPE or
         *     TWO_TYPES if a descriptor is null
         * @return this builder
         */
        public Builder descriptorAliases(boolean on) {
            return set(Leniency.DESCRIPTOR_ALIASES, on);
        }

        /**
         * Leniency: accepts a value with a type descriptor that DynamoDB does not have. Its type is
         * {@link AttributeType#UNKNOWN}, and its JSON text is available.
         *
         * @param on true to accept it; false, the default, to refuse it with UNKNOWN_TYPE
         * @return this builder
         */
        public Builder unknownDescriptors(boolean on) {
            return set(Leniency.UNKNOWN_DESCRIPTORS, on);
        }

        /**
         * Leniency: accepts names of members in any case, as serializers of the AWS SDKs' classes write them:
         * {@code Dynamodb}, {@code EventName}, {@code keys}, {@code newImage}. Attribute names stay exact, and so do
         * members of carriers, such as {@code body}. Most of these serializers write other type descriptors too: see
         * {@link #descriptorAliases}.
         *
         * @param on true to accept them; false, the default, to treat such members as unknown, so that the record is
         *     NOT_AN_EVENT or lacks its Keys (MISSING_FIELD)
         * @return this builder
         */
        public Builder memberAliases(boolean on) {
            return set(Leniency.MEMBER_ALIASES, on);
        }

        /**
         * Leniency: accepts an ApproximateCreationDateTime in ISO-8601 without an offset as UTC, as moto and Python's
         * {@code isoformat()} write it: {@code 2024-06-22T07:04:39.869591}.
         *
         * @param on true to accept it; false, the default, to refuse it with BAD_TIME
         * @return this builder
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

        /** {@return a new decoder with these options} */
        public ChangeEventDecoder build() {
            Projection projection = new Projection(attributes, newImage, oldImage);
            return new ChangeEventDecoder(new DecodeOptions(
                    limits,
                    binaryEncoding,
                    timePrecision,
                    keyAttributes.toArray(new String[0]),
                    projection,
                    leniencies));
        }
    }

    /** {@return the options, which are written in place of this object} */
    private Object writeReplace() {
        return new Serialized(options);
    }

    /**
     * Refuses a stream that was not written by this class, which writes {@link Serialized} instead.
     *
     * @param in is not read
     * @throws InvalidObjectException always
     */
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only the options are serialized");
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
