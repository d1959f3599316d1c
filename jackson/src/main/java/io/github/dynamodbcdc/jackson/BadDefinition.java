package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What databind says of a type that it cannot map: the missing module, and its exception without the item's data. */
final class BadDefinition {
    /** databind's exceptions about constructors end in the value that the constructor would have to take. */
    private static final Pattern VALUE = Pattern.compile(" value \\(.*", Pattern.DOTALL);

    /** The artifacts with the modules for types whose names begin so. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "java.util.Optional", "jackson-datatype-jdk8",
            "java.time.", "jackson-datatype-jsr310",
            "org.joda.time.", "jackson-datatype-joda",
            "com.google.common.", "jackson-datatype-guava");

    private BadDefinition() {}

    /** Returns the artifact with the module that the type needs, or null if no such module is known. */
    static @Nullable String missingArtifact(@Nullable InvalidDefinitionException failure) {
        if (failure == null || failure.getType() == null) {
            return null;
        }
        String type = failure.getType().getRawClass().getName();
        for (Map.Entry<String, String> artifact : ARTIFACTS.entrySet()) {
            if (type.startsWith(artifact.getKey())) {
                return artifact.getValue();
            }
        }
        return null;
    }

    /**
     * Returns databind's exception with its message, type and stack trace. Left out are a value at the end of the
     * message and the names on the way to the type, which may be keys of a Map.
     */
    static InvalidDefinitionException withoutData(InvalidDefinitionException failure) {
        String message = VALUE.matcher(failure.getOriginalMessage()).replaceFirst(" value");
        InvalidDefinitionException copy =
                InvalidDefinitionException.from((JsonParser) null, message, failure.getType());
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }
}
