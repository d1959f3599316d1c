package io.github.dynamodbcdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import fixtures.OpaqueTypes;
import java.util.stream.Stream;
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
}
