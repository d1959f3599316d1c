package io.github.dynamodbcdc;

import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records one after another into the same memory: the fastest way, and one that allocates nothing per record.
 *
 * <p>Decoding and the reader's names in a prepared set, primitives and {@link AttributeReader#copyUtf8To} make no
 * object, once records of the same shape and size were met. The exceptions: records that are refused; records with
 * top-level members of several kinds, as a change record with an {@code Item} beside {@code dynamodb}, which may be
 * read twice; names of more than 4,096 bytes with escapes; times in ISO-8601 in a spelling other than {@code
 * 2024-06-22T07:04:39.869Z} with any offset; and before Java 13, buffers without an accessible array.
 *
 * <p><b>A window, not a value.</b> {@link #decode(byte[])} returns the same {@link ChangeEvent} each time, which shows
 * the latest record, and so do its Keys, images and the reader of these. {@link ChangeEvent#copy()} makes an event that
 * stays. {@link AttributeValue}s, nested {@link Item}s and iterators belong to their record: used after the next decode
 * they throw {@link IllegalStateException} and never show another record's data. Java values that were handed out stay.
 *
 * <p>After a decode that failed there is no event: accessors of the window throw {@link IllegalStateException}.
 *
 * <p>A session keeps as much memory as its records need, and gives back what a large one needed when each of 256
 * records in a row has needed less than a quarter of it. Until the next decode it refers to the array that it was
 * given.
 *
 * <p>For one thread at a time. Make one for each thread or consumer by {@link ChangeEventDecoder#newSession()}. Where a
 * session notices that another thread is decoding with it, it throws {@link IllegalStateException}; it cannot notice
 * every such use, and results of two threads that overlap are wrong. After that, and after a decode that an
 * {@link Error} or any other unexpected exception ended, the session gives up all that it kept from earlier records;
 * used by one thread again, it decodes right.
 */
public final class DecodeSession {
    /** The array for copies of buffers is made with room to spare up to this size. */
    private static final int MAX_SPARE = 1 << 20;

    /** An array for copies of buffers of up to this size is kept for ever. */
    private static final int MIN_COPY = 1 << 16;

    private final DecodeOptions options;
    private final RecordIndexer indexer;
    private final ChangeEvent event;
    private final Retention indexRetention = new Retention();
    private final Retention copiedRetention = new Retention();
    private byte[] copied = {};

    DecodeSession(DecodeOptions options, RecordIndexer indexer) {
        this.options = options;
        this.indexer = indexer;
        event = new ChangeEvent(indexer.lastIndex(), new AttributeReader(indexer.lastIndex()));
    }

    /**
     * Decodes a record, as {@link ChangeEventDecoder#decode(byte[])} does.
     *
     * @return the session's event, until the next decode
     * @throws DecodeException if it cannot be decoded
     */
    public ChangeEvent decode(byte[] record) {
        return decode(record, 0, record.length);
    }

    /**
     * Decodes a record in a part of an array, as {@link ChangeEventDecoder#decode(byte[], int, int)} does.
     *
     * @return the session's event, until the next decode
     * @throws DecodeException if it cannot be decoded
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
        giveBack(0);
        indexer.index(array, offset, length);
        return event;
    }

    /** Gives back what is not needed for the next record, of which so many bytes must be copied. */
    private void giveBack(int toCopy) {
        indexer.lastIndex().giveBack(indexRetention);
        int kept = copiedRetention.keep(copied.length, toCopy, MIN_COPY);
        if (kept < copied.length) {
            copied = new byte[kept];
        }
    }

    /**
     * Decodes the record between a buffer's position and its limit, as {@link ChangeEventDecoder#decode(ByteBuffer)}
     * does; a read-only or direct buffer is copied into an array that the session uses again.
     *
     * @return the session's event, until the next decode
     * @throws DecodeException if it cannot be decoded
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
        int length = record.remaining();
        giveBack(length);
        indexer.begin(length); // before a buffer over the limit is copied
        if (copied.length < length) {
            copied = new byte[Math.max(length, Math.min(length * 2, MAX_SPARE))];
        }
        BufferCopy.copy(record, copied);
        indexer.index(copied, 0, length);
        return event;
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

    /**
     * Reads the records of whatever they came in, as {@link ChangeEventDecoder#read(byte[])} does; each shows in the
     * session's event until the reader goes on to the next, or the session decodes another record.
     */
    public ChangeEventReader read(byte[] input) {
        return read(input, 0, input.length);
    }

    /**
     * Reads the records of a part of an array, as {@link #read(byte[])}.
     *
     * @throws IndexOutOfBoundsException if the part is not inside the array
     */
    public ChangeEventReader read(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new ChangeEventReader(new Input(array, offset, length), new RecordDecoder(options, indexer, event));
    }

    /**
     * Reads the records of a stream, as {@link #read(byte[])}, in memory that does not grow with the stream and is used
     * again.
     *
     * @param input closed by {@link ChangeEventReader#close()} and not before
     */
    public ChangeEventReader read(InputStream input) {
        return new ChangeEventReader(
                new Input(Objects.requireNonNull(input), true), new RecordDecoder(options, indexer, event));
    }

    /** Decodes a record; a failure is returned, not thrown. Otherwise as {@link #decode(ByteBuffer)}. */
    public DecodeResult tryDecode(ByteBuffer record) {
        try {
            return DecodeResult.of(decodeOrFail(record));
        } catch (DecodeException e) {
            return DecodeResult.of(e);
        }
    }

    /** How many words and bytes it keeps for the next record, those that records of any size need apart. */
    int capacity() {
        return copied.length + indexer.capacity();
    }

    /**
     * Copies a buffer that has no array, and leaves the buffer alone: not even for a moment is its position another, because
     * other threads may copy it too.
     */
    static final class BufferCopy {
        /** {@code ByteBuffer.get(int, byte[], int, int)}, which came with Java 13; null before. */
        private static final @Nullable MethodHandle ABSOLUTE_GET = absoluteGet();

        private BufferCopy() {}

        private static @Nullable MethodHandle absoluteGet() {
            MethodType type = MethodType.methodType(ByteBuffer.class, int.class, byte[].class, int.class, int.class);
            try {
                MethodHandle get = MethodHandles.publicLookup().findVirtual(ByteBuffer.class, "get", type);
                // Of no value, as invokeExact is called below.
                return get.asType(get.type().changeReturnType(void.class));
            } catch (NoSuchMethodException | IllegalAccessException e) {
                return null;
            }
        }

        /** Copies what is between position and limit to the start of an array; without an object, from Java 13 on. */
        static void copy(ByteBuffer from, byte[] to) {
            if (ABSOLUTE_GET == null) {
                // A view of it costs an object, but words one by one cost twenty times as much as the whole copy.
                from.duplicate().get(to, 0, from.remaining());
                return;
            }
            try {
                ABSOLUTE_GET.invokeExact(from, from.position(), to, 0, from.remaining());
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e); // it declares none
            }
        }
    }
}
