package io.github.dynamodbcdc.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Events of the kinds that tables send. */
final class Payloads {
    private Payloads() {}

    /** A MODIFY of an item of 22 attributes with both images in the same order, as Kinesis delivers it. */
    static byte[] modify() {
        String newImage = order("DISPATCHED", 1751442031877L, 7, "{\"S\":\"RB104477203DE\"}");
        String oldImage = order("PACKED", 1751439900112L, 6, "{\"NULL\":true}");
        return """
                {"awsRegion":"eu-central-1","eventID":"0c5a7f6e-41d2-4b8e-9a37-5f0be2c1d934","eventName":"MODIFY",\
                "userIdentity":null,"recordFormat":"application/json","tableName":"orders",\
                "dynamodb":{"ApproximateCreationDateTime":1751442031901466,\
                "Keys":{"order_id":{"S":"o-2025-07-0048213"},"customer_id":{"S":"c-77120394"}},\
                "NewImage":%s,"OldImage":%s,"SizeBytes":1312,\
                "ApproximateCreationDateTimePrecision":"MICROSECOND"},"eventSource":"aws:dynamodb"}""".formatted(newImage, oldImage).getBytes(UTF_8);
    }

    private static String order(String status, long updatedAt, int version, String tracking) {
        return """
                {"order_id":{"S":"o-2025-07-0048213"},"customer_id":{"S":"c-77120394"},"status":{"S":"%s"},\
                "channel":{"S":"web"},"currency":{"S":"EUR"},"total":{"N":"184.95"},"tax":{"N":"29.53"},\
                "shipping_fee":{"N":"4.9"},"item_count":{"N":"3"},"created_at":{"N":"1751412000431"},\
                "updated_at":{"N":"%d"},"version":{"N":"%d"},"gift":{"BOOL":false},"express":{"BOOL":true},\
                "coupon":{"NULL":true},"tracking":%s,"carrier":{"S":"standard-parcel"},"warehouse":{"S":"leipzig-2"},\
                "labels":{"SS":["fragile","returning-customer"]},"discounts":{"NS":["5","2.5"]},\
                "address":{"M":{"street":{"S":"Lindenallee 14"},"city":{"S":"Weimar"},"postcode":{"S":"99423"}}},\
                "lines":{"L":[{"M":{"sku":{"S":"LMP-0930"},"quantity":{"N":"1"},"price":{"N":"129.95"}}},\
                {"M":{"sku":{"S":"BLB-E27-4"},"quantity":{"N":"2"},"price":{"N":"27.5"}}}]}}""".formatted(status, updatedAt, version, tracking);
    }
}
