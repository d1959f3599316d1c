package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.ChangeEventDecoder;

/** The implementations that are compared. All give equal results for the payloads. */
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

    abstract EventReader create();

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
