package io.github.dynamodbcdc;

/**
 * Signals that the window of bytes ends in the middle of a value and more bytes may follow. This is not a failure: the
 * owner of the window gets more bytes and tries again. There is one shared instance without a stack trace, so throwing
 * it allocates nothing.
 *
 * @see JsonScanner#mayGrow
 */
final class NeedMore extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("StaticAssignmentOfThrowable") // it has neither a stack trace nor suppressed exceptions
    static final NeedMore BYTES = new NeedMore();

    private NeedMore() {
        super("more bytes are needed", null, false, false);
    }
}
