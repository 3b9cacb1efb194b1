/**
 * The composition root: wires sources, destinations, ledgers and pipelines for one-shot commands
 * and the daemon alike. Only here are the concrete adapters named.
 */
@NullMarked
package dev.tributary.app;

import org.jspecify.annotations.NullMarked;
