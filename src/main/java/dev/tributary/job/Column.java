package dev.tributary.job;

/**
 * A column of a written file, as recorded in the ledger and in manifests.
 *
 * @param name as written; never blank
 * @param type {@code timestamp[us, UTC]} (or ns, ms), {@code string}, {@code double}, {@code
 *     int64}, {@code uint64}, {@code bool}, and in general the Arrow type's name in lower case
 * @param nullable whether the column may hold nulls
 */
public record Column(String name, String type, boolean nullable) {}
