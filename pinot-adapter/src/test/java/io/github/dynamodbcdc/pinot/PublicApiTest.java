package io.github.dynamodbcdc.pinot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublicApiTest {
    @Test
    void nothingButTheDecoderIsPublic() throws Exception {
        List<String> visible = new ArrayList<>();
        for (String name : classNames()) {
            if (Modifier.isPublic(Class.forName(name).getModifiers())) {
                visible.add(name);
            }
        }
        assertThat(visible).containsExactly(DynamoDbMessageDecoder.class.getName());
    }

    private static List<String> classNames() throws IOException, URISyntaxException {
        Path classes = Path.of(DynamoDbMessageDecoder.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("package-info"))
                    .map(file -> file.substring(0, file.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .toList();
        }
    }
}
