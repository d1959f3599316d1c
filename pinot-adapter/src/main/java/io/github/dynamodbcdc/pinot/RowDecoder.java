package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.Item;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Fills a row from the bytes of an event, by the plan of {@link RowPlanner}. Not thread-safe. */
final class RowDecoder {
    /** Means that the time is absent. A time that has this value is read as a CreationTime. */
    private static final long NO_MICROS = Long.MIN_VALUE;

    private final DecodeSession session;
    private final EventFilter filter;
    private final SeveralTables severalTables;
    private final AttributeColumns attributes;
    private final @Nullable AttributeColumns oldAttributes;
    private final EnvelopeColumn[] envelope;
    private final KeyCheck keyCheck;

    private final DecoderOptions.Image image;
    private final boolean fillFromOldImage;
    private final boolean upsert;
    private final boolean skipUndecodable;
    private final List<String> comparisonColumns;
    private final @Nullable Instant snapshotTime;

    private final SampledWarning undecodable;
    private final SampledWarning withoutImage;

    RowDecoder(
            DecoderOptions options,
            TableFacts table,
            DecodeSession session,
            AttributeColumns attributes,
            @Nullable AttributeColumns oldAttributes,
            List<EnvelopeColumn> envelope,
            KeyCheck keyCheck,
            Logger log) {
        this.session = session;
        this.attributes = attributes;
        this.oldAttributes = oldAttributes;
        this.envelope = envelope.toArray(new EnvelopeColumn[0]);
        this.keyCheck = keyCheck;
        filter = new EventFilter(options, log);
        severalTables = new SeveralTables(options, table, envelope, log);
        image = options.image;
        fillFromOldImage = options.fillFromOldImage;
        upsert = table.isUpsert();
        skipUndecodable = options.onDecodeError == DecoderOptions.OnDecodeError.SKIP;
        snapshotTime = options.snapshotTime;
        comparisonColumns = table.comparisonColumns;
        undecodable = SampledWarning.sampled(log, "an event that cannot be decoded was skipped");
        withoutImage = SampledWarning.once(
                log,
                "an event other than REMOVE has no NewImage"
                        + (upsert
                                ? " and was skipped, because it would empty its row: the stream must carry NEW_IMAGE"
                                        + " or NEW_AND_OLD_IMAGES; for rows of Keys alone, set " + DecoderKeys.IMAGE
                                        + "=KEYS"
                                : " and became a row of its Keys alone"));
    }

    static boolean isRemove(ChangeEvent event) {
        return event.eventName() == EventName.REMOVE;
    }

    /** Returns the row, marked to be skipped if the event makes no row. */
    GenericRow decode(byte[] payload, int offset, int length, GenericRow row) {
        row.removeValue(GenericRow.SKIP_RECORD_KEY);
        if (length == 0) {
            return skip(row); // a tombstone, which deletes a key in a compacted Kafka topic
        }
        ChangeEvent event;
        try {
            event = session.decode(payload, offset, length);
        } catch (DecodeException e) {
            String advice = MessageAdvice.of(e, session, payload, offset, length);
            if (!skipUndecodable) {
                throw advice.isEmpty() ? e : e.withAdvice(advice);
            }
            undecodable.occurred(e.reason() + " at offset " + e.offset() + (advice.isEmpty() ? advice : "; " + advice));
            return skip(row);
        }
        if (!filter.admits(event) || !fill(event, row) || !keyCheck.admits(row)) {
            return skip(row);
        }
        severalTables.note(event);
        return row;
    }

    private static GenericRow skip(GenericRow row) {
        row.putValue(GenericRow.SKIP_RECORD_KEY, true);
        return row;
    }

    private boolean fill(ChangeEvent event, GenericRow row) {
        Item item = image(event);
        if (item == null && image == DecoderOptions.Image.NEW && !isRemove(event)) {
            withoutImage.occurred();
            if (upsert) {
                return false;
            }
        }
        Item keys = event.keys();
        boolean deletes = upsert && isRemove(event);
        attributes.begin(deletes);
        keyCheck.compare(keys.size(), attributes.read(keys, null, row));
        if (item != null) {
            attributes.read(item, keys, row);
        }
        attributes.put(row);
        if (oldAttributes != null) {
            Item old = event.oldImage();
            oldAttributes.begin(deletes);
            if (old != null) {
                oldAttributes.read(old, null, row);
            }
            oldAttributes.put(row);
        }
        for (EnvelopeColumn column : envelope) {
            row.putValue(column.name, value(column, event, deletes));
        }
        return true;
    }

    private @Nullable Item image(ChangeEvent event) {
        switch (image) {
            case NEW:
                if (!isRemove(event)) {
                    return event.newImage();
                }
                return fillFromOldImage ? event.oldImage() : null;
            case OLD:
                return event.oldImage();
            default:
                return null;
        }
    }

    /** @param deletes whether the row is a delete, which a value that does not fit must not prevent */
    private @Nullable Object value(EnvelopeColumn column, ChangeEvent event, boolean deletes) {
        ChangeTime format = column.time();
        try {
            return column.checked(format == null ? column.of(event) : time(event, format, column.name));
        } catch (RowException e) {
            if (!deletes || column.expendable == null) {
                throw e;
            }
            column.expendable.occurred();
            return null;
        }
    }

    private @Nullable Object time(ChangeEvent event, ChangeTime format, String column) {
        long micros = format.countsNanos() ? NO_MICROS : event.creationEpochMicros(NO_MICROS);
        if (micros != NO_MICROS) {
            return format.ofMicros(micros);
        }
        CreationTime time = event.approximateCreationDateTime();
        if (time != null) {
            return format.value(time.epochSecond(), time.nano());
        }
        if (snapshotTime != null) {
            return format.value(snapshotTime.getEpochSecond(), snapshotTime.getNano());
        }
        if (comparisonColumns.contains(column)) {
            throw new RowException("the event has no ApproximateCreationDateTime, by which the table compares rows;"
                    + " to load an export, set " + DecoderKeys.SNAPSHOT_TIME);
        }
        return null;
    }

    /** The events that become rows, by {@code dynamodb.tables} and {@code dynamodb.events}. */
    private static final class EventFilter {
        /** Empty: all. */
        private final Set<String> tables;

        private final Set<EventName> events;
        private final SampledWarning unknown;
        private final SampledWarning nameless;
        private final Logger log;

        private boolean skipsTables;

        EventFilter(DecoderOptions options, Logger log) {
            tables = options.tables;
            events = options.events;
            this.log = log;
            unknown = SampledWarning.sampled(
                    log,
                    "an event was skipped because its eventName is not INSERT, MODIFY or REMOVE; to accept such"
                            + " events, add UNKNOWN to " + DecoderKeys.EVENTS);
            nameless = SampledWarning.sampled(
                    log,
                    "an event was skipped because " + DecoderKeys.TABLES + " is set, and the event does not name its"
                            + " DynamoDB table, as a line of an export does not");
        }

        boolean admits(ChangeEvent event) {
            if (!tables.isEmpty() && !admits(event.tableName())) {
                return false;
            }
            EventName name = event.eventName();
            if (events.contains(name)) {
                return true;
            }
            if (name == EventName.UNKNOWN) {
                unknown.occurred();
            }
            return false;
        }

        private boolean admits(@Nullable String table) {
            if (table == null) {
                nameless.occurred();
                return false;
            }
            boolean admits = tables.contains(table);
            if (!admits && !skipsTables) {
                skipsTables = true;
                log.info("an event of a DynamoDB table that {} does not name was skipped", DecoderKeys.TABLES);
            }
            return admits;
        }
    }
}
