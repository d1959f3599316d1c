package io.github.dynamodbcdc.pinot;

/**
 * Thrown for an event that decodes but, by the table's configuration, must not become a row. Pinot logs it and drops
 * the row. The message contains the schema's names and types, never a value or a name from the event.
 */
final class RowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RowException(String message) {
        super(message);
    }
}
