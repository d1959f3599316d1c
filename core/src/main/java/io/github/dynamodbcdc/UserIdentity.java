package io.github.dynamodbcdc;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The userIdentity of a record. DynamoDB writes it if the Time to Live service deleted the item ("Identity" in the
 * Amazon DynamoDB Streams API Reference). Both spellings are accepted: {@code type} and {@code principalId}, {@code
 * Type} and {@code PrincipalId}. Immutable and thread-safe; it does not refer to the record.
 */
public final class UserIdentity {
    static final String TIME_TO_LIVE_TYPE = "Service";
    static final String TIME_TO_LIVE_PRINCIPAL = "dynamodb.amazonaws.com";

    private final @Nullable String type;
    private final @Nullable String principalId;
    final Opaque.Marker opaque = Opaque.Marker.INSTANCE;

    UserIdentity(@Nullable String type, @Nullable String principalId) {
        this.type = type;
        this.principalId = principalId;
    }

    /** {@return the type, {@code Service} for Time to Live; null if absent} */
    public @Nullable String type() {
        return type;
    }

    /** {@return the principal, {@code dynamodb.amazonaws.com} for Time to Live; null if absent} */
    public @Nullable String principalId() {
        return principalId;
    }

    private boolean isTimeToLive() {
        return TIME_TO_LIVE_TYPE.equals(type) && TIME_TO_LIVE_PRINCIPAL.equals(principalId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UserIdentity
                && Objects.equals(type, ((UserIdentity) other).type)
                && Objects.equals(principalId, ((UserIdentity) other).principalId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, principalId);
    }

    /** {@return whether it is Time to Live; never the identity, which is data of the record} */
    @Override
    public String toString() {
        return isTimeToLive() ? "UserIdentity[time to live]" : "UserIdentity[other]";
    }
}
