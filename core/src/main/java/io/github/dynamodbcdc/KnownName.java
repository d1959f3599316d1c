package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An attribute name that records have in common: a private copy of its UTF-8 after unescaping, and its text. */
final class KnownName {
    /** Its place in the table of names; never 0. */
    final int id;

    final byte[] utf8;
    final long hash;
    final String text;
    /** The first sixteen bytes, zeros where there are fewer: a name that is not longer is compared by these. */
    final long first;

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
