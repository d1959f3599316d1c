/**
 * Decodes DynamoDB change events to rows of Apache Pinot: {@link io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder}.
 *
 * <p>Nothing is null unless it is marked {@link org.jspecify.annotations.Nullable}.
 */
@NullMarked
package io.github.dynamodbcdc.pinot;

import org.jspecify.annotations.NullMarked;
