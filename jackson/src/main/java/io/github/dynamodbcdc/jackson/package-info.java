/**
 * DynamoDB items to JSON with Jackson: {@link io.github.dynamodbcdc.jackson.DynamoDbModule}.
 *
 * <p>Nothing is null unless it is marked {@link org.jspecify.annotations.Nullable}.
 */
@NullMarked
package io.github.dynamodbcdc.jackson;

import org.jspecify.annotations.NullMarked;
