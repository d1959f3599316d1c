package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ColdStartTest {
    @Test
    void programsGiveTheSameAnswer() throws Exception {
        byte[] event = ColdStart.event();
        StringBuilder expected = new StringBuilder();
        for (JsonNode record : new ObjectMapper().readTree(event).path("Records")) {
            JsonNode image = record.path("dynamodb").path("NewImage");
            expected.append("MODIFY ").append(image.path("id").path("S").textValue());
            expected.append(' ').append(image.path("status").path("S").textValue());
            expected.append(' ')
                    .append(image.path("amount").path("N").textValue())
                    .append(';');
        }

        assertThat(expected.toString().split(";")).hasSize(ColdStart.RECORDS);
        assertThat(ColdStartProgram.LIBRARY.answer(new ByteArrayInputStream(event)))
                .isEqualTo(expected.toString());
        assertThat(ColdStartProgram.LAMBDA_EVENTS.answer(new ByteArrayInputStream(event)))
                .isEqualTo(expected.toString());
    }

    @Test
    void aProgramHasTheJarsThatItNeeds() throws Exception {
        assertThat(ColdStart.classPath(ColdStartProgram.NOTHING)).doesNotContain(File.pathSeparator);
        assertThat(ColdStart.classPath(ColdStartProgram.LIBRARY).split(File.pathSeparator))
                .hasSize(2);
        assertThat(ColdStart.classPath(ColdStartProgram.LAMBDA_EVENTS).split(File.pathSeparator))
                .hasSize(4);
    }

    @Test
    void ratiosAreOfMedians() {
        assertThat(ColdStart.markdown(new TreeMap<>(Map.of(
                        ColdStartProgram.LIBRARY, new double[] {100, 300, 200},
                        ColdStartProgram.LAMBDA_EVENTS, new double[] {900, 500, 100}))))
                .isEqualToNormalizingNewlines("""
                        | program | median, ms | × this library |
                        | --- | ---: | ---: |
                        | this library | 200 | 1.00× |
                        | aws-lambda-java-events and -serialization | 500 | 2.50× |
                        """);
    }
}
