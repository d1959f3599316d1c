package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.Item;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** This library: what is done with an event, however it was decoded. */
abstract class CdcReader implements EventReader {
    private static final AttributeNames NAMES = AttributeNames.of(
            Projection.UPDATED_AT, Projection.AMOUNT, Projection.ACTIVE, Projection.STATUS, Projection.ID);

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
    public final void project(byte[] record, Projection row) {
        project(decode(record), row);
    }

    @Override
    public final void project(ByteBuffer record, Projection row) {
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

    private static void project(ChangeEvent event, Projection row) {
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

    private static void copyText(AttributeReader reader, Projection.Text text) {
        text.length = reader.copyUtf8To(text.bytes, 0);
    }
}
