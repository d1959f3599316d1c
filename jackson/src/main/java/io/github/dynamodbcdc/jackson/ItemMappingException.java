package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import org.jspecify.annotations.Nullable;

/**
 * An item that does not fit the type it was to be read as, or an object that cannot be written as an item: why, and
 * where.
 *
 * <p>Neither the message nor anything else here holds a value or an attribute name of the item, so it can be logged.
 * databind's own exception quotes both, and so do exceptions of your classes: they are the cause only of what an
 * {@link ItemMapper#includeDetails()} throws. A BAD_DEFINITION always has databind's exception as its cause, because
 * that exception is about types; values and the path are removed from it.
 */
public final class ItemMappingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MAX_TYPE = 100;
    private static final int MAX_PATH = 60;

    /** Why it failed. A minor release may add constants. */
    public enum Reason {
        /** The item has an attribute that the type has no property for, and the mapper does not ignore these. */
        UNKNOWN_PROPERTY("an attribute that the type has no property for"),
        /**
         * A value that its place cannot take: a string for a number, 1.5 for an int, no value where one is required; or
         * an object that DynamoDB has no value for.
         */
        MISMATCH("a value that does not fit"),
        /** A constructor, setter, getter, serializer or deserializer of the type threw. */
        REJECTED("refused by the type's own code"),
        /**
         * The type cannot be read or written, whatever the values: it lacks a constructor, for example, or the mapper
         * lacks the module for it, whose artifact the message names.
         */
        BAD_DEFINITION("a type that Jackson cannot map");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Reason reason;
    private final String targetType;
    private final String path;

    private ItemMappingException(
            Reason reason, String targetType, String path, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.targetType = targetType;
        this.path = path;
    }

    static ItemMappingException of(String what, String type, Throwable failure, boolean withDetails) {
        Reason reason = reasonOf(failure);
        InvalidDefinitionException definition = reason == Reason.BAD_DEFINITION ? definitionIn(failure) : null;
        String artifact = BadDefinition.missingArtifact(definition);
        String why = artifact == null ? reason.text : "the mapper lacks the module " + artifact;
        String path = MappingPath.of(failure);
        String where = path.isEmpty() ? "" : " at " + end(path, MAX_PATH);
        String message = reason + where + ": " + what + " " + end(type, MAX_TYPE) + ": " + why + safeDetail(failure);
        Throwable cause = definition == null ? null : BadDefinition.withoutData(definition);
        return new ItemMappingException(reason, type, path, message, withDetails ? failure : cause);
    }

    /** Returns what a failure of this module says itself, which contains no value and no name. */
    private static String safeDetail(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnfitValueException) {
                return "; " + ((UnfitValueException) cause).getOriginalMessage();
            }
        }
        return "";
    }

    private static @Nullable InvalidDefinitionException definitionIn(@Nullable Throwable failure) {
        return failure == null || failure instanceof InvalidDefinitionException
                ? (InvalidDefinitionException) failure
                : definitionIn(failure.getCause());
    }

    /** Returns the end of a text, which says more than its beginning. */
    static String end(String text, int length) {
        return text.length() <= length ? text : "..." + text.substring(text.length() - length);
    }

    private static Reason reasonOf(Throwable failure) {
        if (failure instanceof PropertyBindingException) {
            return Reason.UNKNOWN_PROPERTY;
        }
        if (failure instanceof InvalidDefinitionException) {
            return Reason.BAD_DEFINITION;
        }
        if (failure instanceof ValueInstantiationException) {
            return Reason.REJECTED;
        }
        if (failure instanceof MismatchedInputException
                || failure instanceof StreamReadException
                || failure instanceof StreamWriteException
                || failure instanceof StreamConstraintsException) {
            return Reason.MISMATCH;
        }
        // A mapping exception of no kind of its own wraps what was thrown, or is itself what a deserializer says.
        Throwable cause = failure instanceof JsonMappingException ? failure.getCause() : null;
        return cause != null ? reasonOf(cause) : Reason.REJECTED;
    }

    /** Why it failed. */
    public Reason reason() {
        return reason;
    }

    /** The name of the type that was to be read or written; for what is read, with its type arguments. */
    public String targetType() {
        return targetType;
    }

    /**
     * Where it failed, by names and indexes, a {@code *} for each name: {@code *.*[2]} is the third member of an
     * attribute of an attribute. Empty for the item itself.
     */
    public String path() {
        return path;
    }
}
