package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Decodes what a parser is at. Its tokens are written down again, token by token and with every digit, because the
 * decoder reads bytes; so the event that is decoded has its bytes to itself, and stays.
 */
final class RecordJson {
    private static final JsonFactory JSON = new JsonFactory();

    /** Where an item lies in the record that is made of it. */
    private static final String KEYS_PATH = "dynamodb.Keys.";

    private final ChangeEventDecoder decoder;

    RecordJson(ChangeEventDecoder decoder) {
        this.decoder = decoder;
    }

    /** The parser's current object, which is a record. */
    ChangeEvent event(JsonParser parser) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(record)) {
            json.copyCurrentStructureExact(parser);
        }
        return decode(parser, record, "");
    }

    /** The parser's current object, which is an item in DynamoDB JSON. */
    Item item(JsonParser parser) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(record)) {
            beginKeys(json);
            json.copyCurrentStructureExact(parser);
            endKeys(json);
        }
        return decode(parser, record, KEYS_PATH).keys();
    }

    /** An item with the parser's current object, which is an attribute value in DynamoDB JSON, under a name. */
    Item itemOf(String name, JsonParser parser) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(record)) {
            beginKeys(json);
            json.writeStartObject();
            json.writeFieldName(name);
            json.copyCurrentStructureExact(parser);
            json.writeEndObject();
            endKeys(json);
        }
        return decode(parser, record, KEYS_PATH).keys();
    }

    /** Begins a record whose Keys are the item: these may be empty, and no projection leaves them out. */
    private static void beginKeys(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeFieldName("dynamodb");
        json.writeStartObject();
        json.writeFieldName("Keys");
    }

    private static void endKeys(JsonGenerator json) throws IOException {
        json.writeEndObject();
        json.writeEndObject();
    }

    /** {@code around}: the path of what the parser is at, in the record that was made of it. */
    private ChangeEvent decode(JsonParser parser, ByteArrayOutputStream record, String around)
            throws JsonMappingException {
        try {
            return decoder.decode(record.toByteArray());
        } catch (DecodeException e) {
            // Not its message, whose offset is one of the copy.
            String path = e.path() + ".";
            path = path.startsWith(around) ? path.substring(around.length()) : path;
            String where = path.length() <= 1 ? "" : " at " + path.substring(0, path.length() - 1);
            throw JsonMappingException.from(parser, "not DynamoDB JSON: " + e.reason() + where, e);
        }
    }
}
