package example;

import io.github.dynamodbcdc.ChangeEvent;
import io.github.dynamodbcdc.ChangeEventDecoder;
import io.github.dynamodbcdc.CreationTime;

/** The Java code of docs/ambiguous.md. */
final class AmbiguousInput {
    private AmbiguousInput() {}

    // ambiguous.md: decisions and options
    static String decisions(ChangeEvent event) {
        CreationTime time = event.approximateCreationDateTime();
        String unit = time == null ? "no time" : time.precision() + (time.stated() ? ", stated" : ", inferred");
        return event.channel() + "; " + unit + "; binary " + event.binaryEncoding(); // null: the record has none
    }

    static final ChangeEventDecoder DYNAMODB_LOCAL =
            ChangeEventDecoder.builder().emptyValueAsMap(true).build();
    // ambiguous.md: end
}
