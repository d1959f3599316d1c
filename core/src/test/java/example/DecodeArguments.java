package example;

import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEventDecoder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@link DecodeEvents}: files and folders to read, where {@code -} is the standard input; decoder
 * options such as {@code --memberAliases}; {@code --keys=pk,sk} for the key attributes of a full export, which does not
 * name them; {@code --json} for JSON lines and {@code --color} for colors. All may also come from system properties, as
 * comma-separated lists.
 */
record DecodeArguments(List<String> inputs, ChangeEventDecoder decoder, boolean json, boolean color) {
    private static final String JSON = "json";
    private static final String COLOR = "color";
    private static final String KEYS = "--keys=";

    private static final Map<String, UnaryOperator<ChangeEventDecoder.Builder>> OPTIONS = new TreeMap<>(Map.of(
            "emptyValueAsMap", builder -> builder.emptyValueAsMap(true),
            "numbersAsJson", builder -> builder.numbersAsJson(true),
            "descriptorAliases", builder -> builder.descriptorAliases(true),
            "unknownDescriptors", builder -> builder.unknownDescriptors(true),
            "memberAliases", builder -> builder.memberAliases(true),
            "timesWithoutOffsetAsUtc", builder -> builder.timesWithoutOffsetAsUtc(true),
            "binaryOnce", builder -> builder.binaryEncoding(BinaryEncoding.SINGLE),
            "binaryTwice", builder -> builder.binaryEncoding(BinaryEncoding.DOUBLE)));

    /**
     * Parses the arguments of the command.
     *
     * @param args names of files and folders, and options with two leading hyphens
     * @param files further names, separated by commas, or null; the whole is one name if such a file exists
     * @param options further options, separated by commas
     * @throws IllegalArgumentException with a message for the user, if an option does not exist or the list of files
     *     names none, as {@code -Devents=$FILE} does with an unset variable
     */
    static DecodeArguments parse(String[] args, @Nullable String files, String options) {
        List<String> names = new ArrayList<>(files == null ? List.of() : exists(files) ? List.of(files) : split(files));
        if (files != null && names.isEmpty()) {
            throw new IllegalArgumentException("events: no file is named; - is the standard input");
        }
        List<String> chosen = split(options);
        List<String> keys = new ArrayList<>();
        for (String arg : args) {
            if (arg.startsWith(KEYS)) {
                keys.addAll(split(arg.substring(KEYS.length())));
            } else if (arg.startsWith("--")) {
                chosen.add(arg.substring(2));
            } else if (arg.startsWith("-") && arg.length() > 1) {
                throw new IllegalArgumentException(arg + ": options begin with two hyphens: " + known());
            } else {
                names.add(arg);
            }
        }
        boolean json = chosen.removeAll(List.of(JSON));
        boolean color = chosen.removeAll(List.of(COLOR));
        ChangeEventDecoder.Builder builder = ChangeEventDecoder.builder().keyAttributes(keys);
        for (String option : chosen) {
            builder = set(builder, option);
        }
        return new DecodeArguments(names, builder.build(), json, color);
    }

    private static ChangeEventDecoder.Builder set(ChangeEventDecoder.Builder builder, String option) {
        UnaryOperator<ChangeEventDecoder.Builder> setter = OPTIONS.get(option);
        if (setter == null) {
            throw new IllegalArgumentException(option + ": no such option; there are " + known());
        }
        return setter.apply(builder);
    }

    private static String known() {
        return String.join(", ", OPTIONS.keySet()) + ", " + JSON + ", " + COLOR;
    }

    private static boolean exists(String file) {
        try {
            return !file.isEmpty() && Files.exists(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static List<String> split(String list) {
        List<String> parts = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }
}
