package dev.tributary.land.objectstore;

import dev.tributary.job.JobName;
import dev.tributary.job.Window;
import dev.tributary.land.Origin;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An origin as user metadata: names of lower-case letters alone, for that is what every store
 * allows and returns unchanged, values in ASCII.
 */
final class Metadata {

  private static final String JOB = "job";
  private static final String WINDOW = "window";
  private static final String GENERATION = "generation";
  private static final String ATTEMPT = "attempt";

  private Metadata() {}

  static Map<String, String> of(Origin origin) {
    Window window = origin.window();
    return Map.of(
        JOB, origin.job().value(),
        WINDOW, window.start() + "/" + window.end(),
        GENERATION, Integer.toString(origin.generation()),
        ATTEMPT, origin.attempt());
  }

  /** The origin that metadata names; absent where anything of it is missing or malformed. */
  static Optional<Origin> origin(Map<String, String> metadata) {
    String job = metadata.get(JOB);
    String attempt = metadata.get(ATTEMPT);
    if (job == null || attempt == null || !JobName.isWellFormed(job)) {
      return Optional.empty();
    }
    Optional<Window> window = window(metadata.get(WINDOW));
    int generation = generation(metadata.get(GENERATION));
    return generation < 1
        ? Optional.empty()
        : window.map(w -> new Origin(new JobName(job), w, generation, attempt));
  }

  private static int generation(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  private static Optional<Window> window(@Nullable String text) {
    int slash = text == null ? -1 : text.indexOf('/');
    if (text == null || slash < 0) {
      return Optional.empty();
    }
    try {
      Instant start = Instant.parse(text.substring(0, slash));
      return Optional.of(new Window(start, Instant.parse(text.substring(slash + 1))));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
