package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTextTest {
    private static final int TEXTS = 20_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T23:59:59",
                "2023-02-29T00:00:00Z",
                "2024-12-31 00:00:00.1",
                "1969-12-31T23:59:59.9999Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "2024-06-22T07:04:39.0123456789",
                "2024-06-22T24:00:00",
                "2024-06-22T07:60:00",
                "2024-06-22T07:04:60Z",
                "2024-06-22T07:04:39+02:00",
                "2024-06-22T07:04:39.5-00:30",
                "2024-06-22T07:04:39ZZ",
                "2024-06-22T07:04:39+02:00+02:00",
                "2024-06-22T07:04:39+2:00",
                "2024-06-22T07:04:39,5",
                "2024-06-22T07:04:3９",
                "+0292278993-12-31T23:59:59.999999999+18:00",
                "-0000000001-12-31T23:59:59.999999999-18:00"
            })
    void aTextIsReadAsByJavasOwnFormats(String text) {
        assertThat(IsoText.epochMillis(text)).as(text).isEqualTo(expected(text));
    }

    @Test
    @Timeout(20)
    void aLongTextIsRefusedAtOnce() {
        for (String repeated : List.of(":", ":+", ":Z", "0", " ")) {
            assertThat(IsoText.epochMillis("2024-06-22T07:04:39" + repeated.repeat(300_000)))
                    .isNull();
        }
    }

    @Test
    void randomTextsAreReadAsByJavasOwnFormats() {
        Random random = new Random(20240622);
        int read = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            Long expected = expected(text);
            assertThat(IsoText.epochMillis(text)).as(text).isEqualTo(expected);
            read += expected == null ? 0 : 1;
        }
        assertThat(read).isBetween(TEXTS / 4, TEXTS * 3 / 4);
    }

    /**
     * Returns a text whose fields are mostly in range. Half of the texts have one arbitrary character in the date or
     * time.
     */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder(String.format(
                "%04d-%02d-%02d%c%02d:%02d:%02d",
                random.nextInt(10_000),
                1 + random.nextInt(12),
                1 + random.nextInt(31),
                "T ".charAt(random.nextInt(2)),
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60)));
        int digits = random.nextInt(10);
        if (digits > 0) {
            text.append('.');
            random.ints(digits, 0, 10).forEach(text::append);
        }
        int end = text.length();
        text.append(new String[] {"", "Z", "+05:30"}[random.nextInt(3)]);
        if (random.nextBoolean()) {
            text.setCharAt(random.nextInt(end), "0123456789:.ZT".charAt(random.nextInt(14)));
        }
        return text.toString();
    }

    private static @Nullable Long expected(String text) {
        String joined = text.replaceFirst(" ", "T");
        try {
            return OffsetDateTime.parse(joined).toInstant().toEpochMilli();
        } catch (DateTimeException noOffset) {
            try {
                return LocalDateTime.parse(joined).toInstant(ZoneOffset.UTC).toEpochMilli();
            } catch (DateTimeException noTime) {
                return null;
            }
        }
    }
}
