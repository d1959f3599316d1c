package io.github.dynamodbcdc.benchmarks;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The lowest ratio that {@link Guard} accepts for each row. The rows of the file are the rows that are measured. */
final class GuardFloors {
    private GuardFloors() {}

    /**
     * Returns the floors of a file whose keys are those of rows.
     *
     * @throws IllegalArgumentException if a key is unknown or there is none
     */
    static SortedMap<Workload, Double> of(PropertyFile file) {
        SortedMap<Workload, Double> floors = new TreeMap<>();
        file.numbers().forEach((key, floor) -> {
            Workload row = Workload.of(key)
                    .orElseThrow(() -> file.failure("unknown key " + key + "; expected " + Workload.keys()));
            floors.put(row, floor);
        });
        if (floors.isEmpty()) {
            throw file.failure("no floors");
        }
        return Collections.unmodifiableSortedMap(floors);
    }
}
