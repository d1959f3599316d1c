package io.github.dynamodbcdc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import fixtures.OpaqueTypes;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpaqueTest {
    private static Stream<Class<?>> types() {
        // In a reader, Gson comes to a private field of Throwable first, which it cannot read.
        return OpaqueTypes.all().filter(type -> type != ChangeEventReader.class);
    }

    /** The tests of this package are run with the package open, as it is on the class path. */
    @ParameterizedTest
    @MethodSource("types")
    void gsonRefusesATypeByItsMarkerAndNotForWantOfAccess(Class<?> type) {
        assertThat(type.getModule().isOpen(type.getPackageName(), Gson.class.getModule()))
                .isTrue();

        assertThatThrownBy(() -> new Gson().getAdapter(type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Opaque");
    }

    /** The engines' tests run Kryo itself. */
    @Test
    void theMapInTheMarkerOfAViewCannotBeWrittenOrCopied() {
        Map<String, String> map = Objects.requireNonNull(Opaque.Marker.INSTANCE.forKryo);
        assertThatThrownBy(map::size).hasMessageContaining("map it to your own type");
        assertThatThrownBy(map::entrySet).hasMessageContaining("map it to your own type");
        assertThat(Opaque.Marker.FOR_GSON.forKryo).isNull();
    }

    @Test
    void aDecoderThatKryoLeftWithoutItsTransientFieldsHasItsOptions() throws ReflectiveOperationException {
        ChangeEventDecoder decoder = ChangeEventDecoder.builder()
                .keyAttributes("k")
                .numbersAsJson(true)
                .build();
        Field shared = ChangeEventDecoder.class.getDeclaredField("shared");
        shared.setAccessible(true);
        shared.set(decoder, null);
        byte[] line = "{\"Item\":{\"k\":{\"N\":1}}}".getBytes(UTF_8);
        assertThat(decoder.decode(line).keys().require("k").asInt()).isEqualTo(1);
        assertThat(decoder.shared()).isSameAs(decoder.shared());
        assertThat(decoder.newSession().decode(line).keys().size()).isEqualTo(1);
    }
}
