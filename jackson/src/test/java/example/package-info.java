/** The code of this module's README, compiled and run. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
