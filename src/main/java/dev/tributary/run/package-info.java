/** One pass over due windows. {@code Pipeline} is the whole contract on one screen. */
@NullMarked
package dev.tributary.run;

import org.jspecify.annotations.NullMarked;
