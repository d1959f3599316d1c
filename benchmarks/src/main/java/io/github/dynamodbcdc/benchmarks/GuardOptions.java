package io.github.dynamodbcdc.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The options of {@link Guard}. */
record GuardOptions(Mode mode, Implementation implementation, List<String> jvmArgs) {
    enum Mode {
        /** Fails if a row is below its floor. */
        CHECK,
        /** Prints what is measured, and suggests floors. */
        MEASURE
    }

    /** Parses arguments of the form {@code key=value}. An argument without a value is ignored. */
    static GuardOptions parse(String... arguments) {
        Map<String, String> given = RatioOptions.keysAndValues(arguments);
        GuardOptions options = new GuardOptions(
                mode(RatioOptions.take(given, "mode", "true")),
                RatioOptions.constants(Implementation.class, RatioOptions.take(given, "implementation", "session"))
                        .get(0),
                Arrays.stream(RatioOptions.take(given, "jvmArgs", "").split(" "))
                        .filter(argument -> !argument.isEmpty())
                        .toList());
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + given.keySet());
        }
        if (options.implementation().isPeer() || options.implementation().makesRows()) {
            throw new IllegalArgumentException("not a reader of this library: " + options.implementation());
        }
        return options;
    }

    /** Returns the implementation that is compared with the task's base: the Pinot decoder makes the rows. */
    Implementation library(Task task) {
        return task.isFor(implementation) ? implementation : task.library();
    }

    /** Returns the mode with this name. Maven sets a property without a value to {@code true}. */
    private static Mode mode(String name) {
        return name.equals("true") ? Mode.CHECK : Mode.valueOf(name.toUpperCase(Locale.ROOT));
    }
}
