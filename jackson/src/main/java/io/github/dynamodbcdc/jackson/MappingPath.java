package io.github.dynamodbcdc.jackson;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;

/** Where databind failed, without the names: {@code *} for each, indexes as they are. */
final class MappingPath {
    private MappingPath() {}

    static String of(Throwable failure) {
        StringBuilder path = new StringBuilder();
        if (failure instanceof JsonMappingException) {
            for (Reference step : ((JsonMappingException) failure).getPath()) {
                if (step.getIndex() >= 0) {
                    path.append('[').append(step.getIndex()).append(']');
                } else {
                    path.append(path.length() == 0 ? "*" : ".*");
                }
            }
        }
        return path.toString();
    }
}
