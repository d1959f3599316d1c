package io.github.dynamodbcdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpaqueTest {
    /** The tests of this package are run with the package open, as it is on the class path. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                ChangeEvent.class,
                Item.class,
                AttributeValue.class,
                AttributeReader.class,
                ItemDiff.class,
                ItemDiff.Change.class,
                CreationTime.class,
                UserIdentity.class,
                DecodeResult.class,
                SourceRecord.class,
                Envelope.class,
                DecodeSession.class,
                ChangeEventDecoder.class
            })
    void gsonRefusesATypeByItsMarkerAndNotForWantOfAccess(Class<?> type) {
        assertThat(type.getModule().isOpen(type.getPackageName(), Gson.class.getModule()))
                .isTrue();

        assertThatThrownBy(() -> new Gson().getAdapter(type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Opaque");
    }
}
