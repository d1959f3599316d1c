package generator;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Random single records with their meaning. Each event is determined by a kind, a seed and a size, so the values that a
 * failure prints reproduce it, and jqwik shrinks by the size.
 */
public final class Events {
    private static final int MAX_SIZE = 12;
    private static final int SEEDS = 60;

    /** The style of an event. */
    public enum Kind {
        /** Rows of a few tables, written compactly with members in a constant order. */
        TABLE,
        /** Anything in any spelling. */
        WILD
    }

    private Events() {}

    /** Table-like and wild events in turn. */
    public static Arbitrary<GeneratedEvent> any() {
        return Arbitraries.frequencyOf(Tuple.of(1, of(Kind.TABLE)), Tuple.of(2, of(Kind.WILD)));
    }

    public static Arbitrary<GeneratedEvent> of(Kind kind) {
        Arbitrary<Long> seeds = Arbitraries.longs()
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases();
        Arbitrary<Integer> sizes = Arbitraries.integers().between(0, MAX_SIZE).withoutEdgeCases();
        return Combinators.combine(seeds, sizes).as((seed, size) -> of(kind, seed, size));
    }

    /** Returns one event, the same for the same arguments, for long runs without a property. */
    public static GeneratedEvent of(Kind kind, long seed, int size) {
        Chance chance = new Chance(seed);
        boolean isWild = kind == Kind.WILD;
        Images images = isWild && !chance.oneIn(3) ? Images.wild(chance, size) : Images.ofTable(chance);
        ChangeRecords.Written written = switch (chance.between(0, 9)) {
            case 0 -> ExportLines.full(chance, images, isWild);
            case 1, 2 -> ExportLines.incremental(chance, images, isWild);
            case 3 -> ChangeRecords.write(chance, images, "UNKNOWN", isWild);
            case 4, 5, 6 -> ChangeRecords.write(chance, images, "STREAMS", isWild);
            default -> ChangeRecords.write(chance, images, "KINESIS", isWild);
        };
        byte[] bytes = isWild ? EventWriter.wild(written.json(), chance) : EventWriter.compact(written.json());
        String origin = "Events.of(" + kind + ", " + seed + "L, " + size + ")";
        return new GeneratedEvent(origin, written.event(), bytes);
    }

    /** Returns a few small events of every channel, each with every type, for spoiling byte by byte. */
    public static List<GeneratedEvent> coveringEveryType() {
        List<GeneratedEvent> events = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            boolean isWild = seed == 2;
            for (String channel : List.of("KINESIS", "STREAMS", "UNKNOWN")) {
                Chance chance = new Chance(seed);
                events.add(covering(channel, seed, ChangeRecords.write(chance, Images.ofEveryType(), channel, isWild)));
            }
            Chance chance = new Chance(seed);
            events.add(covering("incremental", seed, ExportLines.incremental(chance, Images.ofEveryType(), isWild)));
            events.add(covering("full", seed, ExportLines.full(chance, Images.ofEveryType(), isWild)));
        }
        return events;
    }

    /** Returns the event of a number, whose kind and size follow from it. */
    public static GeneratedEvent numbered(int number) {
        return of(number % 2 == 0 ? Kind.TABLE : Kind.WILD, number, number % 5);
    }

    /** Returns the records that the fuzzers of all modules begin with: of every channel and type, and random ones. */
    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        coveringEveryType().forEach(event -> seeds.add(event.bytes()));
        for (int number = 0; number < SEEDS; number++) {
            seeds.add(numbered(number).bytes());
        }
        return seeds;
    }

    private static GeneratedEvent covering(String channel, int seed, ChangeRecords.Written written) {
        return new GeneratedEvent(
                "covering every type: " + channel + " " + seed, written.event(), EventWriter.compact(written.json()));
    }
}
