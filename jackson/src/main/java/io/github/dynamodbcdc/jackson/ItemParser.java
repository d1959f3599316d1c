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
 * An item as the tokens of the plain JSON that it stands for, straight from the cursor: M is an object, L and sets are
 * arrays, B is an embedded {@code byte[]}. A number is an integer token if its value is one (5.0 too), because that is
 * what decides whether Jackson lets it into an {@code int}; its digits are read when it is known as what.
 *
 * <p>The messages of its exceptions hold no value and no name.
 */
@SuppressWarnings("InlineMeSuggester") // what is deprecated here is so in Jackson
final class ItemParser extends ParserMinimalBase {
    /** The item that is read, or null if one value is. */
    private final @Nullable Item item;

    private final AttributeReader reader;
    private @Nullable ObjectCodec codec;
    private final NumberToken number;
    private JsonReadContext context = JsonReadContext.createRootContext(null);
    private boolean started;
    private boolean closed;
    /** Whether the current token is a name, whose value comes next. */
    private boolean valueFollows;
    /** Whether the current token opens a container that the reader has not entered: to skip it, it need not. */
    private boolean entering;
    /** Of the current token, made when asked for. */
    private @Nullable String text;

    ItemParser(Item item, @Nullable ObjectCodec codec) {
        this(item, item.reader(), codec);
    }

    /** A parser of one value, which need not be an object. */
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
        context.expectComma(); // counts: a deserializer may ask the context for its index, or for a JSON pointer
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
                return JsonToken.VALUE_NULL; // UNKNOWN was passed over
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

    /** The current value as a view of the record; null for the item itself, which is no attribute value. */
    @Nullable
    AttributeValue attributeValue() {
        return isAtItem() ? null : reader.value();
    }

    /** The item itself, or the current M; null if it is neither. */
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
            throw _constructReadException("asked for a number, found " + _currToken);
        }
        return number;
    }

    /** Refused outside -128 to 127, while Jackson's own parsers take up to 255 and make it negative. */
    @Override
    public byte getByteValue() throws IOException {
        return number().byteValue();
    }

    @Override
    public short getShortValue() throws IOException {
        return number().shortValue();
    }

    /** Without its fraction: databind asks in this way where it has been configured to cut. */
    @Override
    public int getValueAsInt() throws IOException {
        return getValueAsInt(0);
    }

    @Override
    public int getValueAsInt(int defaultValue) throws IOException {
        return _currToken == JsonToken.VALUE_NUMBER_FLOAT ? number.truncatedInt() : super.getValueAsInt(defaultValue);
    }

    /** Without its fraction: databind asks in this way where it has been configured to cut. */
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

    /** The bytes of B; of S, those that its text spells in base64. */
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
        } catch (IllegalArgumentException e) { // whose message has a character of the text
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

    // ----------------------------------------------------------------------------------------------------- place

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
            throw new IllegalStateException(e); // only a context that looks for duplicates throws
        }
    }

    /** Unknown: the tokens do not correspond to places in the record. */
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
        throw new IllegalStateException("an item has no early end");
    }
}
