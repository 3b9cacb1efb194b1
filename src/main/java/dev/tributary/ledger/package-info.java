/**
 * What is done and what is not, kept at the destination itself below {@code _tributary/}: an
 * immutable manifest for each job, window and generation, created if absent. The only writer there;
 * deleting everything else loses nothing.
 *
 * <pre>
 * _tributary/JOB/grid.json                                    created once, never changed
 * _tributary/JOB/schema/0001.json                             each id created once
 * _tributary/JOB/windows/2026/11/START_END.g0001.json         a manifest: created once
 * _tributary/JOB/intents/START_END.g0002.json                 until that generation's manifest stands
 * _tributary/JOB/snapshots/DEFINITION/0001.json               instants of snapshots without a schedule
 * _tributary/JOB/looks/2026/11/LOOKED_START_SECONDSs.json     revisits that found nothing new
 * _tributary/JOB/failures/START_END.json                      a hint: overwritten, removed on success
 * _tributary/JOB/index.json                                   a hint: rebuilt at need
 * </pre>
 *
 * <p>Instants in names are UTC, {@code 20261121T230000Z}; months are those of a window's start, or
 * of the look. A snapshot's start and end are one instant. Every record is a JSON object whose
 * first field, {@code format}, is 1; a reader refuses a higher one, except in hints, which it
 * ignores. The manifest's JSON Schema lies beside these classes.
 */
@NullMarked
package dev.tributary.ledger;

import org.jspecify.annotations.NullMarked;
