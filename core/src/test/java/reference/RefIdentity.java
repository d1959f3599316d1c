package reference;

import org.jspecify.annotations.Nullable;

/** The identity that made the change. */
public record RefIdentity(@Nullable String type, @Nullable String principalId) {}
