package dev.tributary.run;

import dev.tributary.job.Job;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a process has learnt of how much its jobs may ask for at once; a changed query begins anew.
 * Safe for use by several threads.
 */
public final class PieceSizes {

  private final Map<Asking, PieceSize> sizes = new ConcurrentHashMap<>();

  private record Asking(String job, String query) {}

  PieceSize of(Job job) {
    return sizes.computeIfAbsent(
        new Asking(job.name().value(), job.hashes().query()), unknown -> new PieceSize());
  }
}
