package io.github.dynamodbcdc.pinot;

/** Names and values of the configuration as messages show them: short, whatever they are. */
final class Quoted {
    private static final int MAX_LENGTH = 48;

    private Quoted() {}

    static String of(String text) {
        String line = text.replace('\n', ' ').replace('\r', ' ');
        return "'" + cut(line) + "'";
    }

    /** The beginning of a text that is too long, without quotation marks. */
    static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
