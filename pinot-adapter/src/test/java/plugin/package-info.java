/** The packaged plugin in the class loaders of released versions of Pinot. Runs after packaging. */
@NullMarked
package plugin;

import org.jspecify.annotations.NullMarked;
