/**
 * Pages of Parquet column chunks, made from arrays of values: what the program does instead of
 * handing rows to a library. {@link dev.tributary.encode.page.Cells} are a column of a batch,
 * {@link dev.tributary.encode.page.ColumnPages} gathers them into pages, {@code ColumnChunk}
 * chooses how the pages of a chunk are encoded, and each encoding of the format is a class of its
 * own that explains its layout. Framing, compression headers, footer and indexes are
 * parquet-java's.
 */
@NullMarked
package dev.tributary.encode.page;

import org.jspecify.annotations.NullMarked;
