/** What several tests need: definitions in a folder, child processes, readers that are not ours. */
@NullMarked
package dev.tributary.testing;

import org.jspecify.annotations.NullMarked;
