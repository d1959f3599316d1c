package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The change records of a table, each of a different item, as Kinesis delivers them. */
final class ChangeStream {
    /** The order of the attributes in Keys and images. */
    enum Order {
        /** The same in every record. */
        FIXED,
        /** Different in each record, the same in both images. */
        PER_RECORD,
        /** Different in each image. */
        PER_IMAGE
    }

    private final Table table;
    private final Order order;
    private final Values values;

    ChangeStream(Table table, Order order, long seed) {
        this.table = table;
        this.order = order;
        this.values = new Values(seed);
    }

    byte[] insert() {
        List<JsonAttribute> image = shuffled(table.image(values), order != Order.FIXED);
        return record("INSERT", key(image), image, null);
    }

    byte[] modify() {
        return modify(true);
    }

    /** Returns the record that {@link #modify()} would return, for a stream that carries new images only. */
    byte[] modifyWithoutOldImage() {
        return modify(false);
    }

    private byte[] modify(boolean withOldImage) {
        List<JsonAttribute> oldImage = shuffled(table.image(values), order != Order.FIXED);
        List<JsonAttribute> newImage = shuffled(updated(oldImage), order == Order.PER_IMAGE);
        return record("MODIFY", key(newImage), newImage, withOldImage ? oldImage : null);
    }

    /** Returns the image after an update: the attributes of {@link Table#updated} are those of another item, if any. */
    private List<JsonAttribute> updated(List<JsonAttribute> image) {
        Map<String, JsonAttribute> update = new LinkedHashMap<>();
        for (JsonAttribute attribute : table.image(values)) {
            if (table.updated().contains(attribute.name())) {
                update.put(attribute.name(), attribute);
            }
        }
        List<JsonAttribute> result = new ArrayList<>();
        for (JsonAttribute attribute : image) {
            JsonAttribute next =
                    table.updated().contains(attribute.name()) ? update.remove(attribute.name()) : attribute;
            if (next != null) {
                result.add(next);
            }
        }
        result.addAll(update.values());
        return result;
    }

    private List<JsonAttribute> key(List<JsonAttribute> image) {
        List<JsonAttribute> key = new ArrayList<>();
        for (String name : table.key()) {
            image.stream().filter(attribute -> attribute.name().equals(name)).forEach(key::add);
        }
        return shuffled(key, order != Order.FIXED);
    }

    private List<JsonAttribute> shuffled(List<JsonAttribute> attributes, boolean shuffle) {
        List<JsonAttribute> copy = new ArrayList<>(attributes);
        if (shuffle) {
            Collections.shuffle(copy, values.random());
        }
        return copy;
    }

    private byte[] record(
            String eventName,
            List<JsonAttribute> key,
            List<JsonAttribute> newImage,
            @Nullable List<JsonAttribute> oldImage) {
        String images = "\"NewImage\":" + JsonAttribute.item(newImage)
                + (oldImage == null ? "" : ",\"OldImage\":" + JsonAttribute.item(oldImage));
        return ("{\"awsRegion\":\"eu-central-1\",\"eventID\":\"" + values.uuid()
                        + "\",\"eventName\":\"" + eventName
                        + "\",\"userIdentity\":null,\"recordFormat\":\"application/json\",\"tableName\":\""
                        + table.name()
                        + "\",\"dynamodb\":{\"ApproximateCreationDateTime\":"
                        + (values.time() * 1000 + values.below(1000))
                        + ",\"Keys\":" + JsonAttribute.item(key) + "," + images
                        + ",\"SizeBytes\":" + images.length() / 2
                        + ",\"ApproximateCreationDateTimePrecision\":\"MICROSECOND\"}"
                        + ",\"eventSource\":\"aws:dynamodb\"}")
                .getBytes(UTF_8);
    }
}
