package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An attribute name that occurs in many records: a private copy of its unescaped UTF-8, and its text. */
final class KnownName {
    /** The index in the table of names; never 0. */
    final int id;

    final byte[] utf8;
    final long hash;
    final String text;

    /** The first eight bytes, zero-padded. This word and {@link #second} identify a name of up to sixteen bytes. */
    final long first;

    /** The next eight bytes, zero-padded. */
    final long second;

    KnownName(int id, byte[] utf8, long hash) {
        this.id = id;
        this.utf8 = utf8;
        this.hash = hash;
        text = new String(utf8, UTF_8);
        first = Words.upTo(utf8, 0, Math.min(utf8.length, 8));
        second = Words.upTo(utf8, 8, Math.min(utf8.length, 16));
    }
}
