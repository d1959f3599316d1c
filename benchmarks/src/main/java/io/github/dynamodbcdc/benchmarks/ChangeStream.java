package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The change records of a table, each of another item, as Kinesis delivers them. */
final class ChangeStream {
    private final Table table;
    private final Order order;
    private final Values values;

    ChangeStream(Table table, Order order, long seed) {
        this.table = table;
        this.order = order;
        this.values = new Values(seed);
    }

    byte[] insert() {
        List<Attribute> image = shuffled(table.image(values), order != Order.FIXED);
        return record("INSERT", key(image), image, null);
    }

    byte[] modify() {
        return modify(true);
    }

    /** The record that {@link #modify} would give, of a stream that carries new images only. */
    byte[] modifyWithoutOldImage() {
        return modify(false);
    }

    private byte[] modify(boolean withOldImage) {
        List<Attribute> oldImage = shuffled(table.image(values), order != Order.FIXED);
        List<Attribute> newImage = shuffled(updated(oldImage), order == Order.PER_IMAGE);
        return record("MODIFY", key(newImage), newImage, withOldImage ? oldImage : null);
    }

    /** The image after an update: what {@link Table#updated} names is that of another item, present or not. */
    private List<Attribute> updated(List<Attribute> image) {
        Map<String, Attribute> update = new LinkedHashMap<>();
        for (Attribute attribute : table.image(values)) {
            if (table.updated().contains(attribute.name())) {
                update.put(attribute.name(), attribute);
            }
        }
        List<Attribute> result = new ArrayList<>();
        for (Attribute attribute : image) {
            Attribute next = table.updated().contains(attribute.name()) ? update.remove(attribute.name()) : attribute;
            if (next != null) {
                result.add(next);
            }
        }
        result.addAll(update.values());
        return result;
    }

    private List<Attribute> key(List<Attribute> image) {
        List<Attribute> key = new ArrayList<>();
        for (String name : table.key()) {
            image.stream().filter(attribute -> attribute.name().equals(name)).forEach(key::add);
        }
        return shuffled(key, order != Order.FIXED);
    }

    private List<Attribute> shuffled(List<Attribute> attributes, boolean shuffle) {
        List<Attribute> copy = new ArrayList<>(attributes);
        if (shuffle) {
            Collections.shuffle(copy, values.random());
        }
        return copy;
    }

    private byte[] record(
            String eventName, List<Attribute> key, List<Attribute> newImage, @Nullable List<Attribute> oldImage) {
        String images = "\"NewImage\":" + Attribute.item(newImage)
                + (oldImage == null ? "" : ",\"OldImage\":" + Attribute.item(oldImage));
        return ("{\"awsRegion\":\"eu-central-1\",\"eventID\":\"" + values.uuid()
                        + "\",\"eventName\":\"" + eventName
                        + "\",\"userIdentity\":null,\"recordFormat\":\"application/json\",\"tableName\":\""
                        + table.name()
                        + "\",\"dynamodb\":{\"ApproximateCreationDateTime\":"
                        + (values.time() * 1000 + values.below(1000))
                        + ",\"Keys\":" + Attribute.item(key) + "," + images
                        + ",\"SizeBytes\":" + images.length() / 2
                        + ",\"ApproximateCreationDateTimePrecision\":\"MICROSECOND\"}"
                        + ",\"eventSource\":\"aws:dynamodb\"}")
                .getBytes(UTF_8);
    }
}
