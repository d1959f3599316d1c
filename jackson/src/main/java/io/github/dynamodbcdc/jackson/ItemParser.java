package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.core.base.ParserMinimalBase;
import com.fasterxml.jackson.core.json.JsonReadContext;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.AttributeType;
import io.github.dynamodbcdc.AttributeValue;
import io.github.dynamodbcdc.Item;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Parses an item as the tokens of plain JSON, directly from its reader. M is an object, L and sets are arrays, and B is
 * an embedded {@code byte[]}. A number is an integer token if its value is an integer, such as 5.0, because Jackson
 * accepts only that token for an {@code int}. A short integer is read without creating an object.
 *
 * <p>The messages of its exceptions contain no value and no name.
 */
@SuppressWarnings("InlineMeSuggester") // the deprecated methods here override deprecated ones of Jackson
final class ItemParser extends ParserMinimalBase {
    /** The item that is parsed, or null if a single value is. */
    private final @Nullable Item item;

    private final AttributeReader reader;
    private @Nullable ObjectCodec codec;
    private final NumberToken number;
    private JsonReadContext context = JsonReadContext.createRootContext(null);
    private boolean started;
    private boolean closed;
    /** Whether the current token is a name, whose value comes next. */
    private boolean valueFollows;
    /** Whether the reader has yet to enter the container that the current token opens. Skipping does not enter it. */
    private boolean entering;
    /** The text of the current token, created on demand. */
    private @Nullable String text;

    ItemParser(Item item, @Nullable ObjectCodec codec) {
        this(item, item.reader(), codec);
    }

    /** Creates a parser of one value, which need not be an object. */
    ItemParser(AttributeValue value, @Nullable ObjectCodec codec) {
        this(null, value.reader(), codec);
    }

    private ItemParser(@Nullable Item item, AttributeReader reader, @Nullable ObjectCodec codec) {
        super(StreamReadConstraints.defaults());
        this.item = item;
        this.reader = reader;
        this.codec = codec;
        number = new NumberToken(this, reader);
    }

