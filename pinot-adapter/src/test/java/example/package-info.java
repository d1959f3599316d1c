/** Programs for readers to run, from a package that is not the adapter's. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
