package blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fixtures.Records;
import fixtures.Refusals;
import io.github.dynamodbcdc.AttributeNames;
import io.github.dynamodbcdc.AttributeReader;
import io.github.dynamodbcdc.BinaryEncoding;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.DecodeException.Reason;
import io.github.dynamodbcdc.DecodeLimits;
import io.github.dynamodbcdc.PlainValues;
import io.github.dynamodbcdc.StreamViewType;
import io.github.dynamodbcdc.TimePrecision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamConstants;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options are serialized as their values alone, and deserialization repeats the checks of the constructors. */
class SerializationTest {
    private static final DecodeLimits LIMITS = DecodeLimits.defaults()
            .withMaxRecordBytes(1)
            .withMaxAttributeDepth(2)
            .withMaxNumberLength(3)
            .withMaxExponentDigits(4);
    private static final PlainValues POLICY = PlainValues.defaults()
            .withNumbers(PlainValues.Numbers.TEXT)
            .withSets(PlainValues.Sets.LIST)
            .withBinary(PlainValues.Binary.BASE64)
            .withNulls(PlainValues.Nulls.DROP)
            .mutable();

    private static final String RECORD = "{\"eventName\":\"INSERT\",\"Dynamodb\":{\"Keys\":{\"k\":{\"N\":1}},"
            + "\"NewImage\":{\"k\":{\"N\":\"1\"},\"a\":{\"s\":\"x\"},\"b\":{}},"
            + "\"OldImage\":{\"k\":{\"N\":\"1\"}},\"ApproximateCreationDateTime\":1}}";

    static List<Object> valueTypes() {
        return List.of(DecodeLimits.defaults(), LIMITS, PlainValues.defaults(), POLICY);
    }

    @ParameterizedTest
    @MethodSource("valueTypes")
    void aRoundTripGivesAnEqualValue(Object value) throws Exception {
        Object read = read(write(value), new LinkedHashSet<>());
        assertThat(read).isEqualTo(value).hasSameHashCodeAs(value).hasToString(value.toString());
        assertThat(read.getClass()).isEqualTo(value.getClass());
    }

    @Test
    void aRoundTripKeepsNamesAndOrdinals() throws Exception {
        AttributeNames names = AttributeNames.of("b", "\u65e5", "", "\ud800");
        AttributeNames read = (AttributeNames) read(write(names), new LinkedHashSet<>());
        assertThat(read).hasToString(names.toString());
        for (int ordinal = 0; ordinal < names.size(); ordinal++) {
            assertThat(read.ordinal(names.name(ordinal))).isEqualTo(ordinal);
        }
        AttributeReader reader =
                Records.item("{'a':{'N':'1'},'\u65e5':{'N':'2'}}").reader();
        assertThat(reader.next(read)).isEqualTo(1);
        assertThat(reader.longValue()).isEqualTo(2);
        assertThat(reader.next(read)).isEqualTo(-1);
        assertThat(((AttributeNames) read(write(AttributeNames.of()), new LinkedHashSet<>())).size())
                .isZero();
    }

