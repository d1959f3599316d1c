/** Programs for readers to run, in a package other than the adapter's. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
