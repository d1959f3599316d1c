/**
 * Jackson support for DynamoDB items. {@link io.github.dynamodbcdc.jackson.ItemMapper} binds items to your own classes.
 * {@link io.github.dynamodbcdc.jackson.DynamoDbModule} enables a mapper to write and read events, items and values.
 *
 * <p>Nothing is null unless it is marked {@link org.jspecify.annotations.Nullable}.
 */
@NullMarked
package io.github.dynamodbcdc.jackson;

import org.jspecify.annotations.NullMarked;
