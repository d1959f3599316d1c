package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.DeserializerCache;
import com.fasterxml.jackson.databind.deser.UnresolvedForwardReference;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An item does not fit the type that it was read as, or an object cannot be written as an item. Says why and where.
 *
 * <p>Neither the message nor any other part of this exception contains a value or an attribute name of the item, so it
 * can be logged; except the name of a class that exists, if a type id is a class name. databind's own exception quotes
 * both, and so do exceptions of your classes: they are the cause only if the mapper was made by
 * {@link ItemMapper#includeDetails()}. A BAD_DEFINITION always has databind's exception as its cause, because that
 * exception is about types and the properties that your classes define; values, the path and any message of your own
 * classes are removed.
 */
public final class ItemMappingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MAX_MESSAGE = 256;
    private static final int MAX_PATH = 40;

    /** Classes that throw for others: those of the JDK, and those of databind that make exceptions. */
    private static final Pattern PASSED_OVER = Pattern.compile("(java|jdk|sun)\\..*"
            + "|com\\.fasterxml\\.jackson\\.databind\\.(exc\\..*|.*Exception|.*Context|.*Provider(\\$Impl)?)");

    /** databind's message if a primitive would have no value. */
    private static final Pattern NULL = Pattern.compile("Cannot map `null` into type");

    /** Why an item or an object was refused. A minor release may add constants. */
    public enum Reason {
        /**
         * The item has an attribute that the type has no property for, and the mapper does not ignore such attributes.
         */
        UNKNOWN_PROPERTY("an attribute that the type has no property for"),
        /**
         * A value does not fit its property, such as a string for a number, 1.5 for an int, or no value where one is
         * required; or an object has no counterpart in DynamoDB.
         */
        MISMATCH("a value that does not fit"),
        /**
         * A constructor, setter, getter, serializer or deserializer of the type threw, or an ItemMapper that it called.
         * What an ObjectMapper throws that it called may have the reason that it has there. Jackson reports what the
         * creator of a Map's key throws as a MISMATCH.
         */
        REJECTED("refused by the type's own code"),
        /**
         * The type cannot be read or written, whatever the values are. For example, it lacks a constructor, or the
         * mapper lacks the module for it; the message names that module's artifact. The type may be one that a type
         * id in the item names.
         */
        BAD_DEFINITION("a type that Jackson cannot map");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    /** Why the item or the object was refused. */
    private final Reason reason;

    /** The name of the type to read or write. */
    private final String targetType;

    /** Where the failure occurred, without a name of the item. */
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
        String why = BadDefinition.remedy(definition, reason.text);
        String path = pathOf(failure);
        String where = path.isEmpty() ? "" : " at " + end(path, MAX_PATH);
        String before = reason + where + ": " + what + " ";
        String detail = reason == Reason.REJECTED ? "" : safeDetail(failure, withDetails);
        boolean saysHow = withDetails || detail.contains("includeDetails()");
        boolean showsMore = reason == Reason.MISMATCH && !saysHow && hasName(failure);
        String after = ": " + why + detail + (showsMore ? "; includeDetails() shows the names" : "");
        String message = before + end(type, MAX_MESSAGE - before.length() - after.length()) + after;
        Throwable cause = definition == null ? null : BadDefinition.withoutData(definition);
        return new ItemMappingException(reason, type, path, message, withDetails ? failure : cause);
    }

    private static Reason reasonOf(Throwable failure) {
        boolean isOfText = failure instanceof MismatchedInputException && isOfText((MismatchedInputException) failure);
        if (isOfText || isOfInnerMapper(failure)) {
            return Reason.REJECTED;
        }
        if (failure instanceof PropertyBindingException) {
            return Reason.UNKNOWN_PROPERTY;
        }
        if (failure instanceof InvalidDefinitionException) {
            return BadDefinition.isOfValue((InvalidDefinitionException) failure)
                    ? Reason.MISMATCH
                    : Reason.BAD_DEFINITION;
        }
        if (failure instanceof ValueInstantiationException) {
            Throwable thrown = failure.getCause();
            return isThrownByJackson(thrown) && !isOfAnotherMapper(thrown) ? Reason.MISMATCH : Reason.REJECTED;
        }
        if (failure instanceof MismatchedInputException
                || failure instanceof UnresolvedForwardReference
                || failure instanceof StreamReadException
                || failure instanceof StreamWriteException
                || failure instanceof StreamConstraintsException) {
            return Reason.MISMATCH;
        }
        // A plain JsonMappingException either wraps what was thrown, or was thrown by a deserializer itself.
        Throwable cause = failure instanceof JsonMappingException ? failure.getCause() : null;
        if (cause != null) {
            return isOfAnotherMapper(cause) ? Reason.REJECTED : reasonOf(cause);
        }
        if (!isThrownByJackson(failure)) {
            return Reason.REJECTED;
        }
        return isThrownForType(failure) ? Reason.BAD_DEFINITION : Reason.MISMATCH;
    }

    /** Returns whether an ItemMapper threw that a class of the user called while another one called that class. */
    private static boolean isOfInnerMapper(Throwable failure) {
        boolean isInMapper = false;
        boolean isInUser = false;
        for (StackTraceElement frame : failure.getStackTrace()) {
            String type = frame.getClassName();
            if (type.equals(ItemMapper.class.getName())) {
                if (isInUser) {
                    return true;
                }
                isInMapper = true;
            } else if (isInMapper && !PASSED_OVER.matcher(type).matches() && !isOfJackson(type)) {
                isInUser = true;
            }
        }
        return false;
    }

    private static boolean isOfJackson(String type) {
        return type.startsWith("com.fasterxml.jackson.")
                || type.startsWith(ItemMappingException.class.getPackageName());
    }

    /** Returns whether databind read JSON text, which an item is not, so that a class of the user called it. */
    private static boolean isOfText(MismatchedInputException failure) {
        Object parser = failure.getProcessor();
        return parser != null && parser.getClass().getName().startsWith("com.fasterxml.jackson.core.json.");
    }

    /**
     * Returns whether a mapper threw that a class of the user called: an exception of this class, or one of databind
     * inside another one, which databind itself passes on as it is.
     */
    private static boolean isOfAnotherMapper(@Nullable Throwable thrown) {
        return thrown instanceof ItemMappingException || thrown instanceof JsonMappingException;
    }

    /** Returns whether Jackson threw while it built a deserializer, before it read a value. */
    private static boolean isThrownForType(Throwable failure) {
        return Stream.of(failure.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(DeserializerCache.class.getName()));
    }

    /** Returns whether Jackson threw an exception of the JDK, or called what did, and not a class of the user. */
    private static boolean isThrownByJackson(@Nullable Throwable failure) {
        if (failure == null) {
            return false;
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InvocationTargetException) {
                Throwable thrown = cause.getCause(); // what a getter threw
                return isThrownByJackson(thrown) && !isOfAnotherMapper(thrown);
            }
        }
        for (StackTraceElement frame : failure.getStackTrace()) {
            String type = frame.getClassName();
            if (!PASSED_OVER.matcher(type).matches()) {
                return isOfJackson(type);
            }
        }
        return false;
    }

    /** Returns databind's exception about a type; a new one if databind threw another, which is about a type too. */
    private static InvalidDefinitionException definitionIn(Throwable failure) {
        if (failure instanceof InvalidDefinitionException) {
            return (InvalidDefinitionException) failure;
        }
        Throwable cause = failure instanceof JsonMappingException ? failure.getCause() : null;
        if (cause != null) {
            return definitionIn(cause);
        }
        InvalidDefinitionException definition =
                InvalidDefinitionException.from((JsonParser) null, failure.toString(), (JavaType) null);
        definition.setStackTrace(failure.getStackTrace());
        return definition;
    }

    /** Returns whether databind's exception names a property or a key of a Map on its path. */
    private static boolean hasName(Throwable failure) {
        return failure instanceof JsonMappingException
                && ((JsonMappingException) failure).getPath().stream().anyMatch(step -> step.getFieldName() != null);
    }

    /** Returns the path of the generator if it has more steps than databind's, otherwise databind's. */
    private static String pathOf(Throwable failure) {
        String path = databindPathOf(failure);
        for (Throwable cause = failure;
                cause != null && !(cause instanceof ItemMappingException);
                cause = cause.getCause()) {
            if (cause instanceof UnfitValueException.Written) {
                String written = ((UnfitValueException.Written) cause).path;
                return written.length() > path.length() ? written : path;
            }
        }
        return path;
    }

    /** Returns the steps from a context, or the root if it is null, to a position in a document inside it. */
    @SuppressWarnings("ReferenceEquality") // of contexts
    static String pathTo(@Nullable JsonStreamContext position, @Nullable JsonStreamContext from) {
        Deque<String> steps = new ArrayDeque<>();
        for (JsonStreamContext at = position; at != null && at != from; at = at.getParent()) {
            if (at.inArray() && at.hasCurrentIndex()) {
                steps.addFirst("[" + at.getCurrentIndex() + "]");
            } else if (at.inObject() && at.hasCurrentName()) {
                steps.addFirst(".*");
            }
        }
        String path = String.join("", steps);
        return path.startsWith(".") ? path.substring(1) : path;
    }

    /** Returns databind's path with {@code *} in place of each name. */
    private static String databindPathOf(Throwable failure) {
        StringBuilder path = new StringBuilder();
        if (failure instanceof JsonMappingException) {
            for (JsonMappingException.Reference step : ((JsonMappingException) failure).getPath()) {
                if (step.getIndex() >= 0) {
                    path.append('[').append(step.getIndex()).append(']');
                } else {
                    path.append(path.length() == 0 ? "*" : ".*");
                }
            }
        }
        return path.toString();
    }

    /**
     * Returns what is known about a failure without a value or a name: the message of one that this library raised, or
     * the type that Jackson read the value as.
     */
    private static String safeDetail(Throwable failure, boolean withDetails) {
        String detail = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnfitValueException) {
                return "; " + ((UnfitValueException) cause).getOriginalMessage();
            } else if (cause instanceof UnfitValueException.Written) {
                return "; " + ((UnfitValueException.Written) cause).getOriginalMessage();
            } else if (cause instanceof PropertyBindingException) {
                return withDetails ? "; its name is in the cause" : "; includeDetails() shows its name";
            } else if (cause instanceof InputCoercionException) {
                detail = "; a number outside the range of " + nameOf(((InputCoercionException) cause).getTargetType());
            } else if (cause instanceof MismatchedInputException && detail.isEmpty()) {
                String type = nameOf(((MismatchedInputException) cause).getTargetType());
                boolean isNull = NULL.matcher(String.valueOf(((MismatchedInputException) cause).getOriginalMessage()))
                        .lookingAt();
                detail = isNull ? "; NULL or an absent attribute for " + type : "; asked for " + type;
            }
        }
        return detail;
    }

    private static String nameOf(@Nullable Class<?> type) {
        return type == null ? "its type" : end(type.getSimpleName(), MAX_PATH);
    }

    /** Returns at most that many characters: the end of a text, which is more informative than its beginning. */
    static String end(String text, int most) {
        return text.length() <= most ? text : "..." + text.substring(text.length() - most + "...".length());
    }

    /** {@return why the item or the object was refused} */
    public Reason reason() {
        return reason;
    }

    /** {@return the name of the type to read or write; for reading, with its type arguments} */
    public String targetType() {
        return targetType;
    }

    /**
     * {@return where the failure occurred, with indexes and a {@code *} for each name; empty for the item itself}
     * {@code *.*[2]} is the third member of an attribute of an attribute. In a failure of writing, the steps are
     * properties of the object; the Map of a {@code @JsonAnyGetter} is one of them. Jackson keeps no steps to an
     * IOException of your own class, nor to an object inside a tree, nor to a value whose type id is in an attribute
     * beside it (EXTERNAL_PROPERTY), so the path is shorter there.
     */
    public String path() {
        return path;
    }

    /** databind's exception about a type that it cannot map. */
    private static final class BadDefinition {
        /** databind's messages about constructors end in the value that the constructor would have received. */
        private static final Pattern VALUE = Pattern.compile(" value \\(.*", Pattern.DOTALL);

        /** databind's messages about constructors and members that it cannot access name this exception of the JDK. */
        private static final String INACCESSIBLE = "InaccessibleObjectException";

        /** The artifacts of the modules for types, by the beginning of the type's name. */
        private static final Map<String, String> ARTIFACTS = Map.of(
                "java.util.Optional", "jackson-datatype-jdk8",
                "java.time.", "jackson-datatype-jsr310",
                "org.joda.time.", "jackson-datatype-joda",
                "com.google.common.", "jackson-datatype-guava");

        private BadDefinition() {}

        /**
         * Returns whether the type could be read from another value. databind reports a text or number for an array, or
         * for a Map of its own kind, as if the type lacked a constructor.
         */
        static boolean isOfValue(InvalidDefinitionException failure) {
            return failure.getType() != null
                    && failure.getType().isContainerType()
                    && failure.getOriginalMessage().contains(" to deserialize from ");
        }

        /** Returns the text of a reason, with what the type needs if that is known: a module, or an open package. */
        static String remedy(@Nullable InvalidDefinitionException failure, String text) {
            if (failure == null || failure.getType() == null) {
                return text;
            }
            if (failure.getOriginalMessage().contains(INACCESSIBLE) && isThrownByJackson(failure)) {
                return text + "; does its Java module open the package to com.fasterxml.jackson.databind?";
            }
            String type = failure.getType().getRawClass().getName();
            for (Map.Entry<String, String> artifact : ARTIFACTS.entrySet()) {
                if (type.startsWith(artifact.getKey())) {
                    // databind says it of the JDK's types. A module for another library's may be there, and lack the
                    // type.
                    boolean isOfJdk = type.startsWith("java.");
                    return isOfJdk
                            ? "the mapper lacks the module " + artifact.getValue()
                            : text + "; is the module " + artifact.getValue() + " registered?";
                }
            }
            return text;
        }

        /**
         * Returns databind's exception with its message, type and stack trace. Omits a value at the end of the message,
         * a message that a class of the user wrote, and the names in the path, which may be keys of a Map.
         */
        static InvalidDefinitionException withoutData(InvalidDefinitionException failure) {
            String message = isThrownByJackson(failure)
                    ? VALUE.matcher(failure.getOriginalMessage()).replaceFirst(" value")
                    : "reported by a class that is not Jackson's; includeDetails() shows its message";
            InvalidDefinitionException copy =
                    InvalidDefinitionException.from((JsonParser) null, message, failure.getType());
            copy.setStackTrace(failure.getStackTrace());
            return copy;
        }
    }
}
