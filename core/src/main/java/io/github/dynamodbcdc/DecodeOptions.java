package io.github.dynamodbcdc;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a decoder, built once and shared by all its parts. Only the options are serialized: a
 * deserialized instance has a hash with new secrets.
 */
final class DecodeOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * The input that a decoder accepts beyond DynamoDB's own JSON: each is an option of the builder, off by default.
     */
    enum Leniency {
        EMPTY_VALUE_AS_MAP,
        NUMBERS_AS_JSON,
        DESCRIPTOR_ALIASES,
        UNKNOWN_DESCRIPTORS,
        MEMBER_ALIASES,
        TIMES_WITHOUT_OFFSET_AS_UTC
    }

    final DecodeLimits limits;
    final BinaryEncoding binaryEncoding;
    final @Nullable TimePrecision timePrecision;

    /** The key attributes of the lines of a full export, which do not name them. */
    final String[] keyAttributes;

    /** Null for all of the images. */
    final @Nullable Projection projection;

    private final EnumSet<Leniency> leniencies;

    final transient boolean emptyValueAsMap;
    final transient boolean numbersAsJson;
    final transient boolean descriptorAliases;
    final transient boolean unknownDescriptors;
    final transient boolean memberAliases;
    final transient boolean timesWithoutOffsetAsUtc;

    /** The hash of all attribute names that this decoder meets. */
    final transient NameHash hash = new NameHash();

    DecodeOptions(
            DecodeLimits limits,
            BinaryEncoding binaryEncoding,
            @Nullable TimePrecision timePrecision,
            String[] keyAttributes,
            @Nullable Projection projection,
            Set<Leniency> leniencies) {
        this.limits = Objects.requireNonNull(limits);
        this.binaryEncoding = Objects.requireNonNull(binaryEncoding);
        this.timePrecision = timePrecision;
        this.keyAttributes = keyAttributes.clone();
        this.projection = projection == null || projection.isAll() ? null : projection;
        this.leniencies = EnumSet.noneOf(Leniency.class);
        this.leniencies.addAll(leniencies);
        emptyValueAsMap = leniencies.contains(Leniency.EMPTY_VALUE_AS_MAP);
        numbersAsJson = leniencies.contains(Leniency.NUMBERS_AS_JSON);
        descriptorAliases = leniencies.contains(Leniency.DESCRIPTOR_ALIASES);
        unknownDescriptors = leniencies.contains(Leniency.UNKNOWN_DESCRIPTORS);
        memberAliases = leniencies.contains(Leniency.MEMBER_ALIASES);
        timesWithoutOffsetAsUtc = leniencies.contains(Leniency.TIMES_WITHOUT_OFFSET_AS_UTC);
    }

    private Object readResolve() {
        return complete();
    }

    /** Returns the same options with all fields set, from options whose transient fields were not serialized. */
    DecodeOptions complete() {
        return new DecodeOptions(limits, binaryEncoding, timePrecision, keyAttributes, projection, leniencies);
    }

    /** The images, and the attributes of images, that the caller wants to see. */
    static final class Projection implements Serializable {
        private static final long serialVersionUID = 1L;

        /** Null for all. */
        final @Nullable AttributeNames attributes;

        final boolean newImage;
        final boolean oldImage;

        Projection(@Nullable AttributeNames attributes, boolean newImage, boolean oldImage) {
            this.attributes = attributes;
            this.newImage = newImage;
            this.oldImage = oldImage;
        }

        boolean isAll() {
            return attributes == null && newImage && oldImage;
        }

        /** Returns the exception of a method that needs both images in full. */
        IllegalStateException partsLeftOut() {
            return new IllegalStateException("the builder's " + (attributes == null ? "images" : "attributes")
                    + "(…) left parts of the images out, and this method needs them in full");
        }

        static IllegalStateException imageLeftOut() {
            return new IllegalStateException(
                    "the builder's images(…) left this image out, which does not mean that it is absent");
        }

        static IllegalStateException attributeLeftOut() {
            return new IllegalStateException(
                    "the builder's attributes(…) left this attribute out, which does not mean that it is absent");
        }
    }
}
