/** Compares rows of random events with a second mapping, written from the documentation alone. */
@NullMarked
package rows;

import org.jspecify.annotations.NullMarked;
