package io.github.dynamodbcdc;

import org.jspecify.annotations.Nullable;

/** What the caller wants to see of the images: which of them, and which of their attributes. */
final class Projection {
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

    static IllegalStateException imageLeftOut() {
        return new IllegalStateException(
                "the builder's images(…) left this image out, which is not to say that it is absent");
    }

    static IllegalStateException attributeLeftOut() {
        return new IllegalStateException(
                "the builder's attributes(…) left this attribute out, which is not to say that it is absent");
    }
}
