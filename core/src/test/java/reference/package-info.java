/** A simple and independent decoder of the wire format, with which the library is compared. */
@NullMarked
package reference;

import org.jspecify.annotations.NullMarked;
