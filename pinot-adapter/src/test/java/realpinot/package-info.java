/**
 * Runs Apache Pinot itself in this JVM: what a server does with the rows of the decoder, and what a query then returns.
 * Start with {@link realpinot.PinotTable}.
 */
@NullMarked
package realpinot;

import org.jspecify.annotations.NullMarked;
