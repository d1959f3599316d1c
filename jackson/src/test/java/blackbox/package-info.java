/** Tests that see what a user sees. */
@NullMarked
package blackbox;

import org.jspecify.annotations.NullMarked;
