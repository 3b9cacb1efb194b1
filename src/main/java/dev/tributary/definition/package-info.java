/**
 * YAML text to jobs or diagnostics: what can be refused when a file is loaded is refused here, with
 * file, line and column, all mistakes at once.
 */
@NullMarked
package dev.tributary.definition;

import org.jspecify.annotations.NullMarked;
