/**
 * The examples of {@code core/docs/engines.md}, and jobs that run them on the real engines. Only the profile
 * {@code engines} compiles and runs this package.
 */
@NullMarked
package engines;

import org.jspecify.annotations.NullMarked;
