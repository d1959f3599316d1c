// docs/engines.md: a whole job of Spark
package engines;

import io.github.dynamodbcdc.ChangeEventDecoder;
import org.apache.spark.sql.SparkSession;

/** Prints the changes and the failures in files of any format that the decoder reads. */
public final class StationFiles {
    private StationFiles() {}

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        StationRows.ofFiles(spark, args[0], ChangeEventDecoder.create())
                .toLocalIterator() // one partition at a time
                .forEachRemaining(System.out::println);
    }
}
// docs/engines.md: end
