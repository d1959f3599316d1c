package io.github.dynamodbcdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.Literals.Literal;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiteralsTest {
    private static final int MAX_ALL_BYTES = 1 << 15;

    private final ChangeEventDecoder decoder = ChangeEventDecoder.create();
    private final Shapes shapes = new Shapes(decoder.options().hash);
    private final RecordIndexer indexer =
            new RecordIndexer(decoder.options(), decoder.shared().mapNames, shapes, false, 0);

    private static byte[] record(String eventName, String eventId, String tableName) {
        return Decoded.json("{'eventID':'" + eventId + "','eventName':'" + eventName + "','tableName':'" + tableName
                + "','dynamodb':{'Keys':{'pk':{'S':'k'}},'SizeBytes':7}}");
    }

    private void learn(byte[] record) {
        indexer.index(record, 0, record.length);
    }

    private static @Nullable Literal first(Literals literals, byte[] record) {
        return literals.find(null, record, 1, record.length, true);
    }

    private static List<Literal> all(Literals literals) throws ReflectiveOperationException {
        List<Literal> all = new ArrayList<>();
        for (Literal[] ofOneMember : (Literal[][]) value(literals, "literals")) {
            all.addAll(Arrays.asList(ofOneMember));
        }
        return all;
    }

    private static Object value(Literals literals, String name) throws ReflectiveOperationException {
        Field field = Literals.class.getDeclaredField(name);
        field.setAccessible(true);
        return Objects.requireNonNull(field.get(literals));
    }

    @Test
    void aCopyIsLinkedToItsOwnLiterals() throws ReflectiveOperationException {
        byte[] record = record("MODIFY", "1", "t");
        learn(record);
        learn(record);
        Literals copy = shapes.literals.copy();
        List<Literal> copies = all(copy);
        assertThat(copies).hasSameSizeAs(all(shapes.literals)).doesNotContainAnyElementsOf(all(shapes.literals));
        Literal literal = first(copy, record);
        int linked = 0;
        for (; literal != null; literal = literal.following) {
            assertThat(copies).contains(literal);
            linked++;
        }
        assertThat(linked).isEqualTo(4); // before eventID, Keys, SizeBytes and the end
    }

    @Test
    void aMemberIsVariableIfItsTextDiffersAndNotIfItsNeighborsDoes() {
        for (int i = 0; i < 100; i++) {
            learn(record("MODIFY", "1", "table " + i));
        }
        assertThat(shapes.literals.isVariable(Member.TABLE_NAME)).isTrue();
        assertThat(shapes.literals.isVariable(Member.EVENT_NAME)).isFalse();
    }

    @Test
    void allLiteralsTogetherAreBounded() throws ReflectiveOperationException {
        String[] members = {
            "'eventID':'1'",
            "'eventName':'MODIFY'",
            "'dynamodb':{'ApproximateCreationDateTime':1719039879869,@'Keys':{'pk':{'S':'k'}},"
                    + "@'NewImage':{'a':{'S':''}},@'OldImage':{'a':{'S':''}},@'SequenceNumber':'1',@'SizeBytes':7}"
        };
        for (int i = 0; i < 8192; i++) {
            String unknown = "'unknown':'" + "x".repeat(900) + i + "',";
            String[] parts = String.join(",@", members).split("@", -1);
            StringBuilder record = new StringBuilder("{");
            for (int part = 0; part < parts.length; part++) {
                record.append(part == 0 || part == i % parts.length ? unknown.replace("unknown", "u" + part) : "")
                        .append(parts[part]);
            }
            learn(Decoded.json(record.append('}').toString()));
        }
        int bytes = all(shapes.literals).stream()
                .mapToInt(literal -> literal.length)
                .sum();
        assertThat(bytes).isEqualTo(value(shapes.literals, "bytes")).isLessThanOrEqualTo(MAX_ALL_BYTES);
    }
}
