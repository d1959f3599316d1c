package io.github.dynamodbcdc;

/**
 * Makes Gson refuse every type with a field of type {@link Marker}. Gson reads private fields by reflection: it would
 * write the internals of a view, record bytes included, and make a view without a record from any JSON. It refuses a
 * class that declares a field name twice, and every type whose fields lead to that class, before it reads or writes
 * anything, on every JDK. Other serializers do not use private fields.
 *
 * <p>{@link RecordIndex} has such a field, which covers every view that refers to an index. Other types declare their
 * own.
 */
abstract class Opaque {
    final boolean twice = true;

    static final class Marker extends Opaque {
        /** Shared, so the field costs one reference. */
        static final Marker INSTANCE = new Marker();

        @SuppressWarnings("HidingField") // Gson refuses it
        final boolean twice = true;

        private Marker() {}
    }
}
