package io.github.dynamodbcdc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Copies a buffer that has no array, and leaves the buffer alone: not even for a moment is its position another, because
 * other threads may copy it too.
 */
final class BufferCopy {
    /** {@code ByteBuffer.get(int, byte[], int, int)}, which came with Java 13; null before. */
    private static final @Nullable MethodHandle ABSOLUTE_GET = absoluteGet();

    private BufferCopy() {}

    private static @Nullable MethodHandle absoluteGet() {
        MethodType type = MethodType.methodType(ByteBuffer.class, int.class, byte[].class, int.class, int.class);
        try {
            MethodHandle get = MethodHandles.publicLookup().findVirtual(ByteBuffer.class, "get", type);
            // Of no value, as invokeExact is called below.
            return get.asType(get.type().changeReturnType(void.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    /** Copies what is between position and limit to the start of an array; without an object, from Java 13 on. */
    static void copy(ByteBuffer from, byte[] to) {
        if (ABSOLUTE_GET == null) {
            // A view of it costs an object, but words one by one cost twenty times as much as the whole copy.
            from.duplicate().get(to, 0, from.remaining());
            return;
        }
        try {
            ABSOLUTE_GET.invokeExact(from, from.position(), to, 0, from.remaining());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // it declares none
        }
    }
}
