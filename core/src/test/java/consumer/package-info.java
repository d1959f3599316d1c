/** What a user's build and JVM do with the jar. */
@NullMarked
package consumer;

import org.jspecify.annotations.NullMarked;
