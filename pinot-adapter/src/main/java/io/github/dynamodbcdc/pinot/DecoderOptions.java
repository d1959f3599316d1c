package io.github.dynamodbcdc.pinot;

import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.EventName;
import io.github.dynamodbcdc.TimePrecision;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The decoder's options: its properties, typed and checked. The first constant of each enum is the default. */
final class DecoderOptions {
    /** The image that fills the columns of attributes: {@code dynamodb.image}. */
    enum Image {
        /** NewImage; on REMOVE, which has none, OldImage unless {@code dynamodb.fillFromOldImage} is off. */
        NEW,
        /** OldImage. */
        OLD,
        /** No image, only Keys. */
        KEYS
    }

    /** The columns that have a transform: {@code dynamodb.transformedColumns}. */
    enum TransformedColumns {
        /** They stay null, for their transform to fill. */
        LEAVE,
        /** They get the attribute's value, which Pinot keeps instead of the transform's. */
        KEEP
    }

    /** A number that its column cannot hold: {@code dynamodb.onNumberOverflow}. */
    enum OnNumberOverflow {
        /** The row fails: Pinot logs the exception and drops the row. */
        FAIL,
        /** The value becomes null, or a member of a multi-value column is left out, with a sampled warning. */
        NULL,
        /** The number becomes the nearer end of the column's range, or loses its fraction. */
        SATURATE
    }

    /** A value whose type has no meaning in its column: {@code dynamodb.onTypeMismatch}. */
    enum OnTypeMismatch {
        /** The value becomes null, or a member of a multi-value column is left out, with a sampled warning. */
        NULL,
        /** The row fails: Pinot logs the exception and drops the row. */
        FAIL
    }

    /** A row that lacks a column of the primary key: {@code dynamodb.onMissingPrimaryKey}. */
    enum OnMissingPrimaryKey {
        /** Pinot gets the row, and stores its default value for the key. */
        EMIT,
        /** The event makes no row. */
        SKIP,
        /** The row fails: Pinot logs the exception and drops the row. */
        FAIL
    }

    /** A payload that does not decode: {@code dynamodb.onDecodeError}. */
    enum OnDecodeError {
        /** The exception reaches Pinot, which logs it. */
        FAIL,
        /** The payload makes no row, with a sampled warning. */
        SKIP
    }

    /** Pinot's decoders of JSON, which this decoder does not need because it reads the JSON itself. */
    private static final Set<String> JSON_DECODERS = Set.of(
            "org.apache.pinot.plugin.inputformat.json.JSONMessageDecoder",
            "org.apache.pinot.plugin.stream.kafka.KafkaJSONMessageDecoder");

    final @Nullable String timeColumn;
    final @Nullable String deleteColumn;
    final @Nullable TimeUnit timeUnit;
    final Map<String, TimeUnit> columnUnits = new HashMap<>();
    final String envelopePrefix;
    final Image image;
    final @Nullable String oldImagePrefix;
    final boolean fillFromOldImage;
    final boolean keepTransformed;
    final OnNumberOverflow onNumberOverflow;
    final OnTypeMismatch onTypeMismatch;
    final OnMissingPrimaryKey onMissingPrimaryKey;
    final OnDecodeError onDecodeError;
    final Set<String> tables;
    final Set<EventName> events = EnumSet.noneOf(EventName.class);
    final @Nullable Instant snapshotTime;

    private final BinaryEncoding binaryEncoding;
    private final @Nullable TimePrecision timePrecision;
    private final Set<String> leniencies;

