package example;

import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.TimePrecision;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls of the library as a page writes them, such as {@code newImage().require("a").asInt()}. */
final class PageExpressions {
    private static final Pattern CALL = Pattern.compile("\\.?(\\w+)\\((?:\"([^\"]*)\")?\\)");
    private static final Pattern OPTION = Pattern.compile("(\\w+)\\((.*)\\)");
    private static final Pattern LIMIT = Pattern.compile("defaults\\(\\)\\.(\\w+)\\((\\d+)\\)");

    private PageExpressions() {}

    /** Returns what a chain of methods returns or throws; {@code a} is the attribute of the new image. */
    static String evaluate(ChangeEvent event, String expression) {
        String calls = expression.replaceFirst("^a\\.", "newImage().require(\"a\").");
        Matcher call = CALL.matcher(calls);
        Object value = event;
        for (int at = 0; at < calls.length(); at = call.end()) {
            if (!call.region(at, calls.length()).lookingAt()) {
                throw new AssertionError("not a chain of calls: " + expression);
            }
            try {
                value = call(Objects.requireNonNull(value, expression), call.group(1), call.group(2));
            } catch (InvocationTargetException e) {
                Throwable cause = Objects.requireNonNull(e.getCause());
                return cause instanceof AttributeValueException refusal
                        ? refusal.reason().name()
                        : cause.getClass().getSimpleName();
            }
        }
        return show(value);
    }

    private static @Nullable Object call(Object on, String name, @Nullable String argument)
            throws InvocationTargetException {
        try {
            for (Class<?> type : types(on)) {
                for (Method method : type.getMethods()) {
                    List<Class<?>> parameters = List.of(method.getParameterTypes());
                    boolean fits = argument == null
                            ? parameters.isEmpty()
                            : parameters.equals(List.of(String.class)) || parameters.equals(List.of(Object.class));
                    if (method.getName().equals(name) && fits) {
                        return argument == null ? method.invoke(on) : method.invoke(on, argument);
                    }
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(name, e);
        }
        throw new AssertionError("no method " + name + " in " + on.getClass());
    }

    /** Returns the public types of an object: its class, or the interfaces of the JDK's collections. */
    private static List<Class<?>> types(Object object) {
        return object instanceof Map
                ? List.of(Map.class)
                : object instanceof Set ? List.of(Set.class) : publicClass(object.getClass());
    }

    private static List<Class<?>> publicClass(Class<?> type) {
        return Modifier.isPublic(type.getModifiers()) ? List.of(type) : List.of(Object.class);
    }

    private static String show(@Nullable Object value) {
        if (value instanceof String text) {
            return '"' + text + '"';
        } else if (value instanceof byte[] bytes) {
            return "bytes(" + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes) + ")";
        } else if (value instanceof Collection<?> values) {
            return values.stream().map(PageExpressions::show).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + show(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return String.valueOf(value);
    }

    /** Sets the option that a call of the builder's method names. */
    static void set(ChangeEventDecoder.Builder builder, String option) {
        Matcher call = OPTION.matcher(option);
        if (!call.matches()) {
            throw new AssertionError(option);
        }
        String argument = call.group(2);
        switch (call.group(1)) {
            case "binaryEncoding" -> builder.binaryEncoding(BinaryEncoding.valueOf(argument));
            case "timePrecision" -> builder.timePrecision(TimePrecision.valueOf(argument));
            case "keyAttributes" -> builder.keyAttributes(argument.replace("\"", ""));
            case "limits" -> builder.limits(limits(argument));
            default -> setLeniency(builder, call.group(1), argument);
        }
    }

    private static DecodeLimits limits(String expression) {
        Matcher limit = LIMIT.matcher(expression);
        if (!limit.matches()) {
            throw new AssertionError(expression);
        }
        try {
            Method with = DecodeLimits.class.getMethod(limit.group(1), int.class);
            return (DecodeLimits) with.invoke(DecodeLimits.defaults(), Integer.valueOf(limit.group(2)));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(expression, e);
        }
    }

    private static void setLeniency(ChangeEventDecoder.Builder builder, String name, String argument) {
        try {
            Method option = ChangeEventDecoder.Builder.class.getMethod(name, boolean.class);
            option.invoke(builder, Boolean.valueOf(argument));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }
}
