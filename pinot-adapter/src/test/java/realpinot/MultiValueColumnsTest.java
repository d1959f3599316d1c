package realpinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static realpinot.OneColumn.ROW_LOST;

import java.sql.Timestamp;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pinot.spi.data.FieldSpec.DataType;
import org.junit.jupiter.api.Test;

/**
 * Multi-value columns: how Pinot converts the values of other decoders, and what a query returns for this decoder's.
 */
class MultiValueColumnsTest {
    private static final OneColumn INTS = OneColumn.multiValue(DataType.INT);
    private static final OneColumn STRINGS = OneColumn.multiValue(DataType.STRING);

    @Test
    void aPrimitiveArrayLosesTheRowAndOurSetIsItsMembers() throws Exception {
        assertThat(INTS.naive(new int[] {1, 2})).isEqualTo(ROW_LOST);

        assertThat(INTS.decoded("{\"NS\":[\"1\",\"2.0\"]}")).isEqualTo(new int[] {1, 2});
        assertThat(INTS.decoded("{\"L\":[{\"N\":\"3\"},{\"N\":\"3\"}]}")).isEqualTo(new int[] {3, 3});
    }

    @Test
    void oneMemberOfAnotherKindLosesTheRowAndOfOursItIsLeftOut() throws Exception {
        assertThat(INTS.naive(List.of(1L, "x"))).isEqualTo(ROW_LOST);

        assertThat(INTS.decoded("{\"L\":[{\"N\":\"1\"},{\"S\":\"x\"},{\"NULL\":true},{\"S\":\"2\"}]}"))
                .isEqualTo(new int[] {1, 2});
    }

    @Test
    void aScalarIsOneMemberAndNoMemberIsNull() throws Exception {
        assertThat(INTS.decoded("{\"N\":\"7\"}")).isEqualTo(new int[] {7});
        assertThat(STRINGS.decoded("{\"S\":\"\"}")).isEqualTo(new String[] {""});
        assertThat(STRINGS.decoded("{\"L\":[]}")).isNull();
        assertThat(STRINGS.decoded("{\"NULL\":true}")).isNull();
    }

    @Test
    void membersAreConvertedAsTheColumnOfOneValueWouldBe() throws Exception {
        assertThat(STRINGS.decoded("{\"L\":[{\"S\":\"a\"},{\"M\":{\"k\":{\"N\":\"1\"}}},{\"B\":\"AP8=\"}]}"))
                .isEqualTo(new String[] {"a", "{\"k\":1}", "AP8="});
        assertThat(OneColumn.multiValue(DataType.BOOLEAN).decoded("{\"L\":[{\"BOOL\":true},{\"N\":\"0\"}]}"))
                .isEqualTo(new boolean[] {true, false});
        assertThat(OneColumn.multiValue(DataType.DOUBLE).decoded("{\"NS\":[\"0.5\",\"1E1\"]}"))
                .isEqualTo(new double[] {0.5, 10});
        assertThat(OneColumn.multiValue(DataType.FLOAT).decoded("{\"NS\":[\"0.5\",\"1E1\"]}"))
                .isEqualTo(new float[] {0.5f, 10});
        assertThat(OneColumn.multiValue(DataType.LONG).decoded("{\"NS\":[\"5\",\"6\"]}"))
                .isEqualTo(new long[] {5, 6});
        assertThat(OneColumn.multiValue(DataType.TIMESTAMP).decoded("{\"NS\":[\"1719039879\",\"1719039879869591\"]}"))
                .isEqualTo(new String[] {
                    new Timestamp(1_719_039_879_000L).toString(), new Timestamp(1_719_039_879_869L).toString()
                });
    }

    @Test
    void aMemberThatTheColumnCannotHoldExactlyCostsTheRow() throws Exception {
        assertThat(INTS.decoded("{\"NS\":[\"1\",\"3000000000\"]}")).isEqualTo(ROW_LOST);
    }

    @Test
    void moreThanAThousandMembersAreKept() throws Exception {
        String members =
                IntStream.range(0, 1_500).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));

        assertThat(INTS.decoded("{\"NS\":[" + members + "]}"))
                .isEqualTo(IntStream.range(0, 1_500).toArray());
        assertThat(STRINGS.decoded("{\"SS\":[" + members + "]}"))
                .isEqualTo(IntStream.range(0, 1_500).mapToObj(String::valueOf).toArray(String[]::new));
    }

    @Test
    void pinotHasNoConsumingColumnOfSeveralDecimalsAndLosesRowsOfSeveralBytes() throws Exception {
        assertThatThrownBy(() -> OneColumn.multiValue(DataType.BIG_DECIMAL).naive(Collections.nCopies(2, 1L)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(OneColumn.multiValue(DataType.BYTES).naive(new Object[] {new byte[] {1}, new byte[] {2}}))
                .isEqualTo(ROW_LOST);
    }
}
