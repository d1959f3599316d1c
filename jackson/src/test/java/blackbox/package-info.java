/** Tests that use only the public API. */
@NullMarked
package blackbox;

import org.jspecify.annotations.NullMarked;
