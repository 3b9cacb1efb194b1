package dev.tributary.job;

import java.time.Instant;

/**
 * One try at one generation of one window: what is known before the first row is written, and so
 * what every object it writes is stamped with.
 *
 * @param job whose window it is
 * @param window the window; of a snapshot, {@link Window#at}
 * @param generation 1 for the first publication, one more for each replacement
 * @param id unique to this try, so that a lost answer can be told from a rival's success
 * @param hashes of the definition that was carried out
 * @param schemaId id of the job's schema the file was written with; 0 while none is known
 * @param source the source's name and address, without secrets
 * @param began when the try began, by our clock
 * @param version of this program
 */
public record Attempt(
    JobName job,
    Window window,
    int generation,
    String id,
    Job.Hashes hashes,
    int schemaId,
    String source,
    Instant began,
    String version) {

  public Attempt withSchema(int id) {
    return new Attempt(job, window, generation, this.id, hashes, id, source, began, version);
  }
}
