package io.github.dynamodbcdc.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** A properties file whose values are positive numbers. Its messages start with the file's name. */
final class PropertyFile {
    private final String name;
    private final SortedMap<String, Double> numbers = new TreeMap<>();

    /** Parses the content of the file with this name. */
    PropertyFile(String name, String content) {
        this.name = name;
        Properties properties = new Properties();
        try (Reader reader = new StringReader(content)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // In the order of the keys, so that the first wrong number is always the same.
        for (String key : new TreeMap<>(properties).keySet().toArray(String[]::new)) {
            numbers.put(key, positive(key, properties.getProperty(key, "")));
        }
    }

    static PropertyFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": no such file");
        }
        try {
            return new PropertyFile(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the numbers in the order of their keys. */
    SortedMap<String, Double> numbers() {
        return numbers;
    }

    /** Returns an exception for the caller to throw. */
    IllegalArgumentException failure(String message) {
        return new IllegalArgumentException(name + ": " + message);
    }

    private double positive(String key, String text) {
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw failure(key + " is not a number: " + text);
        }
        if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
            throw failure(key + " is not a positive number: " + text);
        }
        return number;
    }
}
