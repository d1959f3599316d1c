package blackbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dynamodbcdc.jackson.ItemMappingException;
import io.github.dynamodbcdc.jackson.ItemMappingException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The exceptions of actions that must fail. */
final class Failures {
    private Failures() {}

    /** Asserts that the action throws an ItemMappingException, and returns it. */
    static ItemMappingException thrownBy(ThrowingCallable action) {
        ItemMappingException e = catchThrowableOfType(ItemMappingException.class, action);
        assertThat(e).isNotNull();
        return requireNonNull(e);
    }

    /** Asserts that the action throws a MISMATCH, and returns it. */
    static ItemMappingException mismatch(ThrowingCallable action) {
        ItemMappingException e = thrownBy(action);
        assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.MISMATCH);
        return e;
    }
}
