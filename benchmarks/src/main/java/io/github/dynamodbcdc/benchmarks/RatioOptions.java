package io.github.dynamodbcdc.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options of {@link Ratios}.
 *
 * @param unavailable the selected implementations that this JDK cannot run; {@code implementations} are the others
 * @param inTurn whether one JVM measures all payloads and tasks of an implementation
 * @param commandLine the options that are not defaults, as Maven takes them
 */
record RatioOptions(
        List<Payload> payloads,
        List<Task> tasks,
        List<Implementation> implementations,
        List<Implementation> unavailable,
        int rounds,
        int pollutionMillis,
        Clock clock,
        boolean quick,
        boolean inTurn,
        Path results,
        String commandLine) {
    private static final String ALL = "all";
    private static final String QUICK = "jackson_tree,jackson_stream,fastjson2,session,pinot_json,pinot_adapter";

    /**
     * Parses arguments of the form {@code key=value}. An argument without a value is ignored. The default of
     * {@code implementations} are the {@linkplain Implementation#isDefault default} ones; {@code all} selects the other
     * peers too. Tasks that no selected and available implementation can do are omitted.
     */
    static RatioOptions parse(String... arguments) {
        Map<String, String> given = keysAndValues(arguments);
        String commandLine = properties(given);
        boolean quick = Boolean.parseBoolean(take(given, "quick", "false"));
        List<Implementation> selected = implementations(take(given, "implementations", quick ? QUICK : ""));
        List<Implementation> implementations =
                selected.stream().filter(Implementation::isAvailable).toList();
        List<Task> tasks = constants(Task.class, take(given, "tasks", quick ? "full,projection" : "")).stream()
                .filter(task -> implementations.stream().anyMatch(task::isFor))
                .toList();
        RatioOptions parsed = new RatioOptions(
                constants(Payload.class, take(given, "payloads", quick ? "typical,tshuf,tshuf2,unicode" : "")),
                tasks,
                implementations,
                selected.stream()
                        .filter(implementation -> !implementation.isAvailable())
                        .toList(),
                Integer.parseInt(take(given, "rounds", quick ? "1" : "3")),
                Integer.parseInt(take(given, "pollution", quick ? "2500" : "3000")),
                constants(Clock.class, take(given, "clock", "thread")).get(0),
                quick,
                Boolean.parseBoolean(take(given, "record", "false")),
                Path.of(take(
                        given,
                        "results",
                        "target/ratios-jdk" + Runtime.version().feature() + ".tsv")),
                commandLine);
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + given.keySet());
        }
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("no implementation can do any of the tasks");
        }
        return parsed;
    }

    /** Returns the number of JVMs, without those that are repeated. */
    int forks() {
        if (inTurn) {
            return rounds
                    * (int) implementations.stream()
                            .filter(implementation -> tasks.stream().anyMatch(task -> task.isFor(implementation)))
                            .count();
        }
        return rounds
                * payloads.size()
                * tasks.stream().mapToInt(task -> implementations(task).size()).sum();
    }

    /** Returns the selected implementations that can do the task. */
    List<Implementation> implementations(Task task) {
        return implementations.stream().filter(task::isFor).toList();
    }

    /** Returns the selected tasks that the implementation can do, on all selected payloads. */
    List<Workload> workloads(Implementation implementation) {
        return tasks.stream()
                .filter(task -> task.isFor(implementation))
                .flatMap(task -> payloads.stream().map(payload -> new Workload(task, payload)))
                .toList();
    }

    private static List<Implementation> implementations(String names) {
        if (names.isEmpty()) {
            return Arrays.stream(Implementation.values())
                    .filter(Implementation::isDefault)
                    .toList();
        }
        return constants(Implementation.class, names.trim().equalsIgnoreCase(ALL) ? "" : names);
    }

    /** Returns the options as properties of Maven's command line, in the order of their names. */
    private static String properties(Map<String, String> given) {
        StringBuilder properties = new StringBuilder();
        new TreeMap<>(given)
                .forEach((key, value) ->
                        properties.append(" -D").append(key).append('=').append(value));
        return properties.toString();
    }

    /** Returns the arguments that have a value. */
    static Map<String, String> keysAndValues(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("expected key=value: " + argument);
            }
            if (equals < argument.length() - 1) {
                given.put(argument.substring(0, equals), argument.substring(equals + 1));
            }
        }
        return given;
    }

    /** Removes the key, and returns its value or the other one. */
    static String take(Map<String, String> given, String key, String otherwise) {
        String value = given.remove(key);
        return value == null ? otherwise : value;
    }

    /** Returns the constants with these names in any case, in declaration order; all constants for an empty text. */
    static <E extends Enum<E>> List<E> constants(Class<E> type, String names) {
        EnumSet<E> constants = EnumSet.noneOf(type);
        for (String name : names.isEmpty() ? new String[0] : names.split(",")) {
            constants.add(
                    Enum.valueOf(type, name.trim().toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        return constants.isEmpty() ? Arrays.asList(type.getEnumConstants()) : List.copyOf(constants);
    }

    /** The time that the ratios compare. */
    enum Clock {
        /** Elapsed time, including garbage collection and other activity of the machine. */
        WALL {
            @Override
            double nanos(Samples.Sample sample) {
                return sample.wallNanos();
            }
        },
        /** Processor time of the measuring thread. */
        THREAD {
            @Override
            double nanos(Samples.Sample sample) {
                return sample.threadNanos();
            }
        };

        abstract double nanos(Samples.Sample sample);
    }
}
