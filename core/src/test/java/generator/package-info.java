/** Generates random change events of known meaning, and spoils bytes. */
@NullMarked
package generator;

import org.jspecify.annotations.NullMarked;
