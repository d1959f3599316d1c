/** Tests the documented promises from outside the library's package, through the public API only. */
@NullMarked
package blackbox;

import org.jspecify.annotations.NullMarked;
