package io.github.dynamodbcdc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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
 * <p>The input is one record: strict JSON (RFC 8259) in UTF-8, with at most a byte order mark before and white space
 * around it. Whatever the bytes, the outcome is an event or a {@link DecodeException}, and an event that decodes is whole
 * and right: what is malformed anywhere in the record, in members that mean nothing too, refuses the record.
 *
 * <p>What the members of a record are is told by the record, not by their order: {@code dynamodb} makes a change record,
 * {@code Keys} at the top a line of an incremental export, {@code Item} one of a full export. Members that mean nothing
 * there are skipped. An incremental export's line is a REMOVE without NewImage, an INSERT without OldImage, else a
 * MODIFY; a full export's line is an INSERT without a time.
 *
 * <p>Immutable and thread-safe: create one and share it. It learns from the names that it sees, which shows in its speed
 * only; what it keeps of them is bounded and never refers to a record.
 */
public final class ChangeEventDecoder {
    final DecodeLimits limits;
    final Leniencies leniencies;
    final BinaryEncoding binaryEncoding;
    final @Nullable TimePrecision timePrecision;
    final List<String> keyAttributes;
    final NameHash hash = new NameHash();
    final MapNamesCache mapNames = new MapNamesCache(hash);

    private ChangeEventDecoder(Builder builder) {
        limits = builder.limits;
        leniencies = new Leniencies(
                builder.emptyValueAsMap, builder.numbersAsJson, builder.descriptorAliases, builder.unknownDescriptors);
        binaryEncoding = builder.binaryEncoding;
        timePrecision = builder.timePrecision;
        keyAttributes = new ArrayList<>(builder.keyAttributes);
    }

    /** A decoder with the defaults: strict, the limits of {@link DecodeLimits}, binary by {@link BinaryEncoding#AUTO}. */
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
        Objects.checkFromIndexSize(offset, length, array.length);
        return new ChangeEvent(new RecordIndexer(this, array, offset, offset + length).index());
    }

    /**
     * Decodes the record between a buffer's position and its limit, which stay as they are. A buffer with an accessible
     * array is read in place, as that array; a read-only or direct one is copied once, and the event is independent of
     * it.
     *
     * @throws DecodeException if it cannot be decoded; offsets count from the buffer's position
     */
    public ChangeEvent decode(ByteBuffer record) {
        if (record.hasArray()) {
            return decode(record.array(), record.arrayOffset() + record.position(), record.remaining());
        }
        byte[] copy = new byte[record.remaining()];
        record.duplicate().get(copy);
        return decode(copy);
    }

    /** Decodes a record; a failure is returned, not thrown. Otherwise as {@link #decode(byte[])}. */
    public DecodeResult tryDecode(byte[] record) {
        return tryDecode(record, 0, record.length);
    }

    /** Decodes a record; a failure is returned, not thrown. Otherwise as {@link #decode(byte[], int, int)}. */
    public DecodeResult tryDecode(byte[] array, int offset, int length) {
        try {
            return DecodeResult.of(decode(array, offset, length));
        } catch (DecodeException e) {
            return DecodeResult.of(e);
        }
    }

    /** Decodes a record; a failure is returned, not thrown. Otherwise as {@link #decode(ByteBuffer)}. */
    public DecodeResult tryDecode(ByteBuffer record) {
        try {
            return DecodeResult.of(decode(record));
        } catch (DecodeException e) {
            return DecodeResult.of(e);
        }
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
        private boolean emptyValueAsMap;
        private boolean numbersAsJson;
        private boolean descriptorAliases;
        private boolean unknownDescriptors;

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
         * The names of the key attributes, which lines of a full export do not tell: {@link ChangeEvent#keys()} of these
         * are taken from their Item, which must have them all (MISSING_FIELD). Other records are not concerned. Replaces
         * the names given before.
         */
        public Builder keyAttributes(String... names) {
            keyAttributes.clear();
            keyAttributes.addAll(Arrays.asList(names));
            return this;
        }

        /** Leniency: an attribute value {@code {}} is an empty M, as DynamoDB Local writes it. Off: NO_TYPE. */
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
         * Leniency: type descriptors in any case and {@code nul} for NULL, as serialisers of the AWS SDKs' classes write
         * them, and beside them others whose values are null. Off: UNKNOWN_TYPE.
         */
        public Builder descriptorAliases(boolean on) {
            descriptorAliases = on;
            return this;
        }

        /**
         * Leniency: a value with a type descriptor that DynamoDB does not have is {@link AttributeType#UNKNOWN}, with its
         * JSON text. Off: UNKNOWN_TYPE.
         */
        public Builder unknownDescriptors(boolean on) {
            unknownDescriptors = on;
            return this;
        }

        /** A decoder with these options. */
        public ChangeEventDecoder build() {
            return new ChangeEventDecoder(this);
        }
    }
}
