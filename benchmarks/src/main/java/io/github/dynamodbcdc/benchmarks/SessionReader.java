package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import java.nio.ByteBuffer;

/** This library, with one event that shows the latest record: a session, which one thread has to itself. */
final class SessionReader extends CdcReader {
    private final DecodeSession session;

    SessionReader(ChangeEventDecoder decoder) {
        this.session = decoder.newSession();
    }

    @Override
    ChangeEvent decode(byte[] record) {
        return session.decode(record);
    }

    @Override
    ChangeEvent decode(ByteBuffer record) {
        return session.decode(record);
    }
}
