package io.github.dynamodbcdc;

import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;

/** Tests {@code equals} and {@code hashCode} of the types that are equal by their fields. */
class ValueContractTest {
    @Test
    void creationTimesAreEqualByInstantAndNotByUnit() {
        EqualsVerifier.forClass(CreationTime.class)
                .withIgnoredFields("precision", "stated", "opaque")
                .verify();
    }

    @Test
    void userIdentitiesAreEqualByTypeAndPrincipal() {
        EqualsVerifier.forClass(UserIdentity.class).withIgnoredFields("opaque").verify();
    }

    @Test
    void limitsAreEqualByAllFields() {
        EqualsVerifier.forClass(DecodeLimits.class).verify();
    }

    @Test
    void plainValuesAreEqualByAllFields() {
        EqualsVerifier.forClass(PlainValues.class)
                .withNonnullFields("numbers", "sets", "binary", "nulls")
                .verify();
    }
}
