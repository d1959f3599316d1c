/** Converts DynamoDB items to JSON and to Java objects with Jackson. */
module io.github.dynamodbcdc.jackson {
    requires transitive io.github.dynamodbcdc;
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jsr310;

    exports io.github.dynamodbcdc.jackson;
}
