package io.github.dynamodbcdc.benchmarks;

import io.github.dynamodbcdc.pinot.DynamoDbMessageDecoder;
import java.util.Map;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;

/** This library: its Pinot decoder, initialized with the table as a server does. */
final class PinotAdapterReader implements RowReader {
    private final DynamoDbMessageDecoder decoder = new DynamoDbMessageDecoder();
    private final GenericRow row = new GenericRow();

    /** @param properties the decoder properties */
    PinotAdapterReader(Map<String, String> properties) {
        Schema schema = PinotTable.schema();
        decoder.init(
                schema.getColumnNames(),
                PinotTable.stream(DynamoDbMessageDecoder.class.getName(), properties),
                PinotTable.config(),
                schema);
    }

    @Override
    public GenericRow row(byte[] record) {
        row.clear();
        return decoder.decode(record, 0, record.length, row);
    }
}
