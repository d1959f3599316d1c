package blackbox;

import static blackbox.ProjectionTest.entries;
import static blackbox.ProjectionTest.kept;
import static blackbox.ProjectionTest.only;
import static blackbox.ProjectionTest.place;
import static fixtures.Records.newImage;
import static fixtures.Records.oldImage;
import static org.assertj.core.api.Assertions.assertThat;

import fixtures.EventText;
import generator.Events;
import generator.Events.Kind;
import generator.GeneratedEvent;
import generator.Mutations;
import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.DecodeResult;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.StreamViewType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import reference.ReferenceComparison;
import reference.ReferenceDecoder;
import reference.ReferenceRefusal;

/** Projection changes neither the verdict on random and mutated events nor their values. */
class ProjectionRandomTest {
    /** Half of the names in some events, so that attributes in all places are kept and left out. */
    private static final Set<String> WANTED = wanted();

    private static Set<String> wanted() {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < 200; i++) {
            GeneratedEvent event = Events.of(i % 2 == 0 ? Kind.TABLE : Kind.WILD, i, 8);
            Stream.of(event.expected().newImage(), event.expected().oldImage())
                    .filter(Objects::nonNull)
                    .forEach(image -> names.addAll(image.keySet()));
        }
        names.removeIf(name -> name.hashCode() % 2 == 0);
        return names;
    }

    /** A projection for all events of a run, so that anything learned from one could spoil the next. */
    private static final class Projected {
        private final @Nullable Set<String> names;
        private final boolean newImage;
        private final boolean oldImage;
        private final ChangeEventDecoder decoder;
        private final DecodeSession session;

        Projected(@Nullable Set<String> names, StreamViewType images) {
            this.names = names;
            newImage = images == StreamViewType.NEW_IMAGE || images == StreamViewType.NEW_AND_OLD_IMAGES;
            oldImage = images == StreamViewType.OLD_IMAGE || images == StreamViewType.NEW_AND_OLD_IMAGES;
            ChangeEventDecoder.Builder builder = only(images);
            if (names != null) {
                builder.attributes(names.toArray(new String[0]));
            }
            decoder = builder.build();
            session = decoder.newSession();
        }

        void check(byte[] bytes, DecodeResult expected) {
            check(decoder.tryDecode(bytes), expected);
            DecodeResult ofSession = session.tryDecode(bytes);
            check(ofSession, expected);
            ChangeEvent event = ofSession.event();
            if (event != null) {
                check(event.copy(), expected.orElseThrow());
            }
        }

        private void check(DecodeResult actual, DecodeResult expected) {
            DecodeException failure = expected.failure();
            if (failure != null) {
                equal(place(failure), place(Objects.requireNonNull(actual.failure())));
            } else {
                check(actual.orElseThrow(), expected.orElseThrow());
            }
        }

        private void check(ChangeEvent actual, ChangeEvent expected) {
            equal(expected.eventNameText(), actual.eventNameText());
            equal(expected.channel(), actual.channel());
            equal(expected.approximateCreationDateTime(), actual.approximateCreationDateTime());
            equal(expected.binaryEncoding(), actual.binaryEncoding());
            equal(entries(expected.keys()), entries(actual.keys()));
            check(newImage, expected.newImage(), actual::newImage);
            check(oldImage, expected.oldImage(), actual::oldImage);
        }

        private void check(boolean shown, @Nullable Item expected, Images actual) {
            if (!shown) {
                equal(true, isLeftOut(actual));
                return;
            }
            Item image = actual.get();
            equal(expected == null, image == null);
            if (expected != null && image != null) {
                equal(names == null ? entries(expected) : kept(expected, names), entries(image));
                equal(names != null, image.projected());
                read(image);
            }
        }

        private static boolean isLeftOut(Images image) {
            try {
                image.get();
                return false;
            } catch (IllegalStateException e) {
                return String.valueOf(e.getMessage()).contains("images(…)");
            }
        }

        /** The reader and the item have the same attributes. */
        private void read(Item image) {
            AttributeNames wanted = AttributeNames.of("text", "number", "S", "id");
            AttributeReader reader = image.reader();
            for (Map.Entry<String, AttributeValue> entry : image) {
                equal(true, reader.next());
                equal(entry.getKey(), reader.name());
                equal(wanted.ordinal(entry.getKey()), reader.select(wanted));
                equal(entry.getValue(), reader.value());
            }
            equal(false, reader.next());
        }
    }

    private interface Images {
        @Nullable
        Item get();
    }

    private static final List<Projected> PROJECTED = List.of(
            new Projected(WANTED, StreamViewType.NEW_AND_OLD_IMAGES),
            new Projected(Set.of(), StreamViewType.NEW_AND_OLD_IMAGES),
            new Projected(null, StreamViewType.NEW_IMAGE),
            new Projected(null, StreamViewType.KEYS_ONLY),
            new Projected(WANTED, StreamViewType.OLD_IMAGE));

    private static final ChangeEventDecoder UNPROJECTED = ChangeEventDecoder.create();

    @Provide
    static Arbitrary<GeneratedEvent> events() {
        return Events.any();
    }

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void neitherVerdictNorValuesDependOnProjection(@ForAll("events") GeneratedEvent event) {
        byte[] bytes = event.bytes();
        check(bytes, true);
        long seed = event.origin().hashCode();
        Mutations.sampleOfSingleByteChanges(bytes, 3, seed).forEach(changed -> check(changed, verdict(changed)));
        Mutations.sampleOfEdits(bytes, 3, seed).forEach(edited -> check(edited, verdict(edited)));
    }

    private static boolean verdict(byte[] bytes) {
        try {
            new ReferenceDecoder().decode(bytes);
            return true;
        } catch (ReferenceRefusal e) {
            return false;
        }
    }

    private static void check(byte[] bytes, boolean accepted) {
        DecodeResult expected = UNPROJECTED.tryDecode(bytes);
        equal(accepted, expected.failure() == null);
        PROJECTED.forEach(projected -> projected.check(bytes, expected));
    }

    @Property(tries = 300)
    void aProjectionOfAllNamesShowsTheValuesOfTheReference(@ForAll("events") GeneratedEvent event) {
        Set<String> names = new LinkedHashSet<>();
        Stream.of(event.expected().newImage(), event.expected().oldImage())
                .filter(Objects::nonNull)
                .forEach(image -> names.addAll(image.keySet()));
        ChangeEventDecoder all = only(names.toArray(new String[0])).build();
        ChangeEvent full = UNPROJECTED.decode(event.bytes());
        ReferenceComparison.assertSame(event.expected(), full);
        for (ChangeEvent projected :
                List.of(all.decode(event.bytes()), all.newSession().decode(event.bytes()))) {
            equal(EventText.describe(full), EventText.describe(projected));
            assertThat(projected.newImage()).isEqualTo(full.newImage());
            assertThat(projected.oldImage()).isEqualTo(full.oldImage());
        }
    }

    /** Without AssertJ: this runs often. */
    private static void equal(@Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + ", was " + actual);
        }
    }
}
