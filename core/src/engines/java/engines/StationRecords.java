package engines;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of both channels, good and bad, with the changes that they mean. The content depends on the index alone. */
final class StationRecords {
    /** Bad records are this far apart. */
    private static final int BAD_EVERY = 13;

    private static final int STATIONS = 7;

    /** The time of the first record. */
    private static final long START_MICROS = 1_741_936_925_000_000L;

    private StationRecords() {}

    /** Returns the change at an index; null where the record is bad. */
    static @Nullable StationChange change(int i) {
        if (i % BAD_EVERY == BAD_EVERY - 1) {
            return null;
        }
        return new StationChange("FRA-" + i % STATIONS, micros(i), i % 10 == 9, i % 10 == 9 ? null : i);
    }

    /** Returns a time in the resolution of the record's channel: every other record is one of DynamoDB Streams. */
    private static long micros(int i) {
        return START_MICROS + (i % 2 == 0 ? i * 1_000_000L : i * 1_000_000L + 125);
    }

    static byte[] record(int i) {
        StationChange change = change(i);
        return (change == null ? bad(i) : record(change, i % 2 == 0)).getBytes(UTF_8);
    }

    private static String record(StationChange change, boolean ofStreams) {
        String station = "\"station_id\":{\"S\":\"" + change.station() + "\"}";
        String image =
                change.deleted() ? "" : "\"NewImage\":{" + station + ",\"bikes\":{\"N\":\"" + change.bikes() + "\"}},";
        long time = ofStreams ? change.micros() / 1_000_000 : change.micros();
        return "{\"eventName\":\"" + (change.deleted() ? "REMOVE" : "MODIFY") + "\",\"dynamodb\":{"
                + "\"ApproximateCreationDateTime\":" + time + ",\"Keys\":{" + station + "}," + image
                + "\"SizeBytes\":" + (ofStreams ? "26,\"SequenceNumber\":\"" + change.micros() + "\"" : "26") + "}}";
    }

    /** Returns one of the records that a job cannot use. Each is one line. */
    private static String bad(int i) {
        String good = record(new StationChange("FRA-bad", micros(i), false, i), true);
        return switch (i / BAD_EVERY % 6) {
            case 0 -> good.substring(0, good.length() / 2);
            case 1 -> good.replace("{\"N\":\"" + i + "\"}", "{\"N\":\"many\"}");
            case 2 -> good.replace("\"bikes\":{\"N\"", "\"bikes\":{\"S\""); // sound, but not for this job
            case 3 -> good.replace("station_id", "rider_id"); // of another table
            case 4 -> "not JSON " + i;
            default -> "{\"detail\":" + i + "}";
        };
    }

    /** Returns the changes of the good records among the first. */
    static List<StationChange> changes(int count) {
        List<StationChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StationChange change = change(i);
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** Returns the texts of the bad records among the first. */
    static List<String> badTexts(int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (change(i) == null) {
                texts.add(new String(record(i), UTF_8));
            }
        }
        return texts;
    }
}
