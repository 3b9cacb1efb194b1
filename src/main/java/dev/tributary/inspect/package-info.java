/**
 * Reading back what was written, through Arrow Dataset, an implementation that is not ours, and
 * holding it against the manifests.
 */
@NullMarked
package dev.tributary.inspect;

import org.jspecify.annotations.NullMarked;
