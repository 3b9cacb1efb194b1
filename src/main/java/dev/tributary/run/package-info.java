/**
 * Carrying windows from query to manifest. {@link dev.tributary.run.Pipeline} is the whole contract
 * on one screen; {@link dev.tributary.run.Pass} runs it over everything that is due, and decides
 * whether to try again.
 */
@NullMarked
package dev.tributary.run;

import org.jspecify.annotations.NullMarked;
