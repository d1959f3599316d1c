package blackbox;

import static fixtures.Records.ACCEPTS_UNKNOWN;
import static fixtures.Records.change;
import static fixtures.Records.decode;
import static fixtures.Records.item;
import static fixtures.Records.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.ItemDiff;
import io.github.dynamodbcdc.PlainValues;
import io.github.dynamodbcdc.PlainValues.Binary;
import io.github.dynamodbcdc.PlainValues.Nulls;
import io.github.dynamodbcdc.PlainValues.Sets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a buffer moves its position, but changes no unmodifiable collection that handed it out. */
class BufferPositionsTest {
    private static String binarySet(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> "'" + Base64.getEncoder().encodeToString(new byte[] {(byte) i}) + "'")
                .collect(Collectors.joining(",", "{'BS':[", "]}"));
    }

    /** Adds the buffers in a plain value, at any depth, in each way in which its collections hand them out. */
    private static void addBuffers(@Nullable Object value, List<ByteBuffer> buffers) {
        if (value instanceof ByteBuffer buffer) {
            buffers.add(buffer);
        } else if (value instanceof Map<?, ?> map) {
            map.keySet().forEach(name -> addBuffers(map.get(name), buffers));
            map.entrySet().forEach(entry -> addBuffers(entry.getValue(), buffers));
            map.values().forEach(member -> addBuffers(member, buffers));
            map.forEach((name, member) -> addBuffers(member, buffers));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                addBuffers(list.get(i), buffers);
            }
            list.stream().forEach(member -> addBuffers(member, buffers));
            list.subList(0, list.size()).listIterator().forEachRemaining(member -> addBuffers(member, buffers));
        } else if (value instanceof Set<?> set) {
            set.forEach(member -> addBuffers(member, buffers));
            set.stream().forEach(member -> addBuffers(member, buffers));
            Stream.of(set.toArray()).forEach(member -> addBuffers(member, buffers));
        }
    }

    private static Stream<PlainValues> policies() {
        PlainValues buffers = PlainValues.defaults().withBinary(Binary.BYTE_BUFFER);
        return Stream.of(
                buffers,
                buffers.withNulls(Nulls.DROP),
                buffers.withSets(Sets.LIST),
                buffers.withSets(Sets.LIST).withNulls(Nulls.DROP));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void theUnmodifiableCollectionsOfAPolicyHandOutPositionsOfTheirOwn(PlainValues policy) {
        String image = "{'b':{'B':'AQID'},'e':{'B':''},'n':{'NULL':true},'bs':" + binarySet(3) + ",'more':"
                + binarySet(20) + ",'l':{'L':[{'B':'AQID'},{'M':{'b':{'B':'AQID'},'n':{'NULL':true}}},{'BS':['AQID']},"
                + "{'NULL':true}]}}";
        String ofUnknown = image.replaceFirst("^\\{", "{'v':{'V':1},");
        for (Item item : List.of(item(image), item(ACCEPTS_UNKNOWN, ofUnknown))) {
            Map<String, @Nullable Object> map = item.toMap(policy);
            int hash = map.hashCode();
            String text = map.toString();
            List<ByteBuffer> buffers = new ArrayList<>();
            addBuffers(map, buffers);
            assertThat(buffers).hasSizeGreaterThan(100).allMatch(ByteBuffer::isReadOnly);
            buffers.forEach(buffer -> buffer.position(buffer.limit()));
            assertThat(map)
                    .isEqualTo(item.toMap(policy))
                    .hasToString(text)
                    .satisfies(same -> assertThat(same.hashCode()).isEqualTo(hash));
            assertThat(item.toMap(policy)).isEqualTo(map);
            assertThat(map.entrySet()).containsAll(item.toMap(policy).entrySet());
            assertThat(map.containsKey("b")).isTrue();
            assertThat(map.containsKey("absent")).isFalse();
            assertThat(map.get("absent")).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aPatchHandsOutPositionsOfTheirOwn(PlainValues policy) {
        ItemDiff diff = Objects.requireNonNull(decode(change(
                        "MODIFY",
                        "'OldImage':{'m':{'M':{'b':{'B':'AQ=='}}}},"
                                + "'NewImage':{'b':{'B':'AQID'},'m':{'M':{'b':{'B':'Ag=='}}}}"))
                .diff());
        Map<String, @Nullable Object> patch = diff.mergePatch(policy);
        List<ByteBuffer> buffers = new ArrayList<>();
        addBuffers(patch, buffers);
        assertThat(buffers).hasSizeGreaterThan(7);
        buffers.forEach(ByteBuffer::get);
        assertThat(patch).isEqualTo(diff.mergePatch(policy));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 20})
    void aBinarySetContainsWhatItHandedOutAlsoAfterThatWasRead(int size) {
        Set<ByteBuffer> set = value(binarySet(size)).asBinarySet();
        for (ByteBuffer member : set) {
            member.get();
        }
        for (int i = 0; i < size; i++) {
            assertThat(set.contains(ByteBuffer.wrap(new byte[] {(byte) i}))).isTrue();
        }
        assertThat(set).allMatch(member -> member.remaining() == 1 && member.isReadOnly());
        assertThat(set).isEqualTo(value(binarySet(size)).asBinarySet());
    }

    @Test
    void theSetInTheMapOfTheDefaultPolicyIsTheSame() {
        Item item = item("{'bs':" + binarySet(2) + "}");
        Map<String, @Nullable Object> map = item.toMap();
        List<ByteBuffer> buffers = new ArrayList<>();
        addBuffers(map, buffers);
        buffers.forEach(ByteBuffer::get);
        assertThat(map).isEqualTo(item.toMap());
    }
}
