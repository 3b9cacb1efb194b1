/** What an operator installs: packages, units, images, manifests. */
@NullMarked
package dev.tributary.deploy;

import org.jspecify.annotations.NullMarked;
