package example;

import static java.util.stream.Collectors.toList;

import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import io.github.dynamodbcdc.ValueFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** The guide's recipe for the values of AWS SDK 1. */
public final class SdkV1Values implements ValueFactory<AttributeValue> {
    @Override
    public AttributeValue string(String text) {
        return new AttributeValue().withS(text);
    }

    @Override
    public AttributeValue number(String text) {
        return new AttributeValue().withN(text);
    }

    @Override
    public AttributeValue binary(byte[] bytes) {
        return new AttributeValue().withB(ByteBuffer.wrap(bytes));
    }

    @Override
    public AttributeValue bool(boolean value) {
        return new AttributeValue().withBOOL(value);
    }

    @Override
    public AttributeValue nul() {
        return new AttributeValue().withNULL(true);
    }

    @Override
    public AttributeValue stringSet(List<String> members) {
        return new AttributeValue().withSS(members);
    }

    @Override
    public AttributeValue numberSet(List<String> members) {
        return new AttributeValue().withNS(members);
    }

    @Override
    public AttributeValue binarySet(List<byte[]> members) {
        return new AttributeValue()
                .withBS(members.stream().map(ByteBuffer::wrap).collect(toList()));
    }

    @Override
    public AttributeValue list(List<AttributeValue> values) {
        return new AttributeValue().withL(values);
    }

    @Override
    public AttributeValue map(Map<String, AttributeValue> attributes) {
        return new AttributeValue().withM(attributes);
    }
}
