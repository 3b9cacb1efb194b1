/** One class a command; exit codes; text and JSON output. The only package that prints. */
@NullMarked
package dev.tributary.cli;

import org.jspecify.annotations.NullMarked;
