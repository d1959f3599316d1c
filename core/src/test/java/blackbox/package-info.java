/** What the documentation promises, tested from a package that is not the library's: public API only. */
@NullMarked
package blackbox;

import org.jspecify.annotations.NullMarked;
