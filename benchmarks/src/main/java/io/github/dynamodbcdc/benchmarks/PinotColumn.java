package io.github.dynamodbcdc.benchmarks;

import org.apache.pinot.spi.data.FieldSpec.DataType;

/** A column of {@link PinotTable} that an attribute fills. */
record PinotColumn(String name, String typeDescriptor, DataType type) {}
