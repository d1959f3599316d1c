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
    static SortedMap<GuardRow, Double> of(PropertyFile file) {
        SortedMap<GuardRow, Double> floors = new TreeMap<>();
        file.numbers().forEach((key, floor) -> {
            GuardRow row = GuardRow.of(key)
                    .orElseThrow(() -> file.failure("unknown key " + key + "; expected " + GuardRow.keys()));
            floors.put(row, floor);
        });
        if (floors.isEmpty()) {
            throw file.failure("no floors");
        }
        return Collections.unmodifiableSortedMap(floors);
    }
}
