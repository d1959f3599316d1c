/** Targets of the fuzzer: any bytes through the module and the mapper. The build's profile {@code fuzz} runs them. */
@NullMarked
package fuzz;

import org.jspecify.annotations.NullMarked;
