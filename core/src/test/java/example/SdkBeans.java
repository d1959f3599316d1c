package example;

import io.github.dynamodbcdc.Item;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;

/** The guide's recipe for the beans of AWS SDK 2's enhanced client. */
final class SdkBeans {
    private static final SdkValues VALUES = new SdkValues();

    private SdkBeans() {}

    /** A bean as the enhanced client's users write it. */
    @DynamoDbBean
    @SuppressWarnings("NullAway.Init") // the schema calls the setters
    public static final class Station {
        private String id;
        private int bikes;

        @DynamoDbPartitionKey
        @DynamoDbAttribute("station_id")
        public String getId() {
            return id;
        }

        public void setId(String id) {
            this.id = id;
        }

        public int getBikes() {
            return bikes;
        }

        public void setBikes(int bikes) {
            this.bikes = bikes;
        }
    }

    // objects.md: a bean
    private static final TableSchema<Station> STATIONS = TableSchema.fromBean(Station.class); // your @DynamoDbBean

    static Station station(Item image) {
        return STATIONS.mapToItem(image.toMap(VALUES)); // attributes without a property are left out
    }
    // objects.md: end
}
