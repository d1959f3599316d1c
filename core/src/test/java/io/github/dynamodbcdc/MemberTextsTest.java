package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemberTextsTest {
    private final DecodeSession session = ChangeEventDecoder.create().newSession();

    private ChangeEvent decode(String members) {
        return session.decode(("{\"eventName\":\"REMOVE\"," + members + "\"dynamodb\":{\"Keys\":{}}}").getBytes(UTF_8));
    }

    @Test
    void aSessionMakesOneStringOfATextThatRecurs() {
        String table =
                decode("\"tableName\":\"orders\",\"awsRegion\":\"eu-west-1\",").tableName();
        String region =
                decode("\"tableName\":\"orders\",\"awsRegion\":\"eu-west-1\",").awsRegion();

        assertThat(table).isEqualTo("orders");
        ChangeEvent again = decode("\"awsRegion\":\"eu-west-1\",\"tableName\":\"orders\",");
        assertThat(again.tableName()).isSameAs(table);
        assertThat(again.awsRegion()).isSameAs(region).isEqualTo("eu-west-1");
    }

    @Test
    void anotherTextIsNeverTakenForTheKeptOne() {
        assertThat(decode("\"tableName\":\"orders\",").tableName()).isEqualTo("orders");
        assertThat(decode("\"tableName\":\"orderz\",").tableName()).isEqualTo("orderz");
        assertThat(decode("\"tableName\":\"order\",").tableName()).isEqualTo("order");
        assertThat(decode("\"tableName\":\"orderss\",").tableName()).isEqualTo("orderss");
        assertThat(decode("\"tableName\":\"\",").tableName()).isEmpty();
        assertThat(decode("").tableName()).isNull();
        assertThat(decode("\"tableName\":\"w\u00f6rter\",").tableName()).isEqualTo("w\u00f6rter");
        assertThat(decode("\"tableName\":\"w\\u00f6rter\",").tableName()).isEqualTo("w\u00f6rter");
        assertThat(decode("\"tableName\":\"w\u00f6rtet\",").tableName()).isEqualTo("w\u00f6rtet");
    }

    @Test
    void theTableOfAnArnIsFoundOnceForTheSameArn() {
        String arn = "\"eventSourceARN\":\"arn:aws:dynamodb:us-east-1:1:table/orders/stream/2024\",";
        String table = decode(arn).tableName();

        assertThat(table).isEqualTo("orders");
        assertThat(decode(arn).tableName()).isSameAs(table);
        assertThat(decode(arn.replace("orders", "riders")).tableName()).isEqualTo("riders");
        assertThat(decode("\"eventSourceARN\":\"arn:aws:sqs:us-east-1:1:queue\",")
                        .tableName())
                .isNull();
        assertThat(decode(arn).tableName()).isEqualTo("orders");
    }

    @Test
    void aTextThatIsTooLongIsNotKept() {
        String member = "\"tableName\":\"" + "t".repeat(257) + "\",";
        String first = decode(member).tableName();

        assertThat(decode(member).tableName()).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void anArnThatIsTooLongStillNamesItsTable() {
        String table = "t".repeat(300);
        String member = "\"eventSourceARN\":\"arn:aws:dynamodb:us-east-1:1:table/" + table + "/stream/1\",";

        assertThat(decode(member).tableName()).isEqualTo(table);
        assertThat(decode(member).tableName()).isEqualTo(table);
        assertThat(decode(member.replace("/ttt", "/uuu")).tableName()).isEqualTo("uuu" + table.substring(3));
    }

    @Test
    void anEventThatIsAValueKeepsNothing() {
        byte[] record =
                "{\"eventName\":\"REMOVE\",\"tableName\":\"orders\",\"dynamodb\":{\"Keys\":{}}}".getBytes(UTF_8);
        ChangeEvent event = ChangeEventDecoder.create().decode(record);

        assertThat(event.tableName()).isEqualTo("orders").isNotSameAs(event.tableName());
    }
}
