/**
 * Decodes DynamoDB change events.
 *
 * <p>{@link io.github.dynamodbcdc.ChangeEventDecoder} turns the bytes of one record into a {@link
 * io.github.dynamodbcdc.ChangeEvent}: keys, images and envelope, as views over those bytes. {@link
 * io.github.dynamodbcdc.AttributeValue} converts a value when it is asked for, exactly or not at all, and {@link
 * io.github.dynamodbcdc.Item#toMap()} gives plain Java values.
 *
 * <p>There are two ways to fail: a {@link io.github.dynamodbcdc.DecodeException} says that the record is not sound, an
 * {@link io.github.dynamodbcdc.AttributeValueException} that the record is sound and the question was not. The message
 * of neither carries a payload value or an attribute name.
 *
 * <p>Nothing is null unless it is marked {@link org.jspecify.annotations.Nullable}.
 */
@NullMarked
package io.github.dynamodbcdc;

import org.jspecify.annotations.NullMarked;
