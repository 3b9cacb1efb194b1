/**
 * Definitions that are written for an operator: from the tables of a server, from continuous
 * queries, from settings of the downsampler plugin. What is written is the operator's to change.
 */
@NullMarked
package dev.tributary.app.draft;

import org.jspecify.annotations.NullMarked;