    /** @throws IllegalArgumentException if a key is unknown, a value is invalid for its key, or two options conflict */
    DecoderOptions(Map<String, String> properties) {
        DecoderProperties from = new DecoderProperties(properties);
        checkEnvelopeDecoder(from.text(DecoderKeys.ENVELOPE_DECODER));
        timeColumn = from.text(DecoderKeys.TIME_COLUMN);
        deleteColumn = from.text(DecoderKeys.DELETE_COLUMN);
        if (timeColumn != null && timeColumn.equals(deleteColumn)) {
            throw new IllegalArgumentException(DecoderKeys.TIME_COLUMN + " and " + DecoderKeys.DELETE_COLUMN
                    + " name the same column: give each its own");
        }
        timeUnit = from.optionalChoice(DecoderKeys.TIME_UNIT, TimeUnit.class);
        for (String key : properties.keySet()) {
            String column = DecoderKeys.unitColumn(key);
            String unit = from.text(key);
            if (column != null && unit != null) {
                columnUnits.put(column, from.chosen(key, unit, TimeUnit.class));
            }
        }
        envelopePrefix = from.text(DecoderKeys.ENVELOPE_PREFIX, "");
        image = from.choice(DecoderKeys.IMAGE, Image.class);
        oldImagePrefix = from.text(DecoderKeys.OLD_IMAGE_PREFIX);
        fillFromOldImage = from.flag(DecoderKeys.FILL_FROM_OLD_IMAGE, true);
        if (image == Image.KEYS && from.has(DecoderKeys.FILL_FROM_OLD_IMAGE) && fillFromOldImage) {
            throw new IllegalArgumentException(DecoderKeys.IMAGE + "=KEYS reads no image: remove "
                    + DecoderKeys.FILL_FROM_OLD_IMAGE + ", or set " + DecoderKeys.IMAGE + "=NEW");
        }
        keepTransformed =
                from.choice(DecoderKeys.TRANSFORMED_COLUMNS, TransformedColumns.class) == TransformedColumns.KEEP;
        onNumberOverflow = from.choice(DecoderKeys.ON_NUMBER_OVERFLOW, OnNumberOverflow.class);
        onTypeMismatch = from.choice(DecoderKeys.ON_TYPE_MISMATCH, OnTypeMismatch.class);
        onMissingPrimaryKey = from.choice(DecoderKeys.ON_MISSING_PRIMARY_KEY, OnMissingPrimaryKey.class);
        onDecodeError = from.choice(DecoderKeys.ON_DECODE_ERROR, OnDecodeError.class);
        tables = from.list(DecoderKeys.TABLES);
        for (String name : from.list(DecoderKeys.EVENTS)) {
            events.add(from.chosen(DecoderKeys.EVENTS, name, EventName.class));
        }
        if (events.isEmpty()) {
            events.addAll(EnumSet.of(EventName.INSERT, EventName.MODIFY, EventName.REMOVE));
        }
        snapshotTime = instant(from.text(DecoderKeys.SNAPSHOT_TIME));
        binaryEncoding = from.choice(DecoderKeys.BINARY_ENCODING, BinaryEncoding.class);
        timePrecision = from.optionalChoice(DecoderKeys.TIME_PRECISION, TimePrecision.class);
        leniencies = from.list(DecoderKeys.LENIENCIES);
        builder(); // refuses an unknown leniency
    }

    private static void checkEnvelopeDecoder(@Nullable String decoder) {
        // In a realm, the plugin's name precedes the class.
        if (decoder != null && !JSON_DECODERS.contains(decoder.substring(decoder.lastIndexOf(':') + 1))) {
            throw new IllegalArgumentException(DecoderKeys.ENVELOPE_DECODER + " is " + Quoted.of(decoder)
                    + "; this decoder reads DynamoDB's JSON itself: remove the property");
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() >= 1970 && time.getYear() < 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // Reported below, without the parser's message.
        }
        throw new IllegalArgumentException(DecoderKeys.SNAPSHOT_TIME + " is " + Quoted.of(text)
                + "; it takes ISO-8601 of the years 1970 to 9998 with an offset (Z or +02:00), such as"
                + " 2024-06-22T07:04:39Z");
    }

    /** Returns the field of the event that a column has the name of, after the prefix; null if there is none. */
    @Nullable
    EnvelopeField field(String column) {
        return column.startsWith(envelopePrefix)
                ? EnvelopeField.named(column.substring(envelopePrefix.length()))
                : null;
    }

    /** Returns whether OldImage fills a column because of the prefix of its name. */
    boolean isOld(String column) {
        return oldImagePrefix != null
                && column.startsWith(oldImagePrefix)
                && column.length() > oldImagePrefix.length(); // no attribute has an empty name
    }

    /** Returns core's builder with the options that core implements. */
    ChangeEventDecoder.Builder builder() {
        ChangeEventDecoder.Builder builder = ChangeEventDecoder.builder().binaryEncoding(binaryEncoding);
        if (timePrecision != null) {
            builder.timePrecision(timePrecision);
        }
        for (String leniency : leniencies) {
            switch (leniency) {
                case "emptyValueAsMap":
                    builder.emptyValueAsMap(true);
                    break;
                case "numbersAsJson":
                    builder.numbersAsJson(true);
                    break;
                case "descriptorAliases":
                    builder.descriptorAliases(true);
                    break;
                case "unknownDescriptors":
                    builder.unknownDescriptors(true);
                    break;
                case "memberAliases":
                    builder.memberAliases(true);
                    break;
                case "timesWithoutOffsetAsUtc":
                    builder.timesWithoutOffsetAsUtc(true);
                    break;
                default:
                    throw DecoderProperties.notOneOf(
                            DecoderKeys.LENIENCIES,
                            leniency,
                            "emptyValueAsMap, numbersAsJson, descriptorAliases, unknownDescriptors, memberAliases, "
                                    + "timesWithoutOffsetAsUtc");
            }
        }
        return builder;
    }
}
