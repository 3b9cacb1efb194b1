package dev.tributary.query;

import dev.tributary.job.Failure;
import dev.tributary.job.Source;
import java.time.Duration;
import java.util.Optional;

/**
 * What we asked of whom, for the sentences that say why there was no answer.
 *
 * @param source as the operator defined it
 * @param bucket the database
 * @param timeout from ticket to end of stream
 * @param token to be kept out of every sentence; empty when none was sent
 */
record Asked(Source source, String bucket, Duration timeout, Optional<String> token) {

  /** A failure of this query: what happened, and what follows or what to do. */
  Failure failure(Failure.Kind kind, String happened, String follows) {
    return new Failure(
        kind,
        "cannot query bucket '%s' at source '%s': %s; %s"
            .formatted(bucket, source.name(), happened, follows));
  }

  /** The server's words on one line, with the token blotted out. */
  String quoted(String text) {
    return ServerText.line(text, token);
  }

  /** Host and port as the operator wrote them. */
  String place() {
    String authority = String.valueOf(source.url().getAuthority());
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  @Override
  public String toString() {
    return "bucket '" + bucket + "' at source '" + source.name() + "'";
  }
}
