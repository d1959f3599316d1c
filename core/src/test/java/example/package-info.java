/** Code that a user of the library writes: outside the library's package, through the public API only. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
