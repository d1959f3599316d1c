package io.github.dynamodbcdc;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes Gson and Kryo refuse every type with a field of type {@link Marker}. They read private fields by reflection:
 * they would write the internals of a view, record bytes included, and Gson would make a view without a record from any
 * JSON. Gson refuses a class that declares a field name twice, and every type whose fields lead to that class, before
 * it reads or writes anything, on every JDK. Kryo, which Flink and Spark use for types that they do not know, writes
 * and copies a map by its entries, and the map in the marker throws. Other serializers do not use private fields.
 *
 * <p>{@link RecordIndex} has such a field, which covers every view that refers to an index. Other types declare their
 * own.
 */
abstract class Opaque {
    final boolean twice = true;

    static final class Marker extends Opaque {
        /** Shared, so the field costs one reference. */
        static final Marker INSTANCE = new Marker(new Refusal());

        /** The marker of a type that Gson refuses and Kryo does not. */
        static final Marker FOR_GSON = new Marker(null);

        @SuppressWarnings("HidingField") // Gson refuses it
        final boolean twice = true;

        final @Nullable Map<String, String> forKryo;

        private Marker(@Nullable Map<String, String> forKryo) {
            this.forKryo = forKryo;
        }
    }

    /** A map that cannot be written or copied. */
    private static final class Refusal extends AbstractMap<String, String> {
        @Override
        public int size() {
            return entrySet().size();
        }

        @Override
        public Set<Map.Entry<String, String>> entrySet() {
            throw new UnsupportedOperationException("a view of a record is not serialized: map it to your own type");
        }
    }
}
