/** Rows of random events, held against a second mapping that was written from the documentation alone. */
@NullMarked
package rows;

import org.jspecify.annotations.NullMarked;
