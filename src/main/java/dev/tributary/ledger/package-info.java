/**
 * What is done and what is not, kept at the destination itself below {@code _tributary/}: an
 * immutable manifest for each job, window and generation, created if absent. The only writer there;
 * deleting everything else loses nothing.
 */
@NullMarked
package dev.tributary.ledger;

import org.jspecify.annotations.NullMarked;
