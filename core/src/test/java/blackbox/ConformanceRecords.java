package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.PlainValues;
import io.github.dynamodbcdc.PlainValues.Binary;
import io.github.dynamodbcdc.PlainValues.Numbers;
import io.github.dynamodbcdc.PlainValues.Sets;
import io.github.dynamodbcdc.UserIdentity;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records around a value. JSON is written with single quotes, which stand for double ones. */
final class ConformanceRecords {
    /** Whether tests that sample by default are to be complete. */
    static final boolean EXHAUSTIVE = Boolean.getBoolean("exhaustive");

    static final ChangeEventDecoder DECODER = ChangeEventDecoder.create();

    /** A policy under which plain maps are equal if and only if the values are, and that loses no digit. */
    private static final PlainValues VERBATIM =
            PlainValues.defaults().withNumbers(Numbers.TEXT).withSets(Sets.LIST).withBinary(Binary.BASE64);

    private ConformanceRecords() {}

    static byte[] json(String singleQuoted) {
        return singleQuoted.replace('\'', '"').getBytes(UTF_8);
    }

    /** A change record whose NewImage has these attributes. */
    static String image(String attributes) {
        return "{'eventName':'INSERT','dynamodb':{'Keys':{'pk':{'S':'a'}},'NewImage':{" + attributes + "}}}";
    }

    /** A change record whose NewImage has the attribute {@code a} of this value. */
    static String value(String attributeValue) {
        return image("'a':" + attributeValue);
    }

    /** The value as {@link #value(String)} wraps it, decoded. */
    static AttributeValue decodedValue(ChangeEventDecoder decoder, String attributeValue) {
        return newImage(decoder.decode(json(value(attributeValue)))).require("a");
    }

    static AttributeValue decodedValue(String attributeValue) {
        return decodedValue(DECODER, attributeValue);
    }

    static Item newImage(ChangeEvent event) {
        return Objects.requireNonNull(event.newImage(), "newImage");
    }

    static Item oldImage(ChangeEvent event) {
        return Objects.requireNonNull(event.oldImage(), "oldImage");
    }

    /** JSON, verbatim bytes, and JSON again. */
    static byte[] around(String before, byte[] bytes, String after) {
        return concat(json(before), bytes, json(after));
    }

    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Everything that an event says, as text to compare. */
    static String describe(ChangeEvent event) {
        UserIdentity identity = event.userIdentity();
        return String.join(
                "\n",
                event.channel() + " " + event.eventName() + " " + event.eventNameText() + " " + event.eventId(),
                event.eventSource() + " " + event.eventVersion() + " " + event.eventSourceArn(),
                event.awsRegion() + " " + event.tableName() + " " + event.recordFormat(),
                identity == null ? "nobody" : identity.type() + " " + identity.principalId(),
                event.sequenceNumber() + " " + event.sizeBytes() + " " + event.streamViewType(),
                event.approximateCreationDateTime() + " " + event.binaryEncoding(),
                "keys " + plain(event.keys()),
                "newImage " + plain(event.newImage()),
                "oldImage " + plain(event.oldImage()));
    }

    private static @Nullable Map<String, @Nullable Object> plain(@Nullable Item item) {
        return item == null ? null : item.toMap(VERBATIM);
    }
}
