package reference;

import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.CreationTime;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.TimePrecision;
import io.github.dynamodbcdc.UserIdentity;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares a decoded event with the reference's, through every accessor of the public API. */
public final class ReferenceComparison {
    private static final BigInteger THOUSAND = BigInteger.valueOf(1_000);
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    private ReferenceComparison() {}

    /** Returns a decoder with the options of the reference. */
    public static ChangeEventDecoder decoderWith(ReferenceOptions options) {
        return builderWith(options).build();
    }

    /** Returns a builder with the options of the reference. */
    public static ChangeEventDecoder.Builder builderWith(ReferenceOptions options) {
        ChangeEventDecoder.Builder builder = ChangeEventDecoder.builder()
                .binaryEncoding(BinaryEncoding.valueOf(options.binaryEncoding()))
                .limits(DecodeLimits.defaults()
                        .withMaxRecordBytes(options.maxRecordBytes())
                        .withMaxAttributeDepth(options.maxAttributeDepth())
                        .withMaxNumberLength(options.maxNumberLength())
                        .withMaxExponentDigits(options.maxExponentDigits()))
                .emptyValueAsMap(options.emptyValueAsMap())
                .numbersAsJson(options.numbersAsJson())
                .descriptorAliases(options.descriptorAliases())
                .unknownDescriptors(options.unknownDescriptors());
        String precision = options.timePrecision();
        if (precision != null) {
            builder = builder.timePrecision(TimePrecision.valueOf(precision));
        }
        if (!options.keyAttributes().isEmpty()) {
            builder = builder.keyAttributes(options.keyAttributes().toArray(new String[0]));
        }
        return builder;
    }

    /**
     * Asserts that both accept and agree, or both refuse.
     *
     * @return whether they accepted
     */
    public static boolean assertSameVerdict(ChangeEventDecoder decoder, ReferenceDecoder reference, byte[] bytes) {
        return assertSameVerdict(decoder::decode, reference, bytes);
    }

    /**
     * Asserts the same for any way of decoding, such as a session or a slice.
     *
     * @param decoding decodes or throws DecodeException; anything else that it throws is a failure
     * @return whether both accepted
     */
    public static boolean assertSameVerdict(
            Function<byte[], ChangeEvent> decoding, ReferenceDecoder reference, byte[] bytes) {
        ReferenceEvent expected = null;
        String refusal = "";
        try {
            expected = reference.decode(bytes);
        } catch (ReferenceRefusal e) {
            refusal = String.valueOf(e.getMessage());
        }
        ChangeEvent actual;
        try {
            actual = decoding.apply(bytes);
        } catch (DecodeException e) {
            if (expected != null) {
                throw new AssertionError("refused, but the reference accepts " + expected, e);
            }
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("undeclared: " + e.getClass().getName(), e);
        }
        if (expected == null) {
            throw new AssertionError("accepted, but the reference refuses: " + refusal);
        }
        assertSame(expected, actual);
        return true;
    }

    /** Compares everything that the event says. */
    public static void assertSame(ReferenceEvent expected, ChangeEvent actual) {
        envelope(expected, actual);
        identity(expected.userIdentity(), actual.userIdentity());
        time(expected.time(), actual.approximateCreationDateTime());
        boolean isKeysOrdered = !expected.keysFromItem();
        new ValueComparison(isKeysOrdered).item("keys", expected.keys(), actual.keys());
        ValueComparison values = new ValueComparison(true);
        values.item("newImage", expected.newImage(), actual.newImage());
        values.item("oldImage", expected.oldImage(), actual.oldImage());
        diff(expected, actual);
    }

    private static void envelope(ReferenceEvent expected, ChangeEvent actual) {
        same("eventName", expected.eventName(), actual.eventName().name());
        same("eventNameText", expected.eventNameText(), actual.eventNameText());
        same("eventId", expected.eventId(), actual.eventId());
        same("eventSource", expected.eventSource(), actual.eventSource());
        same("eventVersion", expected.eventVersion(), actual.eventVersion());
        same("eventSourceArn", expected.eventSourceArn(), actual.eventSourceArn());
        same("awsRegion", expected.awsRegion(), actual.awsRegion());
        same("tableName", expected.tableName(), actual.tableName());
        same("recordFormat", expected.recordFormat(), actual.recordFormat());
        same("sequenceNumber", expected.sequenceNumber(), actual.sequenceNumber());
        same("sizeBytes", expected.sizeBytes(), actual.sizeBytes());
        same("streamViewType", viewTypeName(expected.streamViewType()), name(actual.streamViewType()));
        same("channel", expected.channel(), actual.channel().name());
        same("binaryEncoding", expected.binaryEncoding(), name(actual.binaryEncoding()));
        same("isTimeToLiveDelete", expected.isTimeToLiveDelete(), actual.deletedByTimeToLive());
    }

