package io.github.dynamodbcdc.pinot;

/** Formats names and values of the configuration for messages. The result is always short. */
final class Quoted {
    private static final int MAX_LENGTH = 48;

    private Quoted() {}

    static String of(String text) {
        String line = text.replace('\n', ' ').replace('\r', ' ');
        return "'" + cut(line) + "'";
    }

    /** Returns the text, or only its beginning if it is too long, without quotation marks. */
    static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
