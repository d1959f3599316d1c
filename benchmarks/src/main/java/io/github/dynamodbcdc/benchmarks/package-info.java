/** Benchmarks that compare the decoder with other ways to read the same events. Not published. */
@NullMarked
package io.github.dynamodbcdc.benchmarks;

import org.jspecify.annotations.NullMarked;
