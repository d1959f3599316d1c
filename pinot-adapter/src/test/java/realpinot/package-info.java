/**
 * Apache Pinot itself, in this JVM: what a server does with the rows of the decoder, and what a query then answers.
 * {@link realpinot.PinotTable} is where to begin.
 */
@NullMarked
package realpinot;

import org.jspecify.annotations.NullMarked;
