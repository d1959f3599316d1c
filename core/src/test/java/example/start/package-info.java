/** The methods of a newcomer. */
@NullMarked
package example.start;

import org.jspecify.annotations.NullMarked;
