package io.github.dynamodbcdc.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes what an ObjectMapper writes and writes it as the DynamoDB JSON of an item: each value under its type
 * descriptor, the outermost object as the item itself. A {@link Set} becomes SS, NS or BS if it can, any other array L.
 *
 * <p>The messages of its exceptions hold no value and no name.
 */
@SuppressWarnings("deprecation") // a mapper's deprecated feature still decides
final class ItemGenerator extends GeneratorBase {
    private final JsonGenerator json;
    private final TypedJson typed;
    /** The set that is being written, as long as it may become one; it has no containers in it. */
    private @Nullable SetMembers set;

    /** The writer of a mapper, which decides whether numbers are written without exponents. */
    ItemGenerator(JsonGenerator json, ObjectMapper mapper) {
        super(features(mapper), mapper, (IOContext) null); // the other generator has the buffers
        this.json = json;
        typed = new TypedJson(json, false);
    }

    /** Serializers ask the generator for this feature, also where a number becomes text. */
    private static int features(ObjectMapper mapper) {
        SerializationConfig config = mapper.getSerializationConfig();
        boolean plain = config.isEnabled(SerializationFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                || config.isEnabled(Feature.WRITE_BIGDECIMAL_AS_PLAIN, mapper.getFactory());
        return plain ? Feature.WRITE_BIGDECIMAL_AS_PLAIN.getMask() : 0;
    }

    // ------------------------------------------------------------------------------------------------ containers

    @Override
    public void writeStartObject() throws IOException {
        writeStartObject(null);
    }

    @Override
    public void writeStartObject(@Nullable Object forValue) throws IOException {
        boolean root = _writeContext.inRoot();
        beginValue();
        if (!root) {
            json.writeStartObject();
            json.writeFieldName("M");
        }
        json.writeStartObject();
        _writeContext = _writeContext.createChildObjectContext(forValue);
    }

    @Override
    public void writeStartObject(@Nullable Object forValue, int size) throws IOException {
        writeStartObject(forValue);
    }

    @Override
    public void writeEndObject() throws IOException {
        if (!_writeContext.inObject()) {
            throw _constructWriteException("there is no object to end");
        }
        _writeContext = _writeContext.clearAndGetParent();
        json.writeEndObject();
        if (!_writeContext.inRoot()) {
            json.writeEndObject();
        }
    }

    @Override
    public void writeStartArray() throws IOException {
        writeStartArray(null);
    }

    @Override
    public void writeStartArray(@Nullable Object forValue) throws IOException {
        beginAttributeValue();
        _writeContext = _writeContext.createChildArrayContext(forValue);
        if (forValue instanceof Set) {
            set = new SetMembers();
        } else {
            startList();
        }
    }

    @Override
    public void writeStartArray(@Nullable Object forValue, int size) throws IOException {
        writeStartArray(forValue);
    }

    private void startList() throws IOException {
        json.writeStartObject();
        json.writeFieldName("L");
        json.writeStartArray();
    }

    @Override
    public void writeEndArray() throws IOException {
        if (!_writeContext.inArray()) {
            throw _constructWriteException("there is no array to end");
        }
        _writeContext = _writeContext.clearAndGetParent();
        if (set != null) {
            json.writeStartObject();
            set.writeAsSet(json);
            set = null;
        } else {
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    @Override
    public void writeFieldName(String name) throws IOException {
        _writeContext.writeFieldName(name);
        json.writeFieldName(name);
    }

    /** Before a value that no set can have. */
    private void beginValue() throws IOException {
        _verifyValueWrite("write a value");
        if (set != null) {
            startList();
            set.writeAsListMembers(json);
            set = null;
        }
    }

    private void beginAttributeValue() throws IOException {
        requireAttribute();
        beginValue();
    }

    private void requireAttribute() throws IOException {
        if (_writeContext.inRoot()) {
            throw _constructWriteException("an item is an object of attributes, this is another value");
        }
    }

    @Override
    protected void _verifyValueWrite(String what) throws IOException {
        _writeContext.writeValue();
    }

    // --------------------------------------------------------------------------------------------------- scalars

    private void scalar(AttributeType type, String text) throws IOException {
        requireAttribute();
        if (set != null && set.add(type, text)) {
            _verifyValueWrite("write a value");
            return;
        }
        beginValue();
        json.writeStartObject();
        json.writeStringField(type.name(), text);
        json.writeEndObject();
    }

    @Override
    public void writeString(@Nullable String text) throws IOException {
        if (text == null) {
            writeNull();
        } else {
            scalar(AttributeType.S, text);
        }
    }

    @Override
    public void writeString(char[] text, int offset, int length) throws IOException {
        writeString(new String(text, offset, length));
    }

    @Override
    public void writeUTF8String(byte[] text, int offset, int length) throws IOException {
        writeString(new String(text, offset, length, UTF_8));
    }

    @Override
    public void writeBinary(Base64Variant variant, byte[] data, int offset, int length) throws IOException {
        byte[] bytes = Arrays.copyOfRange(data, offset, offset + length);
        // Whatever the mapper's variant: DynamoDB's JSON has one.
        scalar(AttributeType.B, Base64.getEncoder().encodeToString(bytes));
    }

    /** What databind does with buffers that are direct or read-only. */
    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) throws IOException {
        byte[] bytes = length < 0 ? data.readAllBytes() : data.readNBytes(length);
        if (bytes.length < length) {
            throw _constructWriteException("binary has fewer bytes than were announced");
        }
        writeBinary(variant, bytes, 0, bytes.length);
        return bytes.length;
    }

    @Override
    public void writeBoolean(boolean value) throws IOException {
        beginAttributeValue();
        json.writeStartObject();
        json.writeBooleanField("BOOL", value);
        json.writeEndObject();
    }

    @Override
    public void writeNull() throws IOException {
        beginAttributeValue();
        json.writeStartObject();
        json.writeBooleanField("NULL", true);
        json.writeEndObject();
    }

    @Override
    public void writeNumber(int number) throws IOException {
        scalar(AttributeType.N, Integer.toString(number));
    }

    @Override
    public void writeNumber(long number) throws IOException {
        scalar(AttributeType.N, Long.toString(number));
    }

    @Override
    public void writeNumber(@Nullable BigInteger number) throws IOException {
        writeNumber(number == null ? null : new BigDecimal(number));
    }

    @Override
    public void writeNumber(double number) throws IOException {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw _constructWriteException("DynamoDB has no number for NaN and infinity");
        }
        scalar(AttributeType.N, Double.toString(number));
    }

    @Override
    public void writeNumber(float number) throws IOException {
        if (Float.isNaN(number) || Float.isInfinite(number)) {
            throw _constructWriteException("DynamoDB has no number for NaN and infinity");
        }
        scalar(AttributeType.N, Float.toString(number));
    }

    @Override
    public void writeNumber(@Nullable BigDecimal number) throws IOException {
        if (number == null) {
            writeNull();
        } else {
            boolean plain = isEnabled(Feature.WRITE_BIGDECIMAL_AS_PLAIN) && PlainJson.hasPlainText(number);
            scalar(AttributeType.N, plain ? number.toPlainString() : number.toString());
        }
    }

    @Override
    public void writeNumber(@Nullable String number) throws IOException {
        if (number == null) {
            writeNull();
            return;
        }
        try {
            writeNumber(new BigDecimal(number));
        } catch (NumberFormatException e) { // whose message has a character of the text
            throw _constructWriteException("a number was to be written whose text is none");
        }
    }

    // ---------------------------------------------------------------------------- what is of DynamoDB already

    /** Keeps the types of an item: as the item itself, or as M. */
    void writeItem(Item item) throws IOException {
        boolean root = _writeContext.inRoot();
        beginValue();
        if (root) {
            typed.item(item);
        } else {
            json.writeStartObject();
            json.writeFieldName("M");
            typed.item(item);
            json.writeEndObject();
        }
    }

    /** Keeps the type of a value. */
    void writeAttributeValue(AttributeValue value) throws IOException {
        beginAttributeValue();
        typed.value(value);
    }

    // ------------------------------------------------------------------------------------------------------- raw

    private IOException noRawJson() {
        return _constructWriteException("raw JSON has no type descriptors");
    }

    @Override
    public void writeRawUTF8String(byte[] text, int offset, int length) throws IOException {
        throw noRawJson();
    }

    @Override
    public void writeRaw(String text) throws IOException {
        throw noRawJson();
    }

    @Override
    public void writeRaw(String text, int offset, int length) throws IOException {
        throw noRawJson();
    }

    @Override
    public void writeRaw(char[] text, int offset, int length) throws IOException {
        throw noRawJson();
    }

    @Override
    public void writeRaw(char c) throws IOException {
        throw noRawJson();
    }

    @Override
    public void flush() throws IOException {
        json.flush();
    }

    @Override
    public void close() throws IOException {
        super.close();
        json.close();
    }

    @Override
    protected void _releaseBuffers() {}
}
