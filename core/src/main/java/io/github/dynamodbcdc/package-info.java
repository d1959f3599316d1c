/**
 * Decodes DynamoDB change events: bytes go in, a typed change event comes out, and nothing is copied until someone asks
 * for a value.
 *
 * <pre>
 *            ENTRY   ChangeEventDecoder · DecodeSession · ChangeEventReader
 *              │
 *   ┌──────────┼──────────────────────┐
 *   ▼          ▼                      ▼
 * FRAME ───▶ INDEX ◀──────────────── VIEW
 * where      one forward pass over   ChangeEvent, Item, AttributeValue, AttributeReader:
 * records    a record, to two words  read the index and the input's bytes when asked
 * begin      for each value              │
 *   │          │        ┌────────────────┘
 *   ▼          ▼        ▼
 * BYTES ◀── NUMBER                   VOCABULARY
 * strict JSON, UTF-8, base64         the words of AWS, the limits, the two exceptions
 * </pre>
 *
 * <p>{@link io.github.dynamodbcdc.ChangeEventDecoder} turns the bytes of one record into a
 * {@link io.github.dynamodbcdc.ChangeEvent}: keys, images and members, as views over those bytes.
 * {@link io.github.dynamodbcdc.AttributeValue} converts a value when it is asked for: exactly or not at all, and to the
 * nearest double. {@link io.github.dynamodbcdc.Item#toMap()} returns plain Java values.
 *
 * <p>There are two ways to fail. A {@link io.github.dynamodbcdc.DecodeException} means that the record is not sound. An
 * {@link io.github.dynamodbcdc.AttributeValueException} means that the record is sound and the question does not fit
 * it. Neither message contains a payload value or an attribute name.
 *
 * <p>The package uses no reflection, service or resource, and starts no thread. (It looks up one method of
 * {@link java.nio.ByteBuffer} that Java 11 lacks, and works without it.)
 *
 * <p>Nothing is null unless it is marked {@link org.jspecify.annotations.Nullable}. The file {@code core/README.md}
 * describes the rooms in the picture and every class in them.
 */
@NullMarked
package io.github.dynamodbcdc;

import org.jspecify.annotations.NullMarked;
