package io.github.dynamodbcdc.benchmarks;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A task on a payload: a row of the tables. Its key is, for example, {@code full.typical}. */
record Workload(Task task, Payload payload) implements Comparable<Workload> {
    private static final Comparator<Workload> ORDER =
            Comparator.comparing(Workload::task).thenComparing(Workload::payload);

    /** Returns the workload with this key; empty if there is none. */
    static Optional<Workload> of(String key) {
        return Arrays.stream(Task.values())
                .flatMap(task -> Arrays.stream(Payload.values()).map(payload -> new Workload(task, payload)))
                .filter(workload -> workload.key().equals(key))
                .findFirst();
    }

    /**
     * Returns the workloads with these keys, in this order.
     *
     * @throws IllegalArgumentException if a key is unknown
     */
    static List<Workload> ofAll(String keys) {
        return Arrays.stream(keys.split(","))
                .map(key -> of(key).orElseThrow(() -> new IllegalArgumentException("unknown workload: " + key)))
                .toList();
    }

    /** Returns a description of all keys, for error messages. */
    static String keys() {
        return "TASK.PAYLOAD, where TASK is one of "
                + Arrays.stream(Task.values()).map(Task::method).collect(Collectors.joining(", "))
                + " and PAYLOAD is one of "
                + Arrays.stream(Payload.values()).map(Workload::lowerCase).collect(Collectors.joining(", "));
    }

    String key() {
        return task.method() + "." + lowerCase(payload);
    }

    /** Returns whether the task must not allocate: it reads primitives only, or nothing. */
    boolean mustNotAllocate() {
        return task == Task.PROJECTION || task == Task.INDEX;
    }

    private static String lowerCase(Payload payload) {
        return payload.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(Workload other) {
        return ORDER.compare(this, other);
    }
}
