/** Checks the files of a release before anyone uploads them. */
@NullMarked
package release;

import org.jspecify.annotations.NullMarked;
