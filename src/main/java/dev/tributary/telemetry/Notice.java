package dev.tributary.telemetry;

import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One thing to tell.
 *
 * @param window the one that failed or was settled; absent when the job as a whole is meant
 * @param sentence for the operator
 * @param at when it came about, by our clock
 */
public record Notice(
    Occasion occasion, JobName job, Optional<Window> window, String sentence, Instant at) {

  /** The body of the request: one JSON object, of which chat services show {@code text}. */
  String json() {
    Map<String, Object> members = new LinkedHashMap<>();
    String word = occasion.name().toLowerCase(Locale.ROOT);
    members.put("text", "tributary: " + word + " of job '" + job + "': " + sentence);
    members.put("occasion", word);
    members.put("job", job.value());
    window.ifPresent(
        span -> {
          members.put("start", span.start().toString());
          members.put("end", span.end().toString());
        });
    members.put("reason", sentence);
    members.put("at", at.toString());
    return JsonText.object(members);
  }
}
