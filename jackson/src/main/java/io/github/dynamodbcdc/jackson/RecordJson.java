package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Decodes the current value of a parser. Copies its tokens to an array with every digit, because the decoder reads
 * bytes. The decoded event has that array to itself and remains valid.
 */
final class RecordJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_PATH = 63;

    private final ChangeEventDecoder decoder;

    RecordJson(ChangeEventDecoder decoder) {
        this.decoder = decoder;
    }

    /** Decodes the parser's current object as a record. */
    ChangeEvent event(JsonParser parser) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(record)) {
            copy(parser, json);
        }
        return decode(parser, record, "", "");
    }

    /** Decodes the parser's current object as an item in DynamoDB JSON. */
    Item item(JsonParser parser) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            beginKeys(json);
            copy(parser, json);
            json.writeEndObject();
        }
        return decode(parser, line, "Keys", "Item").keys();
    }

    /** Returns an item in which the name has the parser's current object, an attribute value in DynamoDB JSON. */
    Item itemOf(String name, JsonParser parser) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            beginKeys(json);
            json.writeStartObject();
            json.writeFieldName(name);
            copy(parser, json);
            json.writeEndObject();
            json.writeEndObject();
        }
        return decode(parser, line, "Keys.*", "AttributeValue").keys();
    }

    /**
     * Begins a line of an incremental export, up to the value of its Keys. Any item can be Keys, an empty one too, and
     * neither a projection nor the decoder's key attributes affect them.
     */
    private static void beginKeys(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeFieldName("Metadata");
        json.writeStartObject();
        json.writeStringField("WriteTimestampMicros", "0");
        json.writeEndObject();
        json.writeFieldName("Keys");
    }

    /** Writes the parser's current object as an item, or the next one if it is before one or at the end of one. */
    static void copyItem(JsonParser parser, JsonGenerator json) throws IOException {
        JsonStreamContext position = parser.getParsingContext();
        JsonStreamContext outside = parser.hasToken(JsonToken.START_OBJECT) ? position.getParent() : position;
        try {
            if (parser.currentToken() == null || parser.hasToken(JsonToken.END_OBJECT)) {
                parser.nextToken();
            }
            if (!parser.hasToken(JsonToken.START_OBJECT)) {
                json.writeNull(); // refused, because it is not an object
            }
            copy(parser, json);
        } catch (StreamReadException | StreamConstraintsException e) {
            boolean isInvalid = e instanceof StreamReadException;
            String path = ItemMappingException.pathTo(parser.getParsingContext(), outside);
            throw new UnfitValueException.Written(
                    isInvalid ? "not valid JSON" : "beyond the parser's StreamReadConstraints", e, json, path);
        }
    }

    /**
     * Copies the parser's current value, with numbers as they are written: the decoder skips numbers that no Java type
     * can hold, for which the parser throws NumberFormatException.
     */
    static void copy(JsonParser parser, JsonGenerator json) throws IOException {
        int depth = 0;
        for (JsonToken token = parser.currentToken(); ; token = parser.nextToken()) {
            if (token != null && token.isNumeric()) {
                json.writeNumber(parser.getText());
            } else {
                json.copyCurrentEventExact(parser);
            }
            if (token != null && token.isStructStart()) {
                depth++;
            } else if (token != null && token.isStructEnd()) {
                depth--;
            }
            if (depth == 0) {
                return;
            }
        }
    }

    private ChangeEvent decode(JsonParser parser, ByteArrayOutputStream record, String wrapper, String asked)
            throws JsonMappingException {
        try {
            return decoder.decode(record.toByteArray());
        } catch (DecodeException e) {
            throw JsonMappingException.from(parser, "not DynamoDB JSON: " + describe(e, wrapper, asked), e);
        }
    }

    /**
     * Returns the failure's message with its path in place of its offset, which refers to the copy. The path omits the
     * members that wrap the input in the copy.
     */
    private static String describe(DecodeException failure, String wrapper, String asked) {
        String path = failure.path();
        if (!wrapper.isEmpty() && path.startsWith(wrapper)) {
            path = asked + path.substring(wrapper.length());
        }
        String where = path.isEmpty() ? "" : " at " + ItemMappingException.end(path, MAX_PATH);
        String message = failure.getMessage();
        // Messages name options and methods of the decoder, which here is the one of the module.
        String why = message.substring(message.indexOf(':'))
                .replace("the option", "the decoder's option")
                .replace("read(…)", "ChangeEventDecoder.read(…)");
        return failure.reason() + where + why;
    }
}
