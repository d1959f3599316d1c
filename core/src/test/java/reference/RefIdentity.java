package reference;

import org.jspecify.annotations.Nullable;

/** Who made the change. */
public record RefIdentity(@Nullable String type, @Nullable String principalId) {}