    private static @Nullable String viewTypeName(@Nullable String text) {
        List<String> known = List.of("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES");
        return text == null || known.contains(text) ? text : "UNKNOWN";
    }

    private static @Nullable String name(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }

    private static void identity(@Nullable RefIdentity expected, @Nullable UserIdentity actual) {
        same("userIdentity", expected, actual == null ? null : new RefIdentity(actual.type(), actual.principalId()));
    }

    private static void time(@Nullable RefTime expected, @Nullable CreationTime actual) {
        if (expected == null || actual == null) {
            same("approximateCreationDateTime", expected, actual);
            return;
        }
        same(
                "approximateCreationDateTime",
                expected,
                new RefTime(
                        actual.epochSecond(), actual.nano(), actual.precision().name(), actual.stated()));
        BigInteger nanos = BigInteger.valueOf(expected.epochSecond())
                .multiply(MILLION.multiply(THOUSAND))
                .add(BigInteger.valueOf(expected.nano()));
        same("epochMicros", floor(nanos, THOUSAND), actual.epochMicros());
        same("epochMillis", floor(nanos, MILLION), actual.epochMillis());
        same("toInstant", Instant.ofEpochSecond(expected.epochSecond(), expected.nano()), actual.toInstant());
    }

    private static long floor(BigInteger nanos, BigInteger unit) {
        return nanos.subtract(nanos.mod(unit)).divide(unit).longValueExact();
    }

    private static void diff(ReferenceEvent expected, ChangeEvent actual) {
        Map<String, RefValue> before = expected.oldImage();
        Map<String, RefValue> after = expected.newImage();
        boolean export = expected.channel().equals("EXPORT");
        if (before == null && expected.eventName().equals("INSERT") && !export) {
            before = Map.of();
        } else if (after == null && expected.eventName().equals("REMOVE")) {
            after = Map.of();
        }
        ItemDiff diff = actual.diff();
        same("diff is known", before != null && after != null, diff != null);
        if (before == null || after == null || diff == null) {
            return;
        }
        Map<String, RefValue> added = without(after, before);
        Map<String, RefValue> removed = without(before, after);
        attributes("diff.added", added, diff.added());
        attributes("diff.removed", removed, diff.removed());
        Map<String, RefValue> changedFrom = new LinkedHashMap<>();
        Map<String, RefValue> changedTo = new LinkedHashMap<>();
        for (Map.Entry<String, RefValue> attribute : before.entrySet()) {
            RefValue now = after.get(attribute.getKey());
            if (now != null && !Meaning.same(attribute.getValue(), now)) {
                changedFrom.put(attribute.getKey(), attribute.getValue());
                changedTo.put(attribute.getKey(), now);
            }
        }
        same("diff.changed", changedTo.keySet(), diff.changed().keySet());
        diff.changed().forEach((name, change) -> {
            attributes("diff.changed.before", Map.of(name, require(changedFrom, name)), Map.of(name, change.before()));
            attributes("diff.changed.after", Map.of(name, require(changedTo, name)), Map.of(name, change.after()));
        });
        same("diff.isEmpty", added.isEmpty() && removed.isEmpty() && changedTo.isEmpty(), diff.size() == 0);
    }

    private static Map<String, RefValue> without(Map<String, RefValue> item, Map<String, RefValue> other) {
        Map<String, RefValue> rest = new LinkedHashMap<>(item);
        rest.keySet().removeAll(other.keySet());
        return rest;
    }

    private static void attributes(String path, Map<String, RefValue> expected, Map<String, AttributeValue> actual) {
        same(path, expected.keySet(), actual.keySet());
        actual.forEach(
                (name, value) -> new ValueComparison(true).value(path + "." + name, require(expected, name), value, 0));
    }

    private static RefValue require(Map<String, RefValue> item, String name) {
        RefValue value = item.get(name);
        if (value == null) {
            throw Mismatch.at(name, "present", "absent");
        }
        return value;
    }

    private static void same(String path, @Nullable Object expected, @Nullable Object actual) {
        Mismatch.ifDifferent(path, expected, actual);
    }
}
