/** The commands as a user types them, in this process. */
@NullMarked
package dev.tributary.cli;

import org.jspecify.annotations.NullMarked;
