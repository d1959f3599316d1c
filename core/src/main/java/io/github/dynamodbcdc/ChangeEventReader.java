package io.github.dynamodbcdc;

import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Iterates the change events in an input: one record or many, one after another with or without line breaks, an array,
 * an envelope of Lambda, Kinesis or Firehose, a GetRecords response, or lines of an export, with or without gzip
 * ({@link EnvelopeShape}). The members of each value at the top of the input determine what it is, and their order does
 * not matter, except in an envelope without records whose first member occurs only in records: it may be one failure
 * NOT_AN_EVENT. Envelopes are read element by element and may be of any size.
 *
 * <p><b>Carriers.</b> An element or an object may carry records in a payload: a record of Kinesis, Kafka or Firehose, a
 * message of SQS, a notification of SNS, an event of EventBridge, or what Lambda and Firehose write when they fail. The
 * payload is JSON in a string or JSON as it is; the payloads of Kinesis, Firehose and Kafka may also be base64. It is
 * itself an input: one record, several one after another, an array, an envelope, or another carrier, up to four in one
 * another. Its records have the identifiers of all of them ({@link SourceRecord}). A bad payload costs itself alone,
 * unless it is broken JSON that is not in a string. A payload without a record is a failure NOT_AN_EVENT; the message
 * of every failure in a payload names the carriers around it, except where JSON that is not in a string is broken or
 * too deep. {@link #envelope()} is the outermost, and {@link Envelope#inner()} the next. Events of EventBridge and
 * notices of Lambda that are not elements of a JSON array are read in pieces if they have more than 64 KiB. Any other
 * carrier is read as a whole: from a byte array without gzip, whatever its size, and otherwise up to the larger of 16
 * MiB and 2.7 times the limit of a record ({@link DecodeLimits}). A larger one may be RECORD_LIMIT.
 *
 * <pre>{@code
 * try (ChangeEventReader reader = decoder.read(inputStream)) {
 *     for (ChangeEvent event : reader) {
 *         apply(event);
 *     }
 * }
 * }</pre>
 *
 * <p><b>Bad records.</b> Iterating events throws the first {@link DecodeException} and ends. Iterating {@link
 * #records()} reports each failure in order and continues after the bad record. It can continue if the bad record is
 * JSON, is in a payload that is a string, or is on a line of an input that has proved to be line-delimited. Otherwise
 * everything after it is lost: the failure is the last record, and {@link SourceRecord#isTerminal()} is true. An input
 * proves to be line-delimited when a line break follows its first value and no value continues past the end of its
 * line. A broken line then costs itself; of an array or envelope, the rest of its line after the fault. A line is also
 * broken if anything but records, arrays, envelopes and separators follows a record on it, because that record may have
 * ended too early. A value larger than a record can be ({@link DecodeLimits}) costs its line, unless it is an array or
 * an envelope. Only a value that is JSON together with the lines after it has several lines. What continues so for 1
 * MiB counts as such a value, unless it is deeper than a record can be; if it breaks later, everything after it is
 * lost, as after an array or envelope that is cut off on a line of more than 1 MiB. An input that is cut off yields all
 * its complete records and one failure. Gzip that is cut off or corrupt yields all records that were unpacked before
 * the fault, and one failure after them. Inside a value on several lines, after values that had a line each, both make
 * each of its lines a record or a failure of its own. A corrupt byte may change records before it is found.
 *
 * <p><b>Separators.</b> Only white space separates records. Other separators are failures but cost no record: each
 * comma, semicolon, vertical bar or record separator (0x1E) between records at the top of the input, and each of the
 * two-character texts {@code \n}, {@code \r} and {@code \t}, is one failure UNEXPECTED_BYTE that is not terminal, and
 * the next record is read. The same applies before the first record and after the last. A byte is a separator only if a
 * line break, a record or the end of the input follows it, after up to 64 KiB of white space and more separators;
 * otherwise it belongs to a broken record. A separator on a broken line belongs to the failure of that line. Inside an
 * array or an envelope, an extra comma is broken JSON. A byte order mark may precede each value at the top of the
 * input, as in files that were appended to one another.
 *
 * <p><b>Offsets</b> of failures count from the first byte of the input after gzip. In a payload that was base64 or a
 * string, they count from its first decoded byte.
 *
 * <p><b>Lifetime.</b> Events of {@link ChangeEventDecoder#read(java.io.InputStream)} stay valid forever. Events of
 * {@link ChangeEventDecoder#read(byte[])} are valid as long as the array is not changed. The event of a
 * {@link DecodeSession} is valid until the next record is read.
 *
 * <p>An empty input has no records. Envelopes, arrays and bare records may follow one another. The reader decides what
 * an object is from its first 64 KiB. If these decide nothing, it searches the members that follow, up to the larger of
 * 16 MiB and 2.7 times the limit of a record. If the bytes that it searched contain the start of an array of records,
 * the object is read as an envelope. If a member {@code dynamodb} follows later, which would have made it a change
 * record, that is one failure NOT_AN_EVENT.
 *
 * <p>A reader can be iterated once, forward, by one thread at a time, and starts no threads. It returns a record as
 * soon as its last byte arrives. Three exceptions: a record on a line is returned when its line break arrives (one that
 * is no object or array, up to 20 bytes later; one that is cut off, when what follows does not continue it), the
 * records of an envelope when its first 64 KiB arrived, or up to twice as many bytes as show that it is one (on a line
 * after the first, when its line break or 1 MiB of it arrived), and a separator, or a number in place of a record, when
 * the next byte that is not white space arrives.
 *
 * <p>An IOException of the source is thrown as {@link UncheckedIOException}, a RuntimeException unchanged, after the
 * records that were read before it. Later calls throw the same exception again. An Error, of the source or of decoding,
 * is thrown at once, and again by every later call. A terminal failure that comes first ends the reading instead, and
 * the exception of the source is not thrown. Where broken JSON comes shortly before the source fails, the pieces in
 * which the source returns its bytes decide which of the two comes first.
 */
public final class ChangeEventReader implements Iterable<ChangeEvent>, AutoCloseable {
    private final Input input;
    private final RecordFrames frames;

    /** Whether all records show in one event. */
    private final boolean session;

    private boolean iterated;
    private boolean closed;

    /** An Error that ended the reading, because it may have come between two steps; null if there was none. */
    private @Nullable Error error;

    ChangeEventReader(Input input, RecordDecoder decoder) {
        this.input = input;
        frames = new RecordFrames(input, decoder);
        session = decoder.isSession();
    }

    /**
     * {@return the events, once} The iterator throws the first bad record as a {@link DecodeException} and ends there.
     *
     * @throws IllegalStateException if the reader was iterated before, or is closed
     */
    @Override
    public Iterator<ChangeEvent> iterator() {
        begin();
        return new Events();
    }

    /**
     * {@return the records, good and bad, once} A bad record is not thrown, and the iteration continues after it where
     * that is possible. {@code iterator()} throws IllegalStateException if the reader was iterated before or is closed.
     */
    public Iterable<SourceRecord> records() {
        return () -> {
            begin();
            return new Records();
        };
    }

    /**
     * {@return the events as a sequential stream, as {@link #iterator()}} The stream of a session's reader returns
     * copies ({@link ChangeEvent#copy()}), because streams collect and sort. Closing the stream does not close the
     * reader.
     *
     * @throws IllegalStateException if the reader was iterated before or is closed
     */
    public Stream<ChangeEvent> stream() {
        Iterator<ChangeEvent> events = session ? new Copies(iterator()) : iterator();
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(events, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /**
     * {@return the envelope at the reader's position} After {@code next()}, it is that of the returned record. After
     * {@code hasNext()}, it may be that of the record that follows; at the end of the input, it is the last one. It is
     * complete when the iteration has ended, because members of an envelope may follow its records.
     */
    public Envelope envelope() {
        return frames.envelope();
    }

    /**
     * Closes the source and ends the iteration: iterators throw IllegalStateException. This does not affect
     * events. Closing again has no effect.
     *
     * @throws UncheckedIOException if the source throws an IOException
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

    private boolean findNext() {
        checkOpen();
        if (error != null) {
            throw error;
        }
        try {
            return frames.next();
        } catch (Error e) {
            error = e;
            throw e;
        }
    }

    private void read(FoundRecord found) {
        if (!findNext()) {
            throw new NoSuchElementException();
        }
        try {
            frames.read(found);
        } catch (Error e) {
            error = e;
            throw e;
        }
    }

    private final class Events implements Iterator<ChangeEvent> {
        private final FoundRecord found = new FoundRecord(false);
        private boolean failed;

        @Override
        public boolean hasNext() {
            checkOpen();
            return !failed && findNext();
        }

        @Override
        public ChangeEvent next() {
            if (failed) {
                throw new NoSuchElementException();
            }
            read(found);
            DecodeException failure = found.failure;
            if (failure != null) {
                failed = true;
                throw failure.withStackTrace();
            }
            return Objects.requireNonNull(found.event);
        }
    }

    /** Copies each event before the next is read: a parallel stream reads many of them first. */
    private static final class Copies implements Iterator<ChangeEvent> {
        private final Iterator<ChangeEvent> events;

        Copies(Iterator<ChangeEvent> events) {
            this.events = events;
        }

        @Override
        public boolean hasNext() {
            return events.hasNext();
        }

        @Override
        public ChangeEvent next() {
            return events.next().copy();
        }
    }

    private final class Records implements Iterator<SourceRecord> {
        private long count;

        @Override
        public boolean hasNext() {
            return findNext();
        }

        @Override
        public SourceRecord next() {
            FoundRecord found = new FoundRecord(true);
            read(found);
            return new SourceRecord(count++, found);
        }
    }
}
