package io.github.dynamodbcdc.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.JsonWriteContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts the output of an ObjectMapper to the DynamoDB JSON of an item: the outermost object becomes the item, and
 * each value is written under its type descriptor. A {@link Set} becomes SS, NS or BS if possible; any other array
 * becomes L.
 *
 * <p>The messages of its exceptions contain no value and no name.
 */
@SuppressWarnings("deprecation") // the mapper's deprecated feature still takes effect
final class ItemGenerator extends GeneratorBase {
    /** The largest exponent that readers accept by default. */
    private static final int MAX_EXPONENT = 9999;

    /**
     * The limit that core's builder has too. This class repeats its two checks of texts, which are not public, and
     * ItemWritingTest compares the outcomes.
     */
    private static final int MAX_NAME_BYTES = 65_535;

    private final JsonGenerator json;
    private final ItemJson typed;
    /** The members of the current set, or null if there is none or it has become a list. They contain no containers. */
    private @Nullable SetMembers set;

    private final StreamWriteConstraints constraints;

    /** Whether a name was written, and its value was not. */
    private boolean lacksValue;

    /** Creates a generator with the mapper's setting of whether numbers are written without exponents. */
    ItemGenerator(JsonGenerator json, ObjectMapper mapper) {
        super(features(mapper), mapper, (IOContext) null); // the wrapped generator has the buffers
        this.json = json;
        typed = ItemJson.typed(json, false);
        constraints = mapper.getFactory().streamWriteConstraints();
    }

