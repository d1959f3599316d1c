package io.github.dynamodbcdc.benchmarks;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A task on a payload, of which {@link Guard} measures a ratio. Its key is, for example, {@code full.typical}. */
record GuardRow(Task task, Payload payload) implements Comparable<GuardRow> {
    /** The tasks of the implementations that read events. */
    static final List<Task> TASKS = List.of(Task.FULL, Task.PROJECTION, Task.INDEX);

    private static final Comparator<GuardRow> ORDER =
            Comparator.comparing(GuardRow::task).thenComparing(GuardRow::payload);

    /** Returns the row with this key; empty if there is none. */
    static Optional<GuardRow> of(String key) {
        return TASKS.stream()
                .flatMap(task -> Arrays.stream(Payload.values()).map(payload -> new GuardRow(task, payload)))
                .filter(row -> row.key().equals(key))
                .findFirst();
    }

    /** Returns a description of all keys, for error messages. */
    static String keys() {
        return "TASK.PAYLOAD, where TASK is one of "
                + TASKS.stream().map(Task::method).collect(Collectors.joining(", "))
                + " and PAYLOAD is one of "
                + Arrays.stream(Payload.values()).map(GuardRow::lowerCase).collect(Collectors.joining(", "));
    }

    String key() {
        return task.method() + "." + lowerCase(payload);
    }

    /** Returns whether the task must not allocate: it reads primitives only, or nothing. */
    boolean mustNotAllocate() {
        return task != Task.FULL;
    }

    private static String lowerCase(Payload payload) {
        return payload.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(GuardRow other) {
        return ORDER.compare(this, other);
    }
}
