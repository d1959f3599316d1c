package io.github.dynamodbcdc.benchmarks;

import java.util.List;

/** A reader of records that can do some of the tasks. */
interface TaskReader {
    /** Returns the work of one task. */
    RecordSet.Work work(Task task);

    /** Returns the work of every task that this reader can do. */
    List<RecordSet.Work> tasks();
}
