package dev.tributary.definition;

import dev.tributary.job.Bin;
import dev.tributary.job.Job;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** What tells one definition from another: comments, schedules and secrets do not. */
final class Hashes {

  private static final int BYTES = 8;

  private Hashes() {}

  /** The job with its hashes. */
  static Job stamped(Job job, List<String> tokens) {
    StringBuilder query = new StringBuilder();
    part(query, String.join("\u0001", tokens));
    part(query, job.bucket());
    part(query, job.source().name() + " " + job.source().url());
    part(query, job.query().language());
    StringBuilder rest = new StringBuilder(query);
    part(rest, job.zone());
    part(
        rest,
        job.windowing()
            .map(w -> w.every() + " " + w.bin().map(Bin::toString).orElse(""))
            .orElse(""));
    part(rest, job.timeColumn());
    part(rest, job.missingTableIsEmpty());
    part(rest, job.keepMeasurement());
    part(rest, job.source().parameters());
    part(rest, job.output().format());
    part(rest, job.output().timestamps() + " " + job.output().timestampLoss());
    part(rest, job.output().columns());
    part(rest, new TreeMap<>(job.output().types()));
    part(rest, job.output().schema());
    part(rest, job.output().emptyFile());
    part(rest, job.output().partitionBy());
    part(rest, job.output().sort());
    part(rest, job.output().compression() + " " + job.output().compressionLevel());
    part(rest, job.output().rowGroupBytes());
    part(rest, job.output().bloomFilters());
    part(rest, job.target().path());
    return job.hashed(new Job.Hashes(hash(query), hash(rest)));
  }

  private static void part(StringBuilder text, Object part) {
    String written = String.valueOf(part);
    text.append(written.length()).append(':').append(written);
  }

  private static String hash(StringBuilder text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
