package io.github.dynamodbcdc.pinot;

import java.util.Set;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.slf4j.Logger;

/**
 * The fields of a row by which Pinot controls what becomes of it. An attribute with such a name would drop the row,
 * replace it, count it as damaged, or fail in Pinot.
 */
final class ControlFields {
    /** {@link GenericRow} of Pinot before 1.4 also has a constant for the third, and in 1.2 and 1.3 for the fourth. */
    static final Set<String> NAMES = Set.of(
            GenericRow.SKIP_RECORD_KEY,
            GenericRow.MULTIPLE_RECORDS_KEY,
            "$INCOMPLETE_RECORD_KEY$",
            "$SANITIZED_RECORD_KEY$");

    private ControlFields() {}

    /** Returns the warning about an attribute with such a name, which it does not contain. */
    static SampledWarning warning(Logger log) {
        return SampledWarning.once(
                log, "an attribute has the name of a field by which Pinot controls rows, and was left out of the row");
    }
}
