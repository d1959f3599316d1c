/** A second reading of the wire format, written for being right and simple, that the library is compared with. */
@NullMarked
package reference;

import org.jspecify.annotations.NullMarked;
