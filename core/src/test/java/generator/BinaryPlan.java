package generator;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reference.Bytes;

/**
 * How the binary of a record is encoded, with unambiguous evidence: where the record's own members do not show it, its
 * SizeBytes or its time does.
 *
 * @param isTwice whether binary is written encoded twice
 * @param sizeBytes the SizeBytes to be written, or null
 * @param allowsTime whether a time in the unit leaves the evidence unchanged
 */
record BinaryPlan(boolean isTwice, @Nullable Long sizeBytes, Predicate<@Nullable String> allowsTime) {

    static BinaryPlan of(Chance chance, Images images, String channel) {
        long rightSize = images.size(Bytes::length);
        long encodedSize = images.size(BinaryPlan::encodedLength);
        boolean hasBinary = !images.binaries().isEmpty();
        // Larger than either reading's size, so it fits none.
        Long noEvidence = chance.oneIn(2) ? null : Long.valueOf(encodedSize + 7);
        if (channel.equals("STREAMS") || !hasBinary) {
            Long any = chance.oneIn(3) ? noEvidence : Long.valueOf(rightSize);
            return new BinaryPlan(false, any, unit -> true);
        }
        boolean isSizeTelling = rightSize != encodedSize;
        if (channel.equals("UNKNOWN")) {
            boolean isTwice = isSizeTelling && chance.oneIn(2);
            return new BinaryPlan(
                    isTwice, isTwice || chance.oneIn(2) ? Long.valueOf(rightSize) : noEvidence, unit -> true);
        }
        if (!chance.oneIn(3)) {
            return isSizeTelling && chance.oneIn(2)
                    ? new BinaryPlan(true, rightSize, unit -> true)
                    : new BinaryPlan(true, noEvidence, unit -> !"SECOND".equals(unit));
        }
        if (images.binaries().stream().anyMatch(binary -> binary.length() % 4 != 0)) {
            return new BinaryPlan(false, noEvidence, unit -> true);
        }
        return isSizeTelling && chance.oneIn(2)
                ? new BinaryPlan(false, rightSize, unit -> true)
                : new BinaryPlan(false, noEvidence, "SECOND"::equals);
    }

    private static long encodedLength(Bytes bytes) {
        return (bytes.length() + 2) / 3 * 4L;
    }
}
