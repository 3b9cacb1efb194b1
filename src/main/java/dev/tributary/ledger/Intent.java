package dev.tributary.ledger;

import dev.tributary.job.Window;
import java.time.Instant;

/**
 * Somebody set out to publish a generation of a window: until its manifest stands, the window is
 * due.
 *
 * @param window the window
 * @param generation the one to be published
 * @param attempt id of the attempt that set out first
 * @param began when it did, by its clock
 */
public record Intent(Window window, int generation, String attempt, Instant began) {}
