/** Crashes, races and failures of a pass, on real parts. */
@NullMarked
package dev.tributary.run;

import org.jspecify.annotations.NullMarked;
