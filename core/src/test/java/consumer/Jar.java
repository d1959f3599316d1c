package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import fixtures.Consumer;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;

/** The jar of core, and a program that uses it. */
final class Jar {
    static final String CORE = System.getProperty("dynamodbcdc.core.jar", "");
    static final String JSPECIFY = Consumer.pathOf(NullMarked.class);

    static final String PROGRAM = """
            package consumer;

            import io.github.dynamodbcdc.ChangeEvent;
            import io.github.dynamodbcdc.ChangeEventDecoder;
            import io.github.dynamodbcdc.EventName;
            import io.github.dynamodbcdc.Item;
            import java.util.Map;

            public final class Main {
                private Main() {}

                public static void main(String[] args) {
                    byte[] record = ChangeEvent.builder(EventName.INSERT)
                            .keys(Map.of("id", "a"))
                            .newImage(Map.of("id", "a", "bikes", 9))
                            .build()
                            .toBytes();
                    Item image = ChangeEventDecoder.create().decode(record).newImage();
                    if (image != null) {
                        System.out.println(image.require("bikes").asInt());
                    }
                }
            }
            """;

    private Jar() {}

    static String core() {
        assertThat(Path.of(CORE)).isRegularFile();
        return CORE;
    }
}
