// docs/engines.md: a job
package engines;

import static java.nio.charset.StandardCharsets.UTF_8;

import engines.StationProcess.BadRecord;
import io.github.dynamodbcdc.ChangeEventDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Prints the changes in a file that has one record per line, and the failures of bad records. */
public final class StationJob {
    private StationJob() {}

    public static void main(String[] args) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false); // refuses a job that would need Kryo
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        List<byte[]> lines = Files.readAllLines(Path.of(args[0])).stream()
                .map(line -> line.getBytes(UTF_8))
                .toList();
        DataStream<byte[]> records = flink.fromData(lines); // in production, fromSource with the source of a connector
        SingleOutputStreamOperator<StationChange> changes =
                records.process(new StationProcess(ChangeEventDecoder.create()));
        changes.print();
        changes.getSideOutput(StationProcess.BAD).map(BadRecord::failure).printToErr();
        flink.execute("station changes");
    }
}
// docs/engines.md: end
