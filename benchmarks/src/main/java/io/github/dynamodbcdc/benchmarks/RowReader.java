package io.github.dynamodbcdc.benchmarks;

import java.util.List;
import org.apache.pinot.spi.data.readers.GenericRow;

/** One way to turn change records into the columns of {@link PinotTable}. Not thread-safe. */
interface RowReader {
    /** Returns the row of a record: the same object each time, as in Pinot. */
    GenericRow row(byte[] record) throws Exception;

    /** Returns every task of this reader. */
    default List<RecordSet.Work> tasks() {
        return List.of(records -> records.row(this));
    }
}
