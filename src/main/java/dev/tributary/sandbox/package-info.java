/**
 * A small server that speaks InfluxDB 3's dialect over Flight, for the demo and the tests. It is
 * held against recorded answers of a real server: names, types, nullability, metadata, rows, status
 * codes and messages.
 *
 * <p>A call passes through {@link dev.tributary.sandbox.Request} (the ticket), {@link
 * dev.tributary.sandbox.Authorization}, the language's engine, and {@link
 * dev.tributary.sandbox.ResultStream}, which sends empty batches while the engine is silent. SQL
 * runs on DataFusion, the engine that InfluxDB 3 itself is built on, after a few rewrites of its
 * text; InfluxQL runs on an interpreter of our own.
 *
 * <p>Not there, and refused by name: gap filling in SQL ({@code date_bin_gapfill}, {@code locf},
 * {@code interpolate}), wall-clock bins over anything but {@code tz(column, 'Zone')}, limits on
 * what InfluxQL reads, results with dictionaries, and of the catalogue all but {@code tables} and
 * {@code columns}. A common table expression may not bear a measurement's name. Different: a
 * selector without an alias has a longer name, batches are cut elsewhere, and a limit on memory
 * counts the rows that are read instead of what operators hold.
 */
@NullMarked
package dev.tributary.sandbox;

import org.jspecify.annotations.NullMarked;
