package blackbox;

import static fixtures.Records.json;
import static fixtures.Records.kinesis;
import static fixtures.Records.stream;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.AllocatedBytes;
import fixtures.LongRunning;
import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An event of a decoder depends on nothing that the decoder uses again, and takes little memory. */
class DecodedEventTest {
    private static volatile @Nullable Object sink;

    private static byte[] record(int attributes, int value) {
        return json(kinesis(
                "MODIFY", "'NewImage':" + image(attributes, value) + ",'OldImage':" + image(attributes, value + 1)));
    }

    private static String image(int attributes, int value) {
        return IntStream.range(0, attributes)
                .mapToObj(i -> "'a" + i + "':{'N':'" + (value + i) + "'}")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String text(ChangeEvent event) {
        return event.eventName() + " " + event.keys().toMap() + " "
                + Objects.requireNonNull(event.newImage()).toMap() + " "
                + Objects.requireNonNull(event.oldImage()).toMap() + " " + event.approximateCreationDateTime();
    }

    @Test
    void eventsStayTheSameWhenTheDecoderIsUsedAgain() {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        List<ChangeEvent> events = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            byte[] record = record(1 + i * 7 % 50, i);
            events.add(decoder.decode(record));
            texts.add(text(ChangeEventDecoder.create().decode(record)));
            assertThat(decoder.tryDecode(json("{'dynamodb':{'Keys':{'k':{'N':'x'}}}}"))
                            .failure())
                    .isNotNull();
        }
        assertThat(events.stream().map(DecodedEventTest::text)).containsExactlyElementsOf(texts);
    }

    @LongRunning
    @Test
    void aDecoderKeepsNoRecord() throws InterruptedException {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        List<WeakReference<byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            byte[] record = record(1 + i % 3, i);
            sink = decoder.decode(record);
            records.add(new WeakReference<>(record));
        }
        sink = null;
        for (int i = 0; i < 50 && records.stream().anyMatch(record -> record.get() != null); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(records).allMatch(record -> record.get() == null);
        assertThat(decoder.decode(record(1, 1)).newImage()).isNotNull();
    }

    @LongRunning
    @Test
    void anEventTakesSixteenBytesForEachValueAndLittleElse() {
        ChangeEventDecoder decoder = ChangeEventDecoder.create();
        byte[] small = record(1, 1);
        byte[] large = record(101, 1);
        long ofSmall = AllocatedBytes.ofQuietestRound(() -> repeat(() -> sink = decoder.decode(small)));
        long ofLarge = AllocatedBytes.ofQuietestRound(() -> repeat(() -> sink = decoder.decode(large)));
        assertThat(ofSmall / ROUND).isBetween(100L, 700L);
        assertThat((ofLarge - ofSmall) / ROUND / 200).isEqualTo(16);
    }

    private static final int ROUND = 500;

    private static void repeat(Runnable run) {
        for (int i = 0; i < ROUND; i++) {
            run.run();
        }
    }

    @Test
    void preparedNamesServeTheEventsOfAnyDecoder() {
        AttributeNames names = AttributeNames.of("a2", "b", "a1");
        ChangeEventDecoder first = ChangeEventDecoder.create();
        ChangeEventDecoder second = ChangeEventDecoder.create();
        DecodeSession session = second.newSession();
        second.decode(json(stream("INSERT", "'NewImage':{'b':{'N':'1'},'x':{'N':'2'}}")));
        for (int i = 0; i < 40; i++) {
            byte[] record = record(1 + i % 4, i);
            List<ChangeEvent> events = List.of(
                    first.decode(record),
                    second.decode(record),
                    session.decode(record).copy());
            for (ChangeEvent event : events) {
                Item image = Objects.requireNonNull(event.newImage());
                assertThat(selected(image.reader(), names)).isEqualTo(expected(image, names));
            }
            Item shown = Objects.requireNonNull(session.decode(record).newImage());
            assertThat(selected(shown.reader(), names)).isEqualTo(expected(shown, names));
        }
    }

    private static List<String> selected(AttributeReader reader, AttributeNames names) {
        List<String> values = new ArrayList<>();
        for (int ordinal = reader.next(names); ordinal >= 0; ordinal = reader.next(names)) {
            values.add(ordinal + "=" + reader.longValue());
        }
        return values;
    }

    private static List<String> expected(Item image, AttributeNames names) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> entry : image.toMap().entrySet()) {
            if (names.ordinal(entry.getKey()) >= 0) {
                values.add(names.ordinal(entry.getKey()) + "=" + entry.getValue());
            }
        }
        return values;
    }

    @Test
    void aProjectionShowsTheSameAttributesOfEveryRecord() {
        ChangeEventDecoder decoder =
                ChangeEventDecoder.builder().attributes("a3", "a0").build();
        for (int i = 0; i < 100; i++) {
            int attributes = 1 + i % 6;
            Item image =
                    Objects.requireNonNull(decoder.decode(record(attributes, i)).newImage());
            assertThat(image.toMap().keySet().toString()).isEqualTo(attributes > 3 ? "[a0, a3]" : "[a0]");
        }
    }
}
