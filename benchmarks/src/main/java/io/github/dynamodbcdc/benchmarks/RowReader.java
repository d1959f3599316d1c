package io.github.dynamodbcdc.benchmarks;

import java.util.List;
import org.apache.pinot.spi.data.readers.GenericRow;

/** One way from change records to the columns of {@link PinotTable}. Not thread-safe. */
interface RowReader {
    /** The row of a record; the same object each time, as Pinot has it. */
    GenericRow row(byte[] record) throws Exception;

    /** Every task that it can do. */
    default List<Work> tasks() {
        return List.of(records -> records.row(this));
    }
}
