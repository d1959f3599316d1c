package io.github.dynamodbcdc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderBinderTest {
    @ParameterizedTest
    @EnumSource(names = {"TYPICAL", "TSHUF", "TSHUF2", "SPARSE", "INSERT"})
    void everyWayBindsEqualObjects(Payload payload) throws IOException {
        OrderBinder.Binding tree = OrderBinder.JACKSON_TREE.create();
        for (OrderBinder binder : OrderBinder.values()) {
            OrderBinder.Binding binding = binder.create();
            RecordSet records = payload.records(20);
            for (int i = 0; i < 20; i++) {
                records.next();
                assertThat(binding.bind(records.bytes())).as(binder.name()).isEqualTo(tree.bind(records.bytes()));
            }
        }
    }
}
