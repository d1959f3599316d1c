package io.github.dynamodbcdc;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpanTest {
    private static final int LARGEST = (1 << Span.BITS) - 1;

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aSpanKeepsItsParts(
            @ForAll @IntRange(max = LARGEST) int start,
            @ForAll @IntRange(max = LARGEST) int length,
            @ForAll @IntRange(max = 15) int type,
            @ForAll boolean escaped,
            @ForAll boolean nonAscii,
            @ForAll boolean isTrue) {
        long flags = (escaped ? Span.ESCAPED : 0) | (nonAscii ? Span.NON_ASCII : 0) | (isTrue ? Span.TRUE : 0);
        long span = Span.of(start, length, Span.type(type) | flags);
        assertThat(Span.start(span)).isEqualTo(start);
        assertThat(Span.length(span)).isEqualTo(length);
        assertThat(Span.end(span)).isEqualTo(start + length);
        assertThat(Span.type(span)).isEqualTo(type);
        assertThat(Span.isEscaped(span)).isEqualTo(escaped);
        assertThat(Span.isPlain(span)).isEqualTo(!escaped && !nonAscii);
        assertThat((span & Span.TRUE) != 0).isEqualTo(isTrue);
        assertThat(Span.withLength(span, LARGEST - length))
                .isEqualTo(Span.of(start, LARGEST - length, Span.type(type) | flags));
    }

    @Test
    void aSpanFitsTheLargestRecordThatTheLimitsAllow() {
        int largest = 256 << 20;
        assertThat(DecodeLimits.defaults().withMaxRecordBytes(largest).maxRecordBytes())
                .isEqualTo(largest);
        long all = Span.of(LARGEST, LARGEST, Span.type(15) | Span.ESCAPED | Span.NON_ASCII | Span.TRUE);
        assertThat(Span.start(all)).isEqualTo(LARGEST);
        assertThat(Span.length(all)).isEqualTo(LARGEST);
        assertThat(Span.type(all)).isEqualTo(15);
        // A span is inside braces and quotes, so the last byte of a record is never a part of one.
        assertThat(LARGEST).isGreaterThanOrEqualTo(largest - 1);
    }

    @Test
    void everyTypeAndTheEndOfAContainerFit() {
        assertThat(RecordIndex.END).isEqualTo(AttributeType.values().length);
        assertThat(Span.type(Span.type(RecordIndex.END))).isEqualTo(RecordIndex.END);
    }
}
