package reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Decides, once per record, whether its binary was encoded once or twice. */
final class BinaryRule {
    private final ReferenceEvent.Draft event;
    private final ReferenceOptions options;
    private final List<Map<String, RefValue>> items = new ArrayList<>();
    private final List<Bytes> binaries = new ArrayList<>();

    BinaryRule(ReferenceEvent.Draft event, ReferenceOptions options) {
        this.event = event;
        this.options = options;
        items.add(event.keys);
        if (event.newImage != null) {
            items.add(event.newImage);
        }
        if (event.oldImage != null) {
            items.add(event.oldImage);
        }
        items.forEach(item -> item.values().forEach(value -> value.forEachBinary(binaries::add)));
    }

    /** @param isMarkedKinesis whether the record itself says tableName or recordFormat */
    void apply(boolean isMarkedKinesis, TimeReader.@Nullable Unit timeUnit) {
        if (binaries.isEmpty()) {
            return;
        }
        boolean twice = switch (options.binaryEncoding()) {
            case "SINGLE" -> false;
            case "DOUBLE" -> true;
            default -> isTwice(isMarkedKinesis, timeUnit);
        };
        event.binaryEncoding = twice ? "DOUBLE" : "SINGLE";
        if (twice) {
            event.keys = decodeAgain(event.keys);
            event.newImage = event.newImage == null ? null : decodeAgain(event.newImage);
            event.oldImage = event.oldImage == null ? null : decodeAgain(event.oldImage);
        }
    }

    private boolean isTwice(boolean isMarkedKinesis, TimeReader.@Nullable Unit timeUnit) {
        if (event.channel.equals("STREAMS") || event.channel.equals("EXPORT")) {
            return false;
        }
        if (binaries.stream().anyMatch(binary -> StrictBase64.decode(binary) == null)) {
            return false;
        }
        if (event.sizeBytes != null && items.stream().noneMatch(BinaryRule::hasUnknown)) {
            boolean fitsOnce = event.sizeBytes == size(Bytes::length);
            boolean fitsTwice = event.sizeBytes == size(binary -> inner(binary).length());
            if (fitsOnce != fitsTwice) {
                return fitsTwice;
            }
        }
        if (timeUnit == TimeReader.Unit.SECOND) {
            return false;
        }
        return isMarkedKinesis || options.inKinesisEnvelope();
    }

    private static boolean hasUnknown(Map<String, RefValue> item) {
        return item.values().stream().anyMatch(BinaryRule::isUnknown);
    }

    private static boolean isUnknown(RefValue value) {
        return value instanceof RefValue.Unknown
                || (value instanceof RefValue.Elements list
                        && list.elements().stream().anyMatch(BinaryRule::isUnknown))
                || (value instanceof RefValue.Attributes map && hasUnknown(map.attributes()));
    }

    private long size(ToLongFunction<Bytes> binarySize) {
        ItemSize size = new ItemSize(binarySize);
        return items.stream().mapToLong(size::of).sum();
    }

    private static Map<String, RefValue> decodeAgain(Map<String, RefValue> item) {
        return RefValue.mapBinary(item, BinaryRule::inner);
    }

    private static Bytes inner(Bytes binary) {
        Bytes inner = StrictBase64.decode(binary);
        if (inner == null) {
            throw new ReferenceRefusal("BAD_BASE64", "inner text");
        }
        return inner;
    }
}
