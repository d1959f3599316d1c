package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.ChangeEventDecoder;
import java.util.Map;

/**
 * The implementations that are compared: some read events, the others make rows of Pinot. All that do a task give equal
 * results for the payloads.
 */
public enum Implementation {
    /** Jackson 2, the tree, unwrapped: what most consumers do. */
    JACKSON_TREE(true) {
        @Override
        EventReader create() {
            return new JacksonTreeReader();
        }
    },
    /** Jackson 2, its streaming parser by hand. */
    JACKSON_STREAM(true) {
        @Override
        EventReader create() {
            return new JacksonStreamReader();
        }
    },
    /** fastjson2, its streaming reader by hand; lax. */
    FASTJSON2(true) {
        @Override
        EventReader create() {
            return new Fastjson2Reader();
        }
    },
    /** This library: {@link ChangeEventDecoder#decode}. */
    DECODE(false) {
        @Override
        EventReader create() {
            return new DecodeReader(ChangeEventDecoder.create());
        }
    },
    /** This library: a session, which uses its memory again. */
    SESSION(false) {
        @Override
        EventReader create() {
            return new SessionReader(ChangeEventDecoder.create());
        }
    },
    /** As SESSION, without prediction from earlier records. */
    SESSION_UNPREDICTED(false) {
        @Override
        EventReader create() {
            return new SessionReader(unpredicted());
        }
    },
    /** Pinot's own decoder for JSON, and what it takes to get columns out of DynamoDB's typing. */
    PINOT_JSON(true) {
        @Override
        RowReader createForRows() {
            return new PinotJsonReader();
        }
    },
    /** This library: its decoder for Pinot. */
    PINOT_ADAPTER(false) {
        @Override
        RowReader createForRows() {
            return new PinotAdapterReader(Map.of());
        }
    };

    private static final String SHAPES = "io.github.dynamodbcdc.shapes";

    private final boolean peer;

    Implementation(boolean peer) {
        this.peer = peer;
    }

    /** Whether this is what the library is compared with. */
    boolean isPeer() {
        return peer;
    }

    /** Whether it makes rows; otherwise it reads events. */
    boolean makesRows() {
        return this == PINOT_JSON || this == PINOT_ADAPTER;
    }

    EventReader create() {
        throw new UnsupportedOperationException(name() + " makes rows only");
    }

    RowReader createForRows() {
        throw new UnsupportedOperationException(name() + " makes no rows");
    }

    /** The switch is read when a decoder is created, so that it can be put back at once. */
    private static ChangeEventDecoder unpredicted() {
        String before = System.getProperty(SHAPES);
        System.setProperty(SHAPES, "off");
        try {
            return ChangeEventDecoder.create();
        } finally {
            if (before == null) {
                System.clearProperty(SHAPES);
            } else {
                System.setProperty(SHAPES, before);
            }
        }
    }
}
