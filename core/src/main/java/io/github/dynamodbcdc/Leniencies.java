package io.github.dynamodbcdc;

/** What a decoder lets through beyond DynamoDB's own JSON; each is an option of the builder, and off by default. */
final class Leniencies {
    final boolean emptyValueAsMap;
    final boolean numbersAsJson;
    final boolean descriptorAliases;
    final boolean unknownDescriptors;
    final boolean memberAliases;
    final boolean timesWithoutOffsetAsUtc;

    Leniencies(
            boolean emptyValueAsMap,
            boolean numbersAsJson,
            boolean descriptorAliases,
            boolean unknownDescriptors,
            boolean memberAliases,
            boolean timesWithoutOffsetAsUtc) {
        this.emptyValueAsMap = emptyValueAsMap;
        this.numbersAsJson = numbersAsJson;
        this.descriptorAliases = descriptorAliases;
        this.unknownDescriptors = unknownDescriptors;
        this.memberAliases = memberAliases;
        this.timesWithoutOffsetAsUtc = timesWithoutOffsetAsUtc;
    }
}
