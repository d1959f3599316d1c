/** Random change events whose meaning is known before their bytes are written, and ways to spoil bytes. */
@NullMarked
package generator;

import org.jspecify.annotations.NullMarked;
