package io.github.dynamodbcdc.benchmarks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Random values from a seed: the same on every machine, because the algorithm of {@link Random} is specified. */
final class Values {
    private static final List<String> WORDS = List.of(
            "amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "harbor", "island", "juniper", "kettle",
            "lantern", "meadow", "nectar", "orchard", "pepper", "quarry", "river", "saddle", "timber", "umber",
            "valley", "willow", "yarrow", "zephyr");

    private final Random random;
    private long clock = 1_751_412_000_431L;

    Values(long seed) {
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Returns epoch milliseconds that increase as in a stream. */
    long time() {
        clock += 1 + random.nextInt(900);
        return clock;
    }

    BigDecimal decimal(int digits, int scale) {
        long unscaled = 0;
        for (int i = 0; i < digits; i++) {
            unscaled = unscaled * 10 + (i == 0 ? 1 + random.nextInt(9) : random.nextInt(10));
        }
        return BigDecimal.valueOf(unscaled, scale);
    }

    /** Returns decimal digits, the first of which is not zero. */
    String digits(int count) {
        return decimal(count, 0).toPlainString();
    }

    String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    String word() {
        return oneOf(WORDS);
    }

    /** Returns words separated by spaces, at least {@code length} characters in total. */
    String words(int length) {
        StringBuilder text = new StringBuilder(length + 16).append(word());
        while (text.length() < length) {
            text.append(' ').append(word());
        }
        return text.toString();
    }

    /** Returns {@code count} distinct words in random order. */
    List<String> differentWords(int count) {
        List<String> words = new ArrayList<>();
        while (words.size() < count) {
            String word = word();
            if (!words.contains(word)) {
                words.add(word);
            }
        }
        return words;
    }
}
