package example;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The bytes that an input in the page stands for. {@code R = …} in the text before it defines a letter, ⏎ is a line
 * break, and {@code gzip(…)} or {@code base64(…)} is the result of that function.
 */
final class PageInput {
    private static final Pattern DEFINITION = Pattern.compile("(?m)^([A-Z]) = (.*)\n?");
    private static final Pattern FUNCTION = Pattern.compile("(gzip|base64|string|utf16|bytes|nested|half)\\(");

    /** Letters that may be defined: neither a part of a word nor a name in quotes. */
    private static final Pattern LETTERS = Pattern.compile("(?<![A-Za-z0-9\"$])[A-Z]+(?![A-Za-z0-9\"])");

    private PageInput() {}

    static byte[] bytes(String text) {
        Map<String, String> letters = new LinkedHashMap<>();
        Matcher definition = DEFINITION.matcher(text);
        while (definition.find()) {
            letters.put(definition.group(1), definition.group(2));
        }
        String input = definition.replaceAll("");
        input = input.replace("⏎", "\n").replace("BOM", "\uFEFF");
        for (int defined = 0; defined < 4; defined++) { // a definition may use the others
            input = LETTERS.matcher(input).replaceAll(word -> Matcher.quoteReplacement(meaning(word.group(), letters)));
        }
        return apply(new String(input.getBytes(UTF_8), ISO_8859_1)).getBytes(ISO_8859_1);
    }

    private static String meaning(String word, Map<String, String> letters) {
        StringBuilder meaning = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            String letter = word.substring(i, i + 1);
            meaning.append(letters.getOrDefault(letter, letter));
        }
        return meaning.toString();
    }

    /** Replaces the functions in a text of bytes. */
    private static String apply(String text) {
        Matcher function = FUNCTION.matcher(text);
        if (!function.find()) {
            return text;
        }
        int end = function.end();
        for (int depth = 1; depth > 0; end++) {
            depth += text.charAt(end) == '(' ? 1 : text.charAt(end) == ')' ? -1 : 0;
        }
        String argument = apply(text.substring(function.end(), end - 1));
        return text.substring(0, function.start()) + apply(function.group(1), argument) + apply(text.substring(end));
    }

    private static String apply(String function, String argument) {
        byte[] bytes = argument.getBytes(ISO_8859_1);
        return switch (function) {
            case "gzip" -> new String(gzip(bytes), ISO_8859_1);
            case "base64" -> Base64.getEncoder().encodeToString(bytes);
            case "string" -> '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case "utf16" -> new String(new String(bytes, UTF_8).getBytes(UTF_16LE), ISO_8859_1);
            case "bytes" -> new String(HexFormat.ofDelimiter(" ").parseHex(argument), ISO_8859_1);
            case "half" -> argument.substring(0, argument.length() / 2);
            default -> {
                int levels = Integer.parseInt(argument);
                yield "{\"L\":[".repeat(levels - 1) + "{\"S\":\"\"}" + "]}".repeat(levels - 1);
            }
        };
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
