package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.ChangeEventDecoder;
import java.util.Map;

/**
 * The implementations that are compared: some read events, the others make Pinot rows. All implementations of a task
 * return equal results for the payloads.
 */
public enum Implementation {
    /** Jackson 2: unwraps a tree, as most consumers do. */
    JACKSON_TREE(true) {
        @Override
        EventReader create() {
            return new JacksonTreeReader();
        }
    },
    /** Jackson 2: hand-written code on the streaming parser. */
    JACKSON_STREAM(true) {
        @Override
        EventReader create() {
            return new JacksonStreamReader();
        }
    },
    /** fastjson2: hand-written code on the streaming reader, which accepts invalid JSON. */
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
            return new CdcReader.OfDecoder(ChangeEventDecoder.create());
        }
    },
    /** This library: a session, which reuses its memory. */
    SESSION(false) {
        @Override
        EventReader create() {
            return new CdcReader.OfSession(ChangeEventDecoder.create());
        }
    },
    /** SESSION without prediction from earlier records. */
    SESSION_UNPREDICTED(false) {
        @Override
        EventReader create() {
            return new CdcReader.OfSession(unpredicted());
        }
    },
    /** Pinot's own JSON decoder, plus the work of extracting columns from DynamoDB's typed values. */
    PINOT_JSON(true) {
        @Override
        RowReader createForRows() {
            return new PinotJsonReader();
        }
    },
    /** This library: its Pinot decoder. */
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

    /** Returns whether the library is compared with this one. */
    boolean isPeer() {
        return peer;
    }

    /** Returns whether it makes rows; otherwise it reads events. */
    boolean makesRows() {
        return this == PINOT_JSON || this == PINOT_ADAPTER;
    }

    EventReader create() {
        throw new UnsupportedOperationException(name() + " makes rows only");
    }

    RowReader createForRows() {
        throw new UnsupportedOperationException(name() + " makes no rows");
    }

    /** Returns a decoder without prediction. It reads the property on creation, so the property is restored at once. */
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
