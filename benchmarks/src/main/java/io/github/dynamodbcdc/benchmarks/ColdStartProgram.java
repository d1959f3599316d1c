package io.github.dynamodbcdc.benchmarks;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.Item;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.joda.time.DateTime;

/**
 * The programs that {@link ColdStart} starts. Each reads an event of DynamoDB Streams from a file and prints one line
 * about it, the same for all that decode. Their classes avoid lambdas and {@code +} on texts, which would load classes
 * that have nothing to do with the event.
 */
enum ColdStartProgram {
    /** Prints an empty line: the start of the JVM alone. */
    NOTHING("the JVM alone", Nothing.class),
    /** This library: reads the event from a stream. */
    LIBRARY("this library", Library.class) {
        @Override
        String answer(InputStream event) {
            return Library.answer(event);
        }
    },
    /** The event classes and the serializer of Lambda's Java runtime. */
    LAMBDA_EVENTS("aws-lambda-java-events and -serialization", LambdaEvents.class) {
        @Override
        String answer(InputStream event) {
            return LambdaEvents.answer(event);
        }
    };

    private final String title;
    private final Class<?> main;

    ColdStartProgram(String title, Class<?> main) {
        this.title = title;
        this.main = main;
    }

    String title() {
        return title;
    }

    /** Returns the class that is started. */
    Class<?> main() {
        return main;
    }

    /** Returns a class of each jar that the program needs. */
    List<Class<?>> needs() {
        return switch (this) {
            case NOTHING -> List.of();
            case LIBRARY -> List.of(ChangeEventDecoder.class);
            case LAMBDA_EVENTS -> List.of(DynamodbEvent.class, LambdaEventSerializers.class, DateTime.class);
        };
    }

    String answer(InputStream event) {
        return "";
    }

    static final class Nothing {
        private Nothing() {}

        public static void main(String[] arguments) {
            System.out.println();
        }
    }

    static final class Library {
        private Library() {}

        public static void main(String[] arguments) throws IOException {
            try (InputStream event = new FileInputStream(arguments[0])) {
                System.out.println(answer(event));
            }
        }

        static String answer(InputStream event) {
            StringBuilder answer = new StringBuilder();
            for (ChangeEvent change : ChangeEventDecoder.create().read(event)) {
                Item image = change.newImage();
                answer.append(change.eventName());
                if (image != null) {
                    answer.append(' ').append(image.require(ProjectedRow.ID).asString());
                    answer.append(' ').append(image.require(ProjectedRow.STATUS).asString());
                    answer.append(' ').append(image.require(ProjectedRow.AMOUNT).numberText());
                }
                answer.append(';');
            }
            return answer.toString();
        }
    }

    static final class LambdaEvents {
        private LambdaEvents() {}

        public static void main(String[] arguments) throws IOException {
            try (InputStream event = new FileInputStream(arguments[0])) {
                System.out.println(answer(event));
            }
        }

        static String answer(InputStream event) {
            PojoSerializer<DynamodbEvent> serializer =
                    LambdaEventSerializers.serializerFor(DynamodbEvent.class, LambdaEvents.class.getClassLoader());
            StringBuilder answer = new StringBuilder();
            for (DynamodbEvent.DynamodbStreamRecord change :
                    serializer.fromJson(event).getRecords()) {
                Map<String, AttributeValue> image = change.getDynamodb().getNewImage();
                answer.append(change.getEventName());
                if (image != null) {
                    answer.append(' ').append(value(image, ProjectedRow.ID).getS());
                    answer.append(' ').append(value(image, ProjectedRow.STATUS).getS());
                    answer.append(' ').append(value(image, ProjectedRow.AMOUNT).getN());
                }
                answer.append(';');
            }
            return answer.toString();
        }

        private static AttributeValue value(Map<String, AttributeValue> image, String name) {
            return Objects.requireNonNull(image.get(name), name);
        }
    }
}
