/** What a user of the library writes: public API only, from a package that is not the library's. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