    // ---------------------------------------------------------------------------------------------------- tokens

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        text = null;
        if (closed) {
            _currToken = null;
        } else if (!started) {
            started = true;
            _currToken = start();
        } else if (valueFollows) {
            valueFollows = false;
            _currToken = value();
        } else if (context.inRoot()) {
            close();
            _currToken = null;
        } else {
            _currToken = nextMember();
        }
        return _currToken;
    }

    private JsonToken start() {
        context.expectComma();
        if (item == null) {
            reader.next();
            return value();
        }
        context = context.createChildObjectContext(-1, -1);
        return JsonToken.START_OBJECT;
    }

    private JsonToken nextMember() throws IOException {
        if (entering) {
            entering = false;
            reader.enter();
        }
        do {
            if (!reader.next()) {
                return end();
            }
        } while (reader.type() == AttributeType.UNKNOWN);
        context.expectComma(); // increments the index, which a deserializer can query, also in a JSON pointer
        if (!context.inObject()) {
            return value();
        }
        context.setCurrentName(reader.name());
        valueFollows = true;
        return JsonToken.FIELD_NAME;
    }

    private JsonToken end() {
        JsonToken end = context.inObject() ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
        context = context.clearAndGetParent();
        if (!context.inRoot() || item == null) {
            reader.leave();
        }
        return end;
    }

    private JsonToken value() {
        switch (reader.type()) {
            case S:
                return JsonToken.VALUE_STRING;
            case N:
                return number.read();
            case B:
                return JsonToken.VALUE_EMBEDDED_OBJECT;
            case BOOL:
                return reader.booleanValue() ? JsonToken.VALUE_TRUE : JsonToken.VALUE_FALSE;
            case M:
                context = context.createChildObjectContext(-1, -1);
                entering = true;
                return JsonToken.START_OBJECT;
            case L:
            case SS:
            case NS:
            case BS:
                context = context.createChildArrayContext(-1, -1);
                entering = true;
                return JsonToken.START_ARRAY;
            default:
                return JsonToken.VALUE_NULL; // nextMember() skips UNKNOWN
        }
    }

    @Override
    public ItemParser skipChildren() {
        if (_currToken == JsonToken.START_OBJECT || _currToken == JsonToken.START_ARRAY) {
            boolean object = _currToken == JsonToken.START_OBJECT;
            entering = false;
            context = context.clearAndGetParent();
            _currToken = object ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
        }
        return this;
    }

    /** Returns the current value as a view of the record; null for the item itself, which is not an attribute value. */
    @Nullable
    AttributeValue attributeValue() {
        return isAtItem() ? null : reader.value();
    }

    /** Returns the item itself or the current M; null if the current value is neither. */
    @Nullable
    Item item() {
        if (isAtItem()) {
            return item;
        }
        return reader.type() == AttributeType.M ? reader.value().asItem() : null;
    }

    private boolean isAtItem() {
        return item != null && _currToken == JsonToken.START_OBJECT && !entering;
    }

    // ------------------------------------------------------------------------------------------------------ text

    @Override
    public @Nullable String getText() {
        if (_currToken == null) {
            return null;
        }
        switch (_currToken) {
            case FIELD_NAME:
                return context.getCurrentName();
            case VALUE_STRING:
            case VALUE_NUMBER_INT:
            case VALUE_NUMBER_FLOAT:
                if (text == null) {
                    text = _currToken == JsonToken.VALUE_STRING ? reader.stringValue() : number.text();
                }
                return text;
            default:
                return _currToken.asString();
        }
    }

    @Override
    public char @Nullable [] getTextCharacters() {
        String current = getText();
        return current == null ? null : current.toCharArray();
    }

    @Override
    public boolean hasTextCharacters() {
        return false;
    }

    @Override
    public int getTextLength() {
        String current = getText();
        return current == null ? 0 : current.length();
    }

    @Override
    public int getTextOffset() {
        return 0;
    }

    // --------------------------------------------------------------------------------------------------- numbers

    private NumberToken number() throws IOException {
        if (_currToken != JsonToken.VALUE_NUMBER_INT && _currToken != JsonToken.VALUE_NUMBER_FLOAT) {
            throw new UnfitValueException(this, Number.class, "asked for a number, found " + _currToken);
        }
        return number;
    }

    /** Refuses numbers outside -128 to 127. Jackson's own parsers accept up to 255 and make it negative. */
    @Override
    public byte getByteValue() throws IOException {
        return number().byteValue();
    }

    @Override
    public short getShortValue() throws IOException {
        return number().shortValue();
    }

    /** Truncates a fraction: databind calls this method only if it is configured to truncate. */
    @Override
    public int getValueAsInt() throws IOException {
        return getValueAsInt(0);
    }

    @Override
    public int getValueAsInt(int defaultValue) throws IOException {
        return _currToken == JsonToken.VALUE_NUMBER_FLOAT ? number.truncatedInt() : super.getValueAsInt(defaultValue);
    }

    /** Truncates a fraction: databind calls this method only if it is configured to truncate. */
    @Override
    public long getValueAsLong() throws IOException {
        return getValueAsLong(0);
    }

    @Override
    public long getValueAsLong(long defaultValue) throws IOException {
        return _currToken == JsonToken.VALUE_NUMBER_FLOAT ? number.truncatedLong() : super.getValueAsLong(defaultValue);
    }

    @Override
    public int getIntValue() throws IOException {
        return number().intValue();
    }

    @Override
    public long getLongValue() throws IOException {
        return number().longValue();
    }

    @Override
    public BigInteger getBigIntegerValue() throws IOException {
        return number().bigIntegerValue();
    }

    @Override
    public BigDecimal getDecimalValue() throws IOException {
        return number().decimalValue();
    }

    @Override
    public double getDoubleValue() throws IOException {
        return number().doubleValue();
    }

    @Override
    public float getFloatValue() throws IOException {
        return number().floatValue();
    }

    @Override
    public NumberType getNumberType() throws IOException {
        return number().type();
    }

    @Override
    public NumberTypeFP getNumberTypeFP() {
        return _currToken == JsonToken.VALUE_NUMBER_FLOAT ? NumberTypeFP.BIG_DECIMAL : NumberTypeFP.UNKNOWN;
    }

    @Override
    public Number getNumberValue() throws IOException {
        return number().value();
    }

    // ---------------------------------------------------------------------------------------------------- binary

    @Override
    public @Nullable Object getEmbeddedObject() {
        return _currToken == JsonToken.VALUE_EMBEDDED_OBJECT ? reader.bytesValue() : null;
    }

    /** Returns the bytes of B, or those of an S that contains base64. */
    @Override
    public byte[] getBinaryValue(Base64Variant variant) throws IOException {
        if (_currToken == JsonToken.VALUE_EMBEDDED_OBJECT) {
            return reader.bytesValue();
        }
        if (_currToken != JsonToken.VALUE_STRING) {
            throw _constructReadException("asked for binary, found " + _currToken);
        }
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try {
            variant.decode(reader.stringValue(), bytes);
        } catch (IllegalArgumentException e) { // its message contains a character of the text
            throw _constructReadException("asked for binary, found a string that is not base64");
        }
        return bytes.toByteArray();
    }

    @Override
    public int readBinaryValue(Base64Variant variant, OutputStream out) throws IOException {
        byte[] bytes = getBinaryValue(variant);
        out.write(bytes);
        return bytes.length;
    }

    // -------------------------------------------------------------------------------------------------- location

    @Override
    public JsonStreamContext getParsingContext() {
        return context;
    }

    @Override
    public @Nullable String currentName() {
        boolean opened = _currToken == JsonToken.START_OBJECT || _currToken == JsonToken.START_ARRAY;
        return opened ? context.getParent().getCurrentName() : context.getCurrentName();
    }

    @Deprecated
    @Override
    public @Nullable String getCurrentName() {
        return currentName();
    }

    @Override
    public void overrideCurrentName(String name) {
        boolean opened = _currToken == JsonToken.START_OBJECT || _currToken == JsonToken.START_ARRAY;
        try {
            (opened ? context.getParent() : context).setCurrentName(name);
        } catch (IOException e) {
            throw new IllegalStateException(e); // only a context that detects duplicates throws
        }
    }

    /** Returns an unknown location, because tokens do not correspond to positions in the record. */
    @Override
    public JsonLocation currentLocation() {
        return JsonLocation.NA;
    }

    @Override
    public JsonLocation currentTokenLocation() {
        return JsonLocation.NA;
    }

    @Deprecated
    @Override
    public JsonLocation getCurrentLocation() {
        return JsonLocation.NA;
    }

    @Deprecated
    @Override
    public JsonLocation getTokenLocation() {
        return JsonLocation.NA;
    }

    @Override
    public @Nullable ObjectCodec getCodec() {
        return codec;
    }

    @Override
    public void setCodec(@Nullable ObjectCodec codec) {
        this.codec = codec;
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void close() {
        closed = true;
        _currToken = null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    protected void _handleEOF() {
        throw new IllegalStateException("an item cannot end early");
    }
}
