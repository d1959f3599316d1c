package io.github.dynamodbcdc;

import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one record after another into the same memory. It is the fastest way to decode, and allocates nothing per
 * record.
 *
 * <p>After warming up on records of the same shape and size, decoding creates no object, and neither do the methods of
 * {@link AttributeReader} that select names, return primitives or copy text. {@code tableName}, {@code awsRegion},
 * {@code eventSource}, {@code eventSourceArn}, {@code eventVersion} and {@code recordFormat} create none if their text
 * is that of the record before and has at most 256 characters. The exceptions are: records that are refused; records
 * with top-level members of several kinds, such as {@code Item} beside {@code dynamodb}, which may be read twice;
 * {@code tryDecode}, which creates a DecodeResult; {@link ChangeEventReader#records()}, which creates a SourceRecord
 * for each record; names of more than 4,096 bytes with escapes; numbers of more than 992 characters with escapes, which
 * the default limits refuse; times in ISO-8601 in a spelling other than {@code 2024-06-22T07:04:39.869Z} with any
 * offset; and before Java 13, buffers without an accessible array.
 *
 * <p><b>A window, not a value.</b> {@link #decode(byte[])} returns the same {@link ChangeEvent} each time. It always
 * shows the latest record, and so do its Keys, its images and their reader. {@link ChangeEvent#copy()} returns an
 * independent event. {@link AttributeValue}s, nested {@link Item}s and iterators belong to their record: after the next
 * decode they throw {@link IllegalStateException} and never show another record's data. Plain Java values stay.
 *
 * <p>After a {@link DecodeException} there is no event: accessors of the window throw {@link IllegalStateException}. A
 * call that is refused for its arguments changes nothing.
 *
 * <p>A session keeps as much memory as its records need. It releases the memory of a large record during the next 256
 * to 1,024 records, if each of them needs at most a quarter of it. Until the next decode it refers to the array that it
 * decoded.
 *
 * <p><b>For one thread at a time.</b> Create a session for each thread or consumer with
 * {@link ChangeEventDecoder#newSession()}. If a session detects that another thread is decoding with it, it throws
 * {@link IllegalStateException}. It cannot detect every such use, and the results of two threads that overlap are
 * wrong. After such a use, and after an {@link Error} or another unexpected exception in a decode, the session discards
 * everything that it kept from earlier records, and decodes correctly when one thread uses it again.
 */
public final class DecodeSession {
    /** An array for copies of buffers is allocated with spare room up to this size. */
    private static final int MAX_SPARE = 1 << 20;

    /** An array for copies of buffers of up to this size is kept forever. */
    private static final int MIN_COPY = 1 << 16;

    private final DecodeOptions options;
    private final RecordIndexer indexer;
    private final ChangeEvent event;
    private final Retention copiedRetention = new Retention();
    private byte[] copied = {};

    DecodeSession(DecodeOptions options, RecordIndexer indexer) {
        this.options = options;
        this.indexer = indexer;
        event = new ChangeEvent(indexer.lastIndex(), AttributeReader.ofSession(indexer.lastIndex()));
    }

    /**
     * Decodes a record, as {@link ChangeEventDecoder#decode(byte[])} does.
     *
     * @param record the record; the array must not change while the session's event shows it
     * @return the session's event, until the next decode
     * @throws DecodeException if the record cannot be decoded
     */
    public ChangeEvent decode(byte[] record) {
        return decode(record, 0, record.length);
    }

    /**
     * Decodes a record in a part of an array, as {@link ChangeEventDecoder#decode(byte[], int, int)} does.
     *
     * @param array contains the record; it must not change while the session's event shows the record
     * @param offset the index of the first byte of the record
     * @param length the number of bytes of the record
     * @return the session's event, until the next decode
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
        giveBack(0);
        indexer.index(array, offset, length);
        return event;
    }

    /** Releases memory that the next record does not need; {@code toCopy} of its bytes must be copied. */
    private void giveBack(int toCopy) {
        indexer.giveBack();
        int kept = copiedRetention.keep(copied.length, toCopy, MIN_COPY);
        if (kept < copied.length) {
            copied = new byte[kept];
        }
    }

    /**
     * Decodes the record in a buffer, as {@link ChangeEventDecoder#decode(ByteBuffer)} does. A read-only or direct
     * buffer is copied into an array that the session reuses.
     *
     * @param record has the record between its position and its limit
     * @return the session's event, until the next decode
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
     * {@return a reader of the records in an array, as {@link ChangeEventDecoder#read(byte[])} does} The session's
     * event shows each record until the reader moves to the next one, or the session decodes another.
     *
     * @param input the whole input; it must not change while the reader is used
     */
    public ChangeEventReader read(byte[] input) {
        return read(input, 0, input.length);
    }

    /**
     * {@return a reader of the records in a part of an array, as {@link #read(byte[])}}
     *
     * @param array the array that contains the input
     * @param offset the index of the first byte of the input
     * @param length the number of bytes of the input
     * @throws IndexOutOfBoundsException if the part is not inside the array
     */
    public ChangeEventReader read(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new ChangeEventReader(
                new Input(array, offset, length, true), new RecordDecoder(options, indexer, event));
    }

    /**
     * {@return a reader of the records in a stream, as {@link #read(byte[])}, in memory that does not grow with the
     * stream and is reused}
     *
     * @param input read until its end, and closed by {@link ChangeEventReader#close()} only
     * @throws NullPointerException if the stream is null
     */
    public ChangeEventReader read(InputStream input) {
        return new ChangeEventReader(
                new Input(Objects.requireNonNull(input), true), new RecordDecoder(options, indexer, event));
    }

    /** Returns how many words and bytes are kept for the next record, beyond those that every record needs. */
    int capacity() {
        return copied.length + indexer.capacity();
    }

    /** Copies a buffer that has no array, and never changes its position, because other threads may copy it too. */
    private static final class BufferCopy {
        /** {@code ByteBuffer.get(int, byte[], int, int)}, which exists since Java 13; null before. */
        private static final @Nullable MethodHandle ABSOLUTE_GET = absoluteGet();

        private BufferCopy() {}

        private static @Nullable MethodHandle absoluteGet() {
            MethodType type = MethodType.methodType(ByteBuffer.class, int.class, byte[].class, int.class, int.class);
            try {
                MethodHandle get = MethodHandles.publicLookup().findVirtual(ByteBuffer.class, "get", type);
                // Without a result, because invokeExact below uses none.
                return get.asType(get.type().changeReturnType(void.class));
            } catch (NoSuchMethodException | IllegalAccessException e) {
                return null;
            }
        }

        /** Copies the bytes between position and limit to the start of an array; creates no object since Java 13. */
        static void copy(ByteBuffer from, byte[] to) {
            if (ABSOLUTE_GET == null) {
                // The view is an object, but a copy word by word takes twenty times as long.
                from.duplicate().get(to, 0, from.remaining());
                return;
            }
            try {
                ABSOLUTE_GET.invokeExact(from, from.position(), to, 0, from.remaining());
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e); // the method declares no exception
            }
        }
    }
}
