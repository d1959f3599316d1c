package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeSession;
import java.io.ByteArrayInputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** A way to come by the events of many records: by a reader of what they arrive in, or each by itself. */
public enum Reading {
    /** {@link ChangeEventDecoder#decode(byte[])} of each record: what the readers of a decoder are compared with. */
    DECODE {
        @Override
        Pass pass(byte[][] records, Delivery delivery) {
            ChangeEventDecoder decoder = ChangeEventDecoder.create();
            return () -> new EachRecord(decoder::decode, records);
        }
    },
    DECODER_ARRAY {
        @Override
        Pass pass(byte[][] records, Delivery delivery) {
            ChangeEventDecoder decoder = ChangeEventDecoder.create();
            byte[] input = delivery.of(records);
            return () -> decoder.read(input).iterator();
        }
    },
    DECODER_STREAM {
        @Override
        Pass pass(byte[][] records, Delivery delivery) {
            ChangeEventDecoder decoder = ChangeEventDecoder.create();
            byte[] input = delivery.of(records);
            return () -> decoder.read(new ByteArrayInputStream(input)).iterator();
        }
    },
    /** {@link DecodeSession#decode(byte[])} of each record: what the readers of a session are compared with. */
    SESSION {
        @Override
        Pass pass(byte[][] records, Delivery delivery) {
            DecodeSession session = ChangeEventDecoder.create().newSession();
            return () -> new EachRecord(session::decode, records);
        }
    },
    SESSION_ARRAY {
        @Override
        Pass pass(byte[][] records, Delivery delivery) {
            DecodeSession session = ChangeEventDecoder.create().newSession();
            byte[] input = delivery.of(records);
            return () -> session.read(input).iterator();
        }
    },
    SESSION_STREAM {
        @Override
        Pass pass(byte[][] records, Delivery delivery) {
            DecodeSession session = ChangeEventDecoder.create().newSession();
            byte[] input = delivery.of(records);
            return () -> session.read(new ByteArrayInputStream(input)).iterator();
        }
    };

    /** Begins once more with the first record. */
    interface Pass {
        Iterator<ChangeEvent> begin();
    }

    /** Nothing around the records, and as little as can be around decoding them. */
    private static final class EachRecord implements Iterator<ChangeEvent> {
        private final Function<byte[], ChangeEvent> decode;
        private final byte[][] records;
        private int next;

        EachRecord(Function<byte[], ChangeEvent> decode, byte[][] records) {
            this.decode = decode;
            this.records = records;
        }

        @Override
        public boolean hasNext() {
            return next < records.length;
        }

        @Override
        public ChangeEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return decode.apply(records[next++]);
        }
    }

    abstract Pass pass(byte[][] records, Delivery delivery);
}
