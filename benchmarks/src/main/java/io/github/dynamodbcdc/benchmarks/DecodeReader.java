package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import java.nio.ByteBuffer;

/** This library, with events that are values: the decoder that threads share. */
final class DecodeReader extends CdcReader {
    private final ChangeEventDecoder decoder;

    DecodeReader(ChangeEventDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    ChangeEvent decode(byte[] record) {
        return decoder.decode(record);
    }

    @Override
    ChangeEvent decode(ByteBuffer record) {
        return decoder.decode(record);
    }
}
