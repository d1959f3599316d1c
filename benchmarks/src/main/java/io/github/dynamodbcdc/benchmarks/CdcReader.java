package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** This library. */
abstract class CdcReader implements EventReader {
    private static final AttributeNames NAMES = AttributeNames.of(
            ProjectedRow.UPDATED_AT, ProjectedRow.AMOUNT, ProjectedRow.ACTIVE, ProjectedRow.STATUS, ProjectedRow.ID);

    /** The decoder, which threads share; its events are values. */
    static final class OfDecoder extends CdcReader {
        private final ChangeEventDecoder decoder;

        OfDecoder(ChangeEventDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        ChangeEvent decode(byte[] record) {
            return decoder.decode(record);
        }

        @Override
        ChangeEvent decode(ByteBuffer record) {
            return decoder.decode(record);
        }
    }

    /** A session, which one thread uses; its one event shows the latest record. */
    static final class OfSession extends CdcReader {
        private final DecodeSession session;

        OfSession(ChangeEventDecoder decoder) {
            this.session = decoder.newSession();
        }

        @Override
        ChangeEvent decode(byte[] record) {
            return session.decode(record);
        }

        @Override
        ChangeEvent decode(ByteBuffer record) {
            return session.decode(record);
        }
    }

    abstract ChangeEvent decode(byte[] record);

    abstract ChangeEvent decode(ByteBuffer record);

    @Override
    public final PlainEvent full(byte[] record) {
        return plain(decode(record));
    }

    @Override
    public final PlainEvent full(ByteBuffer record) {
        return plain(decode(record));
    }

    @Override
    public final void project(byte[] record, ProjectedRow row) {
        project(decode(record), row);
    }

    @Override
    public final void project(ByteBuffer record, ProjectedRow row) {
        project(decode(record), row);
    }

    @Override
    public final Object index(byte[] record) {
        return decode(record);
    }

    @Override
    public final Object index(ByteBuffer record) {
        return decode(record);
    }

    private static PlainEvent plain(ChangeEvent event) {
        return new PlainEvent(event.keys().toMap(), plain(event.newImage()), plain(event.oldImage()));
    }

    private static @Nullable Map<String, @Nullable Object> plain(@Nullable Item image) {
        return image == null ? null : image.toMap();
    }

    private static void project(ChangeEvent event, ProjectedRow row) {
        Item image = event.newImage();
        if (image == null) {
            return;
        }
        AttributeReader reader = image.reader();
        for (int ordinal = reader.next(NAMES); ordinal >= 0; ordinal = reader.next(NAMES)) {
            switch (ordinal) {
                case 0 -> row.updatedAt(reader.longValue());
                case 1 -> row.amount(reader.doubleValue());
                case 2 -> row.active(reader.booleanValue());
                case 3 -> copyText(reader, row.status());
                case 4 -> copyText(reader, row.id());
                default -> {
                    // Not projected.
                }
            }
        }
    }

    private static void copyText(AttributeReader reader, ProjectedRow.Text text) {
        text.length = reader.copyUtf8To(text.bytes, 0);
    }
}
