/** The composition root: wires sources, destinations, ledger and pipeline. */
@NullMarked
package dev.tributary.app;

import org.jspecify.annotations.NullMarked;
