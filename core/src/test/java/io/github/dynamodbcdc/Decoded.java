package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;

/** Decodes items for white-box tests. JSON is written with single quotes in place of double quotes. */
final class Decoded {
    private Decoded() {}

    static byte[] json(String singleQuoted) {
        return singleQuoted.replace('\'', '"').getBytes(UTF_8);
    }

    static JsonScanner scanner(byte[] data, int from, int to) {
        JsonScanner scanner = new JsonScanner();
        scanner.reset(data, from, to);
        return scanner;
    }

    static Item newImage(ChangeEventDecoder decoder, String attributes) {
        byte[] record = json("{'dynamodb':{'Keys':{},'NewImage':" + attributes + "}}");
        return Objects.requireNonNull(decoder.decode(record).newImage());
    }
}
