package reference;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The size that DynamoDB counts for an item. The caller provides the length of each binary. */
public final class ItemSize {
    private final ToLongFunction<Bytes> binarySize;

    public ItemSize(ToLongFunction<Bytes> binarySize) {
        this.binarySize = binarySize;
    }

    public long of(Map<String, RefValue> item) {
        long size = 0;
        for (Map.Entry<String, RefValue> attribute : item.entrySet()) {
            size += utf8Length(attribute.getKey()) + of(attribute.getValue());
        }
        return size;
    }

    private long of(RefValue value) {
        if (value instanceof RefValue.Text text) {
            return utf8Length(text.text());
        } else if (value instanceof RefValue.Numeral number) {
            return ofNumber(number.text());
        } else if (value instanceof RefValue.Binary binary) {
            return binarySize.applyAsLong(binary.bytes());
        } else if (value instanceof RefValue.TextSet set) {
            return set.members().stream().mapToLong(ItemSize::utf8Length).sum();
        } else if (value instanceof RefValue.NumberSet set) {
            return set.members().stream().mapToLong(ItemSize::ofNumber).sum();
        } else if (value instanceof RefValue.BinarySet set) {
            return set.members().stream().mapToLong(binarySize).sum();
        } else if (value instanceof RefValue.Elements list) {
            return 3
                    + list.elements().stream().mapToLong(this::of).sum()
                    + list.elements().size();
        } else if (value instanceof RefValue.Attributes map) {
            return 3 + of(map.attributes()) + map.attributes().size();
        } else if (value instanceof RefValue.Unknown) {
            return 0;
        }
        return 1;
    }

    /** DynamoDB packs two digits into a byte, in pairs that begin at an even power of ten. */
    static long ofNumber(String text) {
        BigDecimal value = new BigDecimal(text).stripTrailingZeros();
        if (value.signum() == 0) {
            return 1;
        }
        long padding = Math.floorMod(value.scale(), 2);
        long pairs = (value.precision() + padding + 1) / 2;
        return pairs + 1 + (value.signum() < 0 ? 1 : 0);
    }

    private static long utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