    @Test
    void theStreamContainsTheOptionsOnly() throws Exception {
        for (Object value : List.of(LIMITS, POLICY, AttributeNames.of("a", "b"))) {
            Set<String> classes = new LinkedHashSet<>();
            read(write(value), classes);
            String type = value.getClass().getName();
            assertThat(classes).startsWith(type + "$Options").doesNotContain(type);
            assertThat(classes)
                    .allSatisfy(name -> assertThat(name)
                            .matches(".*\\$(Options|Numbers|Sets|Binary|Nulls)"
                                    + "|java\\.lang\\.Enum|\\[Ljava\\.lang\\.String;"));
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {DecodeLimits.class, PlainValues.class, AttributeNames.class, ChangeEventDecoder.class})
    void aStreamThatHoldsTheTypeItselfIsRefused(Class<?> type) throws Exception {
        byte[] forged = forged(type);
        assertThatExceptionOfType(InvalidObjectException.class)
                .isThrownBy(() -> read(forged, new LinkedHashSet<>()))
                .withMessage("only the options are serialized");
    }

    @Test
    void limitsOutOfBoundsAreRefusedWhenRead() throws Exception {
        byte[] stream = write(LIMITS);
        stream[stream.length - 1] = 0; // the last of four ints
        assertThatThrownBy(() -> read(stream, new LinkedHashSet<>())).hasStackTraceContaining("must be 1 to");
    }

    private static byte[] write(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    /** Reads the single object of a stream, and collects the names of the classes in it. */
    private static Object read(byte[] stream, Set<String> classes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new Names(new ByteArrayInputStream(stream), classes)) {
            return in.readObject();
        }
    }

    private static final class Names extends ObjectInputStream {
        private final Set<String> classes;

        Names(InputStream in, Set<String> classes) throws IOException {
            super(in);
            this.classes = classes;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            classes.add(description.getName());
            return super.resolveClass(description);
        }
    }

    /** Returns the bytes of an object of this class without any field. */
    private static byte[] forged(Class<?> type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(ObjectStreamConstants.STREAM_MAGIC);
        out.writeShort(ObjectStreamConstants.STREAM_VERSION);
        out.writeByte(ObjectStreamConstants.TC_OBJECT);
        out.writeByte(ObjectStreamConstants.TC_CLASSDESC);
        out.writeUTF(type.getName());
        out.writeLong(1);
        out.writeByte(ObjectStreamConstants.SC_SERIALIZABLE);
        out.writeShort(0);
        out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
        out.writeByte(ObjectStreamConstants.TC_NULL);
        return bytes.toByteArray();
    }

    @Test
    void aDecoderKeepsAllItsOptions() throws Exception {
        ChangeEventDecoder decoder = ChangeEventDecoder.builder()
                .limits(LIMITS.withMaxRecordBytes(500))
                .binaryEncoding(BinaryEncoding.SINGLE)
                .timePrecision(TimePrecision.MICROSECOND)
                .keyAttributes(List.of("k"))
                .attributes(Set.of("a"))
                .images(StreamViewType.NEW_IMAGE)
                .emptyValueAsMap(true)
                .numbersAsJson(true)
                .descriptorAliases(true)
                .memberAliases(true)
                .build();
        byte[] record = RECORD.getBytes(UTF_8);
        decoder.decode(record); // what it learned is not serialized
        ChangeEventDecoder read = (ChangeEventDecoder) read(write(decoder), new LinkedHashSet<>());
        for (ChangeEventDecoder each : List.of(decoder, read)) {
            ChangeEvent event = each.decode(record);
            assertThat(Records.newImage(event).toMap()).isEqualTo(Map.of("a", "x"));
            assertThat(Objects.requireNonNull(event.approximateCreationDateTime())
                            .precision())
                    .isEqualTo(TimePrecision.MICROSECOND);
            assertThatIllegalStateException().isThrownBy(event::oldImage);
            assertThatIllegalStateException()
                    .isThrownBy(() -> Records.newImage(event).get("b"));
            assertThat(Refusals.refusal(each, new byte[501]).reason()).isEqualTo(Reason.RECORD_LIMIT);
            byte[] line = "{\"Item\":{\"k\":{\"N\":\"1\"},\"a\":{\"S\":\"\"}}}".getBytes(UTF_8);
            assertThat(each.decode(line).keys().toMap()).containsOnlyKeys("k");
            assertThat(each.newSession().decode(line).keys().size()).isEqualTo(1);
        }
    }

    @Test
    void aStrictDecoderStaysStrict() throws Exception {
        ChangeEventDecoder read = (ChangeEventDecoder) read(write(ChangeEventDecoder.create()), new LinkedHashSet<>());
        assertThat(Refusals.refusal(read, RECORD.getBytes(UTF_8)).reason()).isEqualTo(Reason.NOT_AN_EVENT);
    }

    @Test
    void eventsAreNotSerialized() {
        byte[] line = "{\"Item\":{}}".getBytes(UTF_8);
        ChangeEvent event = ChangeEventDecoder.create().decode("{\"Item\":{\"k\":{\"N\":\"1\"}}}".getBytes(UTF_8));
        assertThatExceptionOfType(NotSerializableException.class).isThrownBy(() -> write(event));
        assertThatExceptionOfType(NotSerializableException.class)
                .isThrownBy(() -> write(ChangeEventDecoder.create().tryDecode(line)));
    }
}
