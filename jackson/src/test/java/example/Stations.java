package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Set;

/** Records of a table of bike stations, as delivered by its DynamoDB stream and its Kinesis stream. */
final class Stations {
    private static final String STATION = "{'station_id':{'S':'FRA-0117'},'bikes':{'N':'4'},'open':{'BOOL':true},"
            + "'operator':{'NULL':true},'pay_with':{'SS':['app','card']},"
            + "'tariff':{'M':{'unlock':{'N':'1'},'per_minute':{'N':'0.18'},'currency':{'S':'EUR'}}},"
            + "'slots':{'L':[{'M':{'bike':{'S':'B-2041'},'charge':{'N':'85'}}},"
            + "{'M':{'bike':{'NULL':true},'charge':{'N':'0'}}}]},'seal':{'B':'%s'}}";

    /** Fails to decode. */
    static final String BAD_NUMBER = modify().replace("\"N\":\"4\"", "\"N\":\"four\"");

    /** Decodes, but fails to bind: 4.5 is not an int. */
    static final String MISMATCH = modify().replace("\"N\":\"4\"", "\"N\":\"4.5\"");

    /** Is not JSON. */
    static final String BROKEN = modify().replace("\"N\":\"4\"", "\"N\":four");

    /** A record as emulators write it: the image of a deleted item has no attributes. */
    static final String REMOVE_WITH_EMPTY_IMAGE =
            streamRecord("REMOVE", ",'NewImage':{},'OldImage':" + STATION.formatted("andQQg=="));

    private Stations() {}

    static String streamRecord(String eventName, String images) {
        return ("{'eventID':'1','eventName':'" + eventName + "','eventVersion':'1.1','dynamodb':{"
                        + "'ApproximateCreationDateTime':1741938077,'Keys':{'station_id':{'S':'FRA-0117'}}" + images
                        + ",'SequenceNumber':'7'},"
                        + "'eventSourceARN':'arn:aws:dynamodb:eu-central-1:111122223333:table/stations/stream/x'}")
                .replace('\'', '"');
    }

    static String modify() {
        return streamRecord("MODIFY", ",'NewImage':" + STATION.formatted("andQQg=="));
    }

    static String remove() {
        return streamRecord("REMOVE", "");
    }

    /** Returns a record of the Kinesis channel, whose binary is encoded twice. */
    static String kinesis() {
        return ("{'eventName':'MODIFY','tableName':'stations','recordFormat':'application/json','userIdentity':null,"
                        + "'dynamodb':{'ApproximateCreationDateTime':1741938077082,"
                        + "'Keys':{'station_id':{'S':'FRA-0117'}},"
                        + "'NewImage':" + STATION.formatted("YW5kUVFnPT0=") + "}}")
                .replace('\'', '"');
    }

    static String kinesisRemove() {
        return ("{'eventName':'REMOVE','tableName':'stations','recordFormat':'application/json','dynamodb':{"
                        + "'ApproximateCreationDateTime':1741938077082,"
                        + "'Keys':{'station_id':{'S':'FRA-0117'}}}}")
                .replace('\'', '"');
    }

    /** Returns Lambda's payload for a DynamoDB stream; sequence numbers are s1, s2, ... */
    static String stream(String... records) {
        StringBuilder payload = new StringBuilder("{\"Records\":[");
        for (int i = 0; i < records.length; i++) {
            String sequence = "\"SequenceNumber\":\"s" + (i + 1) + "\"";
            payload.append(i == 0 ? "" : ",").append(records[i].replace("\"SequenceNumber\":\"7\"", sequence));
        }
        return payload + "]}";
    }

    /** Returns Lambda's payload for Kinesis; sequence numbers are s1, s2, ... */
    static String onKinesis(String... records) {
        StringBuilder payload = new StringBuilder("{\"Records\":[");
        for (int i = 0; i < records.length; i++) {
            String data = Base64.getEncoder().encodeToString(records[i].getBytes(UTF_8));
            payload.append(i == 0 ? "" : ",")
                    .append("{\"kinesis\":{\"sequenceNumber\":\"s" + (i + 1) + "\",\"data\":\"" + data + "\"}}");
        }
        return payload + "]}";
    }

    static void assertIsStation(Object row) {
        assertThat(row).isInstanceOfSatisfying(Station.class, station -> {
            assertThat(station.id()).isEqualTo("FRA-0117");
            assertThat(station.bikes()).isEqualTo(4);
            assertThat(station.open()).isTrue();
            assertThat(station.payWith()).isEqualTo(Set.of("app", "card"));
            assertThat(station.tariff()).isEqualTo(new Station.Tariff(BigDecimal.ONE, new BigDecimal("0.18"), "EUR"));
            assertThat(station.slots()).containsExactly(new Station.Slot("B-2041", 85), new Station.Slot(null, 0));
            assertThat(station.seal()).isEqualTo(ByteBuffer.wrap("jwPB".getBytes(UTF_8)));
        });
    }
}
