package example;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs that the property {@code events} names: files, folders and {@code -} for the standard input, separated by
 * commas. A folder means all files in it and its subfolders, except those whose name begins with a dot.
 */
final class EventFiles {
    private static final String STANDARD_INPUT = "-";

    /** Reads one input, which the caller closes. */
    interface Reading {
        void read(String name, InputStream input) throws IOException;
    }

    private EventFiles() {}

    /**
     * Opens the inputs one after another.
     *
     * @param list the names; the whole is one name if such a file exists
     * @throws IllegalArgumentException with a message for the user, if an input cannot be read
     */
    static void forEach(String list, InputStream standardInput, Reading reading) {
        for (String name : names(list)) {
            if (name.equals(STANDARD_INPUT)
                    && System.getProperty("standardInput", "").equals("none")) {
                throw new IllegalArgumentException(
                        "events: exec:exec does not pass on the standard input; use exec:java, or name a file");
            }
            try {
                for (String file : filesIn(name)) {
                    try (InputStream input =
                            file.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(Path.of(file))) {
                        reading.read(file, input);
                    }
                }
            } catch (NoSuchFileException | InvalidPathException e) {
                throw new IllegalArgumentException(name + ": no such file", e);
            } catch (AccessDeniedException e) {
                throw new IllegalArgumentException(name + ": permission denied", e);
            } catch (IOException e) {
                throw new IllegalArgumentException(name + ": cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private static List<String> names(String list) {
        List<String> names = exists(list)
                ? List.of(list)
                : Arrays.stream(list.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("events: no file is named; - is the standard input");
        }
        return names;
    }

    private static boolean exists(String file) {
        try {
            return !file.isEmpty() && Files.exists(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static List<String> filesIn(String name) throws IOException {
        if (name.equals(STANDARD_INPUT) || !Files.isDirectory(Path.of(name))) {
            return List.of(name);
        }
        try (Stream<Path> all = Files.walk(Path.of(name))) {
            List<String> files = new ArrayList<>(all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .map(Path::toString)
                    .toList());
            if (files.isEmpty()) {
                throw new IOException("it is a directory without files");
            }
            return files;
        }
    }
}
