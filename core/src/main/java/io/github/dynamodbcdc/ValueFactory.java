package io.github.dynamodbcdc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Creates the attribute values of another model: one method for each of DynamoDB's types.
 * {@link Item#toMap(ValueFactory)} and {@link AttributeValue#to(ValueFactory)} call it with each value of a record, the
 * members of a list or map before the list or map itself.
 *
 * <p>This one creates the values of the AWS SDK for Java 2.x:
 *
 * <pre>{@code
 * ValueFactory<AttributeValue> sdk = new ValueFactory<>() {
 *     public AttributeValue string(String text) { return AttributeValue.fromS(text); }
 *     public AttributeValue number(String text) { return AttributeValue.fromN(text); }
 *     public AttributeValue binary(byte[] bytes) { return AttributeValue.fromB(SdkBytes.fromByteArray(bytes)); }
 *     public AttributeValue bool(boolean value) { return AttributeValue.fromBool(value); }
 *     public AttributeValue nul() { return AttributeValue.fromNul(true); }
 *     public AttributeValue stringSet(List<String> members) { return AttributeValue.fromSs(members); }
 *     public AttributeValue numberSet(List<String> members) { return AttributeValue.fromNs(members); }
 *     public AttributeValue binarySet(List<byte[]> members) {
 *         return AttributeValue.fromBs(members.stream().map(SdkBytes::fromByteArray).collect(toList()));
 *     }
 *     public AttributeValue list(List<AttributeValue> values) { return AttributeValue.fromL(values); }
 *     public AttributeValue map(Map<String, AttributeValue> attributes) { return AttributeValue.fromM(attributes); }
 * };
 * Map<String, AttributeValue> item = event.keys().toMap(sdk);
 * }</pre>
 *
 * <p>A factory owns its arguments: arrays, lists and maps are new for each call, may be changed and kept, and never
 * refer to the record. Values of type {@link AttributeType#UNKNOWN} are left out of lists and maps. An exception that a
 * factory throws passes through to the caller. A factory that keeps no state is thread-safe.
 *
 * @param <T> the type of a value in the other model
 */
public interface ValueFactory<T extends @Nullable Object> {
    /**
     * {@return the value for an S}
     *
     * @param text the string; may be empty
     */
    T string(String text);

    /**
     * {@return the value for an N}
     *
     * @param text the number as delivered ({@link AttributeValue#numberText()})
     */
    T number(String text);

    /**
     * {@return the value for a B}
     *
     * @param bytes the decoded bytes; may be empty
     */
    T binary(byte[] bytes);

    /**
     * {@return the value for a BOOL}
     *
     * @param value the value of the BOOL
     */
    T bool(boolean value);

    /** {@return the value for NULL} */
    T nul();

    /**
     * {@return the value for an SS}
     *
     * @param members in delivered order; may be empty
     */
    T stringSet(List<String> members);

    /**
     * {@return the value for an NS}
     *
     * @param members the numbers as delivered, in that order; may be empty
     */
    T numberSet(List<String> members);

    /**
     * {@return the value for a BS}
     *
     * @param members the decoded bytes of each, in delivered order; may be empty
     */
    T binarySet(List<byte[]> members);

    /**
     * {@return the value for an L}
     *
     * @param values the members, in order; may be empty
     */
    T list(List<T> values);

    /**
     * {@return the value for an M}
     *
     * @param attributes in the order of the record; may be empty
     */
    T map(Map<String, T> attributes);
}
