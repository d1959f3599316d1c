package io.github.dynamodbcdc.pinot;

/**
 * An event that decodes, and that by the table's configuration must not become a row. Pinot logs it and drops the row.
 * The message has names of the schema and types, never a value or a name of the event.
 */
final class RowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RowException(String message) {
        super(message);
    }
}
