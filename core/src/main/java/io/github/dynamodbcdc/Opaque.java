package io.github.dynamodbcdc;

/**
 * Makes Gson refuse every type that has a field of type {@link Marker}. Without it, Gson, which reads private fields by
 * reflection, writes the internals of a view, record bytes included, and makes up a view without a record from any JSON.
 * It refuses a class that declares a field name twice, together with every type whose fields lead to that class, and does
 * so before it reads or writes anything, on every JDK. Other serializers do not look at private fields.
 *
 * <p>{@link RecordIndex} has the field, and so every view that refers to an index is covered. Other types declare it.
 */
abstract class Opaque {
    final boolean twice = true;

    static final class Marker extends Opaque {
        /** One for all: the field costs a reference. */
        static final Marker INSTANCE = new Marker();

        @SuppressWarnings("HidingField") // which is what Gson refuses
        final boolean twice = true;

        private Marker() {}
    }
}
