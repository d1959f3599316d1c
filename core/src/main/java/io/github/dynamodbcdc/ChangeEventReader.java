package io.github.dynamodbcdc;

import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads change events out of whatever they came in: one record or many, one after another with or without line breaks,
 * an array, an envelope of Lambda, Kinesis or Firehose, a GetRecords response, lines of an export, all of them in gzip
 * or not ({@link EnvelopeShape}). The kind of each value at the top of the input is decided by its members, not by
 * their order; envelopes are read element by element and may be of any size.
 *
 * <pre>{@code
 * try (ChangeEventReader reader = decoder.read(inputStream)) {
 *     for (ChangeEvent event : reader) {
 *         apply(event);
 *     }
 * }
 * }</pre>
 *
 * <p><b>Bad records.</b> Iterating events throws the first {@link DecodeException} and ends. Iterating
 * {@link #records()} reports each failure in order and continues after the bad record. It can continue where the bad
 * record is JSON, is carried in base64, or is on a line of an input that has proved to be line by line. Otherwise what
 * follows is lost, and the failure is the last one and terminal ({@link SourceRecord#isTerminal()}). An input proves to
 * be line by line when a line break follows its first value and no value goes on past the end of its line; a line is
 * then one bad record if it is larger than a record can be ({@link DecodeLimits}). An input that is cut off gives all
 * whole records and one failure; gzip that is cut off or corrupt gives all records that were unpacked before the fault,
 * and one failure.
 *
 * <p><b>Separators.</b> Only white space separates records. Other separators are failures, but cost no record: each
 * comma, semicolon, vertical bar or record separator (0x1E) between records at the top of the input, and each of the
 * two-character texts {@code \n}, {@code \r} and {@code \t}, is one failure UNEXPECTED_BYTE that is not terminal, and
 * the next record is read. The same holds before the first record and after the last. It is a separator only if a line
 * break, a record or the end of the input follows it, after white space and more separators; otherwise it is taken for
 * the rest of a broken record. A separator on a broken line belongs to that line's failure. Inside an array or an
 * envelope, a comma too many is broken JSON; a record in base64 that a separator follows is TRAILING_DATA.
 *
 * <p><b>Offsets</b> of failures count from the input's first byte after gzip; in a record that was base64, from the
 * first byte after base64 was decoded.
 *
 * <p><b>Lifetime.</b> Events of {@link ChangeEventDecoder#read(java.io.InputStream)} stay valid for ever; those of
 * {@link ChangeEventDecoder#read(byte[])} as long as the array is not changed; those of {@link DecodeSession} until the
 * next record is read.
 *
 * <p>An empty input has no records. Envelopes, arrays and bare records may follow one another. An object whose first 64
 * KiB show records counts as their envelope, however large the records are; if {@code dynamodb} follows later and makes
 * it a change record, a failure NOT_AN_EVENT says so.
 *
 * <p>Forward only, once, and for one thread at a time; it starts no threads. The reader returns a record as soon as its
 * last byte arrives. Three exceptions: a record on a line is returned when its line break arrives, the records of an
 * envelope when its first 64 KiB arrived, and a separator when the next byte that is not white space arrives. An
 * IOException of the source is thrown as {@link UncheckedIOException}, a RuntimeException as it is, after the records
 * that were read before; asking again throws it again.
 */
public final class ChangeEventReader implements Iterable<ChangeEvent>, AutoCloseable {
    private final Input input;
    private final RecordFrames frames;
    private boolean iterated;
    private boolean closed;

    ChangeEventReader(Input input, RecordDecoder decoder) {
        this.input = input;
        frames = new RecordFrames(input, decoder);
    }

    /**
     * The events, once; the first bad record is thrown as a {@link DecodeException} and ends the iteration.
     *
     * @throws IllegalStateException if the reader was iterated before, or is closed
     */
    @Override
    public Iterator<ChangeEvent> iterator() {
        begin();
        return new Events();
    }

    /**
     * The records, once, good and bad: a bad one is not thrown, and iteration goes on behind it where that is possible.
     * Its {@code iterator()} throws IllegalStateException if the reader was iterated before, or is closed.
     */
    public Iterable<SourceRecord> records() {
        return () -> {
            begin();
            return new Records();
        };
    }

    /**
     * The events as a sequential stream; otherwise as {@link #iterator()}. A session's reader gives one event each
     * time, so nothing may collect or sort them; closing the stream does not close the reader.
     *
     * @throws IllegalStateException if the reader was iterated before, or is closed
     */
    public Stream<ChangeEvent> stream() {
        int characteristics = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), characteristics), false);
    }

    /**
     * What stands around the record that was read last; complete once the iteration has ended, because members of an
     * envelope may follow its records.
     */
    public Envelope envelope() {
        return frames.envelope();
    }

    /**
     * Closes the source, and ends the iteration: iterators throw IllegalStateException. Events that were handed out are
     * not concerned. Does nothing the second time.
     *
     * @throws UncheckedIOException what the source throws
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            input.close();
        }
    }

    private void begin() {
        checkOpen();
        if (iterated) {
            throw new IllegalStateException("the reader was iterated before; its input is read once");
        }
        iterated = true;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the reader is closed");
        }
    }

    private void read(FoundRecord delivery) {
        checkOpen();
        if (!frames.next()) {
            throw new NoSuchElementException();
        }
        frames.read(delivery);
    }

    private final class Events implements Iterator<ChangeEvent> {
        private final FoundRecord delivery = new FoundRecord(false);
        private boolean failed;

        @Override
        public boolean hasNext() {
            checkOpen();
            return !failed && frames.next();
        }

        @Override
        public ChangeEvent next() {
            if (failed) {
                throw new NoSuchElementException();
            }
            read(delivery);
            DecodeException failure = delivery.failure;
            if (failure != null) {
                failed = true;
                throw failure.withStackTrace();
            }
            return Objects.requireNonNull(delivery.event);
        }
    }

    private final class Records implements Iterator<SourceRecord> {
        private long count;

        @Override
        public boolean hasNext() {
            checkOpen();
            return frames.next();
        }

        @Override
        public SourceRecord next() {
            FoundRecord delivery = new FoundRecord(true);
            read(delivery);
            return new SourceRecord(count++, delivery, frames.envelope().shape());
        }
    }
}
