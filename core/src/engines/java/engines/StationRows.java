package engines;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.github.dynamodbcdc.AttributeValueException;
import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.ChangeEventReader;
import io.github.dynamodbcdc.DecodeException;
import io.github.dynamodbcdc.SourceRecord;
import java.util.Iterator;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/** Maps records, and files of records, to rows of Spark. */
final class StationRows {
    private StationRows() {}

    // docs/engines.md: a function
    static final StructType SCHEMA = new StructType()
            .add("station", StringType)
            .add("micros", LongType)
            .add("deleted", BooleanType)
            .add("bikes", IntegerType)
            .add("failure", StringType); // null for a good record, and the only value of a bad one

    static UserDefinedFunction function(ChangeEventDecoder decoder) { // Spark sends its options to each task
        UDF1<byte[], Row> row = record -> record == null ? null : row(() -> decoder.decode(record));
        return functions.udf(row, SCHEMA).asNondeterministic(); // otherwise Spark 3.5 and 4.0 call it again in a filter
    }

    private static Row row(Supplier<ChangeEvent> event) {
        try {
            StationChange change = StationChange.of(event.get());
            return RowFactory.create(change.station(), change.micros(), change.deleted(), change.bikes(), null);
        } catch (DecodeException | AttributeValueException e) { // if thrown, it would fail the whole job
            return bad(String.valueOf(e.getMessage()));
        }
    }

    private static Row bad(String failure) { // the message, which contains no value and no attribute name of the record
        return RowFactory.create(null, null, null, null, failure);
    }
    // docs/engines.md: end

    // docs/engines.md: a stream
    static DataStreamWriter<Row> write(Dataset<Row> records, ChangeEventDecoder decoder, String folder) {
        return records.withColumn("change", function(decoder).apply(col("value")))
                .writeStream()
                .option("checkpointLocation", folder + "/checkpoint")
                .foreachBatch((batch, id) -> { // after a failure, called again for the same batch
                    batch.write().mode("overwrite").parquet(folder + "/changes/batch=" + id);
                });
    }
    // docs/engines.md: end

    // docs/engines.md: files
    static Dataset<Row> ofFiles(SparkSession spark, String paths, ChangeEventDecoder decoder) {
        JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .binaryFiles(paths) // one task reads a file, as a stream: exports, S3 objects, with or without gzip
                .flatMap(file -> rows(file._1(), decoder.read(file._2().open())));
        return spark.createDataFrame(rows, SCHEMA);
    }

    private static Iterator<Row> rows(String path, ChangeEventReader reader) {
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> reader.close());
        Iterator<SourceRecord> records = reader.records().iterator();
        return new Iterator<>() {
            private boolean open = true;

            @Override
            public boolean hasNext() {
                open = open && records.hasNext();
                if (!open) {
                    reader.close(); // not only after the task, which may read thousands of files
                }
                return open;
            }

            @Override
            public Row next() {
                SourceRecord record = records.next();
                DecodeException failure = record.failure();
                if (failure == null) {
                    return row(() -> record.result().orElseThrow());
                }
                String rest = record.isTerminal() ? " and all that follows: " : ": "; // for example a truncated gzip
                return bad(path + " byte " + record.offset() + rest + failure.getMessage());
            }
        };
    }
    // docs/engines.md: end
}
