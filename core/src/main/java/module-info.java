/** Decodes DynamoDB change events: bytes in, typed change events out, nothing copied until a value is asked for. */
module io.github.dynamodbcdc {
    // Static: the annotations are read by compilers and null checkers, never at run time.
    requires static transitive org.jspecify;

    exports io.github.dynamodbcdc;
}
