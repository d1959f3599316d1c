package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A benchmark of implementations that disagree measures nothing. */
class DecoderTest {
    @ParameterizedTest
    @EnumSource
    void everyImplementationReadsTheWholePayload(Decoder decoder) throws Exception {
        PlainEvent event = decoder.decode(Payloads.modify());

        assertThat(event.keys()).hasSize(2);
        assertThat(event.newImage()).hasSize(22).containsEntry("status", "DISPATCHED");
        assertThat(event.oldImage()).hasSize(22).containsEntry("tracking", null);
    }

    @ParameterizedTest
    @EnumSource
    void everyImplementationGivesEqualResults(Decoder decoder) throws Exception {
        assertThat(decoder.decode(Payloads.modify())).isEqualTo(Decoder.JACKSON_TREE.decode(Payloads.modify()));
    }
}
