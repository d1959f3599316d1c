/** Targets of the fuzzer: any bytes through the decoder of Pinot. The profile {@code fuzz} of the build runs them. */
@NullMarked
package fuzz;

import org.jspecify.annotations.NullMarked;