    /** Returns the feature that serializers query, also where they write a number as text. */
    private static int features(ObjectMapper mapper) {
        SerializationConfig config = mapper.getSerializationConfig();
        boolean plain = config.isEnabled(SerializationFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                || config.isEnabled(Feature.WRITE_BIGDECIMAL_AS_PLAIN, mapper.getFactory());
        return plain ? Feature.WRITE_BIGDECIMAL_AS_PLAIN.getMask() : 0;
    }

    @Override
    public StreamWriteConstraints streamWriteConstraints() {
        return constraints;
    }

    private UnfitValueException.Written refused(String message) {
        return refused(message, null);
    }

    private UnfitValueException.Written refused(String message, @Nullable Throwable cause) {
        return new UnfitValueException.Written(message, cause, this, ItemMappingException.pathTo(_writeContext, null));
    }

    /** Counts the value that is refused, so that the path ends in it. */
    private UnfitValueException.Written refusedValue(String message) {
        _writeContext.writeValue();
        return refused(message);
    }

    /** Refuses output that is not one complete object, because a serializer wrote nothing, too little or too much. */
    void requireItem() throws IOException {
        if (!_writeContext.inRoot() || _writeContext.getEntryCount() != 1) {
            throw refused("an item is one complete object");
        }
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
        requireDepth();
    }

    @Override
    public void writeStartObject(@Nullable Object forValue, int size) throws IOException {
        writeStartObject(forValue);
    }

    @Override
    public void writeEndObject() throws IOException {
        if (!_writeContext.inObject()) {
            throw refused("there is no object to end");
        }
        if (lacksValue) {
            throw refused("an attribute name has no value");
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
        requireDepth();
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

    private void requireDepth() throws IOException {
        try {
            constraints.validateNestingDepth(_writeContext.getNestingDepth());
        } catch (StreamConstraintsException e) {
            throw refused("more levels than the mapper's StreamWriteConstraints allow", e);
        }
    }

    private void startList() throws IOException {
        json.writeStartObject();
        json.writeFieldName("L");
        json.writeStartArray();
    }

    @Override
    public void writeEndArray() throws IOException {
        if (!_writeContext.inArray()) {
            throw refused("there is no array to end");
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
        if (_writeContext.writeFieldName(name) == JsonWriteContext.STATUS_EXPECT_VALUE) {
            throw refused("an attribute name where a value is expected");
        }
        requirePairs(name);
        // A char takes one to three bytes.
        if (name.length() > MAX_NAME_BYTES / 3 && name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
            throw refused("an attribute name has more bytes of UTF-8 than DynamoDB allows");
        }
        try {
            json.writeFieldName(name);
        } catch (StreamWriteException e) {
            throw refused("a repeated attribute name", e);
        }
        lacksValue = true;
    }

    /** Begins a value that no set can hold. */
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
            throw refused("an item is an object of attributes, found another value");
        }
    }

    @Override
    protected void _verifyValueWrite(String what) throws IOException {
        _writeContext.writeValue();
        lacksValue = false;
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
            requirePairs(text);
            scalar(AttributeType.S, text);
        }
    }

    /** Refuses half of a surrogate pair, which Jackson writes as an escape and no strict reader accepts. */
    private void requirePairs(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    throw refusedValue("a text has an unpaired surrogate, which UTF-8 cannot encode");
                }
                i++;
            }
        }
    }

    @Override
    public void writeString(char[] text, int offset, int length) throws IOException {
        writeString(new String(text, offset, length));
    }

    @Override
    public void writeString(Reader text, int length) throws IOException {
        StringBuilder all = new StringBuilder();
        int most = length < 0 ? Integer.MAX_VALUE : length;
        for (int c = most == 0 ? -1 : text.read(); c >= 0; c = all.length() == most ? -1 : text.read()) {
            all.append((char) c);
        }
        if (all.length() < length) {
            throw refusedValue("a text has fewer characters than were announced");
        }
        writeString(all.toString());
    }

    @Override
    public void writeUTF8String(byte[] text, int offset, int length) throws IOException {
        writeString(new String(text, offset, length, UTF_8));
    }

    @Override
    public void writeBinary(Base64Variant variant, byte[] data, int offset, int length) throws IOException {
        byte[] bytes = Arrays.copyOfRange(data, offset, offset + length);
        // Ignores the mapper's variant, because DynamoDB JSON has only one.
        scalar(AttributeType.B, Base64.getEncoder().encodeToString(bytes));
    }

    /** Called by databind for buffers that are direct or read-only. */
    @Override
    public int writeBinary(Base64Variant variant, InputStream data, int length) throws IOException {
        byte[] bytes = length < 0 ? data.readAllBytes() : data.readNBytes(length);
        if (bytes.length < length) {
            throw refusedValue("binary has fewer bytes than were announced");
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
            throw refusedValue("DynamoDB has no number for NaN and infinity");
        }
        scalar(AttributeType.N, Double.toString(number));
    }

    @Override
    public void writeNumber(float number) throws IOException {
        if (Float.isNaN(number) || Float.isInfinite(number)) {
            throw refusedValue("DynamoDB has no number for NaN and infinity");
        }
        scalar(AttributeType.N, Float.toString(number));
    }

    @Override
    public void writeNumber(@Nullable BigDecimal number) throws IOException {
        if (number == null) {
            writeNull();
        } else {
            boolean plain = isEnabled(Feature.WRITE_BIGDECIMAL_AS_PLAIN) && NumberToken.hasPlainText(number);
            scalar(AttributeType.N, plain ? number.toPlainString() : text(number));
        }
    }

    /** Returns a text whose exponent has four digits if possible, because readers accept no more by default. */
    private static String text(BigDecimal number) {
        long exponent = (long) number.precision() - 1 - number.scale();
        boolean shorter = Math.abs(exponent) > MAX_EXPONENT && Math.abs((long) number.scale()) <= MAX_EXPONENT;
        return shorter ? number.unscaledValue() + "E" + -number.scale() : number.toString();
    }

    @Override
    public void writeNumber(@Nullable String number) throws IOException {
        if (number == null) {
            writeNull();
            return;
        }
        try {
            writeNumber(new BigDecimal(number));
        } catch (NumberFormatException e) { // its message contains a character of the text
            throw refusedValue("the text of a number is not a number");
        }
    }

    // ------------------------------------------------------------------------------------- values of DynamoDB

    /** Writes an item with its types: at the root as the item itself, elsewhere as M. */
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

    /** Writes a value with its type. */
    void writeAttributeValue(AttributeValue value) throws IOException {
        beginAttributeValue();
        typed.value(value);
    }

    // ------------------------------------------------------------------------------------------------------- raw

    private IOException noRawJson() {
        return refusedValue("raw JSON has no type descriptors");
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

    /**
     * The members of a Java set, held until it is known whether they can be a DynamoDB set, which has strings, numbers
     * or binary, and is not empty. Of members that DynamoDB considers equal, it keeps the first.
     */
    private static final class SetMembers {
        private final Map<Object, String> texts = new LinkedHashMap<>();
        private @Nullable AttributeType type;

        /**
         * Adds a member and returns true, unless its type differs from that of earlier members or no set can hold it.
         */
        boolean add(AttributeType member, String text) {
            boolean fits = (type == null || type == member)
                    && (member == AttributeType.S || member == AttributeType.N || member == AttributeType.B);
            if (fits) {
                type = member;
                texts.putIfAbsent(member == AttributeType.N ? new BigDecimal(text).stripTrailingZeros() : text, text);
            }
            return fits;
        }

        /** Writes the members as a set, or as an empty list, because DynamoDB has no empty sets. */
        void writeAsSet(JsonGenerator json) throws IOException {
            json.writeFieldName(type == null ? "L" : type.name() + "S");
            json.writeStartArray();
            for (String text : texts.values()) {
                json.writeString(text);
            }
            json.writeEndArray();
        }

        /** Writes the members as the beginning of a list. */
        void writeAsListMembers(JsonGenerator json) throws IOException {
            for (String text : texts.values()) {
                json.writeStartObject();
                json.writeStringField(type == null ? "S" : type.name(), text);
                json.writeEndObject();
            }
        }
    }
}
