package io.github.dynamodbcdc.benchmarks;

import com.amazonaws.services.dynamodbv2.streamsadapter.serialization.RecordObjectMapper;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * The Jackson mapper of the DynamoDB Streams Kinesis adapter, which reads a record's JSON as the SDK's {@link Record}
 * by way of a Jackson tree; then the SDK's attribute values are unwrapped. The adapter itself writes this JSON from
 * records that it has already; its consumers read the JSON with the same mapper. The mapper reads the creation time as
 * milliseconds, whatever its unit is; no task compares it. Its index is the {@code Record}.
 */
final class AwsStreamsAdapterReader implements EventReader {
    private final ObjectMapper mapper = new RecordObjectMapper();

    @Override
    public PlainEvent full(byte[] record) throws IOException {
        StreamRecord change = read(record).dynamodb();
        return new PlainEvent(
                SdkAttributes.plain(change.keys()),
                change.hasNewImage() ? SdkAttributes.plain(change.newImage()) : null,
                change.hasOldImage() ? SdkAttributes.plain(change.oldImage()) : null);
    }

    @Override
    public void project(byte[] record, ProjectedRow row) throws IOException {
        SdkAttributes.project(read(record).dynamodb().newImage(), row);
    }

    @Override
    public Object index(byte[] record) throws IOException {
        return read(record);
    }

    private Record read(byte[] record) throws IOException {
        return mapper.readValue(record, Record.class);
    }
}
