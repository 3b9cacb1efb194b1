/** What the sandbox has loaded: measurements as tables of typed columns, points merged. */
@NullMarked
package dev.tributary.sandbox.table;

import org.jspecify.annotations.NullMarked;
