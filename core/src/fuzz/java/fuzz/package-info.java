/** Targets of the fuzzer: any bytes through every way into core. The profile {@code fuzz} of the build runs them. */
@NullMarked
package fuzz;

import org.jspecify.annotations.NullMarked;
