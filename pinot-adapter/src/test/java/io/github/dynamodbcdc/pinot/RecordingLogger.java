package io.github.dynamodbcdc.pinot;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that records its lines, as {@code WARN text}. */
final class RecordingLogger {
    final List<String> lines = new ArrayList<>();
    final Logger logger = (Logger) Proxy.newProxyInstance(
            Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                Object[] rest = Arrays.stream(arguments)
                        .skip(1)
                        .flatMap(argument -> argument instanceof Object[] many
                                ? Arrays.stream(many)
                                : Arrays.stream(new Object[] {argument}))
                        .toArray();
                String text = MessageFormatter.arrayFormat((String) arguments[0], rest)
                        .getMessage();
                if (text.length() > 256) {
                    throw new AssertionError("a line of " + text.length() + " characters: " + text);
                }
                lines.add(method.getName().toUpperCase(Locale.ROOT) + " " + text);
                return null;
            });

    List<String> warnings() {
        return lines.stream().filter(line -> line.startsWith("WARN")).toList();
    }
}
