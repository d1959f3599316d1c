package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.databind.module.SimpleModule;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;

/**
 * Lets an {@code ObjectMapper} write {@link Item}s and {@link AttributeValue}s as plain JSON, wherever they occur in
 * what is written:
 *
 * <pre>{@code
 * ObjectMapper mapper = JsonMapper.builder().addModule(new DynamoDbModule()).build();
 * byte[] json = mapper.writeValueAsBytes(event.newImage());
 * }</pre>
 *
 * <p>M becomes an object and L an array, in the delivered order. S becomes a string, BOOL true or false, NULL null. N
 * becomes a number with every digit it was delivered with. B becomes base64 text in the mapper's variant. SS, NS and BS
 * become arrays. Values of {@code AttributeType.UNKNOWN} are left out.
 */
public final class DynamoDbModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    /** A module without options. */
    public DynamoDbModule() {
        super(DynamoDbModule.class.getName());
        addSerializer(new ItemSerializer());
        addSerializer(new AttributeValueSerializer());
    }
}
