package io.github.dynamodbcdc.benchmarks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import io.github.dynamodbcdc.jackson.DynamoDbModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;

/** Ways to convert the new image of a record to plain JSON text in UTF-8. */
public enum ImageConverter {
    /** The Jackson module, with a shared decoder. */
    MODULE {
        @Override
        Conversion create() {
            ObjectMapper mapper = mapper();
            ChangeEventDecoder decoder = ChangeEventDecoder.create();
            return record -> convert(mapper, decoder.decode(record));
        }
    },
    /** The Jackson module, with a session. */
    MODULE_SESSION {
        @Override
        Conversion create() {
            ObjectMapper mapper = mapper();
            DecodeSession session = ChangeEventDecoder.create().newSession();
            return record -> convert(mapper, session.decode(record));
        }
    },
    /** Jackson alone: parses the record as a tree, converts it to a tree of plain values, and writes that. */
    JACKSON_TREE {
        @Override
        Conversion create() {
            ObjectMapper mapper = new ObjectMapper();
            return record -> mapper.writeValueAsBytes(PlainJackson.newImage(mapper.readTree(record)));
        }
    },
    /** Jackson alone: hand-written code from the streaming parser to the generator. */
    JACKSON_STREAM {
        @Override
        Conversion create() {
            ObjectMapper mapper = new ObjectMapper();
            ByteArrayOutputStream output = new ByteArrayOutputStream(1024);
            return record -> {
                output.reset();
                try (JsonParser parser = mapper.createParser(record);
                        JsonGenerator json = mapper.createGenerator(output)) {
                    PlainJackson.copyNewImage(parser, json);
                }
                return output.toByteArray();
            };
        }
    };

    /** One of the ways, ready for use by one thread. */
    interface Conversion {
        byte[] convert(byte[] record) throws IOException;
    }

    abstract Conversion create();

    private static ObjectMapper mapper() {
        return JsonMapper.builder().addModule(new DynamoDbModule().plainJson()).build();
    }

    private static byte[] convert(ObjectMapper mapper, ChangeEvent event) throws IOException {
        return mapper.writeValueAsBytes(Objects.requireNonNull(event.newImage()));
    }
}
