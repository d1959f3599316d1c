package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.ChangeEventDecoder;
import java.util.List;
import java.util.Map;

/**
 * The implementations that are compared: some read events, the others make Pinot rows. All implementations of a task
 * return equal results for the payloads. {@link Ratios} measures some of them only on request.
 */
public enum Implementation {
    /** Jackson 2: unwraps a tree, as most consumers do. */
    JACKSON_TREE(Role.PEER) {
        @Override
        EventReader create() {
            return new JacksonTreeReader();
        }
    },
    /** Jackson 2: hand-written code on the streaming parser. */
    JACKSON_STREAM(Role.PEER) {
        @Override
        EventReader create() {
            return new JacksonStreamReader();
        }
    },
    /** fastjson2: hand-written code on the streaming reader. Accepts invalid JSON. */
    FASTJSON2(Role.PEER) {
        @Override
        EventReader create() {
            return new Fastjson2Reader();
        }
    },
    /** fastjson2: unwraps a map. Accepts invalid JSON. */
    FASTJSON2_MAP(Role.FURTHER_PEER) {
        @Override
        EventReader create() {
            return new Fastjson2MapReader();
        }
    },
    /** DSL-JSON: hand-written code on the streaming reader. Accepts invalid JSON. */
    DSL_JSON(Role.PEER) {
        @Override
        EventReader create() {
            return new DslJsonReader();
        }
    },
    /** jsoniter: hand-written code on the iterator. Accepts invalid JSON. */
    JSONITER(Role.FURTHER_PEER) {
        @Override
        EventReader create() {
            return new JsoniterReader();
        }
    },
    /** Gson: hand-written code on the streaming reader. */
    GSON(Role.FURTHER_PEER) {
        @Override
        EventReader create() {
            return new GsonReader();
        }
    },
    /** The JSON tree of the AWS SDK for Java 2: unwraps the tree. */
    AWS_JSON_UTILS(Role.FURTHER_PEER) {
        @Override
        EventReader create() {
            return new AwsJsonReader();
        }
    },
    /** The event classes and the serializer of Lambda's Java runtime: unwraps attribute values. */
    AWS_LAMBDA_EVENTS(Role.FURTHER_PEER) {
        @Override
        EventReader create() {
            return new AwsLambdaReader();
        }
    },
    /** The documents of the AWS SDK's enhanced client, made from the SDK's JSON tree. */
    AWS_ENHANCED_DOCUMENT(Role.FURTHER_PEER) {
        @Override
        EventReader create() {
            return new AwsEnhancedDocumentReader();
        }
    },
    /** The mapper of the DynamoDB Streams Kinesis adapter: unwraps the SDK's attribute values. */
    AWS_STREAMS_ADAPTER(Role.FURTHER_PEER) {
        @Override
        EventReader create() {
            return new AwsStreamsAdapterReader();
        }
    },
    /** simdjson-java: unwraps a tape. Needs JDK 25 and {@link #jvmArguments}. */
    SIMDJSON(Role.FURTHER_PEER) {
        @Override
        EventReader create() {
            try {
                return Class.forName(SIMDJSON_READER)
                        .asSubclass(EventReader.class)
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException e) {
                throw new UnsupportedOperationException("this build has no reader for simdjson-java", e);
            }
        }

        @Override
        boolean isAvailable() {
            try {
                Class.forName(SIMDJSON_READER, false, Implementation.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException | UnsupportedClassVersionError e) {
                return false;
            }
        }

        @Override
        List<String> jvmArguments() {
            return List.of("--add-modules=jdk.incubator.vector");
        }
    },
    /** This library: {@link ChangeEventDecoder#decode}. */
    DECODE(Role.THIS_LIBRARY) {
        @Override
        EventReader create() {
            return new CdcReader.OfDecoder(ChangeEventDecoder.create());
        }
    },
    /** This library: a session, which reuses its memory. */
    SESSION(Role.THIS_LIBRARY) {
        @Override
        EventReader create() {
            return new CdcReader.OfSession(ChangeEventDecoder.create());
        }
    },
    /** SESSION without prediction from earlier records. */
    SESSION_UNPREDICTED(Role.THIS_LIBRARY) {
        @Override
        EventReader create() {
            return new CdcReader.OfSession(unpredicted());
        }
    },
    /** Pinot's own JSON decoder, plus the work of extracting columns from DynamoDB's typed values. */
    PINOT_JSON(Role.PEER) {
        @Override
        RowReader createForRows() {
            return new PinotJsonReader();
        }
    },
    /** This library: its Pinot decoder. */
    PINOT_ADAPTER(Role.THIS_LIBRARY) {
        @Override
        RowReader createForRows() {
            return new PinotAdapterReader(Map.of());
        }
    };

    /** In a source root that is compiled for JDK 25 only. */
    private static final String SIMDJSON_READER = "io.github.dynamodbcdc.benchmarks.SimdJsonReader";

    private static final String SHAPES = "io.github.dynamodbcdc.shapes";

    private final Role role;

    Implementation(Role role) {
        this.role = role;
    }

    /** Returns whether the library is compared with this one. */
    boolean isPeer() {
        return role != Role.THIS_LIBRARY;
    }

    /** Returns whether it is measured if no implementation is named. */
    boolean isDefault() {
        return role != Role.FURTHER_PEER;
    }

    /** Returns whether this JDK, with {@link #jvmArguments}, can run it. */
    boolean isAvailable() {
        return true;
    }

    /** Returns the arguments of the JVM that it needs in addition. */
    List<String> jvmArguments() {
        return List.of();
    }

    /** Returns whether it makes rows; otherwise it reads events. */
    boolean makesRows() {
        return this == PINOT_JSON || this == PINOT_ADAPTER;
    }

    /** Returns a new reader, of events or of rows. */
    final TaskReader reader() {
        return makesRows() ? createForRows() : create();
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

    private enum Role {
        THIS_LIBRARY,
        /** Usual or fast. */
        PEER,
        /** Measured on request only: all of these together would more than double the time of a run. */
        FURTHER_PEER
    }
}
