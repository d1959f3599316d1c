package io.github.dynamodbcdc.benchmarks;

import java.util.List;
import org.apache.pinot.spi.data.readers.GenericRow;

/** One way to turn change records into the columns of {@link PinotTable}. Not thread-safe. */
interface RowReader extends TaskReader {
    /** Returns the row of a record: the same object each time, as in Pinot. */
    GenericRow row(byte[] record) throws Exception;

    @Override
    default RecordSet.Work work(Task task) {
        if (task != Task.ROW) {
            throw new IllegalArgumentException("readers of rows make rows only");
        }
        return records -> records.row(this);
    }

    @Override
    default List<RecordSet.Work> tasks() {
        return List.of(work(Task.ROW));
    }
}
