package blackbox;

import static blackbox.Failures.thrownBy;
import static blackbox.Items.event;
import static blackbox.Items.exact;
import static blackbox.Items.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import io.github.dynamodbcdc.jackson.ItemMappingException;
import io.github.dynamodbcdc.jackson.ItemMappingException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Types that need a module of Jackson are bound with it. Without it they are refused, and the artifact is named. */
class DatatypeModulesTest {
    private static final ItemMapper WITHOUT = ItemMapper.of(new ObjectMapper().registerModule(new JavaTimeModule()));

    private static final ItemMapper JDK8 =
            ItemMapper.of(JsonMapper.builder().addModule(new Jdk8Module()).build());

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Maybe(Optional<String> v) {}

    record Numbers(OptionalInt i, OptionalLong l, Optional<List<Integer>> list) {}

    private static void assertMissing(String artifact, ItemMappingException e) {
        assertThat(e).hasMessageEndingWith(": the mapper lacks the module " + artifact);
        assertThat(e.reason()).isEqualTo(Reason.BAD_DEFINITION);
        assertThat(e).hasCauseInstanceOf(InvalidDefinitionException.class);
        assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(256);
    }

    @Test
    void anOptionalIsBoundWithItsModuleAndOtherwiseItsArtifactIsNamed() throws IOException {
        Path file = Path.of(System.getProperty("dynamodbcdc.shared", "../../shared"), "events", "strangers.jsonl");
        assumeTrue(Files.exists(file), "no shared data on this machine");
        List<Item> items = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode stranger = new ObjectMapper().readTree(line);
            if (stranger.path("entry").asText().contains("Optional")) {
                items.add(requireNonNull(
                        event(stranger.get("payload").textValue()).newImage()));
            }
        }
        assertThat(items).isNotEmpty().allSatisfy(item -> {
            assertThat(JDK8.read(item, Maybe.class)).isEqualTo(new Maybe(Optional.of("x")));
            assertMissing("jackson-datatype-jdk8", thrownBy(() -> WITHOUT.read(item, Maybe.class)));
            assertThat(ItemMapper.create().read(item, Maybe.class)).isEqualTo(new Maybe(Optional.of("x")));
        });
    }

    @Test
    void optionalsOfEveryKindAreBoundWithTheModule() {
        Numbers numbers =
                JDK8.read(item("{'i':{'N':'5.0'},'l':{'NULL':true},'list':{'L':[{'N':'1'}]}}"), Numbers.class);
        assertThat(numbers).isEqualTo(new Numbers(OptionalInt.of(5), OptionalLong.empty(), Optional.of(List.of(1))));
        assertThat(JDK8.read(exact(new String(JDK8.write(numbers), UTF_8)), Numbers.class))
                .isEqualTo(numbers);
        assertThat(JDK8.read(item("{'v':{'NULL':true}}").require("v"), new TypeReference<Optional<String>>() {}))
                .isEmpty();
    }

    record At(Instant at) {}

    record Day(Map<LocalDate, Integer> byDay) {}

    @Test
    void theArtifactIsNamedAtAnyDepth() {
        ItemMapper bare = ItemMapper.of(new ObjectMapper());
        assertMissing("jackson-datatype-jsr310", thrownBy(() -> bare.read(item("{'at':{'S':'Canary7'}}"), At.class)));
        assertMissing(
                "jackson-datatype-jsr310",
                thrownBy(() -> bare.read(item("{'byDay':{'M':{'Canary7':{'N':'1'}}}}"), Day.class)));
        assertMissing("jackson-datatype-jsr310", thrownBy(() -> bare.write(new At(Instant.EPOCH))));
        assertMissing("jackson-datatype-jdk8", thrownBy(() -> WITHOUT.write(Map.of("v", Optional.of("Canary7")))));
        assertMissing(
                "jackson-datatype-jdk8",
                thrownBy(() -> WITHOUT.read(
                        item("{'a':{'L':[{'N':'1'}]}}"), new TypeReference<Map<String, List<OptionalInt>>>() {})));
        assertMissing(
                "jackson-datatype-jdk8",
                thrownBy(() -> WITHOUT.includeDetails().read(item("{'v':{'S':'x'}}"), Maybe.class)));
    }
}
