package io.github.dynamodbcdc.benchmarks;

/** The implementations that are compared. All give equal results for sound events. */
public enum Decoder {
    DYNAMODB_CDC {
        @Override
        PlainEvent decode(byte[] payload) {
            return DynamoDbCdc.decode(payload);
        }
    },

    JACKSON_TREE {
        @Override
        PlainEvent decode(byte[] payload) throws Exception {
            return JacksonTree.decode(payload);
        }
    };

    abstract PlainEvent decode(byte[] payload) throws Exception;
}
