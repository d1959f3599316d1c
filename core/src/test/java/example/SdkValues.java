package example;

import static java.util.stream.Collectors.toList;

import io.github.dynamodbcdc.ValueFactory;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The guide's recipe for the values of AWS SDK 2. */
// objects.md: values of AWS SDK 2
public final class SdkValues implements ValueFactory<AttributeValue> {
    @Override
    public AttributeValue string(String text) {
        return AttributeValue.fromS(text);
    }

    @Override
    public AttributeValue number(String text) {
        return AttributeValue.fromN(text);
    }

    @Override
    public AttributeValue binary(byte[] bytes) {
        return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)); // the array is this factory's: no copy
    }

    @Override
    public AttributeValue bool(boolean value) {
        return AttributeValue.fromBool(value);
    }

    @Override
    public AttributeValue nul() {
        return AttributeValue.fromNul(true);
    }

    @Override
    public AttributeValue stringSet(List<String> members) {
        return AttributeValue.fromSs(members);
    }

    @Override
    public AttributeValue numberSet(List<String> members) {
        return AttributeValue.fromNs(members);
    }

    @Override
    public AttributeValue binarySet(List<byte[]> members) {
        return AttributeValue.fromBs(
                members.stream().map(SdkBytes::fromByteArrayUnsafe).collect(toList()));
    }

    @Override
    public AttributeValue list(List<AttributeValue> values) {
        return AttributeValue.fromL(values);
    }

    @Override
    public AttributeValue map(Map<String, AttributeValue> attributes) {
        return AttributeValue.fromM(attributes);
    }
}
// objects.md: end
